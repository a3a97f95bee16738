import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Database } from '../../server/engine/sql/database.js';
import type { Case } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Grant, NewGrantee } from '../../src/contract/grants.js';
import type { TimelineEntry } from '../../src/contract/notes.js';
import type { Settings } from '../../src/contract/settings.js';
import { aTenant, createTestApp, type Caller, type TestApp, type TestTenant } from '../support/app.js';
import { openTestDatabase } from '../support/database.js';
import { anEngine, type TestEngine } from '../support/engine.js';
import { readEvents, type EventReader } from '../support/event-reader.js';
import { aGrant, granteesSeen, isListed, moreToShareWith, setSharing } from '../support/sharing.js';

// Ahead of every other clock of the tests, whose engines may share the database.
const start = Date.parse('2130-03-01T09:00:00Z');
const DAY = 86_400_000;
const LEO = { kind: 'person', id: 'person_leo' } as const;
const NETWORK = { kind: 'department', id: 'dept_network' } as const;

let time = start;
let database: Database;
let world: TestApp;
let second: TestEngine;
let tenant: TestTenant;
let pia: Caller;
let leo: Caller;
let mara: Caller;
let yuki: Caller;

const clock = () => new Date(time);
const inDays = (days: number) => new Date(time + days * DAY).toISOString();

beforeAll(async () => {
  database = await openTestDatabase();
  const options = { clock, events: { pollEvery: 20 } };
  world = await createTestApp(database, { heartbeatMs: 50 }, options);
  // As another process would: both look for the same ends.
  second = await anEngine(options, { ...database, dispose: () => Promise.resolve() });
});
afterAll(async () => {
  await second.dispose();
  await world.dispose();
});
beforeEach(async () => {
  tenant = await aTenant(world, moreToShareWith);
  await setSharing(tenant, { departmentRoles: ['customer-service'] });
  ({ customer: pia, colleague: leo, agent: mara, technician: yuki } = tenant);
});

async function following<T>(
  callers: readonly Caller[],
  run: (readers: EventReader[]) => Promise<T>,
): Promise<T> {
  const readers = await Promise.all(callers.map((by) => readEvents(by)));
  try {
    return await run(readers);
  } finally {
    for (const reader of readers) reader.leave();
  }
}

const kindsOf = ({ events }: EventReader) => events.map(({ event }) => event.kind);

async function aSharedCase(by: Caller, grantee: NewGrantee): Promise<{ record: Case; grant: Grant }> {
  const record = await tenant.aCase({ departmentId: 'dept_care' });
  return { record, grant: await aGrant(by, record.id, grantee) };
}

async function sharingLines(by: Caller, { id }: Case): Promise<TimelineEntry[]> {
  const { body } = await by.get<Page<TimelineEntry>>(`/v1/cases/${id}/timeline`);
  return body.items.filter(({ kind }) => kind.endsWith('sharing'));
}

/** Something that everybody hears of, after which nothing more of before can come. */
async function afterwards(readers: readonly EventReader[]): Promise<void> {
  const { body } = await tenant.administrator.get<{ version: string; dueSoonDays: number }>('/v1/settings');
  const dueSoonDays = body.dueSoonDays === 5 ? 6 : 5;
  await tenant.administrator.patch('/v1/settings', { dueSoonDays }, body);
  await vi.waitFor(() => {
    for (const reader of readers) expect(kindsOf(reader)).toContain('settings.updated');
  }, 60_000);
}

describe('a share that ends by itself', () => {
  it('CO-09 tells both sides at that moment, once, whichever process comes first', async () => {
    const expiresAt = inDays(1);
    const { record } = await aSharedCase(pia, { ...LEO, expiresAt });
    expect(await isListed(leo, record)).toBe(true);
    await following([pia, leo, mara], async (readers) => {
      time += DAY;
      const [owner, former, agent] = readers as [EventReader, EventReader, EventReader];
      await vi.waitFor(() => {
        expect(kindsOf(owner)).toEqual(['case.unshared']);
        expect(former.events.map(({ event }) => event)).toMatchObject([
          { kind: 'case.hidden', caseId: record.id },
        ]);
        expect(kindsOf(agent)).toEqual(['case.unshared']);
      }, 60_000);
      expect(former.events[0]?.event).not.toHaveProperty('customerId');
      await afterwards(readers);
      expect(kindsOf(owner)).toEqual(['case.unshared', 'settings.updated']);
      expect(kindsOf(former)).toEqual(['case.hidden', 'settings.updated']);
    });
    expect((await leo.get(`/v1/cases/${record.id}`)).status).toBe(404);
    expect(await isListed(leo, record)).toBe(false);
    expect(await granteesSeen(pia, record.id)).toEqual([]);
    expect(await sharingLines(pia, record)).toMatchObject([
      { by: null, at: expiresAt, changes: [{ field: 'person', from: { id: 'person_leo' }, to: null }] },
      { by: { name: 'Pia Moreau' } },
    ]);
  });

  it('DE-27 tells a department and its owner, and customers nothing', async () => {
    const { record, grant } = await aSharedCase(mara, { ...NETWORK, expiresAt: inDays(1) });
    await following([mara, yuki, pia], async (readers) => {
      time += DAY;
      const [owner, child, customer] = readers as [EventReader, EventReader, EventReader];
      await vi.waitFor(() => {
        expect(kindsOf(owner)).toEqual(['case.unshared']);
        expect(kindsOf(child)).toEqual(['case.hidden']);
      }, 60_000);
      await afterwards(readers);
      expect(kindsOf(customer)).toEqual(['settings.updated']);
    });
    expect((await yuki.get(`/v1/cases/${record.id}`)).status).toBe(404);
    const gone = await mara.delete(`/v1/grants/${grant.id}`);
    expect(gone).toMatchObject({ status: 410, body: { code: 'gone', by: null, at: grant.expiresAt } });
    expect(await sharingLines(mara, record)).toMatchObject([{ kind: 'department-sharing', by: null }, {}]);
    expect(await sharingLines(pia, record)).toEqual([]);
  });

  it('lasts where it was renewed before, and tells nothing', async () => {
    const { record, grant } = await aSharedCase(pia, { ...LEO, expiresAt: inDays(1) });
    const renewed = await pia.patch<Grant>(`/v1/grants/${grant.id}`, { expiresAt: inDays(9) }, grant);
    expect(renewed.status).toBe(200);
    await following([leo], async ([reader]) => {
      time += 2 * DAY;
      // Which ends, and so is looked for after the renewed one would have been.
      const other = await aSharedCase(pia, { ...LEO, expiresAt: new Date(time + 1000).toISOString() });
      time += 2000;
      await vi.waitFor(() => expect(kindsOf(reader as EventReader)).toContain('case.hidden'), 60_000);
      const hidden = reader?.events.filter(({ event }) => event.kind === 'case.hidden');
      expect(hidden?.map(({ event }) => event.caseId)).toEqual([other.record.id]);
    });
    expect((await leo.get(`/v1/cases/${record.id}`)).status).toBe(200);
  });

  it('can be given anew at once, before its end was told', async () => {
    const { record, grant } = await aSharedCase(pia, { ...LEO, expiresAt: inDays(1) });
    time += DAY;
    const again = await aGrant(pia, record.id, LEO);
    expect(again.expiresAt).toBeNull();
    expect(await granteesSeen(pia, record.id)).toEqual(['Leo Aske']);
    expect((await leo.get(`/v1/cases/${record.id}`)).status).toBe(200);
    // Whoever was first to end it, its end stands in the history.
    const lines = await sharingLines(pia, record);
    expect(lines).toHaveLength(3);
    expect(lines).toContainEqual(
      expect.objectContaining({
        by: null,
        at: grant.expiresAt,
        changes: [{ field: 'person', from: expect.anything() as unknown, to: null }],
      }),
    );
  });

  it('CO-07 what no longer holds has its end in the history once it is given anew', async () => {
    const record = await tenant.aCase();
    await aGrant(pia, record.id, LEO);
    const at = { customer: 'cust_quist', organisation: 'org_quist' };
    const leoThere = await tenant.as({ sub: 'person_leo', name: 'Leo Aske', kind: 'customer', ...at });
    const piaThere = await tenant.as({ sub: 'person_pia', name: 'Pia Moreau', kind: 'customer', ...at });
    await leoThere.get('/v1/session');
    expect((await leoThere.get(`/v1/cases/${record.id}`)).status).toBe(404);
    await aGrant(piaThere, record.id, LEO);
    expect((await leoThere.get(`/v1/cases/${record.id}`)).status).toBe(200);
    expect(
      (await sharingLines(piaThere, record)).map(({ by, changes }) => [by?.name, changes?.[0]?.to]),
    ).toEqual([
      ['Pia Moreau', expect.objectContaining({ id: 'person_leo' })],
      [undefined, null],
      ['Pia Moreau', expect.objectContaining({ id: 'person_leo' })],
    ]);
  });

  it('is told on time though nobody looks for hours', async () => {
    // A clock that goes, ahead of the one that is moved.
    const began = Date.now();
    const going = () => new Date(Date.parse('2150-03-01T09:00:00Z') + Date.now() - began);
    const options = { clock: going, events: { pollEvery: 3_600_000 } };
    const own = await createTestApp(await openTestDatabase(), { heartbeatMs: 50 }, options);
    try {
      const other = await aTenant(own, moreToShareWith);
      const record = await other.aCase();
      await following([other.colleague], async ([reader]) => {
        const expiresAt = new Date(going().getTime() + 4_000).toISOString();
        await aGrant(other.customer, record.id, { ...LEO, expiresAt });
        await vi.waitFor(
          () => expect(kindsOf(reader as EventReader)).toEqual(['case.shared', 'case.hidden']),
          {
            timeout: 60_000,
          },
        );
        expect(going().getTime()).toBeGreaterThanOrEqual(Date.parse(expiresAt));
      });
    } finally {
      await own.dispose();
    }
  }, 180_000);
});

/** As a hand in the database may leave them. */
async function spoil(id: string, path: string, value: string): Promise<void> {
  await sql`update settings set data = jsonb_set(data, ${path}::text[], ${value}::jsonb) where tenant = ${id}`.execute(
    database.db,
  );
}

describe('a reminder', () => {
  it('comes to others, and what ends does end, where one tenant’s days cannot be meant', async () => {
    const others = await Promise.all(
      ['1e300', '3000000000', '2.5', '-4', '"soon"', '{}'].map(async (days) => {
        const other = await aTenant(world, moreToShareWith);
        await setSharing(other, { expiryReminderDays: 7 });
        await spoil(other.id, '{sharing,expiryReminderDays}', days);
        const record = await other.aCase();
        await aGrant(other.customer, record.id, { ...LEO, expiresAt: inDays(10) });
        return other;
      }),
    );
    await aSharedCase(pia, { ...LEO, expiresAt: inDays(10) });
    const { body } = (await others[0]?.administrator.get<Settings>('/v1/settings')) ?? {};
    expect(body?.problems).toEqual([{ setting: 'sharing.expiryReminderDays', code: 'invalid' }]);
    await following([pia, ...others.map(({ customer }) => customer)], async ([owner, ...quiet]) => {
      time += 8 * DAY;
      await vi.waitFor(() => expect(kindsOf(owner as EventReader)).toEqual(['case.access-expiring']), 60_000);
      time += 2 * DAY;
      for (const reader of quiet) {
        await vi.waitFor(() => expect(kindsOf(reader)).toEqual(['case.unshared']), 60_000);
      }
    });
  });

  it('is told once, some days before, to those who see the case', async () => {
    const { record } = await aSharedCase(mara, { ...NETWORK, expiresAt: inDays(10) });
    await following([mara, yuki, pia], async (readers) => {
      const [owner, child, customer] = readers as [EventReader, EventReader, EventReader];
      time += 8 * DAY;
      await vi.waitFor(() => {
        expect(owner.events.map(({ event }) => event)).toMatchObject([
          { kind: 'case.access-expiring', caseId: record.id },
        ]);
        expect(kindsOf(child)).toEqual(['case.access-expiring']);
      }, 60_000);
      time += DAY;
      await afterwards(readers);
      expect(kindsOf(owner)).toEqual(['case.access-expiring', 'settings.updated']);
      expect(kindsOf(customer)).toEqual(['settings.updated']);
    });
  });

  it('comes again for another end, and not for one that was set within those days', async () => {
    const { grant } = await aSharedCase(pia, { ...LEO, expiresAt: inDays(5) });
    await aSharedCase(pia, { ...LEO, expiresAt: inDays(2.9) });
    await following([pia], async ([reader]) => {
      const owner = reader as EventReader;
      const told = () => owner.events.filter(({ event }) => event.kind === 'case.access-expiring');
      time += 2.5 * DAY;
      await vi.waitFor(() => expect(told()).toHaveLength(1), 60_000);
      await pia.patch(`/v1/grants/${grant.id}`, { expiresAt: inDays(20) }, grant);
      time += 18 * DAY;
      await vi.waitFor(() => expect(told()).toHaveLength(2), 60_000);
      expect(new Set(told().map(({ event }) => event.caseId))).toEqual(new Set([grant.unitId]));
    });
  });

  it('comes as many days before as the settings say, or never', async () => {
    const other = await aTenant(world, moreToShareWith);
    await setSharing(other, { expiryReminderDays: null });
    const silent = await other.aCase();
    await setSharing(tenant, { expiryReminderDays: 7 });
    const { grant } = await aSharedCase(pia, { ...LEO, expiresAt: inDays(10) });
    await aGrant(other.customer, silent.id, { ...LEO, expiresAt: grant.expiresAt });
    await following([pia, other.customer], async (readers) => {
      const [owner, quiet] = readers as [EventReader, EventReader];
      time += 4 * DAY;
      await vi.waitFor(() => expect(kindsOf(owner)).toEqual(['case.access-expiring']), 60_000);
      time += 6 * DAY;
      await vi.waitFor(() => expect(kindsOf(quiet)).toEqual(['case.unshared']), 60_000);
    });
  });
});
