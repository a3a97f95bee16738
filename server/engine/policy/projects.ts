import { sql, type RawBuilder } from 'kysely';

import type { Verdict } from '../../../src/contract/common.js';
import type { GranteeKind } from '../../../src/contract/grants.js';
import type { ProjectAction } from '../../../src/contract/projects.js';
import type { Actor } from '../../backend.js';
import {
  countedGrants,
  hasCaseRole,
  isAdministrator,
  sharingRules,
  type CaseFacts,
  type LiveGrant,
  type PolicySettings,
} from './facts.js';
import type { SharingAct } from './sharing.js';
import { allow, refuse } from './verdict.js';
import { isVisible } from './visibility.js';

/** What the policy needs to know of a project. */
export interface ProjectFacts {
  readonly id: string;
  readonly tenant: string;
  readonly departmentId: string | null;
}

/** What the policy is asked about besides the act: who, which project, by which settings and grants. */
export type ProjectQuestion = readonly [
  actor: Actor,
  facts: ProjectFacts,
  settings: PolicySettings,
  grants: readonly LiveGrant[],
];

/** Whether the actor may do this with the project: agents look after it, followers read it. */
export function decideProject(action: ProjectAction, ...question: ProjectQuestion): Verdict {
  const [actor, facts] = question;
  if (actor.tenant !== facts.tenant)
    return refuse('tenant.foreign', 'The project belongs to another tenant.');
  if (actor.kind === 'agent') return decideAgent(action, ...question);
  if (!follows(...question)) return hidden;
  // The list of followers is the agents' to keep; who else follows is not for each of them to know.
  return action === 'view'
    ? allow('grant.project')
    : refuse('projects.agents-only', 'Only agents can change a project, share it or write to its followers.');
}

function decideAgent(action: ProjectAction, ...[actor, facts, settings]: ProjectQuestion): Verdict {
  if (!hasCaseRole(actor)) return refuse('cases.role', 'Your role does not work on cases.');
  const own = isAdministrator(actor)
    ? 'projects.administrator'
    : facts.departmentId === null
      ? 'projects.role'
      : actor.departments.includes(facts.departmentId)
        ? 'projects.department'
        : null;
  if (own === null) return hidden;
  if (action !== 'share') return allow(own);
  const kinds = ['customer', 'organisation'] as const;
  const verdicts = kinds.map((kind) => decideProjectSharing('share', kind, actor, facts, settings, []));
  return verdicts.find(({ allowed }) => allowed) ?? verdicts[0] ?? hidden;
}

const hidden = refuse('projects.visibility', 'The project is not available to you.');

function follows(...[actor, facts, settings, grants]: ProjectQuestion): boolean {
  return countedGrants(actor, settings, grants).some(
    ({ unit, unitId }) => unit === 'project' && unitId === facts.id,
  );
}

/** CU-01, CU-09, CU-10: who may share a project, end that, or change what it gives. For a project the actor may see. */
export function decideProjectSharing(
  act: SharingAct,
  kind: GranteeKind,
  ...[actor, , settings]: ProjectQuestion
): Verdict {
  if (kind !== 'customer' && kind !== 'organisation') {
    return refuse('projects.kind', 'Projects are shared with customers and organisations.');
  }
  if (actor.kind !== 'agent') {
    return refuse(
      'projects.agents-only',
      'Only agents can change a project, share it or write to its followers.',
    );
  }
  if (act === 'changeLevel') {
    return isAdministrator(actor)
      ? allow('sharing.administrator')
      : refuse('sharing.administrator', 'Only a system administrator can change what customers may do.');
  }
  if (act === 'share' && kind === 'organisation' && !sharingRules(settings).organisations) {
    return refuse('organisations.off', 'Sharing with organisations is not switched on.');
  }
  return allow('projects.edit');
}

/** The same rule as `decideProject` has for `view`, as a condition on `projects as c`. */
export function visibleProjects(
  actor: Actor,
  settings: PolicySettings,
  grants: readonly LiveGrant[],
): RawBuilder<boolean> {
  if (actor.kind === 'agent') {
    if (!hasCaseRole(actor)) return sql<boolean>`false`;
    if (isAdministrator(actor)) return sql<boolean>`true`;
    return sql<boolean>`(c.department_id is null or c.department_id = any(${[...actor.departments]}::text[]))`;
  }
  const followed = countedGrants(actor, settings, grants)
    .filter(({ unit }) => unit === 'project')
    .map(({ unitId }) => unitId);
  return sql<boolean>`c.id = any(${followed}::text[])`;
}

/** CU-19, CU-23: whether the portal shows followers what is in a project, asked of the rule that will decide it. */
export function showsProjects(settings: PolicySettings): boolean {
  const follower: Actor = {
    id: '',
    tenant: '',
    kind: 'customer',
    name: '',
    email: null,
    roles: [],
    departments: [],
    inboxes: [],
    customer: '-',
    organisation: null,
  };
  const item: CaseFacts = {
    id: '',
    tenant: '',
    status: 'open',
    projectId: '-',
    customerId: '',
    requesterId: null,
    assigneeId: null,
    departmentId: null,
  };
  const grant = { unit: 'project', unitId: '-', granteeKind: 'customer', level: 'view' } as const;
  return isVisible(follower, item, settings, [grant]);
}
