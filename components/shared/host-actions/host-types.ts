import type { InboxEntry } from '../../../src/contract/inbox-entries.js';
import type { Case, CaseLink } from '../../../src/contract/cases.js';
import type { Session } from '../../../src/contract/session.js';
import type { Verdict } from '../../../src/contract/common.js';
import type { ActionSchema, ActionValues } from './schema-types.js';

/** A text of the host: as it is, or as it is in a language (BCP 47). */
export type HostText = string | ((locale: string) => string);

/** What the page around brings along: actions it carries out, and objects it knows. Set on `<case-provider>` as `host`. */
export interface CaseHost {
  readonly actions?: readonly HostAction[] | undefined;
  readonly linkTypes?: readonly LinkType[] | undefined;
}

/** A kind of object of the host that a case can be linked to. */
export interface LinkType {
  /** As it stands in the links of cases: `invoice`. Lower-case letters, digits and hyphens. */
  readonly type: string;
  /** What such an object is called: "Invoice". */
  readonly label: HostText;
  /** Where the object is shown: an address of the web. */
  href?(link: CaseLink): string | undefined;
  /** What is shown for it; its `label`, or else its id, when absent. A text is shown as text. */
  render?(link: CaseLink): Node | string;
  /** Address of a picture of 16 by 16 pixels that stands before it. */
  readonly icon?: string | undefined;
}

/** What an action is about. */
export interface ActionContext {
  /** Who is signed in, with their roles. */
  readonly actor: Session['actor'];
  readonly roles: readonly string[];
  readonly case: Case;
  /** What waits in an inbox about the case, where it is the actor's own or theirs to complete; absent where there is nothing. */
  readonly entry: InboxEntry | undefined;
}

/** What an action is run with. */
export interface RunContext extends ActionContext {
  /**
   * The same for every attempt at one and the same piece of work, until its outcome is known. The host's server must carry
   * out each key once.
   */
  readonly idempotencyKey: string;
  /** Aborted when Casement waits no longer. */
  readonly signal: AbortSignal;
}

/** What became of an action. Nothing at all, or `ok` left out, is success. */
export type RunOutcome =
  | {
      readonly ok?: true | undefined;
      /** What the note on the case says, before the values; the name of the action when absent. */
      readonly message?: string | undefined;
      /** What the host calls the result: the number of a booking. */
      readonly reference?: string | undefined;
    }
  /** Refused: nothing was done. `message` is shown to the agent. */
  | { readonly ok: false; readonly message: string };

/**
 * Something the host does about a case, such as a refund. Casement shows the form, calls `run` and writes down what became of
 * it; the work, and whether it may be done, are the host's.
 */
export interface HostAction<S extends ActionSchema = ActionSchema> {
  /** Stands in the notes: keep it. */
  readonly id: string;
  /** What the button says: "Refund…". */
  readonly label: HostText;
  /** Says more above the form. */
  readonly description?: HostText | undefined;
  /** What is asked for. */
  readonly schema: S;
  /**
   * Who is offered it: `false` shows nothing, a refusal with a reason shows the button disabled with it. Every agent when
   * absent; customers never. It is no protection: the host's server decides.
   */
  mayPropose?(context: ActionContext): boolean | Pick<Verdict, 'allowed' | 'reason'>;
  /** What the form begins with, over the defaults of the schema. */
  prefill?(context: ActionContext): Partial<ActionValues<S>> | Promise<Partial<ActionValues<S>>>;
  /** Does the work. A rejection means that nobody knows whether it was done; a refusal is an outcome with `ok: false`. */
  run(values: ActionValues<S>, context: RunContext): Promise<RunOutcome | void> | RunOutcome | void;
  /** Seconds to wait for `run`; 60 unless told. */
  readonly timeout?: number | undefined;
}
