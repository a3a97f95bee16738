import type { Actor } from '../../backend.js';
import {
  reachingGrants,
  standing,
  type CaseFacts,
  type HistoryStart,
  type LiveGrant,
  type PolicySettings,
} from './facts.js';

/**
 * From where on the actor reads what is written to the customer; `null`: all of it. Grants add up: one that includes the
 * history includes it, and of several new conversations the earliest counts.
 */
export function historyStart(
  actor: Actor,
  facts: CaseFacts,
  settings: PolicySettings,
  grants: readonly LiveGrant[],
): HistoryStart | null {
  if (!hasHistoryStart(grants) || standing(actor, facts, settings) !== null) return null;
  const live = reachingGrants(actor, settings, grants, facts);
  let earliest: HistoryStart | null = null;
  for (const { history } of live) {
    if (!history) return null;
    if (earliest === null || history.after < earliest.after) earliest = history;
  }
  return earliest;
}

/** Whether any of the grants leaves out what was before it: of nearly nobody. */
export function hasHistoryStart(grants: readonly LiveGrant[]): boolean {
  return grants.some(({ history }) => history);
}
