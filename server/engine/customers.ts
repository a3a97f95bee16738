import { sql } from 'kysely';

import type { Page } from '../../src/contract/common.js';
import type { Customer, CustomerQuery } from '../../src/contract/customers.js';
import { BackendError } from '../backend-error.js';
import type { CallContext } from '../backend.js';
import { namedOf, personOf, toPerson } from './case-record.js';
import { notFound, now, type EngineContext, type Executor } from './context.js';
import { checkWords, nameOrder, pageByName } from './name-pages.js';
import { decideCustomerRecord, decideTenant } from './policy/tenant.js';
import { loadScope, type Scope } from './scope.js';
import { searchConditions } from './search.js';
import { isStorable } from '../input/text.js';

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
  checkWords(query);
  const conditions = [
    sql<boolean>`c.tenant = ${actor.tenant}`,
    ...searchConditions(actor.tenant, query.q ?? '', sql`c.search`, sql`concat_ws(E'\\n', c.name, c.number)`),
  ];
  const where = sql<boolean>`${sql.join(conditions, sql` and `)}`;
  const total = () =>
    db
      .selectFrom('customers as c')
      .select((eb) => eb.fn.countAll<number>().as('total'))
      .where(where)
      .executeTakeFirstOrThrow();
  return pageByName('customers', query, selectCustomers(db).where(where), total, (rows) =>
    rows.map((row) => toCustomer(row, scope)),
  );
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
      nameOrder.as('sort'),
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
