import { afterEach, describe, expect, it } from 'vitest';

import type { Actor, PositionedEvent } from '../../server/backend.js';
import type { Engine } from '../../server/engine/engine.js';
import {
  aSeededTenant,
  anActor,
  anEngine,
  createCase,
  follow,
  theEngine,
  writing,
} from '../support/engine.js';

const stops: (() => void)[] = [];

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

const note = { visibility: 'public', subject: 'follow-up', text: 'Text.' } as const;
// More than are told in one go.
const many = 350;

/** Follows as every actor; all have joined when it answers. */
async function joinAll(engine: Engine, actors: readonly Actor[]) {
  const leaving = new AbortController();
  stops.push(() => leaving.abort());
  const streams = await Promise.all(
    actors.map((actor) => engine.events(undefined, { actor, signal: leaving.signal })),
  );
  return streams.map((stream) => stream[Symbol.asyncIterator]());
}

async function one(stream: AsyncIterator<PositionedEvent>): Promise<PositionedEvent> {
  const read = await stream.next();
  if (read.done) throw new Error('The stream has ended.');
  return read.value;
}

describe('very many readers', () => {
  it('are told the same by one object, each in order, whether they are one actor or many', async () => {
    const { engine } = await theEngine();
    const tenant = await aSeededTenant(engine);
    const agent = anActor(tenant, 'agent');
    const others = Array.from({ length: many }, (_, index) => ({ ...agent, id: `agent-${index % 50}` }));
    const streams = await joinAll(engine, others);
    const { id } = await createCase(engine, agent);
    await engine.createNote(id, note, writing(agent));
    const heard = await Promise.all(
      streams.map(async (stream) => [await one(stream), await one(stream)] as const),
    );
    const [first, second] = heard[0] ?? [];
    expect([first?.event.kind, second?.event.kind]).toEqual(['case.created', 'note.created']);
    expect(heard.every(([created, noted]) => created === first && noted === second)).toBe(true);
  });

  it('do not keep others waiting until the last of them is told', async () => {
    const { engine } = await theEngine();
    const tenant = await aSeededTenant(engine);
    const agent = anActor(tenant, 'agent');
    const streams = await joinAll(
      engine,
      Array.from({ length: many }, (_, index) => ({ ...agent, id: `agent-${index}` })),
    );
    let told = 0;
    let toldBeforeTurn: number | undefined;
    const reading = streams.map(async (stream) => {
      await one(stream);
      told += 1;
      if (told === 1) setImmediate(() => (toldBeforeTurn = told));
    });
    await createCase(engine, agent);
    await Promise.all(reading);
    expect(told).toBe(many);
    expect(toldBeforeTurn).toBeLessThan(many);
  });

  it('are judged by what holds when it comes to them', async () => {
    let now = new Date();
    // Whose end is not told besides: it is told by a timer that looks again only after an hour.
    const own = await anEngine({ clock: () => now, events: { pollEvery: 3_600_000 } });
    try {
      const { engine, database } = own;
      const tenant = await aSeededTenant(engine);
      const agent = anActor(tenant, 'agent');
      const { id } = await createCase(engine, agent);
      const guests = Array.from({ length: many }, (_, index) =>
        anActor(tenant, { id: `guest-${index}`, kind: 'customer', customer: 'cust_guests' }),
      );
      await database.db
        .insertInto('grants')
        .values({
          tenant,
          id: 'grant_guests',
          unit: 'case',
          unit_id: id,
          grantee_kind: 'customer',
          grantee_id: 'cust_guests',
          level: 'view',
          given_at: now.toISOString(),
          expires_at: new Date(now.getTime() + 60_000).toISOString(),
        })
        .execute();
      const streams = await joinAll(engine, guests);
      const witness = follow(engine, agent);
      stops.push(witness.stop);
      const heard = new Set<number>();
      for (const [index, stream] of streams.entries()) {
        void stream.next().then((read) => {
          if (read.done) return;
          heard.add(index);
          // The grant ends while the first of them are told.
          now = new Date(now.getTime() + 120_000);
        });
      }
      await engine.createNote(id, note, writing(agent));
      await witness.next(1);
      expect(heard.has(0)).toBe(true);
      expect(heard.size).toBeLessThan(many);
    } finally {
      await own.dispose();
    }
  });

  it('may leave while others are being told', async () => {
    const { engine } = await theEngine();
    const tenant = await aSeededTenant(engine);
    const agent = anActor(tenant, 'agent');
    const actors = Array.from({ length: many }, (_, index) => ({ ...agent, id: `agent-${index}` }));
    const [first, ...staying] = await joinAll(engine, actors);
    const leaving = await joinAll(engine, actors);
    const [last] = await joinAll(engine, [agent]);
    const gone = leaving.map((stream) => stream.next());
    const left =
      first &&
      one(first).then(() => {
        for (const stream of leaving) void stream.return?.();
      });
    await createCase(engine, agent);
    await left;
    const kinds = await Promise.all(
      [...staying, last].map(async (stream) => stream && (await one(stream)).event.kind),
    );
    expect(new Set(kinds)).toEqual(new Set(['case.created']));
    // Whoever was not told before is told that it is over.
    expect((await Promise.all(gone)).some(({ done }) => done)).toBe(true);
  });
});
