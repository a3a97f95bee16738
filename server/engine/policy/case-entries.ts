import type { CaseAction } from '../../../src/contract/cases.js';
import type { Verdict } from '../../../src/contract/common.js';
import type { Actor } from '../../backend.js';
import type { CaseEntry, CaseFacts } from './facts.js';
import { hasInboxRole, isClaimed } from './inboxes.js';
import { allow, refuse } from './verdict.js';

/** The entries by which the actor may view the case, for as long as they are open. */
export function entriesTo(actor: Actor, { entries = [] }: CaseFacts): readonly CaseEntry[] {
  if (entries.length === 0 || !hasInboxRole(actor)) return [];
  return entries.filter(({ inboxId, readers }) => readers.includes(actor.id) && isClaimed(actor, inboxId));
}

const WHILE_NOBODY_ELSES: readonly CaseAction[] = ['reply', 'addInternalNote', 'attach'];

/**
 * What the entries of a case let a member of their inboxes do with it: view it, write while an entry is nobody else's, close
 * it while one is their own (IB-04). `null` for what no entry gives.
 */
export function decideByEntries(
  action: CaseAction,
  actor: Actor,
  entries: readonly CaseEntry[],
): Verdict | null {
  if (entries.length === 0) return null;
  if (action === 'view') return allow('inboxes.member');
  const own = entries.some(({ ownerId }) => ownerId === actor.id);
  const free = entries.some(({ ownerId }) => ownerId === null);
  if (action === 'close') {
    if (own) return allow('inboxes.owner');
    return free ? refuse('inboxes.owner', 'Take it in the inbox first.') : owned;
  }
  if (!WHILE_NOBODY_ELSES.includes(action)) return null;
  return own || free ? allow(own ? 'inboxes.owner' : 'inboxes.member') : owned;
}

const owned = refuse('inboxes.owned', 'Somebody else works on it in the inbox.');
