import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createLogger } from '../../server/cli/log.js';
import { clean } from '../../server/engine/maintenance.js';
import { createFolderStore } from '../../server/attachments/folder-store.js';
import type { Problem } from '../../src/contract/problem.js';
import type { ReceiptList } from '../../src/contract/receipts.js';
import type { Case } from '../../src/contract/cases.js';
import { aTenant, Caller, type TestTenant } from '../support/app.js';
import { aSeededTenant, anActor, anEngine, createCase, reading, type TestEngine } from '../support/engine.js';
import { openServer } from '../support/open-server.js';
import { aGrant, moreToShareWith, setSharing } from '../support/sharing.js';
import { theApp } from '../support/shared-app.js';

let tenant: TestTenant;

beforeAll(async () => {
  tenant = await aTenant(await theApp(), moreToShareWith);
  await setSharing(tenant, {
    departmentRoles: ['customer-service'],
    receipts: { enabled: true, keepDays: 30 },
  });
});

const pathOf = ({ id }: Pick<Case, 'id'>) => `/v1/cases/${id}/receipts`;

async function namesSeen(by: Caller, record: Pick<Case, 'id'>): Promise<string[]> {
  const { status, body } = await by.get<ReceiptList>(pathOf(record));
  if (status !== 200) throw new Error(`No receipts: ${status} ${JSON.stringify(body)}`);
  return body.items.map(({ person }) => person.name);
}

async function opens(by: Caller, record: Pick<Case, 'id'>): Promise<void> {
  expect((await by.post(pathOf(record), undefined)).status).toBe(204);
}

describe('receipts', () => {
  it('CO-15 tell the requester and the owning department who opened the case, and when', async () => {
    const record = await tenant.aCase({ departmentId: 'dept_care' });
    await aGrant(tenant.customer, record.id, { kind: 'person', id: 'person_leo' });
    await opens(tenant.colleague, record);
    await opens(tenant.agent, record);
    const { body } = await tenant.agent.get<ReceiptList>(pathOf(record));
    expect(body).toMatchObject({
      items: [
        { person: { id: 'person_leo', name: 'Leo Aske', kind: 'customer' } },
        { person: { id: 'person_mara', name: 'Mara Lindqvist', kind: 'agent' } },
      ],
      next: null,
    });
    for (const { firstAt, lastAt } of body.items) {
      expect(Date.parse(firstAt)).toBeGreaterThanOrEqual(Date.parse(record.createdAt ?? ''));
      expect(lastAt).toBe(firstAt);
    }
    // Who works on it inside the house is not told outside.
    expect(await namesSeen(tenant.customer, record)).toEqual(['Leo Aske']);
  });

  it('CO-15 name no person of another customer to the requester', async () => {
    const record = await tenant.aCase();
    await aGrant(tenant.agent, record.id, { kind: 'customer', id: 'cust_quist' });
    await opens(tenant.outsider, record);
    await opens(tenant.customer, record);
    expect(await namesSeen(tenant.customer, record)).toEqual(['Pia Moreau']);
    expect(await namesSeen(tenant.agent, record)).toEqual(['Nora Quist', 'Pia Moreau']);
  });

  it('CO-15 are for nobody else', async () => {
    const record = await tenant.aCase({ departmentId: 'dept_care' });
    await aGrant(tenant.customer, record.id, { kind: 'person', id: 'person_leo' });
    await aGrant(tenant.agent, record.id, { kind: 'department', id: 'dept_network' });
    const refused = { status: 403, body: { code: 'forbidden' } };
    expect(await tenant.colleague.get(pathOf(record))).toMatchObject(refused);
    expect(await tenant.technician.get(pathOf(record))).toMatchObject(refused);
    expect((await tenant.outsider.get(pathOf(record))).status).toBe(404);
    const { body } = await tenant.colleague.get<Case>(`/v1/cases/${record.id}`);
    expect(body.permissions['seeReceipts']).toMatchObject({ allowed: false, rule: 'cases.not-granted' });
    const own = await tenant.customer.get<Case>(`/v1/cases/${record.id}`);
    expect(own.body.permissions['seeReceipts']?.allowed).toBe(true);
  });

  it('CO-16 come from opening the case alone: not from lists, nor from reading it without saying so', async () => {
    const record = await tenant.aCase();
    await tenant.agent.get('/v1/cases');
    await tenant.agent.get(`/v1/cases?q=${encodeURIComponent(record.subject)}`);
    await tenant.agent.get(`/v1/cases/${record.id}`);
    await tenant.agent.get(`/v1/cases/${record.id}/timeline`);
    expect(await namesSeen(tenant.agent, record)).toEqual([]);
  });

  it('CO-16 stand once for each person, with the first time and the last', async () => {
    const record = await tenant.aCase();
    await opens(tenant.agent, record);
    const first = (await tenant.agent.get<ReceiptList>(pathOf(record))).body.items[0];
    await Promise.all([1, 2, 3].map(() => opens(tenant.agent, record)));
    const { items } = (await tenant.agent.get<ReceiptList>(pathOf(record))).body;
    expect(items).toHaveLength(1);
    expect(items[0]?.firstAt).toBe(first?.firstAt);
    expect(Date.parse(items[0]?.lastAt ?? '')).toBeGreaterThanOrEqual(Date.parse(first?.lastAt ?? ''));
  });

  it('CO-15 drops and logs one of a person without access', async () => {
    const record = await tenant.aCase();
    const lines: string[] = [];
    const server = await openServer(
      {},
      { logger: createLogger('info', { write: (line: string) => void lines.push(line) }) },
    );
    try {
      const nora = server.reach(new Caller(fetch, tenant.outsider.token));
      const answer = await nora.post<Problem>(pathOf(record), undefined);
      const absent = await nora.post<Problem>('/v1/cases/case_none/receipts', undefined);
      expect(answer.status).toBe(404);
      const { requestId: one, ...body } = answer.body;
      const { requestId: other, ...same } = absent.body;
      expect(body).toEqual(same);
      expect(one).not.toBe(other);
      expect(lines.map((line) => JSON.parse(line) as object)).toContainEqual(
        expect.objectContaining({ id: one, route: '/v1/cases/{id}/receipts', status: 404 }),
      );
    } finally {
      await server.close();
    }
    expect(await namesSeen(tenant.agent, record)).toEqual([]);
  });

  it('CO-15 are switched off by the settings, for whoever writes and whoever reads', async () => {
    const own = await aTenant(await theApp(), moreToShareWith);
    const record = await own.aCase();
    await opens(own.agent, record);
    await setSharing(own, { receipts: { enabled: false, keepDays: null } });
    await opens(own.customer, record);
    const off = { status: 403, body: { rule: 'receipts.off' } };
    expect(await own.agent.get(pathOf(record))).toMatchObject(off);
    await setSharing(own, { receipts: { enabled: true, keepDays: null } });
    expect(await namesSeen(own.agent, record)).toEqual(['Mara Lindqvist']);
  });

  it('CO-15 refuses a retention that is none, and keeps what is not named', async () => {
    const own = await aTenant(await theApp());
    const settings = await own.administrator.get<{ version: string; sharing: object }>('/v1/settings');
    expect(settings.body.sharing).toMatchObject({ receipts: { enabled: true, keepDays: 365 } });
    for (const keepDays of [0, -1, 1.5, 'long']) {
      const refused = await own.administrator.patch<Problem>(
        '/v1/settings',
        { sharing: { receipts: { keepDays } } },
        settings.body,
      );
      expect(refused.body.errors?.map(({ field }) => field)).toEqual(['sharing.receipts.keepDays']);
    }
    const change = { sharing: { receipts: { keepDays: 7 } } };
    const changed = await own.administrator.patch('/v1/settings', change, settings.body);
    expect(changed.body).toMatchObject({ sharing: { receipts: { enabled: true, keepDays: 7 } } });
  });
});

describe('receipts that were kept long enough', () => {
  let world: TestEngine;
  let time = Date.parse('2025-03-01T09:00:00Z');
  beforeAll(async () => {
    world = await anEngine({ clock: () => new Date(time) });
  });
  afterAll(() => world.dispose());

  it('CO-15 are not shown any more, and then forgotten, by each tenant’s own time', async () => {
    const { engine, database } = world;
    const tenants = await Promise.all(
      [10, null, undefined].map(async (keepDays) => {
        const id = await aSeededTenant(engine);
        const iris = anActor(id, 'administrator');
        const { version } = await engine.getSettings(reading(iris));
        if (keepDays !== undefined)
          await engine.updateSettings({ sharing: { receipts: { keepDays } } }, { actor: iris, version });
        const mara = anActor(id, 'agent');
        const record = await createCase(engine, mara);
        await engine.recordReceipt(record.id, reading(mara));
        return { id, mara, record };
      }),
    );
    const spoilt = await Promise.all(
      ['1e300', '3000000000', '0.5', '"long"'].map(async (keepDays) => {
        const id = await aSeededTenant(engine);
        const iris = anActor(id, 'administrator');
        const { version } = await engine.getSettings(reading(iris));
        await engine.updateSettings({ sharing: { receipts: { keepDays: 7 } } }, { actor: iris, version });
        // As a hand in the database may leave it.
        await sql`update settings set data = jsonb_set(data, '{sharing,receipts,keepDays}', ${keepDays}::jsonb)
          where tenant = ${id}`.execute(database.db);
        const mara = anActor(id, 'agent');
        const record = await createCase(engine, mara);
        await engine.recordReceipt(record.id, reading(mara));
        return { id, mara, record };
      }),
    );
    const shown = (of = tenants) =>
      Promise.all(
        of.map(
          async ({ mara, record }) => (await engine.listReceipts(record.id, reading(mara))).items.length,
        ),
      );
    const stored = async (of = tenants) => {
      const attachments = createFolderStore('/nowhere');
      const context = { db: database.db, attachments, clock: () => new Date(time), wake: () => undefined };
      await clean(context, 24);
      const rows = await database.db.selectFrom('receipts').select('tenant').execute();
      return of.map(({ id }) => rows.filter((row) => row.tenant === id).length);
    };
    time += 9 * 86_400_000;
    expect(await shown()).toEqual([1, 1, 1]);
    expect(await stored()).toEqual([1, 1, 1]);
    // Where it cannot be meant, no more is shown than for the shortest time, and nothing is thrown away.
    expect(await shown(spoilt)).toEqual([0, 0, 0, 0]);
    expect(await stored(spoilt)).toEqual([1, 1, 1, 1]);
    time += 2 * 86_400_000;
    expect(await shown()).toEqual([0, 1, 1]);
    expect(await stored()).toEqual([0, 1, 1]);
    time += 365 * 86_400_000;
    expect(await shown()).toEqual([0, 1, 0]);
    expect(await stored()).toEqual([0, 1, 0]);
  });
});
