import { sql, type RawBuilder } from 'kysely';

import type { Page } from '../../../src/contract/common.js';
import type { EntrySort, InboxEntry, InboxEntryQuery } from '../../../src/contract/inbox-entries.js';
import type { CallContext } from '../../backend.js';
import { factsOf, findCase } from '../case-record.js';
import { now, type EngineContext } from '../context.js';
import { decodeCursor, encodeCursor, isDate, isInstant } from '../../input/cursor.js';
import { standing } from '../policy/facts.js';
import { loadScope, type Scope } from '../scope.js';
import { FieldErrors } from '../../input/validation.js';
import { findEntry, requireInboxRole, selectEntries, toEntry, type EntryRow } from './entry-record.js';
import { workedInboxes } from './worked-inboxes.js';

interface Order {
  readonly value: RawBuilder<unknown>;
  readonly cast: string;
  readonly direction: 'asc' | 'desc';
  readonly valid: (value: unknown) => boolean;
  readonly of: (row: EntryRow) => string;
}

/** Entries without a date come last in both directions, so each direction has its own stand-in for it. */
function due(direction: Order['direction'], without: string): Order {
  return {
    value: sql`coalesce(e.due_on, ${sql.lit(without)}::date)`,
    cast: 'date',
    direction,
    valid: isDate,
    of: (row) => row.due_on ?? without,
  };
}

function sent(direction: Order['direction']): Order {
  return {
    value: sql`e.sent_at`,
    cast: 'timestamptz',
    direction,
    valid: isInstant,
    of: (row) => row.sent_at,
  };
}

const orders: Record<EntrySort, Order> = {
  due: due('asc', '9999-12-31'),
  '-due': due('desc', '0001-01-01'),
  sent: sent('asc'),
  '-sent': sent('desc'),
};

/** IB-05, IB-28: one page of what waits in the inboxes the actor reads; of a case, for agents it belongs to, wherever it is. */
export async function listInboxEntries(
  { db, ...context }: EngineContext,
  query: InboxEntryQuery,
  { actor }: CallContext,
): Promise<Page<InboxEntry>> {
  const at = now({ db, ...context });
  const scope = await loadScope(db, actor, at);
  requireInboxRole(scope);
  checkDates(query);
  const sort = query.sort ?? 'due';
  const order = orders[sort];
  const list = `inbox-entries ${sort}`;
  const cursor = decodeCursor(
    list,
    query.cursor,
    ({ value, id }) => order.valid(value) && typeof id === 'string',
  );
  const shown =
    query.caseId !== undefined && (await belongs(db, query.caseId, scope))
      ? sql<boolean>`true`
      : workedInboxes(actor, sql`e.inbox_id`, 'read');
  const where = sql<boolean>`${sql.join([...conditionsOf(query, scope), shown], sql` and `)}`;
  const limit = query.limit ?? 25;
  const all = selectEntries(db, actor).where(where);
  const beyond = cursor ? all.where(isBeyond(order, cursor)) : all;
  const rows = await beyond
    .orderBy(order.value, order.direction)
    .orderBy('e.id', order.direction)
    .limit(limit + 1)
    .execute();
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items: rows.slice(0, limit).map((row) => toEntry(row, scope, at)),
    next: last ? encodeCursor(list, { value: order.of(last), id: last.id }) : null,
    ...(query.count === 'true' && (await count(db, where))),
  };
}

export async function getInboxEntry(
  context: EngineContext,
  id: string,
  { actor }: CallContext,
): Promise<InboxEntry> {
  const at = now(context);
  const scope = await loadScope(context.db, actor, at);
  return toEntry(await findEntry(context.db, id, scope, at), scope, at);
}

/** Whether the case is one the actor works on, and not only sees; `not_found` where they do not even see it. */
async function belongs(db: EngineContext['db'], caseId: string, scope: Scope): Promise<boolean> {
  const row = await findCase(db, caseId, scope);
  return standing(scope.actor, factsOf(row), scope.settings) !== null;
}

function count(db: EngineContext['db'], where: RawBuilder<boolean>): Promise<{ total: number }> {
  return db
    .selectFrom('inbox_entries as e')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where(where)
    .executeTakeFirstOrThrow();
}

function checkDates({ dueBy, overdueOn }: InboxEntryQuery): void {
  const fields = new FieldErrors();
  fields.date('dueBy', dueBy);
  fields.date('overdueOn', overdueOn);
  fields.throwIfAny();
}

function isBeyond(
  { value, cast, direction }: Order,
  cursor: { readonly value: string | number; readonly id: string | number },
): RawBuilder<boolean> {
  const beyond = sql.raw(direction === 'asc' ? '>' : '<');
  return sql<boolean>`(${value}, e.id) ${beyond} (${cursor.value}::${sql.raw(cast)}, ${cursor.id})`;
}

function conditionsOf(query: InboxEntryQuery, { actor }: Scope): RawBuilder<boolean>[] {
  const { state = 'open', inboxId, owner, caseId, customerId, dueType, due: dated } = query;
  const conditions = [sql<boolean>`e.tenant = ${actor.tenant}`, sql<boolean>`e.state = ${state}`];
  const add = (condition: RawBuilder<unknown>): void =>
    void conditions.push(condition as RawBuilder<boolean>);
  if (inboxId?.length) add(sql`e.inbox_id = any(${[...inboxId]}::text[])`);
  if (owner !== undefined) add(ownedBy(owner, actor.id));
  if (caseId !== undefined) add(sql`e.case_id = ${caseId}`);
  if (customerId !== undefined) {
    add(sql`coalesce((select c.customer_id from cases c where c.tenant = e.tenant and c.id = e.case_id),
      e.customer_id) = ${customerId}`);
  }
  if (dueType?.length) add(sql`e.due_type = any(${[...dueType]}::text[])`);
  if (dated !== undefined) add(dated === 'set' ? sql`e.due_on is not null` : sql`e.due_on is null`);
  if (query.dueBy !== undefined) add(sql`e.due_on <= ${query.dueBy}::date`);
  if (query.overdueOn !== undefined) add(sql`(e.state = 'open' and e.due_on < ${query.overdueOn}::date)`);
  return conditions;
}

function ownedBy(owner: string, me: string): RawBuilder<boolean> {
  if (owner === 'none') return sql<boolean>`e.owner_id is null`;
  if (owner === 'others') return sql<boolean>`(e.owner_id is not null and e.owner_id <> ${me})`;
  return sql<boolean>`e.owner_id = ${owner === 'me' ? me : owner}`;
}
