import { sql, type RawBuilder } from 'kysely';

import type { Candidate, CandidateQuery, GranteeKind, ShareUnit } from '../../../src/contract/grants.js';
import type { NamedRef, Page, Verdict } from '../../../src/contract/common.js';
import type { CallContext } from '../../backend.js';
import { factsOf, findCase, namedOf } from '../case-record.js';
import { now, type EngineContext, type Executor } from '../context.js';
import { checkWords, nameOrder, pageByName, type NamedRow } from '../name-pages.js';
import type { CaseFacts } from '../policy/facts.js';
import { decideProjectSharing } from '../policy/projects.js';
import { decideSharing } from '../policy/sharing.js';
import { findProject, itemOf, projectQuestion } from '../projects/project-record.js';
import { loadScope, requireTenant, type Scope } from '../scope.js';
import { searchConditions } from '../search.js';
import { FieldErrors } from '../../input/validation.js';
import { coworkersOf } from './candidate-scope.js';
import { headCount, isMember, requireAllowed } from './grant-record.js';

/** CO-01, CO-04, CU-12, DE-19: whom the actor may share a case with, by name; who has it already is marked. */
export async function listCandidates(
  context: EngineContext,
  query: CandidateQuery,
  { actor }: CallContext,
): Promise<Page<Candidate>> {
  const { db } = context;
  const at = now(context);
  const scope = await loadScope(db, actor, at);
  const { kind } = query;
  const { facts, unit, right } = await shareOf(db, query, scope);
  requireAllowed(right);
  checkWords(query);
  const all = candidatesOf(kind, query.q ?? '', facts, scope);
  const total = async () => {
    const { rows } = await sql<{ total: number }>`select count(*)::integer as total ${all}`.execute(db);
    return rows[0] ?? { total: 0 };
  };
  return pageByName(`candidates:${kind}`, query, rowsOf(db, kind, all, unit, at), total, (rows) =>
    rows.map((row) => toCandidate(kind, row)),
  );
}

/** What is to be shared, and whether the actor may do so with this kind. */
interface Share {
  readonly facts: CaseFacts;
  readonly unit: { readonly kind: ShareUnit; readonly id: string };
  readonly right: Verdict;
}

async function shareOf(db: Executor, query: CandidateQuery, scope: Scope): Promise<Share> {
  const { actor, settings, grants } = scope;
  const { kind, projectId } = query;
  if (projectId !== undefined) {
    const fields = new FieldErrors();
    if (query.caseId !== undefined) fields.add('projectId', 'invalid', 'Name a case or a project, not both.');
    fields.throwIfAny();
    const row = await findProject(db, projectId, scope);
    const right = decideProjectSharing('share', kind, ...projectQuestion(row, scope));
    return { facts: itemOf(row), unit: { kind: 'project', id: row.id }, right };
  }
  const facts = await factsFor(db, query, scope);
  const right = decideSharing('share', kind, actor, facts, settings, grants);
  return { facts, unit: { kind: 'case', id: facts.id }, right };
}

/** Those of the case, or of one that the actor is about to submit. */
async function factsFor(db: Executor, { caseId, kind }: CandidateQuery, scope: Scope): Promise<CaseFacts> {
  if (caseId !== undefined) return factsOf(await findCase(db, caseId, scope));
  const fields = new FieldErrors();
  if (kind !== 'person') fields.required('caseId');
  fields.throwIfAny();
  requireTenant(scope, 'createCase');
  const { id, tenant, customer } = scope.actor;
  const nobody = { projectId: null, assigneeId: null, departmentId: null };
  return { ...nobody, id: '', tenant, status: 'open', customerId: customer ?? '', requesterId: id };
}

const tables = {
  person: sql`people`,
  department: sql`departments`,
  customer: sql`customers`,
  organisation: sql`organisations`,
};

/** `from … where …`, of a table `c`. */
function candidatesOf(
  kind: GranteeKind,
  typed: string,
  facts: CaseFacts,
  { actor, settings }: Scope,
): RawBuilder<unknown> {
  const conditions = [sql<boolean>`c.tenant = ${actor.tenant}`];
  if (kind === 'person') conditions.push(coworkersOf(actor, settings).condition);
  if (kind === 'person') conditions.push(sql<boolean>`c.id is distinct from ${facts.requesterId}`);
  if (kind === 'department') conditions.push(sql<boolean>`c.id is distinct from ${facts.departmentId}`);
  if (kind === 'person' || kind === 'customer') {
    const text = kind === 'person' ? sql`c.name` : sql`concat_ws(E'\\n', c.name, c.number)`;
    conditions.push(...searchConditions(actor.tenant, typed, sql`c.search`, text));
  } else {
    for (const word of typed.trim().split(/\s+/u).filter(Boolean)) {
      conditions.push(sql<boolean>`position(' ' || lower(${word}::text) in ' ' || lower(c.name)) > 0`);
    }
  }
  return sql`from ${tables[kind]} c where ${sql.join(conditions, sql` and `)}`;
}

interface Row extends NamedRow {
  readonly name: string;
  readonly customer: NamedRef | null;
  readonly organisation: NamedRef | null;
  readonly people: number | null;
  readonly grant: string | null;
}

function rowsOf(db: Executor, kind: GranteeKind, all: RawBuilder<unknown>, unit: Share['unit'], at: string) {
  const none = sql`null`;
  const columns = sql`c.id, c.name, ${nameOrder} as sort,
    ${kind === 'person' ? namedOf('customers', 'c', 'customer_id') : none} as customer,
    ${kind === 'person' || kind === 'customer' ? namedOf('organisations', 'c', 'organisation_id') : none} as organisation,
    ${kind === 'organisation' ? headCount(sql`c.tenant`, sql`c.id`) : none} as people,
    (select g.id from grants g where g.tenant = c.tenant and g.unit = ${unit.kind} and g.unit_id = ${unit.id}
      and g.grantee_kind = ${kind} and g.grantee_id = c.id and g.revoked_at is null
      and ${kind === 'person' ? isMember('c') : sql`true`}
      and (g.expires_at is null or g.expires_at > ${at}::timestamptz)) as "grant"`;
  const of = (from: RawBuilder<unknown>) => ({
    where: (condition: RawBuilder<boolean>) => of(sql`${from} and ${condition}`),
    orderBy: (order: RawBuilder<unknown>) => ({
      limit: (limit: number) => ({
        execute: async () =>
          (await sql<Row>`select ${columns} ${from} order by ${order} limit ${limit}`.execute(db)).rows,
      }),
    }),
  });
  return of(all);
}

function toCandidate(kind: GranteeKind, { id, name, customer, organisation, people, grant }: Row): Candidate {
  return {
    kind,
    id,
    name,
    ...(kind === 'person' && { customer }),
    ...((kind === 'person' || kind === 'customer') && { organisation }),
    ...(people !== null && { people }),
    grantId: grant,
  };
}
