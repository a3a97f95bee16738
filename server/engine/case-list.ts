import { sql, type RawBuilder } from 'kysely';

import type { CaseQuery, CaseSort, CaseSummary } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import { checkFilters, checkListed } from './case-filters.js';
import { selectSummaries, toSummary, type SummaryRow } from './case-record.js';
import { notFound, type Executor } from './context.js';
import { decodeCursor, encodeCursor, isDate, isInstant } from './cursor.js';
import { decideCustomerRecord } from './policy/tenant.js';
import { visibleCases, waysToSee } from './policy/visibility.js';
import { requireTenant, type Scope } from './scope.js';
import { searchConditions } from './search.js';
import { isStorable } from './text.js';
import { FieldErrors, parseMoment } from './validation.js';

interface Order {
  /** As in the index that serves it. */
  readonly value: RawBuilder<unknown>;
  readonly cast: string;
  readonly direction: 'asc' | 'desc';
  readonly valid: (value: unknown) => boolean;
  readonly of: (row: SummaryRow) => string | number;
}

const updated = {
  value: sql`c.updated_at`,
  cast: 'timestamptz',
  valid: isInstant,
  of: (row: SummaryRow) => row.updated_at,
};
/** As far as customers may know. */
const publicUpdated = {
  ...updated,
  value: sql`c.public_updated_at`,
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
    value: sql`coalesce(c.deadline, ${sql.lit(without)}::date)`,
    cast: 'date',
    valid: isDate,
    of: (row) => row.deadline ?? without,
  };
}

function priority(without: number): Omit<Order, 'direction'> {
  return {
    value: sql`coalesce(c.priority_rank, ${sql.lit(without)})`,
    cast: 'integer',
    valid: (value) => Number.isInteger(value) && Math.abs(value as number) <= 1_000_000,
    of: (row) => row.priority_rank ?? without,
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

const customerOrders: Record<CaseSort, Order> = {
  ...orders,
  updated: { ...publicUpdated, direction: 'asc' },
  '-updated': { ...publicUpdated, direction: 'desc' },
};

/** CC-02, CC-04 to CC-14: one page of the cases the actor may see. */
export async function listCases(db: Executor, query: CaseQuery, scope: Scope): Promise<Page<CaseSummary>> {
  requireTenant(scope, 'listCases');
  await check(db, query, scope);
  if (query.customerId !== undefined) await requireCustomer(db, query.customerId, scope);

  const sort = query.sort ?? '-updated';
  const { value, cast, direction, valid, of } = (scope.actor.kind === 'customer' ? customerOrders : orders)[
    sort
  ];
  const list = `cases:${sort}`;
  const cursor = decodeCursor(list, query.cursor, (at) => valid(at.value) && typeof at.id === 'string');
  const limit = query.limit ?? 25;
  const asked = conditionsOf(query, scope);
  const visible = visibleCases(scope.actor, scope.settings, scope.grants, 'list');
  const way = sql.raw(direction);
  const beyond = sql.raw(direction === 'asc' ? '>' : '<');
  const paged = cursor
    ? [...asked, sql<boolean>`(${value}, c.id) ${beyond} (${cursor.value}::${sql.raw(cast)}, ${cursor.id})`]
    : asked;
  const ways = waysOf(query, sort, scope);
  const page = ways
    ? sql<boolean>`c.tenant = ${scope.actor.tenant} and c.id in (${firstOf(ways, paged, value, way, limit + 1)})`
    : allOf([...paged, visible]);
  const rows = await selectSummaries(db)
    .where(page)
    .orderBy(sql`${value} ${way}, c.id ${way}`)
    .limit(limit + 1)
    .execute();
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items: rows.slice(0, limit).map((row) => toSummary(row, scope)),
    next: last ? encodeCursor(list, { value: of(last), id: last.id }) : null,
    ...(query.count === 'true' && { total: await countCases(db, allOf([...asked, visible])) }),
  };
}

/** The orders for which each way of seeing a case has an index of its own. */
const orderedWays: ReadonlySet<CaseSort> = new Set(['updated', '-updated', 'created', '-created']);

/** The ways to go one by one; `null` where one index answers the whole question. */
function waysOf(
  query: CaseQuery,
  sort: CaseSort,
  { actor, settings, grants }: Scope,
): readonly RawBuilder<boolean>[] | null {
  if (query.customerId !== undefined || query.q !== undefined || !orderedWays.has(sort)) return null;
  const ways = waysToSee(actor, settings, grants, 'list');
  return ways === 'all' || ways.length < 2 ? null : ways;
}

/**
 * The ids of the first cases in order, by each way alone, then together. Who sees little of much would otherwise have
 * the whole order walked in search of it.
 */
function firstOf(
  ways: readonly RawBuilder<boolean>[],
  conditions: readonly RawBuilder<boolean>[],
  value: RawBuilder<unknown>,
  direction: RawBuilder<unknown>,
  limit: number,
): RawBuilder<unknown> {
  const each = ways.map(
    (way) => sql`(select c.id, ${value} as place from cases c where ${allOf([...conditions, way])}
      order by ${value} ${direction}, c.id ${direction} limit ${limit})`,
  );
  return sql`select w.id from (${sql.join(each, sql` union `)}) w
    order by w.place ${direction}, w.id ${direction} limit ${limit}`;
}

function allOf(conditions: readonly RawBuilder<boolean>[]): RawBuilder<boolean> {
  return sql<boolean>`${sql.join([...conditions], sql` and `)}`;
}

async function countCases(db: Executor, where: RawBuilder<boolean>): Promise<number> {
  const { count } = await db
    .selectFrom('cases as c')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where(where)
    .executeTakeFirstOrThrow();
  return count;
}

/** What the query asks for, of the tenant's cases; whether the actor may see them is asked besides. */
function conditionsOf(query: CaseQuery, { actor }: Scope): RawBuilder<boolean>[] {
  const conditions = [sql<boolean>`c.tenant = ${actor.tenant}`];
  const add = (condition: RawBuilder<unknown>): void =>
    void conditions.push(condition as RawBuilder<boolean>);
  if (query.customerId !== undefined) add(sql`c.customer_id = ${query.customerId}`);
  if (query.status?.length) add(anyOf(sql`c.status`, query.status));
  if (query.type?.length) add(anyOf(sql`c.type`, query.type));
  if (query.priority?.length) add(anyOf(sql`c.priority`, query.priority));
  if (query.tag?.length) add(sql`c.tags && ${query.tag}::text[]`);
  if (query.assigneeId !== undefined) add(sql`c.assignee_id = ${query.assigneeId}`);
  if (query.raisedAfter !== undefined)
    add(sql`c.created_at >= ${parseMoment(query.raisedAfter)}::timestamptz`);
  if (query.raisedBefore !== undefined)
    add(sql`c.created_at < ${parseMoment(query.raisedBefore)}::timestamptz`);
  if (query.deadline === 'set') add(sql`c.deadline is not null`);
  if (query.deadline === 'none') add(sql`c.deadline is null`);
  if (query.dueBy !== undefined) add(sql`c.deadline <= ${query.dueBy}::date`);
  if (query.dueAfter !== undefined) add(sql`c.deadline >= ${query.dueAfter}::date`);
  if (query.overdueOn !== undefined) add(sql`(c.status = 'open' and c.deadline < ${query.overdueOn}::date)`);
  if (query.q !== undefined) {
    conditions.push(
      ...searchConditions(actor.tenant, query.q, sql`c.search`, sql`c.subject || E'\\n' || c.description`),
    );
  }
  return conditions;
}

/** One value compares by equality, which lets an index give the order as well. */
function anyOf(column: RawBuilder<unknown>, values: readonly string[]): RawBuilder<unknown> {
  return values.length === 1 ? sql`${column} = ${values[0]}` : sql`${column} = any(${[...values]}::text[])`;
}

async function check(db: Executor, query: CaseQuery, scope: Scope): Promise<void> {
  const fields = new FieldErrors();
  checkFilters(query, fields);
  await checkListed(db, query, scope, fields);
  fields.throwIfAny();
}

/** CC-04: the cases of a customer that is not there, or not the actor's to see, are not found. */
export async function requireCustomer(db: Executor, id: string, { actor, settings }: Scope): Promise<void> {
  if (!isStorable(id) || !decideCustomerRecord(actor, id, settings).view.allowed) throw notFound();
  const found = await db
    .selectFrom('customers')
    .select('id')
    .where('tenant', '=', actor.tenant)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!found) throw notFound();
}
