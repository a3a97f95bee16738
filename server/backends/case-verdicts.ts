import { caseActions, type CaseAction } from '../../src/contract/cases.js';
import type { Verdict } from '../../src/contract/common.js';
import { allow, refuse } from '../engine/policy/verdict.js';

/** What the vendor said about one action: its own rule, or why not in plain English. */
export type Said = { readonly rule: string } | { readonly rule: string; readonly reason: string };

/**
 * The verdicts on a case: what was said of each action, and a refusal for all that the vendor cannot do. `vendor` is its
 * name, for that refusal.
 */
export function caseVerdicts(
  vendor: string,
  said: Partial<Record<CaseAction, Said | undefined>>,
): Record<string, Verdict> {
  return Object.fromEntries(
    caseActions.map((action) => {
      const answer = said[action];
      if (!answer) return [action, refuse('backend.capability', `${vendor} cannot do this.`)];
      return [action, 'reason' in answer ? refuse(answer.rule, answer.reason) : allow(answer.rule)];
    }),
  );
}
