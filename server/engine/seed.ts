import { insertCases, type BulkCase, type BulkEntry } from './bulk-insert.js';
import { priorityRank } from './case-input.js';
import { inTransaction, now, type EngineContext, type Tx } from './context.js';
import type { SeedCase, SeedData, SeedEntry } from './import-types.js';
import { searchVector } from './search.js';
import { readSettings } from './settings.js';
import type { Settings } from '../../src/contract/settings.js';

/** Loads hand-written data in one transaction; what is there already stays as it is. */
export async function seed(context: EngineContext, tenant: string, data: SeedData): Promise<void> {
  await inTransaction(context, async (tx) => {
    await seedNames(tx, tenant, data);
    await seedCustomers(tx, tenant, data);
    await seedPeople(tx, tenant, data);
    await seedProjects(tx, tenant, data, now(context));
    const settings = await readSettings(tx, tenant);
    const fresh = await withoutKnown(tx, tenant, data.cases ?? []);
    await insertCases(
      tx,
      tenant,
      fresh.map((item) => toBulk(item, settings)),
      now(context),
    );
    await putIntoProjects(tx, tenant, fresh);
  });
}

async function seedProjects(tx: Tx, tenant: string, { projects = [] }: SeedData, at: string): Promise<void> {
  if (projects.length === 0) return;
  await tx
    .insertInto('projects')
    .values(
      projects.map(({ id, name, departmentId = null }) => ({
        tenant,
        id,
        name,
        department_id: departmentId,
        created_by: null,
        created_at: at,
        changed_by: null,
        changed_at: at,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function putIntoProjects(tx: Tx, tenant: string, cases: readonly SeedCase[]): Promise<void> {
  for (const { externalReference, projectId } of cases) {
    if (projectId === undefined) continue;
    await tx
      .updateTable('cases')
      .set({ project_id: projectId })
      .where('tenant', '=', tenant)
      .where('external_reference', '=', externalReference)
      .execute();
  }
}

async function seedNames(tx: Tx, tenant: string, data: SeedData): Promise<void> {
  for (const table of ['organisations', 'departments'] as const) {
    const rows = data[table] ?? [];
    if (rows.length === 0) continue;
    await tx
      .insertInto(table)
      .values(rows.map(({ id, name }) => ({ tenant, id, name })))
      // A record known only from somebody's token is called by its id so far.
      .onConflict((conflict) =>
        conflict
          .columns(['tenant', 'id'])
          .doUpdateSet((eb) => ({ name: eb.ref('excluded.name') }))
          .whereRef(`${table}.name`, '=', `${table}.id`),
      )
      .execute();
  }
}

async function seedCustomers(tx: Tx, tenant: string, { customers = [] }: SeedData): Promise<void> {
  if (customers.length === 0) return;
  await tx
    .insertInto('customers')
    .values(
      customers.map((customer) => ({
        tenant,
        id: customer.id,
        name: customer.name,
        number: customer.number ?? null,
        organisation_id: customer.organisationId ?? null,
        main_contact_id: customer.mainContactId ?? null,
        search: searchVector(tenant, `${customer.name} ${customer.number ?? ''}`),
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['tenant', 'id'])
        .doUpdateSet((eb) => ({
          name: eb.ref('excluded.name'),
          number: eb.ref('excluded.number'),
          organisation_id: eb.ref('excluded.organisation_id'),
          main_contact_id: eb.ref('excluded.main_contact_id'),
          search: eb.ref('excluded.search'),
        }))
        .whereRef('customers.name', '=', 'customers.id'),
    )
    .execute();
}

async function seedPeople(tx: Tx, tenant: string, { people = [] }: SeedData): Promise<void> {
  if (people.length === 0) return;
  await tx
    .insertInto('people')
    .values(
      people.map((person) => ({
        tenant,
        id: person.id,
        name: person.name,
        kind: person.kind,
        email: person.email ?? null,
        customer_id: person.customerId ?? null,
        organisation_id: person.organisationId ?? null,
        departments: [...(person.departments ?? [])],
        former: person.former ?? false,
        search: searchVector(tenant, person.name),
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function withoutKnown(tx: Tx, tenant: string, cases: readonly SeedCase[]): Promise<SeedCase[]> {
  if (cases.length === 0) return [];
  const references = cases.map(({ externalReference }) => externalReference);
  const rows = await tx
    .selectFrom('cases')
    .select('external_reference')
    .where('tenant', '=', tenant)
    .where('external_reference', 'in', references)
    .execute();
  const known = new Set(rows.map((row) => row.external_reference));
  return cases.filter(({ externalReference }) => !known.has(externalReference));
}

function toBulk(item: SeedCase, settings: Settings): BulkCase {
  const priority = item.priority ?? null;
  return {
    externalReference: item.externalReference,
    customerId: item.customerId,
    subject: item.subject,
    description: item.description,
    type: item.type ?? null,
    priority,
    priorityRank: priorityRank(settings, priority),
    deadline: item.deadline ?? null,
    contactMethod: item.contactMethod ?? null,
    tags: item.tags ?? [],
    ...(item.links && { links: item.links }),
    requesterId: item.requesterId ?? null,
    assigneeId: item.assigneeId ?? null,
    departmentId: item.departmentId ?? null,
    createdBy: item.createdBy ?? null,
    createdAt: item.createdAt,
    entries: (item.entries ?? []).map(toEntry),
  };
}

function toEntry(entry: SeedEntry): BulkEntry {
  return {
    kind: entry.kind,
    by: entry.by,
    at: entry.at,
    visibility: entry.visibility ?? 'internal',
    subject: entry.subject ?? null,
    reason: entry.reason ?? null,
    text: entry.text,
  };
}
