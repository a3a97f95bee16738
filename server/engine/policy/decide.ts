import type { CaseAction } from '../../../src/contract/cases.js';
import type { Verdict } from '../../../src/contract/common.js';
import type { Actor } from '../../backend.js';
import { decideByEntries, entriesTo } from './case-entries.js';
import {
  hasCaseRole,
  reachingGrants,
  sharingRules,
  standing,
  type CaseFacts,
  type GranteeKind,
  type LiveGrant,
  type PolicySettings,
} from './facts.js';
import { refusedFeature } from './portal.js';
import { decideAnyKind, decideMove, isSharingAct } from './sharing.js';
import { allow, refuse } from './verdict.js';

const AGENT_ACTIONS: readonly CaseAction[] = [
  'view',
  'reply',
  'addInternalNote',
  'attach',
  'edit',
  'close',
  'reopen',
  'assign',
  'forward',
  'putInInbox',
  'listGrantees',
  'seeReceipts',
  'export',
];
const REQUESTER_ACTIONS: readonly CaseAction[] = ['view', 'reply', 'attach', 'listGrantees', 'seeReceipts'];
/** CU-27: of what the portal shows besides, nothing is theirs to answer. */
const ONLOOKER_ACTIONS: readonly CaseAction[] = ['view', 'listGrantees'];

/** The actions every case record carries a verdict for. */
export const decidedActions: readonly CaseAction[] = [
  'view',
  'reply',
  'addInternalNote',
  'attach',
  'edit',
  'close',
  'reopen',
  'assign',
  'forward',
  'putInInbox',
  'moveToProject',
  'share',
  'unshare',
  'changeLevel',
  'listGrantees',
  'seeReceipts',
  'export',
];

/** What is never a customer's to do, by whatever way the case is seen. */
const CUSTOMER_DENIALS: Partial<Record<CaseAction, readonly [rule: string, reason: string]>> = {
  addInternalNote: ['customer.internal-notes', 'Internal notes are for agents.'],
  edit: ['customer.edit', 'Only agents can edit a case.'],
  close: ['customer.status', 'Only agents can close a case.'],
  reopen: ['customer.status', 'Only agents can reopen a case.'],
  assign: ['customer.assign', 'Only agents can assign a case.'],
  forward: ['customer.forward', 'Only agents can forward a case.'],
  putInInbox: ['customer.inboxes', 'Only agents can put a case into an inbox.'],
  export: ['customer.export', 'Only agents can export cases.'],
};

/** DE-04, DE-05: what no department that received a case may do, at any level. */
const RECIPIENT_DENIALS: Partial<Record<CaseAction, readonly [rule: string, reason: string]>> = {
  close: ['recipient_cannot_set_status', 'A department that received a case cannot change its status.'],
  reopen: ['recipient_cannot_set_status', 'A department that received a case cannot change its status.'],
  assign: ['recipient_cannot_set_assignee', 'A department that received a case cannot change its assignee.'],
};

/** Whether the actor may do this to the case as it stands: the right, then the state. */
export function decide(
  actor: Actor,
  action: CaseAction,
  facts: CaseFacts,
  settings: PolicySettings,
  grants: readonly LiveGrant[],
): Verdict {
  const right = decideRight(actor, action, facts, settings, grants);
  return right.allowed ? (decideState(actor, action, facts, settings) ?? right) : right;
}

/** The right alone, in the order of the spec: invariants, denials, live grants, role or ownership, refuse. */
export function decideRight(
  actor: Actor,
  action: CaseAction,
  facts: CaseFacts,
  settings: PolicySettings,
  grants: readonly LiveGrant[],
): Verdict {
  if (actor.tenant !== facts.tenant) return refuse('tenant.foreign', 'The case belongs to another tenant.');
  const entries = entriesTo(actor, facts);
  if (actor.kind === 'agent' && !hasCaseRole(actor) && entries.length === 0) {
    return refuse('cases.role', 'Your role does not work on cases.');
  }
  const own = standing(actor, facts, settings);
  const live = reachingGrants(actor, settings, grants, facts);
  if (own === null && live.length === 0 && entries.length === 0)
    return refuse('cases.visibility', 'The case is not available to you.');
  if (action === 'seeReceipts' && !sharingRules(settings).receipts?.enabled)
    return refuse('receipts.off', 'It is not kept who opened a case.');
  if (isSharingAct(action)) return decideAnyKind(action, actor, facts, settings, live);
  if (action === 'moveToProject') return decideMove(actor, facts, settings);
  // Handed over to them, whatever their department received it for.
  const byEntries = own === null ? decideByEntries(action, actor, entries) : null;
  if (byEntries?.allowed) return byEntries;
  const received = own === null ? live.find(({ granteeKind }) => granteeKind === 'department') : undefined;
  if (received) {
    const denial = RECIPIENT_DENIALS[action];
    if (denial) return refuse(...denial);
  }
  if (actor.kind === 'customer') {
    const denial = CUSTOMER_DENIALS[action];
    if (denial) return refuse(...denial);
    const unticked = refusedFeature(action, settings);
    if (unticked) return unticked;
  }
  for (const grant of live) {
    if (granted(grant.granteeKind, grant.level).includes(action)) return allow(`grant.${grant.granteeKind}`);
  }
  const actions = actor.kind === 'agent' ? AGENT_ACTIONS : actionsOfCustomer(own);
  if (own && actions.includes(action)) return allow(own);
  if (byEntries) return byEntries;
  return received
    ? refuse('grant.level', 'The level at which your department has this case does not include this.')
    : refuse('cases.not-granted', 'You may see this case, but not do this.');
}

function actionsOfCustomer(own: string | null): readonly CaseAction[] {
  return own === 'cases.requester' ? REQUESTER_ACTIONS : ONLOOKER_ACTIONS;
}

/** Decision 4, DE-17: what a closed case no longer takes. Access to it can still be looked at, narrowed and ended. */
const CHANGES_OF_OPEN_CASES: readonly CaseAction[] = [
  'reply',
  'addInternalNote',
  'attach',
  'edit',
  'close',
  'assign',
  'forward',
  'putInInbox',
  'moveToProject',
  'share',
];

/** What the state of the case forbids to everybody; `null` when nothing. */
export function decideState(
  actor: Actor,
  action: CaseAction,
  facts: CaseFacts,
  settings: PolicySettings,
): Verdict | null {
  if (action === 'reopen') {
    return facts.status === 'open' ? refuse('case.open', 'The case is open already.') : null;
  }
  if (facts.status !== 'closed' || !CHANGES_OF_OPEN_CASES.includes(action)) return null;
  const answers = action === 'reply' || action === 'attach';
  if (answers && actor.kind === 'customer' && settings.reopenOnCustomerReply) return null;
  return refuse('case.closed', 'The case is closed. Reopen it first.');
}

/** What a level of a kind of grant gives. An unknown level gives sight only. */
function granted(kind: GranteeKind, level: string): readonly CaseAction[] {
  if (kind === 'department') {
    // DE-06 to DE-11
    if (level === 'full') {
      return ['view', 'reply', 'addInternalNote', 'attach', 'edit', 'forward', 'listGrantees'];
    }
    if (level === 'restricted') return ['view', 'addInternalNote', 'forward', 'listGrantees'];
    if (level === 'read-only') return ['view', 'addInternalNote', 'listGrantees'];
    return ['view'];
  }
  return level === 'collaborate' ? ['view', 'reply', 'attach', 'listGrantees'] : ['view', 'listGrantees'];
}
