import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Actor } from '../../server/backend.js';
import type { SettingsData } from '../../server/engine/settings-defaults.js';
import type { CaseQuery } from '../../src/contract/cases.js';
import type { TestEngine } from '../support/engine.js';
import { aSeededTenant, anActor, anEngine, createCase, reading } from '../support/engine.js';

let now = new Date('2126-01-05T10:00:00Z');
let world: TestEngine;

beforeAll(async () => {
  world = await anEngine({ clock: () => now });
});
afterAll(() => world.dispose());

async function subjects(actor: Actor, query: CaseQuery = {}): Promise<string[]> {
  const { items, total } = await world.engine.listCases({ ...query, count: 'true' }, reading(actor));
  expect(total).toBe(items.length);
  return items.map(({ subject }) => subject).sort();
}

/** One case of the agent's own department, and one of another's that is shared with nobody. */
async function twoCases() {
  const tenant = await aSeededTenant(world.engine);
  const administrator = anActor(tenant, 'administrator');
  const agent = anActor(tenant, {
    id: 'person_agent',
    roles: ['customer-service'],
    departments: ['dept_care'],
  });
  const own = { subject: 'Own', departmentId: 'dept_care' };
  const foreign = { subject: 'Foreign', departmentId: 'dept_network' };
  await world.engine.seed(tenant, {
    cases: [own, foreign].map((values) => ({
      externalReference: values.subject,
      customerId: 'cust_aldermill',
      description: 'Text.',
      createdAt: '2026-01-01T10:00:00Z',
      ...values,
    })),
  });
  const { items } = await world.engine.listCases({ sort: 'number' }, reading(administrator));
  const foreignId = items.find(({ subject }) => subject === 'Foreign')?.id ?? '';
  expect(await subjects(agent)).toEqual(['Own']);
  return { tenant, agent, foreignId };
}

/** Written past the engine, as another process on the same database would. */
async function share(tenant: string, caseId: string, expires_at: string | null = null): Promise<string> {
  const id = crypto.randomUUID();
  await world.database.db
    .insertInto('grants')
    .values({
      tenant,
      id,
      unit: 'case',
      unit_id: caseId,
      grantee_kind: 'person',
      grantee_id: 'person_agent',
      level: 'view',
      given_at: now.toISOString(),
      expires_at,
    })
    .execute();
  return id;
}

async function set(tenant: string, settings: Partial<SettingsData>): Promise<void> {
  const data = JSON.stringify(settings);
  await world.database.db
    .insertInto('settings')
    .values({ tenant, version: 1, data, updated_at: now.toISOString(), updated_by: null })
    .onConflict((conflict) => conflict.column('tenant').doUpdateSet({ data }))
    .execute();
}

describe('a list goes by the rights of the moment, whoever changed them', () => {
  it('shows a case from the moment it is shared until it no longer is', async () => {
    const { tenant, agent, foreignId } = await twoCases();
    const id = await share(tenant, foreignId);
    expect(await subjects(agent)).toEqual(['Foreign', 'Own']);
    expect(await subjects(agent, { customerId: 'cust_aldermill' })).toEqual(['Foreign', 'Own']);
    await world.database.db
      .updateTable('grants')
      .set({ revoked_at: now.toISOString() })
      .where('id', '=', id)
      .execute();
    expect(await subjects(agent, { customerId: 'cust_aldermill' })).toEqual(['Own']);
    expect(await subjects(agent)).toEqual(['Own']);
  });

  it('opens a case from the moment it is shared until it no longer is, at the level of the moment', async () => {
    const { tenant, agent, foreignId } = await twoCases();
    const open = () => world.engine.getCase(foreignId, reading(agent));
    const change = (id: string, values: { level?: string; revoked_at?: string }) =>
      world.database.db.updateTable('grants').set(values).where('id', '=', id).execute();
    await expect(open()).rejects.toMatchObject({ code: 'not_found' });
    const id = await share(tenant, foreignId);
    expect((await open()).permissions['reply']?.allowed).toBe(false);
    await change(id, { level: 'collaborate' });
    expect((await open()).permissions['reply']?.allowed).toBe(true);
    await change(id, { revoked_at: now.toISOString() });
    await expect(open()).rejects.toMatchObject({ code: 'not_found' });
    await expect(world.engine.getCase(foreignId, reading({ ...agent, roles: [] }))).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('shows a case no longer than it was shared for', async () => {
    const { tenant, agent, foreignId } = await twoCases();
    await share(tenant, foreignId, '2126-01-05T11:00:00Z');
    expect(await subjects(agent)).toEqual(['Foreign', 'Own']);
    now = new Date('2126-01-05T11:00:01Z');
    expect(await subjects(agent)).toEqual(['Own']);
  });

  it('says by the level of the moment what may be done', async () => {
    const { tenant, foreignId } = await twoCases();
    const customer = anActor(tenant, 'customer');
    await createCase(world.engine, customer, { subject: 'Asked' });
    expect(await subjects(customer)).toEqual(['Asked']);
    const reply = async () => {
      const { items } = await world.engine.listCases({}, reading(customer));
      return items.find(({ subject }) => subject === 'Foreign')?.permissions['reply']?.allowed;
    };
    const id = await share(tenant, foreignId);
    await world.database.db
      .updateTable('grants')
      .set({ grantee_id: customer.id, level: 'collaborate' })
      .where('id', '=', id)
      .execute();
    expect(await reply()).toBe(true);
    await world.database.db.updateTable('grants').set({ level: 'view' }).where('id', '=', id).execute();
    expect(await reply()).toBe(false);
  });

  it('closes and opens with the portal', async () => {
    const { tenant } = await twoCases();
    const customer = anActor(tenant, 'customer');
    await createCase(world.engine, customer, { subject: 'Asked' });
    expect(await subjects(customer)).toEqual(['Asked']);
    await set(tenant, { portalScope: 'none' });
    expect(await subjects(customer)).toEqual([]);
    await set(tenant, { portalScope: 'own' });
    expect(await subjects(customer)).toEqual(['Asked']);
  });

  it('CC-08 takes a value of a list as soon as the settings have it', async () => {
    const { tenant, agent } = await twoCases();
    const sought = { type: ['fibre'] };
    await expect(subjects(agent, sought)).rejects.toMatchObject({ code: 'validation_failed' });
    await set(tenant, { caseTypes: [{ id: 'fibre', label: 'Fibre' }] });
    expect(await subjects(agent, sought)).toEqual([]);
  });

  it('goes by what each token says, and refuses and allows by it', async () => {
    const { agent } = await twoCases();
    expect(await subjects({ ...agent, departments: ['dept_network'] })).toEqual(['Foreign']);
    expect(await subjects({ ...agent, departments: [] })).toEqual([]);
    await expect(subjects({ ...agent, roles: [] })).rejects.toMatchObject({ code: 'forbidden' });
    expect(await subjects({ ...agent, roles: ['system-administrator'] })).toEqual(['Foreign', 'Own']);
    expect(await subjects(agent)).toEqual(['Own']);
  });

  it('CC-04 knows a customer without open cases from one that is not there', async () => {
    const { agent } = await twoCases();
    expect(await subjects(agent, { customerId: 'cust_quist' })).toEqual([]);
    await expect(subjects(agent, { customerId: 'cust_nobody' })).rejects.toMatchObject({ code: 'not_found' });
  });
});
