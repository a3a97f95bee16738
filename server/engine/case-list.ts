import { sql, type RawBuilder } from 'kysely';

import type { CaseQuery, CaseSort, CaseSummary } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { MaskableField } from '../../src/contract/portal.js';
import { allOf, idsBySeeking, idsByWays, type PageAsked } from './case-pages.js';
import { checkFilters, checkListed } from './case-filters.js';
import { listMasks, maskedFilters, refuseMasked, searchWithin, type ListMasks } from './list-masks.js';
import { maskedOf, selectSummaries, toSummary, type SummaryRow } from './case-record.js';
import { notFound, type Executor } from './context.js';
import { decodeCursor, encodeCursor, isDate, isInstant } from '../input/cursor.js';
import { linkedTo } from './links.js';
import type { HistoryStart } from './policy/facts.js';
import { decideCustomerRecord } from './policy/tenant.js';
import { visibleCases, waysToSee, type VisibilityOf } from './policy/visibility.js';
import { checkProjectFilter } from './projects/items.js';
import { currentMark, requireTenant, type Scope } from './scope.js';
import type { Answered } from './scope-memory.js';
import { sinceStart, startsOf, updatedSince } from './sharing/history-start.js';
import { sharedCases, sharedWith } from './sharing/shared-cases.js';
import { plannedOnce } from './sql/planned-once.js';
import { isStorable, wordsOf } from '../input/text.js';
import { FieldErrors, parseMoment } from '../input/validation.js';

interface Order {
  /** What it orders by, where that can be masked. */
  readonly field?: MaskableField;
  /** As in the index that serves it. */
  readonly value: RawBuilder<unknown>;
  /** The same for who is not shown it of every case: of those under a condition only. */
  readonly valueIf?: (shown: RawBuilder<boolean>) => RawBuilder<unknown>;
  readonly cast: string;
  readonly direction: 'asc' | 'desc';
  readonly valid: (value: unknown) => boolean;
  readonly of: (row: SummaryRow, shown: boolean) => string | number;
}

const updated = {
  value: sql`c.updated_at`,
  cast: 'timestamptz',
  valid: isInstant,
  of: (row: SummaryRow) => row.updated_at,
};
/** As far as customers may know. */
const publicUpdated = {
  of: (row: SummaryRow) => row.public_updated_at,
};
const created = {
  value: sql`c.created_at`,
  cast: 'timestamptz',
  valid: isInstant,
  of: (row: SummaryRow) => row.created_at,
};
const number = {
  value: sql`c.number`,
  cast: 'bigint',
  valid: Number.isSafeInteger,
  of: (row: SummaryRow) => row.number,
};

/** Cases without the value come last in both directions, so each direction has its own stand-in for it. */
function deadline(without: string): Omit<Order, 'direction'> {
  return {
    field: 'deadline',
    value: sql`coalesce(c.deadline, ${sql.lit(without)}::date)`,
    valueIf: (shown) => sql`coalesce(case when ${shown} then c.deadline end, ${sql.lit(without)}::date)`,
    cast: 'date',
    valid: isDate,
    of: (row, shown) => (shown ? row.deadline : null) ?? without,
  };
}

function priority(without: number): Omit<Order, 'direction'> {
  return {
    field: 'priority',
    value: sql`coalesce(c.priority_rank, ${sql.lit(without)})`,
    valueIf: (shown) => sql`coalesce(case when ${shown} then c.priority_rank end, ${sql.lit(without)})`,
    cast: 'integer',
    valid: (value) => Number.isInteger(value) && Math.abs(value as number) <= 1_000_000,
    of: (row, shown) => (shown ? row.priority_rank : null) ?? without,
  };
}

const orders: Record<CaseSort, Order> = {
  updated: { ...updated, direction: 'asc' },
  '-updated': { ...updated, direction: 'desc' },
  created: { ...created, direction: 'asc' },
  '-created': { ...created, direction: 'desc' },
  number: { ...number, direction: 'asc' },
  '-number': { ...number, direction: 'desc' },
  deadline: { ...deadline('9999-12-31'), direction: 'asc' },
  '-deadline': { ...deadline('0001-01-01'), direction: 'desc' },
  // Rank 0 is the highest priority.
  '-priority': { ...priority(1_000_000), direction: 'asc' },
  priority: { ...priority(-1), direction: 'desc' },
};

/** The order as it is for customers, some of whose cases begin later than others'. */
function customerOrder(sort: CaseSort, starts: ReadonlyMap<string, HistoryStart>): Order {
  if (sort !== 'updated' && sort !== '-updated') return orders[sort];
  return { ...orders[sort], ...publicUpdated, value: updatedSince(starts) };
}

/** CC-02, CC-04 to CC-14: one page of the cases the actor may see, with the mark of the scope at `now`. */
export async function listCases(
  db: Executor,
  query: CaseQuery,
  scope: Scope,
  now: string,
): Promise<Answered<Page<CaseSummary>>> {
  requireTenant(scope, 'listCases');
  await check(db, query, scope);
  if (query.customerId !== undefined) requireCustomerRecord(query.customerId, scope);

  const sort = query.sort ?? '-updated';
  const starts = await startsOf(db, scope);
  const order = scope.actor.kind === 'customer' ? customerOrder(sort, starts) : orders[sort];
  const { cast, direction, valid, of } = order;
  const masks = listMasks(scope, placeOf(query));
  const { field } = order;
  const isMasked = field !== undefined && masks.somewhere.has(field);
  const value = (isMasked && order.valueIf?.(masks.shown(field))) || order.value;
  const list = `cases:${sort}`;
  const cursor = decodeCursor(list, query.cursor, (at) => valid(at.value) && typeof at.id === 'string');
  const limit = query.limit ?? 25;
  const tenant = sql<boolean>`c.tenant = ${scope.actor.tenant}`;
  const asked = [...conditionsOf(query, scope, masks, now), ...maskedFilters(query, masks)];
  const visible = visibleCases(scope.actor, scope.settings, scope.grants, placeOf(query));
  const way = sql.raw(direction);
  const beyond = sql.raw(direction === 'asc' ? '>' : '<');
  const range = cursor
    ? [tenant, sql<boolean>`(${value}, c.id) ${beyond} (${cursor.value}::${sql.raw(cast)}, ${cursor.id})`]
    : [tenant];
  const page = { range, conditions: asked, visible, value, direction: way, limit: limit + 1 };
  const ids = idsOf(query, sort, scope, page);
  const found = await selectSummaries(db)
    .$if(isPlain(query, sort, scope), (select) => select.modifyFront(plannedOnce))
    .select(currentMark(scope.actor, now).as('mark'))
    .where(allOf(ids ? [tenant, sql<boolean>`c.id in (${ids})`] : [...range, ...asked, visible]))
    .orderBy(sql`${value} ${way}, c.id ${way}`)
    .limit(limit + 1)
    .execute();
  const rows = await sinceStart(db, found, starts);
  // A case with the name of its customer shows that there is one.
  if (query.customerId !== undefined && !rows[0]?.customer_name)
    await requireCustomer(db, query.customerId, scope);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  const answer = {
    items: rows.slice(0, limit).map((row) => toSummary(row, scope)),
    next: last
      ? encodeCursor(list, { value: of(last, !isMasked || isShown(last, order, scope)), id: last.id })
      : null,
    ...(query.count === 'true' && { total: await countCases(db, allOf([tenant, ...asked, visible])) }),
  };
  return { answer, mark: rows[0]?.mark };
}

/** What is masked stands in no cursor either. */
function isShown(row: SummaryRow, { field }: Order, scope: Scope): boolean {
  return field === undefined || !maskedOf(row, scope).has(field);
}

const plainFields: ReadonlySet<string> = new Set([
  'customerId',
  'status',
  'sort',
  'limit',
  'cursor',
  'count',
]);

/** Whether one index gives what is asked in its order, however many cases of a customer or department there are. */
function isPlain(query: CaseQuery, sort: CaseSort, { actor }: Scope): boolean {
  if (actor.kind === 'customer' || !orderedWays.has(sort) || (query.status?.length ?? 0) > 1) return false;
  return Object.entries(query).every(([field, value]) => value === undefined || plainFields.has(field));
}

/** The orders for which each way of seeing a case has an index of its own. */
const orderedWays: ReadonlySet<CaseSort> = new Set(['updated', '-updated', 'created', '-created']);

/** How the ids of the page are found; `null` where one index answers the whole question. */
function idsOf(query: CaseQuery, sort: CaseSort, scope: Scope, page: PageAsked): RawBuilder<unknown> | null {
  if (query.customerId !== undefined) return null;
  // What few cases match is sought: the planner takes it for frequent, and would walk the whole order.
  const isRare = (query.q !== undefined && wordsOf(query.q).length > 0) || (query.link?.length ?? 0) > 0;
  const ways = waysToSee(scope.actor, scope.settings, scope.grants, placeOf(query));
  if (ways === 'all') return isRare ? idsBySeeking(page) : null;
  if (ways.length < 2) return null;
  // What a customer sees is little of much: the order of the whole tenant holds none of it for long.
  const isLittle = scope.actor.kind === 'customer';
  return isLittle || (!isRare && orderedWays.has(sort)) ? idsByWays(ways, page) : idsBySeeking(page);
}

/** DE-22: what other departments shared stands in a list of its own. */
function placeOf({ shared }: CaseQuery): VisibilityOf {
  return shared === 'with-me' ? 'shared' : 'list';
}

async function countCases(db: Executor, where: RawBuilder<boolean>): Promise<number> {
  const { count } = await db
    .selectFrom('cases as c')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where(where)
    .executeTakeFirstOrThrow();
  return count;
}

/** What the query asks for; the tenant, and whether the actor may see them, are asked besides. */
function conditionsOf(
  query: CaseQuery,
  { actor }: Scope,
  masks: ListMasks,
  now: string,
): RawBuilder<boolean>[] {
  const conditions: RawBuilder<boolean>[] = [];
  const add = (condition: RawBuilder<unknown>): void =>
    void conditions.push(condition as RawBuilder<boolean>);
  if (query.shared !== undefined) add(sharedCases(query.shared, actor, now));
  if (query.customerId !== undefined) add(sql`c.customer_id = ${query.customerId}`);
  if (query.projectId !== undefined) add(sql`c.project_id = ${query.projectId}`);
  if (query.sharedWithCustomerId !== undefined)
    add(sharedWith({ kind: 'customer', id: query.sharedWithCustomerId }, now));
  if (query.sharedWithOrganisationId !== undefined)
    add(sharedWith({ kind: 'organisation', id: query.sharedWithOrganisationId }, now));
  if (query.status?.length) add(anyOf(sql`c.status`, query.status));
  if (query.type?.length) add(anyOf(sql`c.type`, query.type));
  if (query.priority?.length) add(anyOf(sql`c.priority`, query.priority));
  if (query.tag?.length) add(sql`c.tags && ${query.tag}::text[]`);
  if (query.assigneeId !== undefined) add(sql`c.assignee_id = ${query.assigneeId}`);
  if (query.link?.length) add(linkedTo(query.link));
  if (query.raisedAfter !== undefined)
    add(sql`c.created_at >= ${parseMoment(query.raisedAfter)}::timestamptz`);
  if (query.raisedBefore !== undefined)
    add(sql`c.created_at < ${parseMoment(query.raisedBefore)}::timestamptz`);
  if (query.deadline === 'set') add(sql`c.deadline is not null`);
  if (query.deadline === 'none') add(sql`c.deadline is null`);
  if (query.dueBy !== undefined) add(sql`c.deadline <= ${query.dueBy}::date`);
  if (query.dueAfter !== undefined) add(sql`c.deadline >= ${query.dueAfter}::date`);
  if (query.overdueOn !== undefined) add(sql`(c.status = 'open' and c.deadline < ${query.overdueOn}::date)`);
  if (query.q !== undefined) conditions.push(...searchWithin(actor.tenant, query.q, masks));
  return conditions;
}

/** One value compares by equality, which lets an index give the order as well. */
function anyOf(column: RawBuilder<unknown>, values: readonly string[]): RawBuilder<unknown> {
  return values.length === 1 ? sql`${column} = ${values[0]}` : sql`${column} = any(${[...values]}::text[])`;
}

async function check(db: Executor, query: CaseQuery, scope: Scope): Promise<void> {
  const fields = new FieldErrors();
  refuseMasked(query, listMasks(scope, placeOf(query)), scope, fields);
  fields.throwIfAny();
  checkFilters(query, fields);
  await checkListed(db, query, scope, fields);
  await checkProjectFilter(db, query.projectId, scope, fields);
  fields.throwIfAny();
}

/** CC-04: the cases of a customer that is not there, or not the actor's to see, are not found. */
export async function requireCustomer(db: Executor, id: string, scope: Scope): Promise<void> {
  requireCustomerRecord(id, scope);
  const found = await db
    .selectFrom('customers')
    .select('id')
    .where('tenant', '=', scope.actor.tenant)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!found) throw notFound();
}

function requireCustomerRecord(id: string, { actor, settings }: Scope): void {
  if (!isStorable(id) || !decideCustomerRecord(actor, id, settings).view.allowed) throw notFound();
}
