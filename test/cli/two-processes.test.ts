import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest';

import { createFolderStore } from '../../server/attachments/folder-store.js';
import { createEngine } from '../../server/engine/engine.js';
import { isAfter, parsePosition } from '../../server/engine/events/position.js';
import { openPostgres } from '../../server/engine/sql/postgres.js';
import type { Case } from '../../src/contract/cases.js';
import type { Note } from '../../src/contract/notes.js';
import { aNewCase, aNewNote, Caller, testSecret, tokenFor } from '../support/app.js';
import { aDataFolder, serve, type ServerProcess } from '../support/casement-program.js';
import { readEvents, type EventReader, type ReceivedEvent } from '../support/event-reader.js';
import { samplePeople, sampleTenant } from '../support/sample-tenant.js';

const patience = { timeout: 60_000, interval: 20 };
/** What comes by the slow look at the outbox alone takes five seconds an event. */
const byPollAlone = 5_000;

let folder: Awaited<ReturnType<typeof aDataFolder>>;
let database: pg.Client;
let databaseUrl: string;
let first: ServerProcess;
let second: ServerProcess;
const readers: EventReader[] = [];

function start(): Promise<ServerProcess> {
  return serve(folder.path, { DATABASE_URL: databaseUrl, CASEMENT_JWT_SECRET: testSecret });
}

async function stop(server: ServerProcess): Promise<void> {
  server.child.kill('SIGKILL');
  await server.ended;
}

async function agentAt({ url }: ServerProcess): Promise<Caller> {
  const token = await tokenFor({ ...samplePeople.agent, tenant: 'shared' });
  return new Caller((asked) => fetch(new URL(asked.url.replace('http://test.local', url)), asked), token);
}

/** Where the outbox ends now: a stream that starts there misses nothing that comes after. */
async function here(): Promise<string> {
  const { rows } = await database.query<{ position: string }>(
    `select xid::text || '-' || seq as position from outbox order by xid desc, seq desc limit 1`,
  );
  return rows[0]?.position ?? '';
}

async function following(server: ServerProcess, position: string): Promise<EventReader> {
  const reader = await readEvents(await agentAt(server), position);
  readers.push(reader);
  return reader;
}

function expectInOrderOnce(events: readonly ReceivedEvent[]): void {
  const positions = events.map(({ id }) => parsePosition(id) ?? { xid: '0', seq: 0 });
  for (const [index, position] of positions.entries()) {
    const before = positions[index - 1];
    if (before)
      expect(isAfter(position, before), `${events[index]?.id} after ${events[index - 1]?.id}`).toBe(true);
  }
}

const caseIds = (events: readonly ReceivedEvent[], kind: string): string[] =>
  events.filter(({ event }) => event.kind === kind).map(({ event }) => event.caseId ?? '');

/** The same request again, under its key, until somebody has answered it. */
async function insist<T>(callers: readonly Caller[], path: string, body: unknown): Promise<T> {
  const key = crypto.randomUUID();
  for (let attempt = 0; ; attempt += 1) {
    const caller = callers[attempt % callers.length] as Caller;
    const answer = await caller.post<T>(path, body, { key }).catch(() => undefined);
    if (answer?.status === 201) return answer.body;
    if (attempt > 20) throw new Error(`Nobody answered ${path}: ${answer?.status ?? 'no connection'}.`);
  }
}

/** Makes cases, each with a note, one after the other; gives their ids. */
async function writeCases(callers: readonly Caller[], count: number, told?: () => void): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const { id } = await insist<Case>(callers, '/v1/cases', aNewCase());
    await insist<Note>(callers, `/v1/cases/${id}/notes`, aNewNote());
    ids.push(id);
    told?.();
  }
  return ids;
}

// Programs are started and killed here: on a busy machine that takes its time.
describe('two processes on one PostgreSQL', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    folder = await aDataFolder();
    const name = `two_${crypto.randomUUID().replaceAll('-', '')}`;
    const url = new URL(inject('databaseUrl'));
    const admin = new pg.Client({ connectionString: url.href });
    await admin.connect();
    await admin.query(`create database ${name}`);
    await admin.end();
    url.pathname = `/${name}`;
    databaseUrl = url.href;
    database = new pg.Client({ connectionString: databaseUrl });
    await database.connect();
    // Both at once, on a database with nothing in it.
    [first, second] = await Promise.all([start(), start()]);
    const engine = await createEngine({
      database: openPostgres(databaseUrl),
      attachments: createFolderStore(folder.path),
    });
    await engine.seed('shared', sampleTenant);
    await engine.dispose();
  }, 120_000);

  afterAll(async () => {
    await Promise.all([first, second].map(stop));
    await database.end();
    await folder.remove();
  });

  beforeEach(async () => {
    if (first.child.signalCode !== null) first = await start();
    // There is something to resume from.
    await insist<Case>([await agentAt(first)], '/v1/cases', aNewCase());
  });

  afterEach(() => {
    for (const reader of readers.splice(0)) reader.leave();
  });

  it('bring the schema about once when they start together', async () => {
    for (const { url } of [first, second]) expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const { rows } = await database.query<{ name: string; count: string }>(
      'select name, count(*) from casement_migration group by name order by name',
    );
    expect(rows.length).toBeGreaterThanOrEqual(5);
    expect(rows.map(({ count }) => count)).toEqual(rows.map(() => '1'));
  });

  it('tell each other at once what was written', async () => {
    const stream = await following(second, await here());
    const writer = await agentAt(first);
    const began = performance.now();
    for (let count = 1; count <= 4; count += 1) {
      const { id } = await insist<Case>([writer], '/v1/cases', aNewCase());
      await vi.waitFor(() => expect(stream.events.at(-1)?.event.caseId).toBe(id), patience);
    }
    expect(performance.now() - began).toBeLessThan(2 * byPollAlone);
  });

  it('deliver hundreds of writes through both, once, in order, and alike', async () => {
    const start = await here();
    const streams = [await following(first, start), await following(second, start)];
    const [a, b] = [await agentAt(first), await agentAt(second)];
    const written = (
      await Promise.all([a, b, a, b, a, b, a, b].map((writer) => writeCases([writer], 20)))
    ).flat();
    for (const { events } of streams) {
      await vi.waitFor(() => expect(events.length).toBeGreaterThanOrEqual(written.length * 2), patience);
      expect(caseIds(events, 'case.created').sort()).toEqual([...written].sort());
      expect(caseIds(events, 'note.created').sort()).toEqual([...written].sort());
      expectInOrderOnce(events);
    }
    const [one, other] = streams.map(({ events }) => events.map(({ id }) => id));
    expect(one).toEqual(other);
  });

  it('lose and repeat nothing for a reader whose process is killed while writes run', async () => {
    const stream = await following(first, await here());
    const [a, b] = [await agentAt(first), await agentAt(second)];
    let answered = 0;
    const killHalfway = () => {
      answered += 1;
      if (answered === 30) first.child.kill('SIGKILL');
    };
    const writing = Promise.all(
      [
        [a, b],
        [b, a],
        [a, b],
        [b, a],
      ].map((callers) => writeCases(callers, 20, killHalfway)),
    );
    await stream.ended;
    await first.ended;
    const before = [...stream.events];
    expect(before.length).toBeGreaterThan(0);
    const resumed = await following(second, before.at(-1)?.id ?? '');
    const written = (await writing).flat();
    const all = () => [...before, ...resumed.events];
    await vi.waitFor(() => expect(all().length).toBeGreaterThanOrEqual(written.length * 2), patience);
    expect(resumed.events.length).toBeGreaterThan(0);
    expect(caseIds(all(), 'case.created').sort()).toEqual([...written].sort());
    expect(caseIds(all(), 'note.created').sort()).toEqual([...written].sort());
    expectInOrderOnce(all());
  });

  it('listen again when the listening connection is dropped, and catch up', async () => {
    const stream = await following(second, await here());
    const writer = await agentAt(first);
    const listeners = async () =>
      (
        await database.query<{ pid: number }>(
          `select pid from pg_stat_activity where datname = current_database() and query ilike 'listen %'`,
        )
      ).rows.map(({ pid }) => pid);
    await vi.waitFor(async () => expect((await listeners()).length).toBeGreaterThan(0), patience);
    const dropped = await listeners();
    const began = performance.now();
    await database.query('select pg_terminate_backend(pid) from unnest($1::int[]) as pid', [dropped]);
    for (let count = 1; count <= 4; count += 1) {
      const { id } = await insist<Case>([writer], '/v1/cases', aNewCase());
      await vi.waitFor(() => expect(stream.events.at(-1)?.event.caseId).toBe(id), patience);
    }
    expect(performance.now() - began).toBeLessThan(2 * byPollAlone);
    const now = await listeners();
    expect(now.length).toBeGreaterThan(0);
    expect(now.filter((pid) => dropped.includes(pid))).toEqual([]);
    expectInOrderOnce(stream.events);
  });
});
