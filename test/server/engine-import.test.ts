import { beforeAll, describe, expect, it } from 'vitest';

import type { ImportedCase } from '../../server/engine/import-types.js';
import { sampleCases } from '../support/sample-tenant.js';
import type { TestEngine } from '../support/engine.js';
import { aSeededTenant, anActor, createCase, reading, theEngine } from '../support/engine.js';

let world: TestEngine;

beforeAll(async () => {
  world = await theEngine();
});

function aRow(index: number, change: Partial<ImportedCase> = {}): ImportedCase {
  return {
    externalReference: `311-${index}`,
    customer: `Board ${index % 3}`,
    organisation: index % 2 === 0 ? 'BROOKLYN' : 'QUEENS',
    department: 'Department of Buildings',
    subject: 'ENTIRE BUILDING',
    description: 'HEAT/HOT WATER',
    type: 'Heat/Hot Water',
    createdAt: '2024-05-01T10:00:00-04:00',
    status: 'open',
    ...change,
  };
}

const closed = {
  status: 'closed',
  closure: { reason: 'Inspected', note: 'No violation was found.', at: '2024-05-03T09:00:00Z' },
} as const;

describe('an import', () => {
  it.each([
    ['a deadline that is no day', { deadline: '2025-02-30' }],
    ['a deadline in other words', { deadline: '5' }],
    ['a day of creation that is none', { createdAt: '2025-02-30T10:00:00Z' }],
    ['a day of closing that is none', { ...closed, closure: { ...closed.closure, at: '2024-06-31' } }],
  ])('leaves out the one row with %s', async (_what, change) => {
    const { engine } = world;
    const tenant = `tenant_${crypto.randomUUID()}`;
    const outcomes = await engine.importCases(tenant, null, [aRow(1), aRow(2, change), aRow(3)]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['created', 'rejected', 'created']);
  });

  it('takes a tag once, whatever its case, as by hand', async () => {
    const { engine } = world;
    const tenant = `tenant_${crypto.randomUUID()}`;
    const administrator = anActor(tenant, 'administrator');
    const many = Array.from({ length: 30 }, (_, index) => (index % 2 ? 'refund' : 'REFUND'));
    const outcomes = await engine.importCases(tenant, administrator, [
      aRow(1, { tags: [' Refund', 'refund ', 'bank', 'BANK', 'REFUND'] }),
      aRow(2, { tags: many }),
    ]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['created', 'created']);
    const { items } = await engine.listCases({ sort: 'number' }, reading(administrator));
    expect(items.map(({ tags }) => tags)).toEqual([['Refund', 'bank'], ['REFUND']]);
  });

  it('makes what is missing, keeps the dates, and changes nothing the second time', async () => {
    const { engine } = world;
    const tenant = `tenant_${crypto.randomUUID()}`;
    const administrator = anActor(tenant, 'administrator');
    const batch = [aRow(1), aRow(2, closed), aRow(3)];
    const first = await engine.importCases(tenant, administrator, batch);
    expect(first.map(({ outcome }) => outcome)).toEqual(['created', 'created', 'created']);

    const state = async () => ({
      cases: await engine.listCases({ sort: 'number', count: 'true' }, reading(administrator)),
      customers: await engine.listCustomers({ count: 'true' }, reading(administrator)),
      settings: await engine.getSettings(reading(administrator)),
    });
    const before = await state();
    expect(before.cases.total).toBe(3);
    expect(before.customers.items.map(({ name }) => name)).toEqual(['Board 0', 'Board 1', 'Board 2']);
    const [, second] = before.cases.items;
    expect(second).toMatchObject({
      status: 'closed',
      createdAt: '2024-05-01T14:00:00.000Z',
      customer: { name: 'Board 2' },
      organisation: { name: 'BROOKLYN' },
      department: { name: 'Department of Buildings' },
      type: 'heat-hot-water',
    });
    expect(await engine.getCase(second?.id ?? '', reading(administrator))).toMatchObject({
      externalReference: '311-2',
      closure: { reason: 'inspected', note: 'No violation was found.', at: '2024-05-03T09:00:00.000Z' },
    });
    const lines = await engine.listTimeline(second?.id ?? '', { order: 'asc' }, reading(administrator));
    expect(lines.items.map(({ kind }) => kind)).toEqual(['creation', 'closure']);
    expect((await engine.listCases({ q: 'hot wat' }, reading(administrator))).items).toHaveLength(3);

    const again = await engine.importCases(tenant, administrator, batch);
    expect(again.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged', 'unchanged']);
    expect(await state()).toEqual(before);
  });

  it('takes the good rows, and says what is wrong with the others', async () => {
    const { engine } = world;
    const tenant = `tenant_${crypto.randomUUID()}`;
    const outcomes = await engine.importCases(tenant, null, [
      aRow(1),
      aRow(2, { subject: ' ' }),
      aRow(3, { createdAt: 'yesterday' }),
      aRow(4, { status: 'closed' }),
      aRow(5, { description: 'nul \u0000' }),
      aRow(6, { ...closed, closure: { ...closed.closure, at: '2020-01-01T00:00:00Z' } }),
      aRow(7, { priority: 'Unheard of' }),
      aRow(1, { subject: 'The same reference again' }),
      aRow(8, { customer: 'Ünïcode & “Sons”', tags: ['a', 'a'] }),
    ]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([
      'created',
      ...Array<string>(6).fill('rejected'),
      'unchanged',
      'created',
    ]);
    for (const { outcome, reason } of outcomes) {
      if (outcome === 'rejected') expect(reason).toMatch(/\S+ .+/);
      else expect(reason).toBeUndefined();
    }
  });

  it('works beside other imports and people who create cases', async () => {
    const { engine } = world;
    const tenant = await aSeededTenant(engine);
    const agent = anActor(tenant, 'administrator');
    const batch = Array.from({ length: 1200 }, (_, index) => aRow(index, index % 2 ? closed : {}));
    const [one, two] = await Promise.all([
      engine.importCases(tenant, null, batch),
      engine.importCases(tenant, null, [...batch].reverse()),
      ...Array.from({ length: 10 }, () => createCase(engine, agent)),
    ]);
    const created = [...one, ...two].filter(({ outcome }) => outcome === 'created');
    expect(created).toHaveLength(1200);
    expect(new Set(created.map(({ externalReference }) => externalReference)).size).toBe(1200);
    const { total } = await engine.listCases({ count: 'true', limit: 1 }, reading(agent));
    expect(total).toBe(1210);
    const closedOnes = await engine.listCases({ status: ['closed'], count: 'true' }, reading(agent));
    expect(closedOnes.total).toBe(600);
    const { items } = await engine.listCustomers({}, reading(agent));
    expect(items.filter(({ name }) => name.startsWith('Board'))).toHaveLength(3);
  });
});

describe('sample data', () => {
  it('is loaded once, however often it is asked for', async () => {
    const { engine } = world;
    const tenant = await aSeededTenant(engine);
    const agent = anActor(tenant, 'administrator');
    await Promise.all([1, 2].map(() => engine.seed(tenant, { cases: sampleCases ?? [] })));
    const first = await engine.listCases({ count: 'true' }, reading(agent));
    expect(first.total).toBe(sampleCases?.length);
    await engine.seed(tenant, { cases: sampleCases ?? [] });
    expect(await engine.listCases({ count: 'true' }, reading(agent))).toEqual(first);
  });

  it('CC-21 knows who has left', async () => {
    const { engine } = world;
    const tenant = await aSeededTenant(engine);
    await engine.seed(tenant, {
      cases: [
        {
          externalReference: 'F-1',
          customerId: 'cust_quist',
          subject: 'Old',
          description: 'Older.',
          createdBy: 'person_former',
          createdAt: '2020-01-01T00:00:00Z',
        },
      ],
    });
    const { items } = await engine.listCases({}, reading(anActor(tenant, 'agent')));
    expect(items[0]?.createdBy).toEqual({
      id: 'person_former',
      name: 'Gerd Holm',
      kind: 'agent',
      former: true,
    });
  });
});
