import { sql, type RawBuilder } from 'kysely';

import type { Case, CaseSummary, StatusChange } from '../../src/contract/cases.js';
import type { NamedRef, PersonRef } from '../../src/contract/common.js';
import type { NoteVisibility } from '../../src/contract/notes.js';
import type { Actor } from '../backend.js';
import { BackendError } from '../backend-error.js';
import { notFound, type Executor, type Tx } from './context.js';
import { entriesOfCase } from './inboxes/case-entries.js';
import { readsAnInbox } from './inboxes/worked-inboxes.js';
import { lockRow } from './lock-row.js';
import { withoutMasked } from './masks.js';
import { decide, decidedActions, decideRight } from './policy/decide.js';
import {
  hasCaseRole,
  reachingGrants,
  type CaseEntry,
  type CaseFacts,
  type HistoryStart,
} from './policy/facts.js';
import { maskedFields, type Masked } from './policy/masks.js';
import { historyStart } from './policy/history-start.js';
import { currentMark, loadScope, type Scope } from './scope.js';
import type { Answered } from './scope-memory.js';
import { rowSinceStart } from './sharing/history-start.js';
import { plannedOnce } from './sql/planned-once.js';
import { isStorable } from '../input/text.js';

export interface StoredPerson {
  id: string;
  name: string;
  kind: 'agent' | 'customer';
  former: boolean;
}

/** `{ id, name, … }` of the person a column names; `null` when there is none. */
export function personOf(alias: string, column: string): RawBuilder<StoredPerson | null> {
  return sql`(select json_build_object('id', p.id, 'name', p.name, 'kind', p.kind, 'former', p.former)
    from people p where p.tenant = ${sql.ref(`${alias}.tenant`)} and p.id = ${sql.ref(`${alias}.${column}`)})`;
}

/** `{ id, name }` of what a column names; a record that is missing is named by its id. */
export function namedOf(
  table: 'customers' | 'departments' | 'organisations' | 'projects',
  alias: string,
  column: string,
): RawBuilder<NamedRef | null> {
  const id = sql.ref(`${alias}.${column}`);
  return sql`(case when ${id} is null then null else json_build_object('id', ${id}, 'name', coalesce(
    (select n.name from ${sql.table(table)} n where n.tenant = ${sql.ref(`${alias}.tenant`)} and n.id = ${id}), ${id})) end)`;
}

export function toPerson(stored: StoredPerson | null): PersonRef | null {
  if (!stored) return null;
  const { former, ...person } = stored;
  return former ? { ...person, former } : person;
}

const summaries = new WeakMap<Executor, ReturnType<typeof buildSummaries>>();

/** Cases with the names a list shows. Conditions speak of `c`. */
export function selectSummaries(db: Executor) {
  const built = summaries.get(db) ?? buildSummaries(db);
  summaries.set(db, built);
  return built;
}

function buildSummaries(db: Executor) {
  return db
    .selectFrom('cases as c')
    .leftJoin('customers as cu', (join) =>
      join.onRef('cu.tenant', '=', 'c.tenant').onRef('cu.id', '=', 'c.customer_id'),
    )
    .select([
      'c.tenant',
      'c.id',
      'c.number',
      'c.version',
      'c.status',
      'c.customer_id',
      'c.project_id',
      'c.subject',
      'c.type',
      'c.priority',
      'c.priority_rank',
      'c.deadline',
      'c.contact_method',
      'c.tags',
      'c.requester_id',
      'c.assignee_id',
      'c.department_id',
      'c.created_at',
      'c.updated_at',
      'c.public_updated_at',
      'c.reply_count',
      'cu.name as customer_name',
      namedOf('organisations', 'cu', 'organisation_id').as('organisation'),
      namedOf('departments', 'c', 'department_id').as('department'),
      namedOf('projects', 'c', 'project_id').as('project'),
      personOf('c', 'requester_id').as('requester'),
      personOf('c', 'assignee_id').as('assignee'),
      personOf('c', 'created_by').as('creator'),
    ]);
}

/** Cases, whole. */
export function selectCases(db: Executor) {
  return selectSummaries(db)
    .leftJoin('notes as cn', (join) =>
      join.onRef('cn.tenant', '=', 'c.tenant').onRef('cn.id', '=', 'c.closed_note_id'),
    )
    .leftJoin('notes as rn', (join) =>
      join.onRef('rn.tenant', '=', 'c.tenant').onRef('rn.id', '=', 'c.reopened_note_id'),
    )
    .select([
      'c.description',
      'c.initial_priority',
      'c.external_reference',
      'c.links',
      'c.changed_at',
      'c.closed_at',
      'c.closed_reason',
      'cn.text as closed_text',
      'cn.visibility as closed_visibility',
      'c.reopened_at',
      'c.reopened_reason',
      'rn.text as reopened_text',
      'rn.visibility as reopened_visibility',
      personOf('c', 'changed_by').as('changer'),
      personOf('c', 'closed_by').as('closer'),
      personOf('c', 'reopened_by').as('reopener'),
    ]);
}

export type SummaryRow = Awaited<ReturnType<ReturnType<typeof selectSummaries>['executeTakeFirstOrThrow']>>;
export type CaseRow = Awaited<ReturnType<ReturnType<typeof selectCases>['executeTakeFirstOrThrow']>> & Listed;

/** By which entries the case may be viewed besides, where one case is asked for. */
interface Listed {
  readonly entries?: readonly CaseEntry[];
}

export function factsOf(row: SummaryRow & Listed): CaseFacts {
  return {
    id: row.id,
    tenant: row.tenant,
    status: row.status,
    projectId: row.project_id,
    customerId: row.customer_id,
    organisationId: row.organisation?.id ?? null,
    requesterId: row.requester_id,
    assigneeId: row.assignee_id,
    departmentId: row.department_id,
    ...(row.entries && { entries: row.entries }),
  };
}

/** What of the case is kept from the actor. */
export function maskedOf(row: SummaryRow, { actor, settings, grants }: Scope): Masked {
  return maskedFields(actor, factsOf(row), settings, grants);
}

/** From where on the actor reads what is written to the customer (CU-06). */
export function startOf(row: SummaryRow, { actor, settings, grants }: Scope): HistoryStart | null {
  return historyStart(actor, factsOf(row), settings, grants);
}

/** When the case last changed, as far as the actor may know: an internal note is no change to a customer. */
export function updatedFor({ kind }: Actor, row: SummaryRow): string {
  return kind === 'customer' ? row.public_updated_at : row.updated_at;
}

/** The row as the actor may see it, with a verdict for each action. */
export function toSummary(row: SummaryRow, { actor, settings, grants }: Scope): CaseSummary {
  const facts = factsOf(row);
  // Once for all verdicts.
  const live = reachingGrants(actor, settings, grants, facts);
  const whole: CaseSummary = {
    id: row.id,
    number: row.number,
    version: String(row.version),
    status: row.status,
    customer: { id: row.customer_id, name: row.customer_name ?? row.customer_id },
    organisation: row.organisation,
    subject: row.subject,
    type: row.type,
    priority: row.priority,
    deadline: row.deadline,
    contactMethod: row.contact_method,
    tags: row.tags,
    requester: toPerson(row.requester),
    assignee: toPerson(row.assignee),
    department: row.department,
    // A customer knows of the projects they follow.
    ...((actor.kind === 'agent' || live.some(({ unit }) => unit === 'project')) && { project: row.project }),
    createdBy: toPerson(row.creator),
    createdAt: row.created_at,
    updatedAt: updatedFor(actor, row),
    replyCount: row.reply_count,
    permissions: Object.fromEntries(
      decidedActions.map((action) => [action, decide(actor, action, facts, settings, live)]),
    ),
  };
  return withoutMasked(whole, maskedFields(actor, facts, settings, live), actor);
}

export function toCase(row: CaseRow, scope: Scope): Case {
  const change = (
    reason: string | null,
    by: StoredPerson | null,
    at: string | null,
    text: string | null,
    visibility: NoteVisibility | null,
  ): StatusChange | null => {
    if (reason === null) return null;
    const readable = text !== null && (visibility === 'public' || scope.actor.kind === 'agent');
    return { reason, ...(readable && { note: text }), by: toPerson(by), at };
  };
  const whole: Case = {
    ...toSummary(row, scope),
    description: row.description,
    initialPriority: row.initial_priority,
    externalReference: row.external_reference,
    links: row.links,
    closure: change(row.closed_reason, row.closer, row.closed_at, row.closed_text, row.closed_visibility),
    reopening: change(
      row.reopened_reason,
      row.reopener,
      row.reopened_at,
      row.reopened_text,
      row.reopened_visibility,
    ),
  };
  return withoutMasked(whole, maskedOf(row, scope), scope.actor);
}

/** Reads a case the actor may see; `not_found` for what is absent and what is hidden alike. */
export async function findCase(db: Executor, id: string, scope: Scope): Promise<CaseRow> {
  const found = isStorable(id) ? await caseById(db, id, scope).executeTakeFirst() : undefined;
  const row = await ifSeen(db, found, scope);
  return rowSinceStart(db, row, startOf(row, scope));
}

/** Like `findCase`, as the actor is shown it, with the mark of the scope at `now`. */
export async function readCase(db: Executor, id: string, scope: Scope, now: string): Promise<Answered<Case>> {
  const asked = caseById(db, id, scope).select(currentMark(scope.actor, now).as('mark'));
  const row = await ifSeen(db, isStorable(id) ? await asked.executeTakeFirst() : undefined, scope);
  return { answer: toCase(await rowSinceStart(db, row, startOf(row, scope)), scope), mark: row.mark };
}

function caseById(db: Executor, id: string, { actor }: Scope) {
  return selectCases(db)
    .modifyFront(plannedOnce)
    .select(entriesOfCase(actor).as('entries'))
    .where('c.tenant', '=', actor.tenant)
    .where('c.id', '=', id);
}

async function ifSeen<Row extends CaseRow>(
  db: Executor,
  row: Row | undefined,
  { actor, settings, grants }: Scope,
): Promise<Row> {
  if (row && decideRight(actor, 'view', factsOf(row), settings, grants).allowed) return row;
  // IB-20: whoever may come to see cases by an inbox is told no more than that this is not there.
  if (actor.kind === 'agent' && !hasCaseRole(actor) && !(await readsAnInbox(db, actor))) {
    throw new BackendError('forbidden', { rule: 'cases.role', detail: 'Your role does not work on cases.' });
  }
  throw notFound();
}

/**
 * Like `findCase`, and nobody else changes the case, or who has access to it, until the transaction ends. The scope is of
 * that moment: what was taken away while the lock was waited for no longer counts.
 */
export async function lockCase(
  tx: Tx,
  id: string,
  actor: Actor,
  now: string,
): Promise<{ readonly row: CaseRow; readonly scope: Scope }> {
  await lockRow(tx, 'cases', actor.tenant, id);
  const scope = await loadScope(tx, actor, now);
  return { row: await findCase(tx, id, scope), scope };
}
