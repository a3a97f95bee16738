import type { LitElement } from 'lit';

import type { CaseClient } from '../../../src/client/client.js';
import type { Case } from '../../../src/contract/cases.js';
import type { InboxEntry } from '../../../src/contract/inbox-entries.js';
import type { Session } from '../../../src/contract/session.js';
import { defineElement, prefixOf } from '../define.js';
import type { Sentence } from '../field-errors.js';
import { refusalText } from '../verdict.js';
import { withPrefix } from '../with-prefix.js';
import { loadAttempt } from './action-attempt.js';
import { fieldsOf } from './action-fields.js';
import { HostActionDialog } from './host-action.dialog.js';
import { hostText } from './host-text.js';
import type { HostAction } from './host-types.js';
import { hostOf } from './registry.js';

/** What the actions of the host could be about, and where they are shown. */
export interface ActionPlace {
  /** The element that offers them. */
  readonly host: LitElement;
  readonly client: CaseClient;
  readonly session: Session;
  readonly record: Case;
  /** What waits in an inbox about the case. */
  readonly entry?: InboxEntry | undefined;
  /** Tells the agent what was done. */
  readonly say: (text: Sentence) => void;
  /** The form has closed, for whatever reason. */
  readonly closed?: (() => void) | undefined;
}

/** An action that is offered here. */
export interface OfferedAction {
  readonly id: string;
  /** What the button says. */
  readonly label: string;
  /** Why it may not be used now; absent when it may. */
  readonly refusal?: string | undefined;
  /** Opens its form. */
  readonly open: () => void;
}

const told = new WeakSet<HostAction>();

/** The actions of the host that are offered to who is signed in; to customers none. */
export function actionsFor(place: ActionPlace): readonly OfferedAction[] {
  const { host, session, record } = place;
  if (session.actor.kind !== 'agent') return [];
  // Without a note nobody would know what was done.
  const note = record.permissions['addInternalNote'];
  return (hostOf(host).actions ?? []).flatMap((action): OfferedAction[] => {
    const verdict = proposed(action, place);
    if (!verdict) return [];
    const refusal = note?.allowed ? verdict.refusal : refusalText(note);
    const open = (): void => void openAction(action, place);
    return [{ id: action.id, label: hostText(action.label), open, ...(refusal && { refusal }) }];
  });
}

/** The actions whose work is done and does not stand on the case yet. */
export async function unwrittenActions({ host, client, record }: ActionPlace): Promise<readonly string[]> {
  const { actions = [] } = hostOf(host);
  const attempts = await Promise.all(
    actions.map(async ({ id }) => ((await loadAttempt(client, record.id, id))?.done ? [id] : [])),
  );
  return attempts.flat();
}

function proposed(
  action: HostAction,
  { session, record, entry }: ActionPlace,
): { readonly refusal: string | undefined } | undefined {
  try {
    fieldsOf(action.schema);
    const { actor } = session;
    const context = { actor, roles: actor.roles, case: record, entry };
    const said = action.mayPropose?.(context) ?? true;
    if (typeof said === 'boolean') return said ? { refusal: undefined } : undefined;
    if (said.allowed) return { refusal: undefined };
    return said.reason ? { refusal: said.reason } : undefined;
  } catch (error) {
    if (!told.has(action)) console.warn(`Casement: the action "${action.id}" cannot be offered.`, error);
    told.add(action);
    return undefined;
  }
}

/** Opens the form of an action over the page, in the looks of the element that offers it. */
async function openAction(action: HostAction, place: ActionPlace): Promise<void> {
  const { host, client, session, record, entry, say } = place;
  const prefix = prefixOf(host);
  const name = `${prefix}host-action`;
  if (!customElements.get(name))
    defineElement(name, prefix ? withPrefix(HostActionDialog, prefix) : HostActionDialog);
  if (host.renderRoot.querySelector(name)) return;
  const dialog = document.createElement(name) as HostActionDialog;
  host.renderRoot.append(dialog);
  const closed = place.closed ?? ((): void => host.requestUpdate());
  await dialog.open({ client, session, action, record, entry, finished: say, closed });
}
