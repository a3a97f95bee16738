import type { Verdict } from '../../../src/contract/common.js';
import type { Actor } from '../../backend.js';
import { hasCaseRole, isAdministrator } from './facts.js';
import { allow, refuse } from './verdict.js';

/** What the policy needs to know of a view. */
export interface ViewFacts {
  readonly owner: string;
  /** `null`: private. */
  readonly roles: readonly string[] | null;
}

/** Whether the actor may know of the view. Administrators look after all that are shared. */
export function seesView(actor: Actor, { owner, roles }: ViewFacts): boolean {
  if (!hasCaseRole(actor)) return false;
  if (owner === actor.id) return true;
  return roles !== null && (isAdministrator(actor) || roles.some((role) => actor.roles.includes(role)));
}

/** Whether the actor may change or remove the view: a shared one is the administrators' to change. */
export function decideViewChange(actor: Actor, { owner, roles }: ViewFacts): Verdict {
  if (roles !== null) {
    return isAdministrator(actor)
      ? allow('views.share')
      : refuse('views.share', 'Only a system administrator can change a view that is shared.');
  }
  return owner === actor.id
    ? allow('views.owner')
    : refuse('views.owner', 'The view belongs to somebody else.');
}
