import { sql, type RawBuilder } from 'kysely';

import type { Actor } from '../../backend.js';
import { decideRight } from './decide.js';
import {
  countedGrants,
  hasCaseRole,
  isAdministrator,
  type CaseFacts,
  type LiveGrant,
  type PolicySettings,
} from './facts.js';
import { isPortalOpen, isShown } from './portal.js';

/**
 * Where one looks. `list`: lists, counts and search, where what another department shared does not show (DE-22);
 * `shared`: what others shared, and nothing else; `record`: one case by its id, and its events.
 */
export type VisibilityOf = 'list' | 'shared' | 'record';

/** Whether the actor may see the case: the same rule as `visibleCases`, for a case already read. */
export function isVisible(
  actor: Actor,
  facts: CaseFacts,
  settings: PolicySettings,
  grants: readonly LiveGrant[],
): boolean {
  return decideRight(actor, 'view', facts, settings, grants).allowed;
}

// With more departments than this one way covers them all: a question must not grow without bounds.
const mostDepartmentWays = 10;

/** The condition on `cases as c` that leaves what the actor may see. */
export function visibleCases(...question: Parameters<typeof waysToSee>): RawBuilder<boolean> {
  const ways = waysToSee(...question);
  if (ways === 'all') return sql<boolean>`true`;
  return ways.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(ways, sql` or `)})`;
}

/**
 * The ways by which the actor sees cases, each a condition on `cases as c` that an index can answer; what any of them
 * leaves is visible. `all` for who sees everything.
 */
export function waysToSee(
  actor: Actor,
  settings: PolicySettings,
  grants: readonly LiveGrant[],
  where: VisibilityOf,
): readonly RawBuilder<boolean>[] | 'all' {
  if (isAdministrator(actor) && where !== 'shared') return 'all';
  const ways: RawBuilder<boolean>[] = [];
  if (where === 'shared') {
    // By grants alone.
  } else if (actor.kind === 'customer') {
    if (isPortalOpen(settings)) ways.push(sql`c.requester_id = ${actor.id}`, ...shownWays(actor, settings));
  } else if (hasCaseRole(actor)) {
    ways.push(sql`c.department_id is null`, sql`c.assignee_id = ${actor.id}`);
    if (actor.departments.length > mostDepartmentWays)
      ways.push(sql`c.department_id = any(${[...actor.departments]}::text[])`);
    else ways.push(...actor.departments.map((id) => sql<boolean>`c.department_id = ${id}`));
  }
  // Ids rather than a subquery: each way can then use its own index.
  const shown = countedGrants(actor, settings, grants).filter(
    (grant) => where !== 'list' || grant.granteeKind !== 'department',
  );
  const cases = shown.filter((grant) => grant.unit === 'case').map((grant) => grant.unitId);
  const projects = shown.filter((grant) => grant.unit === 'project').map((grant) => grant.unitId);
  if (cases.length > 0) ways.push(sql`c.id = any(${cases}::text[])`);
  if (projects.length > 0) ways.push(sql`c.project_id = any(${projects}::text[])`);
  return ways;
}

/** `shownBy` as ways: the customers of an organisation are read once, so that the cases come from an index. */
function shownWays(actor: Actor, settings: PolicySettings): readonly RawBuilder<boolean>[] {
  const { tenant, customer, organisation } = actor;
  const ways: RawBuilder<boolean>[] = [];
  if (customer !== null && isShown('customer', settings)) ways.push(sql`c.customer_id = ${customer}`);
  if (organisation !== null && isShown('organisation', settings)) {
    ways.push(sql`c.customer_id = any(array(
      select o.id from customers o where o.tenant = ${tenant} and o.organisation_id = ${organisation}))`);
  }
  return ways;
}
