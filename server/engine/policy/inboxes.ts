import type { Verdict } from '../../../src/contract/common.js';
import type { EntryAction } from '../../../src/contract/inbox-entries.js';
import type { InboxAction } from '../../../src/contract/inboxes.js';
import type { InboxRules } from '../../../src/contract/inbox-rules.js';
import type { Actor } from '../../backend.js';
import { hasCaseRole, isAdministrator } from './facts.js';
import { allow, refuse } from './verdict.js';

/** The rights of a member as they are stored, unknown ones among them; `null` for who is no member. */
export type Membership = readonly string[] | null;

/** What the policy needs to know of an inbox. */
export interface InboxFacts {
  readonly id: string;
  readonly tenant: string;
}

/** What the policy needs to know of an entry. */
export interface EntryFacts {
  readonly tenant: string;
  readonly inboxId: string;
  readonly state: string;
  readonly owner: { readonly id: string; readonly name: string } | null;
  /** Whether the actor may view its case; `null` when it carries a customer alone. */
  readonly caseShown: boolean | null;
  readonly hasCustomer: boolean;
  /** The last change, if it can be undone at this moment; `null` when it cannot. */
  readonly undoable: UndoableChange | null;
}

/** Who did what to an entry, in which inbox that was, and what the actor is there now. */
export interface UndoableChange {
  readonly by: string;
  readonly action: UndoableAction;
  readonly inboxId: string;
  readonly membership: Membership;
}

/** The switches of the settings that inboxes are worked by. */
export interface EntrySettings {
  readonly inboxes?: Pick<InboxRules, 'requireOwnership'> | undefined;
}

/** IB-01: the roles that work inboxes. */
export function hasInboxRole(actor: Actor): boolean {
  return hasCaseRole(actor) || (actor.kind === 'agent' && actor.roles.includes('finance'));
}

/** Whether the token leaves this inbox to the actor: the ones it names narrow, and name nobody a member. */
export function isClaimed({ inboxes }: Pick<Actor, 'inboxes'>, inboxId: string): boolean {
  return inboxes.length === 0 || inboxes.includes(inboxId);
}

const roleless = refuse('inboxes.role', 'Your role does not work inboxes.');
const hidden = refuse('inboxes.visibility', 'The inbox is not available to you.');
const administrators = refuse(
  'inboxes.administrator',
  'Only a system administrator can change inboxes and assign what is in them.',
);
const unread = refuse('inboxes.read', 'You may not read what is in this inbox.');
const rightRefusals = {
  forward: refuse('inboxes.forward', 'You may not forward what is in this inbox.'),
  cancel: refuse('inboxes.cancel', 'You may not cancel what is in this inbox.'),
};

/** IB-01 as a verdict. */
export function decideInboxWork(actor: Actor): Verdict {
  return hasInboxRole(actor) ? allow('inboxes.role') : roleless;
}

/** IB-02, IB-25, IB-26: whether the actor may do this with the inbox. Rights without that to read reach nothing. */
export function decideInbox(
  action: InboxAction,
  actor: Actor,
  { id, tenant }: InboxFacts,
  membership: Membership,
): Verdict {
  if (actor.tenant !== tenant) return refuse('tenant.foreign', 'The inbox belongs to another tenant.');
  if (!hasInboxRole(actor)) return roleless;
  if (isAdministrator(actor)) return allow('inboxes.administrator');
  if (membership === null || !isClaimed(actor, id)) return hidden;
  if (action === 'edit' || action === 'assign') return administrators;
  if (action === 'view') return allow('inboxes.member');
  if (!membership.includes('read')) return unread;
  if (action === 'read' || membership.includes(action)) return allow('inboxes.member');
  return rightRefusals[action];
}

/** What of the inbox an action on an entry asks for. */
const asked = {
  take: 'read',
  release: 'read',
  complete: 'read',
  assign: 'assign',
  cancel: 'cancel',
  forward: 'forward',
  openCustomer: 'read',
} as const satisfies Partial<Record<EntryAction, InboxAction>>;

/** What can be taken back. */
export type UndoableAction = Exclude<keyof typeof asked, 'openCustomer'>;

/** Whether the actor may do this with the entry as it stands: the right, then its state, then whose it is. */
export function decideEntry(
  action: EntryAction,
  actor: Actor,
  facts: EntryFacts,
  settings: EntrySettings,
  membership: Membership,
): Verdict {
  const right = decideEntryRight(action, actor, facts, membership);
  return right.allowed ? (decideEntryState(action, actor, facts, settings) ?? right) : right;
}

/** The right alone. */
function decideEntryRight(
  action: EntryAction,
  actor: Actor,
  facts: EntryFacts,
  membership: Membership,
): Verdict {
  if (actor.tenant !== facts.tenant) return refuse('tenant.foreign', 'The entry belongs to another tenant.');
  if (!hasInboxRole(actor)) return roleless;
  if (action === 'openCase') return decideOpenCase(facts);
  const { tenant, inboxId: id, undoable } = facts;
  if (action !== 'undo') return decideInbox(asked[action], actor, { id, tenant }, membership);
  // Who did it takes it back by the right that it asked for, where it was: also where they no longer see it.
  return undoable?.by === actor.id
    ? decideInbox(asked[undoable.action], actor, { id: undoable.inboxId, tenant }, undoable.membership)
    : decideInbox('read', actor, { id, tenant }, membership);
}

/** IB-20: the case is opened by whoever may view it, by this entry or otherwise. */
function decideOpenCase({ caseShown }: EntryFacts): Verdict {
  if (caseShown === null) return refuse('inboxes.no-case', 'It is about a customer alone.');
  return caseShown
    ? allow('inboxes.case')
    : refuse('inboxes.case-hidden', 'The case is not available to you.');
}

/** What the entry as it stands forbids; `null` when nothing (decision 8, IB-07, IB-09, IB-18). */
function decideEntryState(
  action: EntryAction,
  actor: Actor,
  { state, owner, hasCustomer, undoable }: EntryFacts,
  { inboxes }: EntrySettings,
): Verdict | null {
  if (action === 'openCase') return null;
  if (action === 'openCustomer') {
    return hasCustomer ? null : refuse('inboxes.no-customer', 'No customer is known of it.');
  }
  if (action === 'undo') {
    return undoable?.by === actor.id
      ? null
      : refuse('inboxes.undo', 'You did not change it last, or too long ago.');
  }
  if (state !== 'open') {
    return refuse(
      'inboxes.ended',
      state === 'completed' ? 'It has been completed.' : 'It has been cancelled.',
    );
  }
  if (action === 'assign' || owner?.id === actor.id) return null;
  if (owner !== null) {
    // Two presses at once have one winner, whoever they are: an administrator assigns instead.
    if (action !== 'take' && isAdministrator(actor)) return null;
    return refuse('inboxes.owned', `${owner.name} owns it.`);
  }
  if (action === 'release') return refuse('inboxes.not-owned', 'Nobody owns it.');
  const needsOwner = action === 'complete' && inboxes?.requireOwnership !== false;
  return needsOwner && !isAdministrator(actor) ? refuse('inboxes.not-owned', 'Take it first.') : null;
}
