import { sql } from 'kysely';

import type { Page } from '../../src/contract/common.js';
import type { Customer, CustomerQuery } from '../../src/contract/customers.js';
import { BackendError } from '../backend-error.js';
import type { CallContext } from '../backend.js';
import { namedOf, personOf, toPerson } from './case-record.js';
import { notFound, now, type EngineContext, type Executor } from './context.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { decideCustomerRecord, decideTenant } from './policy/tenant.js';
import { loadScope, type Scope } from './scope.js';
import { searchConditions } from './search.js';
import { limits } from './settings-defaults.js';
import { isStorable } from './text.js';
import { FieldErrors } from './validation.js';

const LIST = 'customers';

export async function listCustomers(
  context: EngineContext,
  query: CustomerQuery,
  { actor }: CallContext,
): Promise<Page<Customer>> {
  const { db } = context;
  const scope = await loadScope(db, actor, now(context));
  const verdict = decideTenant(actor, 'listCustomers', scope.settings);
  if (!verdict.allowed)
    throw new BackendError('forbidden', { rule: verdict.rule, detail: verdict.reason ?? '' });
  const fields = new FieldErrors();
  fields.text('q', query.q, limits.search, false);
  fields.throwIfAny();

  const cursor = decodeCursor(
    LIST,
    query.cursor,
    ({ value, id }) => typeof value === 'string' && typeof id === 'string',
  );
  const limit = query.limit ?? 25;
  const conditions = [
    sql<boolean>`c.tenant = ${actor.tenant}`,
    ...searchConditions(actor.tenant, query.q ?? '', sql`c.search`, sql`concat_ws(E'\\n', c.name, c.number)`),
  ];
  const where = sql<boolean>`${sql.join(conditions, sql` and `)}`;
  let page = selectCustomers(db).where(where);
  if (cursor) page = page.where(sql<boolean>`(lower(c.name), c.id) > (${cursor.value}, ${cursor.id})`);
  const rows = await page
    .orderBy(sql`lower(c.name), c.id`)
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  const total =
    query.count === 'true'
      ? await db
          .selectFrom('customers as c')
          .select((eb) => eb.fn.countAll<number>().as('total'))
          .where(where)
          .executeTakeFirstOrThrow()
      : {};
  return {
    items: shown.map((row) => toCustomer(row, scope)),
    next: last ? encodeCursor(LIST, { value: last.sort, id: last.id }) : null,
    ...total,
  };
}

export async function getCustomer(
  context: EngineContext,
  id: string,
  { actor }: CallContext,
): Promise<Customer> {
  const scope = await loadScope(context.db, actor, now(context));
  if (!isStorable(id) || !decideCustomerRecord(actor, id, scope.settings).view.allowed) throw notFound();
  const row = await selectCustomers(context.db)
    .where('c.tenant', '=', actor.tenant)
    .where('c.id', '=', id)
    .executeTakeFirst();
  if (!row) throw notFound();
  return toCustomer(row, scope);
}

function selectCustomers(db: Executor) {
  return db
    .selectFrom('customers as c')
    .select([
      'c.id',
      'c.name',
      'c.number',
      sql<string>`lower(c.name)`.as('sort'),
      namedOf('organisations', 'c', 'organisation_id').as('organisation'),
      personOf('c', 'main_contact_id').as('contact'),
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectCustomers>['executeTakeFirstOrThrow']>>;

function toCustomer(row: Row, { actor, settings }: Scope): Customer {
  return {
    id: row.id,
    name: row.name,
    number: row.number,
    organisation: row.organisation,
    mainContact: toPerson(row.contact),
    permissions: decideCustomerRecord(actor, row.id, settings),
  };
}
