import type { GranteeKind } from '../../../src/contract/grants.js';
import type { SharingRules } from '../../../src/contract/settings.js';
import type { Actor } from '../../backend.js';

export type { GranteeKind };

/** What the policy needs to know of a case. */
export interface CaseFacts {
  readonly id: string;
  readonly tenant: string;
  readonly status: string;
  readonly projectId: string | null;
  readonly customerId: string;
  readonly requesterId: string | null;
  readonly assigneeId: string | null;
  readonly departmentId: string | null;
}

/** A grant in force to the actor: neither revoked nor expired. */
export interface LiveGrant {
  readonly unit: 'case' | 'project';
  readonly unitId: string;
  readonly granteeKind: GranteeKind;
  readonly level: string;
}

/** A grant with whom it names. */
export interface NamedGrant extends LiveGrant {
  readonly granteeId: string;
  /** Where a person has to belong for it to hold (decision 7), as `membershipsOf` says it; `null`: anywhere. */
  readonly memberOf: string | null;
}

/** The switches of the settings that the policy reads. */
export interface PolicySettings {
  readonly portalScope: string;
  readonly reopenOnCustomerReply: boolean;
  readonly sharing?: Partial<SharingRules> | undefined;
}

const CASE_ROLES: readonly string[] = ['customer-service', 'sales-agent'];

export function isAdministrator(actor: Actor): boolean {
  return actor.kind === 'agent' && actor.roles.includes('system-administrator');
}

/** CC-01: the roles that work on cases. */
export function hasCaseRole(actor: Actor): boolean {
  return (
    actor.kind === 'agent' &&
    (isAdministrator(actor) || actor.roles.some((role) => CASE_ROLES.includes(role)))
  );
}

/** The rules of sharing a tenant starts with: what could widen access is off. */
export const defaultSharing: SharingRules = {
  departmentRoles: [],
  departmentLevel: 'full',
  organisations: false,
  candidateScope: 'organisation',
  allowSelfLeave: false,
};

export function sharingRules({ sharing }: Pick<PolicySettings, 'sharing'>): SharingRules {
  return { ...defaultSharing, ...sharing };
}

/** Where the actor belongs, as their token says now. */
export function membershipsOf({ customer, organisation }: Actor): string[] {
  return [
    ...(customer === null ? [] : [membership('customer', customer)]),
    ...(organisation === null ? [] : [membership('organisation', organisation)]),
  ];
}

export function membership(kind: 'customer' | 'organisation', id: string): string {
  return `${kind}:${id}`;
}

/**
 * The grants that count for the actor: none to customers while the portal is closed or open in a way that is not known,
 * none to agents who do not work on cases (CC-01).
 */
export function countedGrants(
  actor: Actor,
  settings: PolicySettings,
  grants: readonly LiveGrant[],
): readonly LiveGrant[] {
  const counts = actor.kind === 'customer' ? settings.portalScope === 'own' : hasCaseRole(actor);
  return counts ? grants : [];
}

/** Whether a grant reaches this case, itself or through its project. */
export function reaches(grant: LiveGrant, facts: CaseFacts): boolean {
  return grant.unit === 'case' ? grant.unitId === facts.id : grant.unitId === facts.projectId;
}

/** Which standing lets the actor see the case without any grant; `null` when none does. */
export function standing(actor: Actor, facts: CaseFacts, settings: PolicySettings): string | null {
  if (actor.kind === 'customer') {
    // Any scope the policy does not know is the narrowest (CU-24).
    return settings.portalScope === 'own' && facts.requesterId === actor.id ? 'cases.requester' : null;
  }
  if (isAdministrator(actor)) return 'cases.administrator';
  if (!hasCaseRole(actor)) return null;
  if (facts.assigneeId === actor.id) return 'cases.assignee';
  if (facts.departmentId === null) return 'cases.role';
  return actor.departments.includes(facts.departmentId) ? 'cases.department' : null;
}
