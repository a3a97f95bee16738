import { sql } from 'kysely';

import type { Page } from '../../src/contract/common.js';
import type { Person, PersonQuery } from '../../src/contract/people.js';
import { BackendError } from '../backend-error.js';
import type { Actor, CallContext } from '../backend.js';
import { namedOf } from './case-record.js';
import { notFound, now, type EngineContext, type Executor } from './context.js';
import { checkWords, nameOrder, pageByName } from './name-pages.js';
import { hasCaseRole } from './policy/facts.js';
import { decideTenant } from './policy/tenant.js';
import { loadScope } from './scope.js';
import { searchConditions } from './search.js';
import { named } from './session.js';
import { isStorable } from '../input/text.js';

export async function listPeople(
  context: EngineContext,
  query: PersonQuery,
  { actor }: CallContext,
): Promise<Page<Person>> {
  const { db } = context;
  const { settings } = await loadScope(db, actor, now(context));
  const verdict = decideTenant(actor, 'listPeople', settings);
  if (!verdict.allowed)
    throw new BackendError('forbidden', { rule: verdict.rule, detail: verdict.reason ?? '' });
  checkWords(query);
  if (!isStorable(query.customerId ?? '')) throw notFound();

  let all = db.selectFrom('people as c').where('c.tenant', '=', actor.tenant);
  if (query.kind) all = all.where('c.kind', '=', query.kind);
  if (query.customerId) all = all.where('c.customer_id', '=', query.customerId);
  for (const condition of searchConditions(actor.tenant, query.q ?? '', sql`c.search`, sql`c.name`)) {
    all = all.where(condition);
  }
  const total = () => all.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  return pageByName('people', query, all.select(columns()), total, (rows) => toPeople(db, rows, actor));
}

/** CO-20: agents see everybody; a customer sees the agents, without addresses, and the people of their own side. */
export async function getPerson({ db }: EngineContext, id: string, { actor }: CallContext): Promise<Person> {
  if (!isStorable(id)) throw notFound();
  const row = await db
    .selectFrom('people as c')
    .select(columns())
    .where('c.tenant', '=', actor.tenant)
    .where('c.id', '=', id)
    .executeTakeFirst();
  if (!row || !mayKnow(actor, row)) throw notFound();
  const [person] = await toPeople(db, [row], actor);
  if (!person) throw notFound();
  return person;
}

function columns() {
  return [
    'c.tenant' as const,
    'c.id' as const,
    'c.name' as const,
    'c.kind' as const,
    'c.email' as const,
    'c.former' as const,
    'c.departments' as const,
    'c.customer_id' as const,
    'c.organisation_id' as const,
    nameOrder.as('sort'),
    namedOf('customers', 'c', 'customer_id').as('customer'),
    namedOf('organisations', 'c', 'organisation_id').as('organisation'),
  ] as const;
}

interface Row {
  id: string;
  name: string;
  kind: 'agent' | 'customer';
  email: string | null;
  former: boolean;
  departments: string[];
  customer_id: string | null;
  organisation_id: string | null;
  customer: { id: string; name: string } | null;
  organisation: { id: string; name: string } | null;
}

function mayKnow(actor: Actor, row: Row): boolean {
  if (row.id === actor.id || hasCaseRole(actor)) return true;
  if (actor.kind === 'agent') return false;
  if (row.kind === 'agent') return true;
  const customer = actor.customer !== null && row.customer_id === actor.customer;
  return customer || (actor.organisation !== null && row.organisation_id === actor.organisation);
}

async function toPeople(db: Executor, rows: readonly Row[], actor: Actor): Promise<Person[]> {
  const ids = [...new Set(rows.flatMap((row) => row.departments))];
  const names = new Map((await named(db, 'departments', actor.tenant, ids)).map((ref) => [ref.id, ref]));
  return rows.map((row) => {
    const person = { id: row.id, name: row.name, kind: row.kind, ...(row.former && { former: true }) };
    const foreign = actor.kind === 'customer' && row.kind === 'agent';
    if (foreign) return person;
    return {
      ...person,
      email: row.email,
      customer: row.customer,
      organisation: row.organisation,
      departments: row.departments.map((id) => names.get(id) ?? { id, name: id }),
    };
  });
}
