import type { Actor } from '../backend.js';
import type { EngineContext } from './context.js';
import { searchVector } from './search.js';
import { storable } from '../input/text.js';

const REMEMBERED = 10_000;

/** Writes down who acts, so that names stand beside what they did; once for as long as their token says the same. */
export type RememberActor = (actor: Actor) => Promise<void>;

export function createActorMemory(context: Pick<EngineContext, 'db'>): RememberActor {
  const known = new Map<string, { readonly claims: string; readonly written: Promise<void> }>();

  return (actor) => {
    const key = JSON.stringify([actor.tenant, actor.id]);
    const claims = JSON.stringify([
      actor.kind,
      actor.name,
      actor.email,
      actor.locale,
      actor.roles,
      actor.departments,
      actor.customer,
      actor.organisation,
    ]);
    const found = known.get(key);
    if (found?.claims === claims) return found.written;
    const entry = { claims, written: writeActor(context, actor) };
    known.delete(key);
    known.set(key, entry);
    entry.written.catch(() => {
      if (known.get(key) === entry) known.delete(key);
    });
    if (known.size > REMEMBERED) {
      const oldest = known.keys().next();
      if (!oldest.done) known.delete(oldest.value);
    }
    return entry.written;
  };
}

async function writeActor({ db }: Pick<EngineContext, 'db'>, actor: Actor): Promise<void> {
  const { tenant } = actor;
  const name = storable(actor.name).trim() || actor.id;
  const customer = actor.kind === 'customer' ? actor.customer : null;
  const organisation = actor.kind === 'customer' ? actor.organisation : null;
  const departments = actor.kind === 'agent' ? [...new Set(actor.departments)].sort() : [];
  const person = {
    name,
    kind: actor.kind,
    email: actor.email === null ? null : storable(actor.email),
    customer_id: customer,
    organisation_id: organisation,
    departments,
    roles: [...new Set(actor.roles)].sort(),
    locale: actor.locale == null ? null : storable(actor.locale),
    former: false,
    search: searchVector(tenant, name),
  };
  await db
    .insertInto('people')
    .values({ tenant, id: actor.id, ...person })
    .onConflict((conflict) => conflict.columns(['tenant', 'id']).doUpdateSet(person))
    .execute();
  // The token speaks for the host: what it names exists, under its id until somebody gives it a name.
  if (departments.length > 0) {
    await db
      .insertInto('departments')
      .values(departments.map((id) => ({ tenant, id, name: id })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  if (organisation !== null) {
    await db
      .insertInto('organisations')
      .values({ tenant, id: organisation, name: organisation })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  if (customer !== null) {
    await db
      .insertInto('customers')
      .values({
        tenant,
        id: customer,
        name: customer,
        number: null,
        organisation_id: organisation,
        main_contact_id: null,
        search: searchVector(tenant, customer),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}
