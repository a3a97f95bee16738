import type { EventKind } from '../../src/contract/events.js';
import { toJson, type Tx } from './context.js';
import type { CaseFacts, NamedGrant } from './policy/facts.js';
import type { ViewFacts } from './policy/views.js';

/** An event to be delivered once the transaction has committed. */
export interface OutgoingEvent {
  readonly kind: EventKind;
  readonly caseId?: string;
  readonly customerId?: string;
  readonly noteId?: string;
  /** For agents only. */
  readonly internal?: boolean;
  /** The facts as they stood, when the write changed who may see the case. */
  readonly before?: CaseFacts & {
    /** The grants that the write ended. */
    readonly ended?: readonly NamedGrant[];
  };
  /** The view it is about: only who sees it hears of it. */
  readonly view?: ViewFacts & { readonly id: string };
  /** The project it is about: only who sees it hears of it, or of its going. */
  readonly project?: ProjectAudience;
  /** The inbox or entry it is about: only who works it hears of it, and whom the case belongs to. */
  readonly inbox?: InboxAudience;
}

/** Which inbox an event is about, and who hears of it besides those who work it now. */
export interface InboxAudience {
  readonly id: string;
  readonly entryId?: string;
  /** The inbox an entry has just left. */
  readonly from?: string;
  /** Who has just ceased to be a member. */
  readonly left?: readonly string[];
}

/** Whom an event about a project may reach. */
export interface ProjectAudience {
  readonly id: string;
  /** Whose agents look after it or did, `null` for all of them. */
  readonly departments: readonly (string | null)[];
  /** Who followed it until now. */
  readonly ended: readonly NamedGrant[];
}

/** Appends events in the transaction of the write they tell about. */
export async function announce(
  tx: Tx,
  tenant: string,
  at: string,
  events: readonly OutgoingEvent[],
): Promise<void> {
  await tx
    .insertInto('outbox')
    .values(
      events.map((event) => ({
        tenant,
        kind: event.kind,
        case_id: event.caseId ?? null,
        customer_id: event.customerId ?? null,
        note_id: event.noteId ?? null,
        internal: event.internal ?? false,
        before: event.before ? toJson(event.before) : null,
        view: event.view ? toJson(event.view) : null,
        project: event.project ? toJson(event.project) : null,
        inbox: event.inbox ? toJson(event.inbox) : null,
        at,
      })),
    )
    .execute();
}
