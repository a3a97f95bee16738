import { sql } from 'kysely';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';

import { clean } from '../../server/engine/maintenance.js';
import type { Database } from '../../server/engine/sql/database.js';
import { createFolderStore } from '../../server/attachments/folder-store.js';
import { openTestDatabase } from '../support/database.js';
import type { TestEngine } from '../support/engine.js';
import {
  aSeededTenant,
  anActor,
  anEngine,
  changing,
  createCase,
  follow,
  theEngine,
  writing,
} from '../support/engine.js';

const onPostgres = process.env['CASEMENT_TEST_ENGINE'] !== 'pglite';

let world: TestEngine;
const stops: (() => void)[] = [];

beforeAll(async () => {
  world = await theEngine();
});

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** Where the outbox ends now: a stream that starts there misses nothing that comes after. */
async function here({ db }: Database): Promise<string> {
  const { rows } = await sql<{ position: string }>`
    select xid::text || '-' || seq as position from outbox order by xid desc, seq desc limit 1`.execute(db);
  return rows[0]?.position ?? '0-0';
}

async function aWorld() {
  const tenant = await aSeededTenant(world.engine);
  const agent = anActor(tenant, 'agent');
  const first = await createCase(world.engine, agent);
  return { tenant, agent, first, start: await here(world.database) };
}

function following(...[engine, actor, position]: Parameters<typeof follow>) {
  const followed = follow(engine, actor, position);
  stops.push(followed.stop);
  return followed;
}

describe('the stream of events', () => {
  it('tells what happened, with ids and kinds only', async () => {
    const { engine } = world;
    const { agent, start } = await aWorld();
    const { next } = following(engine, agent, start);
    const { id, version } = await createCase(engine, agent);
    const edited = await engine.updateCase(id, { subject: 'Secret words' }, { actor: agent, version });
    await engine.closeCase(id, { reason: 'resolved', note: 'Done.' }, changing(agent, edited.version));
    const events = await next(4);
    expect(events.map(({ event }) => event.kind)).toEqual([
      'case.created',
      'case.updated',
      'note.created',
      'case.closed',
    ]);
    for (const { event } of events) {
      expect(event).toMatchObject({ caseId: id, customerId: 'cust_aldermill' });
      expect(JSON.stringify(event)).not.toContain('Secret');
    }
  });

  it('delivers each of many writes at once, once and to everybody', async () => {
    const { engine } = world;
    const { tenant, agent, start } = await aWorld();
    const streams = [agent, anActor(tenant, 'otherAgent'), anActor(tenant, 'administrator')].map((actor) =>
      following(engine, actor, start),
    );
    const writes = Promise.all(Array.from({ length: 60 }, () => createCase(engine, agent)));
    const heard = await Promise.all(streams.map(({ next }) => next(60)));
    const ids = (await writes).map(({ id }) => id).sort();
    for (const events of heard) {
      expect(events.map(({ event }) => event.caseId).sort()).toEqual(ids);
      expect(new Set(events.map(({ position }) => position)).size).toBe(60);
    }
  });

  it('resumes after any position without gap or double, whatever is written meanwhile', async () => {
    const { engine } = world;
    const { agent, start } = await aWorld();
    const ids = [];
    for (let index = 0; index < 6; index += 1) ids.push((await createCase(engine, agent)).id);
    const all = await following(engine, agent, start).next(6);
    expect(all.map(({ event }) => event.caseId)).toEqual(ids);
    for (const index of [0, 3, 5]) {
      const { next } = following(engine, agent, all[index]?.position);
      const later = createCase(engine, agent);
      const rest = await next(ids.length - index);
      ids.push((await later).id);
      expect(rest.map(({ event }) => event.caseId)).toEqual(ids.slice(index + 1));
    }
  });

  it.each(['x', '', '0-0', '999999999-1', '-1--1', "1-1'; drop table outbox"])(
    'starts over from a position it cannot resume: %j',
    async (position) => {
      const { agent } = await aWorld();
      const [event] = await following(world.engine, agent, position).next(1);
      expect(event?.event).toEqual({ kind: 'stream.reset' });
    },
  );

  it('starts over when what came after the position is older than what is kept', async () => {
    const { agent, start } = await aWorld();
    await createCase(world.engine, agent);
    const tomorrow = await anEngine(
      { clock: () => new Date(Date.now() + 24 * 3_600_000) },
      await sameDatabase(),
    );
    try {
      const [event] = await following(tomorrow.engine, agent, start).next(1);
      expect(event?.event).toEqual({ kind: 'stream.reset' });
    } finally {
      if (onPostgres) await tomorrow.dispose();
    }
  });

  it('tells a reader that is too slow to start over, and goes on from there', async () => {
    const small = await anEngine({ events: { bufferLimit: 3 } });
    try {
      const tenant = await aSeededTenant(small.engine);
      const agent = anActor(tenant, 'agent');
      await createCase(small.engine, agent);
      const start = await here(small.database);
      const { id } = await createCase(small.engine, agent);
      const slow = following(small.engine, agent, start);
      const fast = following(small.engine, agent, start);
      expect((await slow.next(1))[0]?.event.caseId).toBe(id);
      await fast.next(1);
      // The slow reader joined before its first event came; what follows piles up behind it.
      for (let index = 0; index < 5; index += 1) {
        await createCase(small.engine, agent);
        await fast.next(1);
      }
      const kinds = (await slow.next(2)).map(({ event }) => event.kind);
      expect(kinds).toEqual(['stream.reset', 'case.created']);
    } finally {
      await small.dispose();
    }
  });

  it('ends at once when the reader leaves, and when the engine goes', async () => {
    const own = await anEngine();
    const agent = anActor(await aSeededTenant(own.engine), 'agent');
    const leaving = following(own.engine, agent);
    const waiting = leaving.stream.next();
    leaving.stop();
    expect(await waiting).toMatchObject({ done: true });
    const staying = following(own.engine, agent, 'unknown');
    await staying.next(1);
    const last = staying.stream.next();
    await own.dispose();
    expect(await last).toMatchObject({ done: true });
  });
});

describe('who hears of what', () => {
  it('CU-05 keeps internal notes from customers, and everything of others', async () => {
    const { engine } = world;
    const { tenant, agent, start } = await aWorld();
    const customer = anActor(tenant, 'customer');
    const colleague = following(engine, anActor(tenant, 'colleague'), start);
    const { next } = following(engine, customer, start);
    const { id, version } = await createCase(engine, agent);
    const note = { subject: 'follow-up', text: 'Text.' };
    await engine.createNote(id, { visibility: 'internal', ...note }, writing(agent));
    await engine.createNote(id, { visibility: 'public', ...note }, writing(agent));
    await engine.closeCase(id, { reason: 'resolved', note: 'Done.' }, changing(agent, version));
    expect((await next(3)).map(({ event }) => event.kind)).toEqual([
      'case.created',
      'note.created',
      'case.closed',
    ]);
    const own = await createCase(engine, agent, { requesterId: 'person_leo' });
    expect((await colleague.next(1))[0]?.event).toMatchObject({ kind: 'case.created', caseId: own.id });
  });

  it('tells those who lose a case its id and no more, and those who gain it what happened', async () => {
    const { engine } = world;
    const { tenant, agent, start } = await aWorld();
    const technician = anActor(tenant, 'technician');
    const care = await createCase(engine, agent, { departmentId: 'dept_care' });
    const streams = {
      agent: following(engine, agent, start),
      technician: following(engine, technician, start),
    };
    expect((await streams.agent.next(1))[0]?.event.kind).toBe('case.created');
    await engine.updateCase(
      care.id,
      { departmentId: 'dept_network' },
      { actor: agent, version: care.version },
    );
    const [lost] = await streams.agent.next(1);
    expect(lost?.event).toEqual({ kind: 'case.hidden', caseId: care.id, at: lost?.event.at });
    const gained = await streams.technician.next(2);
    expect(gained.map(({ event }) => event.caseId)).toEqual([care.id, care.id]);
    // Whoever never saw it hears nothing: the next event is of a case for all.
    const elsewhere = await createCase(engine, technician, { departmentId: 'dept_network' });
    const open = await createCase(engine, agent);
    expect((await streams.agent.next(1))[0]?.event.caseId).toBe(open.id);
    expect((await streams.technician.next(2)).map(({ event }) => event.caseId)).toEqual([
      elsewhere.id,
      open.id,
    ]);
  });

  it('follows a grant from the moment it is given to the moment it is withdrawn', async () => {
    const { engine, database } = world;
    const { tenant, agent, first, start } = await aWorld();
    const outsider = anActor(tenant, 'outsider');
    const { next } = following(engine, outsider, start);
    const note = { visibility: 'public', subject: 'follow-up', text: 'Text.' } as const;
    await database.db
      .insertInto('grants')
      .values({
        tenant,
        id: 'grant_1',
        unit: 'case',
        unit_id: first.id,
        grantee_kind: 'person',
        grantee_id: outsider.id,
        level: 'view',
        given_at: new Date().toISOString(),
      })
      .execute();
    const seen = await engine.createNote(first.id, note, writing(agent));
    expect((await next(1))[0]?.event).toMatchObject({ noteId: seen.id });
    await database.db
      .updateTable('grants')
      .set({ revoked_at: new Date().toISOString() })
      .where('tenant', '=', tenant)
      .execute();
    await engine.createNote(first.id, note, writing(agent));
    const own = await createCase(engine, agent, { customerId: 'cust_quist', requesterId: outsider.id });
    expect((await next(1))[0]?.event).toMatchObject({ caseId: own.id });
  });

  it('never crosses tenants', async () => {
    const { engine } = world;
    const [here, there] = [await aWorld(), await aWorld()];
    const { next } = following(engine, here.agent, here.start);
    await createCase(engine, there.agent);
    const own = await createCase(engine, here.agent);
    expect((await next(1))[0]?.event.caseId).toBe(own.id);
  });
});

describe.runIf(onPostgres)('between processes', () => {
  it('passes over no event that commits late', async () => {
    const { engine, database } = world;
    const { tenant, agent, first, start } = await aWorld();
    const { next } = following(engine, agent, start);
    const commit: (() => void)[] = [];
    const late = Array.from({ length: 4 }, (_, index) => {
      let written = (): void => undefined;
      const isWritten = new Promise<void>((resolve) => (written = resolve));
      const released = new Promise<void>((resolve) => commit.push(resolve));
      const done = database.db.transaction().execute(async (tx) => {
        await tx
          .insertInto('outbox')
          .values({ tenant, kind: `late.${index}`, case_id: first.id, at: new Date().toISOString() })
          .execute();
        written();
        await released;
      });
      return { isWritten, done };
    });
    await Promise.all(late.map(({ isWritten }) => isWritten));
    await createCase(engine, agent);
    // The newest of them commits first, the oldest last; the case created after all of them is out already.
    for (const index of [3, 1, 2, 0]) {
      commit[index]?.();
      await late[index]?.done;
    }
    const kinds = (await next(5)).map(({ event }) => event.kind);
    expect(kinds.sort()).toEqual(['case.created', 'late.0', 'late.1', 'late.2', 'late.3']);
  });

  it('wakes another process without waiting for its next look', async () => {
    const other = await anEngine({ events: { pollEvery: 3_600_000 } });
    try {
      const { agent, start } = await aWorld();
      const { next } = following(other.engine, agent, start);
      const first = await createCase(world.engine, agent);
      expect((await next(1))[0]?.event.caseId).toBe(first.id);
      const second = await createCase(world.engine, agent);
      expect((await next(1))[0]?.event.caseId).toBe(second.id);
    } finally {
      await other.dispose();
    }
  });

  it('tells the first reader what waited when it joined, without waiting for the next look', async () => {
    const other = await anEngine({ events: { pollEvery: 3_600_000 } });
    try {
      const { agent, start } = await aWorld();
      let end = (): void => undefined;
      const running = new Promise<void>((resolve) => {
        void world.database.db.transaction().execute(async (tx) => {
          await sql`select pg_current_xact_id()`.execute(tx);
          resolve();
          await new Promise<void>((ended) => (end = ended));
        });
      });
      await running;
      // Written behind a transaction that still runs: not to be told yet, and no write comes after it.
      const waiting = await createCase(other.engine, agent);
      const { joined, next } = following(other.engine, agent, start);
      await joined;
      end();
      expect((await next(1))[0]?.event.caseId).toBe(waiting.id);
    } finally {
      await other.dispose();
    }
  });

  it('catches up after its listening connection was lost', async () => {
    const other = await anEngine({ events: { pollEvery: 3_600_000 } });
    try {
      const { agent, start } = await aWorld();
      const { next } = following(other.engine, agent, start);
      const first = await createCase(world.engine, agent);
      expect((await next(1))[0]?.event.caseId).toBe(first.id);
      const { rows } = await sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and query like 'listen%'`.execute(world.database.db);
      expect(rows.length).toBeGreaterThan(0);
      const missed = await createCase(world.engine, agent);
      expect((await next(1))[0]?.event.caseId).toBe(missed.id);
    } finally {
      await other.dispose();
    }
  });
});

describe('what is kept for a time', () => {
  const attachments = createFolderStore('/nowhere');

  it('is purged after a day, and nothing younger', async () => {
    const { database, engine } = world;
    const { tenant, agent, first } = await aWorld();
    const old = new Date(Date.now() - 25 * 3_600_000).toISOString();
    await database.db
      .insertInto('outbox')
      .values({ tenant, kind: 'case.updated', case_id: first.id, at: old })
      .execute();
    const elsewhere = await aSeededTenant(engine);
    await createCase(engine, anActor(elsewhere, 'agent'));
    await clean({ db: database.db, attachments, clock: () => new Date(), wake: () => undefined }, 24);
    const rows = await database.db
      .selectFrom('outbox')
      .select('at')
      .where('tenant', '=', agent.tenant)
      .execute();
    expect(rows).toHaveLength(1);
    expect(rows[0]?.at).not.toBe(old);
  });

  it.runIf(!onPostgres)('leaves readers where they stand while nothing happens, however long', async () => {
    const hour = 3_600_000;
    let now = Date.now();
    const own = await anEngine({ clock: () => new Date(now) });
    try {
      const { engine, database } = own;
      const agent = anActor(await aSeededTenant(engine), 'agent');
      const positions = [await engine.eventPosition?.({ actor: agent })];
      const ids = [(await createCase(engine, agent)).id];
      expect((await following(engine, agent, positions[0]).next(1))[0]?.event.caseId).toBe(ids[0]);
      // A weekend: the position is read late in it, and all but the last event are purged.
      now += 60 * hour;
      await clean({ db: database.db, attachments, clock: () => new Date(now), wake: () => undefined }, 24);
      positions.push(await engine.eventPosition?.({ actor: agent }));
      const { next } = following(engine, agent, positions[1]);
      ids.push((await createCase(engine, agent)).id);
      expect((await next(1))[0]?.event.caseId).toBe(ids[1]);
      // The first position is older than what is kept: nobody can tell any more what came after it.
      const [lost] = await following(engine, agent, positions[0]).next(1);
      expect(lost?.event).toEqual({ kind: 'stream.reset' });
    } finally {
      await own.dispose();
    }
  });
});

/** A second handle on the database of `theEngine`, where there can be one. */
async function sameDatabase(): Promise<Database> {
  return onPostgres ? openTestDatabase() : world.database;
}
