import { sql, type Kysely } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';

import type { Actor } from '../../server/backend.js';
import type { SeedCase } from '../../server/engine/import-types.js';
import { publicUpdates } from '../../server/engine/migrations/0006-public-updates.js';
import type { Schema } from '../../server/engine/sql/schema.js';
import type { NewNote } from '../../src/contract/notes.js';
import {
  aSeededTenant,
  anActor,
  anEngine,
  changing,
  createCase,
  reading,
  writing,
  type TestEngine,
} from '../support/engine.js';

let world: TestEngine;
let minutes = 0;

beforeAll(async () => {
  // Each write happens a minute after the one before.
  const clock = () => new Date(Date.now() + (minutes += 1) * 60_000);
  world = await anEngine({ clock });
  return () => world.dispose();
});

const internal: NewNote = { visibility: 'internal', subject: 'follow-up', text: 'Suspicious.' };
const reply: NewNote = { visibility: 'public', subject: 'answer-to-customer', text: 'We looked.' };

async function aWorld() {
  const tenant = await aSeededTenant(world.engine);
  const [agent, customer] = [anActor(tenant, 'agent'), anActor(tenant, 'customer')];
  const cases = [];
  for (let count = 0; count < 3; count += 1) cases.push(await createCase(world.engine, customer));
  return { agent, customer, ids: cases.map(({ id }) => id) };
}

async function listed(actor: Actor, sort: 'updated' | '-updated' = '-updated') {
  const seen: { id: string; updatedAt: string | null }[] = [];
  let cursor: string | undefined;
  do {
    const page = await world.engine.listCases({ sort, limit: 1, ...(cursor && { cursor }) }, reading(actor));
    seen.push(...page.items.map(({ id, updatedAt }) => ({ id, updatedAt })));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return seen;
}

describe('to a customer, an internal note', () => {
  it('CO-19 does not move when a case was updated, nor its place in the list', async () => {
    const { engine } = world;
    const { agent, customer, ids } = await aWorld();
    const [oldest = ''] = ids;
    const before = await engine.getCase(oldest, reading(customer));
    const list = await listed(customer);
    await engine.createNote(oldest, internal, writing(agent));
    expect(await engine.getCase(oldest, reading(customer))).toEqual(before);
    expect(await listed(customer)).toEqual(list);
    expect(await listed(customer, 'updated')).toEqual([...list].reverse());
    // To an agent it is news.
    expect((await listed(agent))[0]?.id).toBe(oldest);
  });

  it('is told apart from what concerns them: a reply, a change, a closure', async () => {
    const { engine } = world;
    const { agent, customer, ids } = await aWorld();
    const [id = ''] = ids;
    const moments = new Set<string | null>();
    const moved = async () => {
      const { updatedAt } = await engine.getCase(id, reading(customer));
      expect(moments.has(updatedAt)).toBe(false);
      moments.add(updatedAt);
      expect((await listed(customer))[0]).toEqual({ id, updatedAt });
      expect((await engine.getCase(id, reading(agent))).updatedAt).toBe(updatedAt);
    };
    await engine.createNote(id, reply, writing(agent));
    await moved();
    const { version } = await engine.getCase(id, reading(agent));
    const edited = await engine.updateCase(id, { subject: 'Another' }, { actor: agent, version });
    await moved();
    await engine.closeCase(id, { reason: 'resolved', note: 'Done.' }, changing(agent, edited.version));
    await moved();
  });

  it('stays hidden in cases that came with it', async () => {
    const { engine } = world;
    const { agent, customer } = await aWorld();
    const entry = { kind: 'note', by: agent.id, text: 'Words.' } as const;
    const old: SeedCase = {
      externalReference: 'R-1',
      customerId: 'cust_aldermill',
      requesterId: customer.id,
      subject: 'Old',
      description: 'Text.',
      createdAt: '2025-03-01T10:00:00.000Z',
      entries: [
        { ...entry, at: '2025-03-02T10:00:00.000Z', visibility: 'public' },
        { ...entry, at: '2025-03-03T10:00:00.000Z', visibility: 'internal' },
      ],
    };
    await engine.seed(agent.tenant, { cases: [old] });
    const last = async (actor: Actor) => (await listed(actor, 'updated'))[0]?.updatedAt;
    expect(await last(customer)).toBe('2025-03-02T10:00:00.000Z');
    expect(await last(agent)).toBe('2025-03-03T10:00:00.000Z');
  });

  it('stays hidden in cases from before this was told apart', async () => {
    const { engine, database } = world;
    const { agent, customer, ids } = await aWorld();
    const [first = '', second = ''] = ids;
    await engine.createNote(first, reply, writing(agent));
    await engine.createNote(first, internal, writing(agent));
    const { version } = await engine.getCase(second, reading(agent));
    await engine.closeCase(second, { reason: 'resolved', note: 'Done.' }, changing(agent, version));
    const read = (db: Kysely<Schema>) =>
      db
        .selectFrom('cases')
        .select(['id', 'public_updated_at'])
        .where('tenant', '=', customer.tenant)
        .orderBy('id')
        .execute();
    const kept = await read(database.db);
    const undone = new Error('The schema stays as it is.');
    const migrated = database.db.transaction().execute(async (tx) => {
      await sql`alter table cases drop column public_updated_at`.execute(tx);
      await sql`create index cases_requester on cases (tenant, requester_id, updated_at, id)`.execute(tx);
      await publicUpdates.up(tx as unknown as Kysely<never>);
      expect(await read(tx)).toEqual(kept);
      throw undone;
    });
    await expect(migrated).rejects.toBe(undone);
  });
});
