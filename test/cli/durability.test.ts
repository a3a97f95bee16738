import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import type { Case } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Note } from '../../src/contract/notes.js';
import { readConfig } from '../../server/cli/config.js';
import { openEngine } from '../../server/cli/database.js';
import { startEmbeddedPostgres } from '../../server/embedded/embedded-postgres.js';
import { aNewCase, aNewNote, Caller } from '../support/app.js';
import { command } from '../support/casement-command.js';
import { administratorToken, aDataFolder, serve, type ServerProcess } from '../support/casement-program.js';
import { sampleTenant } from '../support/sample-tenant.js';

type Folder = Awaited<ReturnType<typeof aDataFolder>>;

/** With a database that is made once: each test finds it shut down, and leaves it so. */
let shared: Folder;
let data: string;
let server: ServerProcess | undefined;
/** A test's own, for what is about making the database. */
let own: Folder | undefined;

beforeAll(async () => {
  shared = await aDataFolder();
  data = join(shared.path, 'data');
});
afterEach(async () => {
  server?.child.kill('SIGTERM');
  await server?.ended;
  await own?.remove();
  own = undefined;
});
afterAll(() => shared.remove());

const through =
  (url: () => string) =>
  (request: Request): Promise<Response> =>
    fetch(new URL(request.url.replace('http://test.local', url())), request);

async function aCaller(data: string): Promise<Caller> {
  return new Caller(
    through(() => server?.url ?? ''),
    await administratorToken(data),
  );
}

/** A case on an account that is put into the database beside the server. */
async function aCaseOf(caller: Caller, data: string): Promise<string> {
  const beside = await openEngine(readConfig({ CASEMENT_DATA: data }));
  await beside.engine.seed('default', sampleTenant);
  await beside.close();
  return (await caller.post<Case>('/v1/cases', aNewCase())).body.id;
}

async function allNotes(caller: Caller, id: string): Promise<string[]> {
  const texts: string[] = [];
  let cursor = '';
  for (;;) {
    const { body } = await caller.get<Page<Note>>(`/v1/cases/${id}/notes?limit=100${cursor}`);
    texts.push(...body.items.map(({ text }) => text));
    if (body.next === null) return texts;
    cursor = `&cursor=${encodeURIComponent(body.next)}`;
  }
}

// Programs are started and killed here: on a busy machine that takes its time.
describe('after a SIGKILL', { timeout: 120_000 }, () => {
  it.each([
    ['of the server alone', false],
    ['of the server and its database', true],
  ])('%s every acknowledged note is there, once', async (_what, databaseToo) => {
    server = await serve(data);
    const caller = await aCaller(data);
    const id = await aCaseOf(caller, data);

    const acknowledged = new Set<string>();
    const sent = new Map<string, string>();
    let killed = false;
    const write = async (writer: number) => {
      for (let count = 0; !killed; count += 1) {
        const text = `note ${writer}-${count}`;
        const key = crypto.randomUUID();
        sent.set(text, key);
        const answer = await caller
          .post<Note>(`/v1/cases/${id}/notes`, aNewNote({ text }), { key })
          .catch(() => undefined);
        if (answer?.status === 201) acknowledged.add(text);
        if (acknowledged.size >= 60 && !killed) {
          killed = true;
          server?.child.kill('SIGKILL');
          if (databaseToo) {
            const [pid] = (await readFile(join(data, 'postgres/cluster/postmaster.pid'), 'utf8')).split('\n');
            process.kill(Number(pid), 'SIGKILL');
          }
        }
      }
    };
    await Promise.all([1, 2, 3, 4].map(write));
    await server.ended;

    server = await serve(data);
    console.log(`second start: ${Math.round(server.startedIn)} ms, with the program's own`);
    const found = await allNotes(caller, id);
    expect(new Set(found).size).toBe(found.length);
    expect([...acknowledged].filter((text) => !found.includes(text))).toEqual([]);

    // What was under way is sent again with its key: there once, whether it had arrived or not.
    const [unsure = ''] = [...sent.keys()].filter((text) => !acknowledged.has(text));
    const key = sent.get(unsure) ?? '';
    const again = await caller.post(`/v1/cases/${id}/notes`, aNewNote({ text: unsure }), { key });
    expect(again.status).toBe(201);
    expect((await allNotes(caller, id)).filter((text) => text === unsure)).toHaveLength(1);
  });
});

describe('the database of a data folder', { timeout: 120_000 }, () => {
  it('is shared by processes and shut down by the last', async () => {
    server = await serve(data);
    const pidFile = join(data, 'postgres/cluster/postmaster.pid');
    const before = await readFile(pidFile, 'utf8');
    const second = await serve(data);
    server.child.kill('SIGTERM');
    expect((await server.ended).code).toBe(0);
    expect(await readFile(pidFile, 'utf8')).toBe(before);
    expect((await fetch(`${second.url}/readyz`)).status).toBe(200);
    second.child.kill('SIGTERM');
    expect((await second.ended).code).toBe(0);
    await expect(readFile(pidFile)).rejects.toThrow();
  });

  it('is shut down by the last even where another was killed a moment ago', async () => {
    const first = await startEmbeddedPostgres(data);
    server = await serve(data);
    const watch = new pg.Client({ connectionString: first.url });
    watch.on('error', () => undefined);
    await watch.connect();
    const present = async () => {
      const { rows } = await watch.query<{ pid: number }>(
        `select pid from pg_locks join pg_stat_activity using (pid)
          where locktype = 'advisory' and classid = 4180 and mode = 'ShareLock' order by backend_start`,
      );
      return rows.map(({ pid }) => pid);
    };
    const [, ofSecond = 0] = await present();
    // On a busy machine PostgreSQL may notice late that a process has gone.
    process.kill(ofSecond, 'SIGSTOP');
    server.child.kill('SIGKILL');
    await server.ended;
    const stopped = first.stop();
    await vi.waitFor(async () => expect(await present()).toEqual([ofSecond]), 60_000);
    process.kill(ofSecond, 'SIGCONT');
    await stopped;
    await watch.end().catch(() => undefined);
    await expect(readFile(join(data, 'postgres/cluster/postmaster.pid'))).rejects.toThrow();
  });

  it('works in a private folder, for root too', async () => {
    own = await aDataFolder(0o700);
    server = await serve(join(own.path, 'data'));
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    server.child.kill('SIGTERM');
    const { code, err } = await server.ended;
    expect(code).toBe(0);
    if (process.getuid?.() === 0)
      expect(err).toMatch(/The database is kept in \S+: .* is closed to the user/);
  });

  it('works where the path is too long for a socket', async () => {
    own = await aDataFolder();
    server = await serve(join(own.path, 'x'.repeat(120)));
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  });

  it('says which port is taken', async () => {
    server = await serve(data);
    const { port } = new URL(server.url);
    const { code, err } = await command(['serve', '--port', port, '--data', data]);
    expect(code).toBe(1);
    expect(err).toContain(`Port ${port} is already in use.`);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  });
});
