import type { GranteeKind } from '../../../src/contract/grants.js';
import type { SharingRules } from '../../../src/contract/settings.js';
import type { Actor } from '../../backend.js';
import { isPortalOpen, isShown, shownBy, type PortalSettings } from './portal.js';

export type { GranteeKind };

/** What the policy needs to know of a case. */
export interface CaseFacts {
  readonly id: string;
  readonly tenant: string;
  readonly status: string;
  readonly projectId: string | null;
  readonly customerId: string;
  /** The organisation of its customer. */
  readonly organisationId?: string | null;
  readonly requesterId: string | null;
  readonly assigneeId: string | null;
  readonly departmentId: string | null;
  /** The open entries by which members of their inboxes may view it; absent where that does not count, as in lists. */
  readonly entries?: readonly CaseEntry[];
}

/** An open entry of a case, in an inbox that opens cases. */
export interface CaseEntry {
  readonly inboxId: string;
  readonly ownerId: string | null;
  /** The members of the inbox with the right to read it, as far as they were asked for. */
  readonly readers: readonly string[];
}

/** A grant in force to the actor: neither revoked nor expired. */
export interface LiveGrant {
  readonly unit: 'case' | 'project';
  readonly unitId: string;
  readonly granteeKind: GranteeKind;
  readonly level: string;
  /** What was written to the customer before is not theirs to read; absent or `null`: everything is (CU-06). */
  readonly history?: HistoryStart | null;
}

/** Where a new conversation began: at this moment, after the note of this place in the order of writing. */
export interface HistoryStart {
  readonly from: string;
  readonly after: number;
}

/** A grant with whom it names. */
export interface NamedGrant extends LiveGrant {
  readonly granteeId: string;
  /** Where a person has to belong for it to hold (decision 7), as `membershipsOf` says it; `null`: anywhere. */
  readonly memberOf: string | null;
}

/** The switches of the settings that the policy reads. */
export interface PolicySettings extends PortalSettings {
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

const defaultReceipts = { enabled: true, keepDays: 365 };

/** The rules of sharing a tenant starts with: what could widen access is off. */
export const defaultSharing: SharingRules = {
  departmentRoles: [],
  departmentLevel: 'full',
  organisations: false,
  candidateScope: 'organisation',
  allowSelfLeave: false,
  receipts: defaultReceipts,
  expiryReminderDays: 3,
  ccAllowed: false,
  masks: { department: { full: [], restricted: [], 'read-only': [] } },
  departmentLevels: {},
};

export function sharingRules({ sharing }: Pick<PolicySettings, 'sharing'>): SharingRules {
  return { ...defaultSharing, ...sharing, receipts: { ...defaultReceipts, ...sharing?.receipts } };
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
 * those of projects where it shows what they follow (CU-23), none to agents who do not work on cases (CC-01).
 */
export function countedGrants(
  actor: Actor,
  settings: PolicySettings,
  grants: readonly LiveGrant[],
): readonly LiveGrant[] {
  if (actor.kind === 'agent') return hasCaseRole(actor) ? grants : [];
  if (!isPortalOpen(settings)) return [];
  if (isShown('projects', settings)) return grants;
  return grants.some(({ unit }) => unit === 'project')
    ? grants.filter(({ unit }) => unit === 'case')
    : grants;
}

/** Whether a grant reaches this case, itself or through its project. */
export function reaches(grant: LiveGrant, facts: CaseFacts): boolean {
  return grant.unit === 'case' ? grant.unitId === facts.id : grant.unitId === facts.projectId;
}

/** The grants by which the actor has this case. They may have thousands, and every row of a list asks. */
export function reachingGrants(
  actor: Actor,
  settings: PolicySettings,
  grants: readonly LiveGrant[],
  facts: CaseFacts,
): readonly LiveGrant[] {
  return countedGrants(actor, settings, near(grants, facts)).filter((grant) => reaches(grant, facts));
}

const fewGrants = 20;
const byUnit = new WeakMap<readonly LiveGrant[], ReadonlyMap<string, readonly LiveGrant[]>>();

/** All that can reach it: of many, found by what they are on. */
function near(grants: readonly LiveGrant[], { id, projectId }: CaseFacts): readonly LiveGrant[] {
  if (grants.length < fewGrants) return grants;
  const index = byUnit.get(grants) ?? indexed(grants);
  byUnit.set(grants, index);
  const ofProject = projectId === null ? undefined : index.get(`project ${projectId}`);
  return [...(index.get(`case ${id}`) ?? []), ...(ofProject ?? [])];
}

function indexed(grants: readonly LiveGrant[]): ReadonlyMap<string, readonly LiveGrant[]> {
  const index = new Map<string, LiveGrant[]>();
  for (const grant of grants) {
    const key = `${grant.unit} ${grant.unitId}`;
    const others = index.get(key);
    if (others) others.push(grant);
    else index.set(key, [grant]);
  }
  return index;
}

/** Which standing lets the actor see the case without any grant; `null` when none does. */
export function standing(actor: Actor, facts: CaseFacts, settings: PolicySettings): string | null {
  if (actor.kind === 'customer') {
    if (!isPortalOpen(settings)) return null;
    return facts.requesterId === actor.id ? 'cases.requester' : shownBy(actor, facts, settings);
  }
  if (isAdministrator(actor)) return 'cases.administrator';
  if (!hasCaseRole(actor)) return null;
  if (facts.assigneeId === actor.id) return 'cases.assignee';
  if (facts.departmentId === null) return 'cases.role';
  return actor.departments.includes(facts.departmentId) ? 'cases.department' : null;
}
