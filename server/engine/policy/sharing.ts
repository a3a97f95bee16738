import type { CaseAction } from '../../../src/contract/cases.js';
import type { Verdict } from '../../../src/contract/common.js';
import type { GranteeKind } from '../../../src/contract/grants.js';
import type { Actor } from '../../backend.js';
import {
  isAdministrator,
  reaches,
  sharingRules,
  standing,
  type CaseFacts,
  type LiveGrant,
  type NamedGrant,
  type PolicySettings,
} from './facts.js';
import { refusedFeature } from './portal.js';
import { allow, refuse } from './verdict.js';

/** What can be done to the list of who has access. */
export type SharingAct = 'share' | 'unshare' | 'changeLevel';

/** What the policy is asked about besides the act: who, which case, by which settings and grants. */
export type SharingQuestion = readonly [
  actor: Actor,
  facts: CaseFacts,
  settings: PolicySettings,
  grants: readonly LiveGrant[],
];

/** Whether this kind stands outside the requester's own people. */
export function isSharedWithCustomers(kind: GranteeKind): boolean {
  return kind === 'customer' || kind === 'organisation';
}

export function isSharingAct(action: CaseAction): action is SharingAct {
  return action === 'share' || action === 'unshare' || action === 'changeLevel';
}

/** Whether the actor may do this with some kind of grantee; the refusal is that of the kind nearest to them. */
export function decideAnyKind(act: SharingAct, ...question: SharingQuestion): Verdict {
  const [actor] = question;
  const kinds: readonly GranteeKind[] =
    actor.kind === 'customer' ? ['person'] : ['department', 'customer', 'organisation'];
  const verdicts = kinds.map((kind) => decideSharing(act, kind, ...question));
  return (
    verdicts.find(({ allowed }) => allowed) ?? verdicts[0] ?? refuse('sharing.kind', 'Nobody to share with.')
  );
}

/** Whether the actor may take the case into a project or out of one: as much as to share it with those who follow. */
export function decideMove(actor: Actor, facts: CaseFacts, settings: PolicySettings): Verdict {
  const own = actor.kind === 'agent' ? standing(actor, facts, settings) : null;
  return own === null
    ? refuse('projects.move', 'Only agents the case belongs to can move it into a project or out of one.')
    : allow(own);
}

/** Who may share, end a share and change its level, by kind of grantee. For a case the actor may see. */
export function decideSharing(act: SharingAct, kind: GranteeKind, ...question: SharingQuestion): Verdict {
  switch (kind) {
    case 'person':
      return decideCoworkers(act, question[0], question[1], question[2]);
    case 'department':
      return decideDepartments(act, ...question);
    case 'customer':
    case 'organisation':
      return decideCustomers(act, kind, ...question);
  }
}

/** Whether the actor may end this grant: as `unshare`, and co-workers their own where the settings let them leave. */
export function decideRevoke(grant: NamedGrant, ...question: SharingQuestion): Verdict {
  const [actor, , settings] = question;
  if (grant.unit === 'project') return ofProject;
  const own = grant.granteeKind === 'person' && grant.granteeId === actor.id;
  if (own && sharingRules(settings).allowSelfLeave) return allow('sharing.self-leave');
  return decideSharing('unshare', grant.granteeKind, ...question);
}

/** Whether the actor may change what this grant gives, or until when. */
export function decideGrantChange(
  act: 'changeLevel' | 'changeExpiry',
  grant: NamedGrant,
  ...question: SharingQuestion
): Verdict {
  if (grant.unit === 'project') return ofProject;
  return decideSharing(act === 'changeExpiry' ? 'share' : act, grant.granteeKind, ...question);
}

/** Whether the actor may know of this grant: which departments work on a case is for those it belongs to. */
export function seesGrant(
  grant: NamedGrant,
  actor: Actor,
  facts: CaseFacts,
  settings: PolicySettings,
): boolean {
  if (grant.granteeKind !== 'department') return true;
  const received = actor.kind === 'agent' && actor.departments.includes(grant.granteeId);
  return received || seesDepartmentSharing(actor, facts, settings);
}

export function seesDepartmentSharing(actor: Actor, facts: CaseFacts, settings: PolicySettings): boolean {
  return actor.kind === 'agent' && standing(actor, facts, settings) !== null;
}

const ofProject = refuse('sharing.project', 'The whole project is shared: change it there.');

/** CO-06, CO-07. What was shared can be ended where sharing is not offered any more (CU-25). */
function decideCoworkers(act: SharingAct, actor: Actor, facts: CaseFacts, settings: PolicySettings): Verdict {
  if (act === 'changeLevel') return refuse('coworkers.one-level', 'Co-workers have one level only.');
  if (actor.kind !== 'customer' || facts.requesterId !== actor.id) {
    return refuse(
      'only_submitter_may_share',
      'Only the person who submitted the case can change which co-workers see it.',
    );
  }
  return (act === 'share' ? refusedFeature('share', settings) : null) ?? allow('sharing.requester');
}

const childRefusals: Record<SharingAct, Verdict> = {
  share: refuse('child_cannot_reshare', 'A department that received a case cannot share it on.'),
  unshare: refuse('child_cannot_unshare', 'A department that received a case cannot end a share.'),
  changeLevel: refuse('child_cannot_change_level', 'A department that received a case cannot change levels.'),
};

/** DE-01, DE-14, DE-24, DE-25, DE-36 */
function decideDepartments(act: SharingAct, ...[actor, facts, settings, grants]: SharingQuestion): Verdict {
  if (actor.kind !== 'agent') {
    return refuse('departments.agents-only', 'Only agents can share a case with departments.');
  }
  // Whom nobody else could take it from any more.
  const orphaned = facts.departmentId === null || sharingRules(settings).departmentRoles.length === 0;
  if (act === 'unshare' && orphaned && isAdministrator(actor)) return allow('sharing.administrator');
  if (facts.departmentId === null) {
    return refuse('departments.none', 'The case belongs to no department that could share it.');
  }
  const own = standing(actor, facts, settings) !== null;
  if (!own || !actor.departments.includes(facts.departmentId)) {
    return isReceived(facts, grants)
      ? childRefusals[act]
      : refuse(
          'only_owning_department_may_share',
          'Only the owning department can share the case with others.',
        );
  }
  const { departmentRoles } = sharingRules(settings);
  if (departmentRoles.length === 0) {
    return refuse('departments.off', 'Sharing with departments is not switched on.');
  }
  return actor.roles.some((role) => departmentRoles.includes(role))
    ? allow('departments.permission')
    : refuse('departments.permission', 'Your role may not share cases with other departments.');
}

function decideCustomers(
  act: SharingAct,
  kind: 'customer' | 'organisation',
  ...[actor, facts, settings, grants]: SharingQuestion
): Verdict {
  if (actor.kind !== 'agent') {
    return refuse('customers.agents-only', 'Only agents can share a case with customers.');
  }
  const own = standing(actor, facts, settings);
  if (own === null) {
    return isReceived(facts, grants)
      ? childRefusals[act]
      : refuse('customers.edit', 'Only agents who can edit the case can share it with customers.');
  }
  if (act === 'changeLevel') {
    return isAdministrator(actor)
      ? allow('sharing.administrator')
      : refuse('sharing.administrator', 'Only a system administrator can change what customers may do.');
  }
  if (act === 'share' && kind === 'organisation' && !sharingRules(settings).organisations) {
    return refuse('organisations.off', 'Sharing with organisations is not switched on.');
  }
  return allow(own);
}

function isReceived(facts: CaseFacts, grants: readonly LiveGrant[]): boolean {
  return grants.some((grant) => grant.granteeKind === 'department' && reaches(grant, facts));
}
