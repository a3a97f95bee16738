import { sql } from 'kysely';

import { granteeKinds, type Grant, type GranteeKind } from '../../../src/contract/grants.js';
import type { MaskableField } from '../../../src/contract/portal.js';
import { BackendError } from '../../backend-error.js';
import { factsOf, personOf, toPerson, type CaseRow } from '../case-record.js';
import { notFound, type Executor } from '../context.js';
import { shownPerson } from '../masks.js';
import type { HistoryStart, NamedGrant } from '../policy/facts.js';
import { maskedFields } from '../policy/masks.js';
import { decideProject } from '../policy/projects.js';
import { decideGrantChange, decideRevoke, decideSharing, seesGrant } from '../policy/sharing.js';
import type { SharingAct, SharingQuestion } from '../policy/sharing.js';
import type { Scope } from '../scope.js';

/** Grants with the names of whom they are to. Conditions speak of `g`. */
export function selectGrants(db: Executor) {
  return db.selectFrom('grants as g').select([
    'g.id',
    'g.version',
    'g.unit',
    'g.unit_id',
    'g.grantee_kind',
    'g.grantee_id',
    'g.level',
    'g.member_of',
    'g.given_at',
    'g.expires_at',
    'g.revoked_at',
    'g.changed_at',
    'g.history_from',
    'g.history_after',
    'g.notified',
    'g.notified_at',
    sql<{ departmentId: string | null } | null>`(select json_build_object('departmentId', p.department_id)
      from projects p where g.unit = 'project' and p.tenant = g.tenant and p.id = g.unit_id)`.as('project'),
    personOf('g', 'given_by').as('giver'),
    personOf('g', 'changed_by').as('changer'),
    personOf('g', 'revoked_by').as('revoker'),
    // A record that is missing is named by its id (DE-23).
    sql<string>`coalesce(case g.grantee_kind
        when 'person' then (select n.name from people n where n.tenant = g.tenant and n.id = g.grantee_id)
        when 'department' then (select n.name from departments n where n.tenant = g.tenant and n.id = g.grantee_id)
        when 'customer' then (select n.name from customers n where n.tenant = g.tenant and n.id = g.grantee_id)
        else (select n.name from organisations n where n.tenant = g.tenant and n.id = g.grantee_id) end,
        g.grantee_id)`.as('name'),
    sql<boolean>`g.grantee_kind = 'person' and exists (
        select from people n where n.tenant = g.tenant and n.id = g.grantee_id and n.former)`.as('former'),
    // They have left what made them a co-worker: until they are back it is no access (decision 7).
    sql<boolean>`g.grantee_kind = 'person' and g.member_of is not null and not exists (
        select from people n where n.tenant = g.tenant and n.id = g.grantee_id and ${isMember('n')})`.as(
      'lapsed',
    ),
    sql<number | null>`case when g.grantee_kind = 'organisation'
        then ${headCount(sql`g.tenant`, sql`g.grantee_id`)} end`.as('people'),
  ]);
}

export type GrantRow = Awaited<ReturnType<ReturnType<typeof selectGrants>['executeTakeFirstOrThrow']>>;

/** Whether a row of `people` belongs to what a grant `g` to them asks for, as `membershipsOf` says it. */
export function isMember(person: 'c' | 'n') {
  const [customer, organisation] = [sql.ref(`${person}.customer_id`), sql.ref(`${person}.organisation_id`)];
  return sql<boolean>`(g.member_of is null
    or g.member_of in (concat('customer:', ${customer}), concat('organisation:', ${organisation})))`;
}

/** CU-12: how many people an organisation has now. */
export function headCount(tenant: ReturnType<typeof sql>, organisation: ReturnType<typeof sql>) {
  return sql<number>`(select count(*)::integer from people p where p.tenant = ${tenant}
    and p.organisation_id = ${organisation} and p.kind = 'customer' and not p.former)`;
}

/**
 * The grants in force on a case that the actor may know of, its own and those of its project, the oldest first, then by
 * name.
 */
export async function grantsOn(
  db: Executor,
  row: CaseRow,
  question: SharingQuestion,
  at: string,
): Promise<GrantRow[]> {
  const rows = await selectGrants(db)
    .where('g.tenant', '=', row.tenant)
    .where(
      sql<boolean>`(g.unit = 'case' and g.unit_id = ${row.id} or g.unit = 'project' and g.unit_id = ${row.project_id})`,
    )
    .where('g.revoked_at', 'is', null)
    .where(sql<boolean>`(g.expires_at is null or g.expires_at > ${at}::timestamptz)`)
    .execute();
  const placeOf = ({ given_at, name, id }: GrantRow) => `${given_at} ${name.toLowerCase()} ${id}`;
  return rows
    .filter((grant) => mayKnow(grant, question))
    .sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
}

/** CU-14: who follows a project is for those agents to know who look after it, on each of its cases as well. */
function mayKnow(grant: GrantRow, [actor, facts, settings, grants]: SharingQuestion): boolean {
  if (!seesGrant(named(grant), actor, facts, settings)) return false;
  if (grant.unit === 'case' || actor.kind === 'customer') return true;
  const project = grant.project && { ...grant.project, id: grant.unit_id, tenant: facts.tenant };
  return project !== null && decideProject('listGrantees', actor, project, settings, grants).allowed;
}

/** What the policy needs to know of a grant. */
export function named(row: GrantRow): NamedGrant {
  return {
    unit: row.unit,
    unitId: row.unit_id,
    granteeKind: row.grantee_kind,
    granteeId: row.grantee_id,
    level: row.level,
    memberOf: row.member_of,
    history: historyOf(row),
  };
}

/** From where on its grantee reads what is written to the customer. */
export function historyOf({ history_from: from, history_after: after }: GrantRow): HistoryStart | null {
  return from === null || after === null ? null : { from, after };
}

/** What the policy is asked about sharing this case. */
export function questionOf(row: CaseRow, { actor, settings, grants }: Scope): SharingQuestion {
  return [actor, factsOf(row), settings, grants];
}

/** The grant as the actor may see it, with the verdict on what can be done to it. */
export function toGrant(row: GrantRow, question: SharingQuestion): Grant {
  const grant = named(row);
  return {
    id: row.id,
    version: String(row.version),
    unit: row.unit,
    unitId: row.unit_id,
    grantee: {
      kind: row.grantee_kind,
      id: row.grantee_id,
      name: row.name,
      ...(row.former && { former: true }),
      ...(row.people !== null && { people: row.people }),
    },
    level: row.level,
    givenBy: toPerson(row.giver),
    givenAt: row.given_at,
    expiresAt: row.expires_at,
    ...(row.history_from !== null && { historyFrom: row.history_from }),
    notified: row.notified,
    notifiedAt: row.notified_at,
    permissions: {
      revoke: decideRevoke(grant, ...question),
      changeLevel: decideGrantChange('changeLevel', grant, ...question),
      changeExpiry: decideGrantChange('changeExpiry', grant, ...question),
    },
  };
}

/** What of a case names whom it is shared with: where that is masked, so are they. */
const nameOf = {
  person: 'requester',
  department: 'department',
  customer: 'customer',
  organisation: 'organisation',
} as const satisfies Record<GranteeKind, MaskableField>;

/** The grants that give access to a case now, as far as the actor may know of them. */
export async function visibleGrants(
  db: Executor,
  row: CaseRow,
  question: SharingQuestion,
  at: string,
): Promise<Grant[]> {
  const [actor] = question;
  const rows = await grantsOn(db, row, question, at);
  const masked = maskedFields(...question);
  return (
    rows
      // Who has left what made them a co-worker sees nothing by it.
      .filter(({ lapsed }) => !lapsed)
      // Whether customers see who has access is a tick of its own.
      .filter((grant) => actor.kind === 'customer' || !masked.has(nameOf[grant.grantee_kind]))
      .map((grant) => {
        const whole = toGrant(grant, question);
        return { ...whole, givenBy: shownPerson(whole.givenBy, masked, actor) };
      })
  );
}

/** A grant the actor may know of; `not_found` for what is absent and hidden, `gone` for what has ended. */
export async function findGrant(
  db: Executor,
  id: string,
  [actor, facts, settings]: SharingQuestion,
  at: string,
): Promise<GrantRow> {
  const row = await selectGrants(db)
    .where('g.tenant', '=', actor.tenant)
    .where('g.id', '=', id)
    .executeTakeFirst();
  if (!row || !seesGrant(named(row), actor, facts, settings)) throw notFound();
  const expired = row.expires_at !== null && Date.parse(row.expires_at) <= Date.parse(at);
  if (row.revoked_at === null && !expired) return row;
  throw new BackendError('gone', {
    detail: row.revoker ? 'This share was ended.' : 'This share has expired.',
    by: row.revoker && { id: row.revoker.id, name: row.revoker.name },
    at: row.revoked_at ?? row.expires_at,
  });
}

/** Refuses what the actor may not do with one of the kinds. */
export function requireSharing(
  act: SharingAct,
  kinds: Iterable<GranteeKind>,
  question: SharingQuestion,
): void {
  const asked = new Set(kinds);
  for (const kind of granteeKinds) if (asked.has(kind)) requireAllowed(decideSharing(act, kind, ...question));
}

/** Throws the refusal of a verdict. */
export function requireAllowed(verdict: {
  allowed: boolean;
  rule: string;
  reason?: string | undefined;
}): void {
  if (verdict.allowed) return;
  throw new BackendError('forbidden', { rule: verdict.rule, detail: verdict.reason ?? '' });
}
