import { setTimeout as delay } from 'node:timers/promises';

import pg from 'pg';

import { embeddedTrouble } from './plain-error.js';
import { placeOf, type Place } from './place.js';
import {
  createCluster,
  dropForeignPidFile,
  isAlive,
  runningPostmaster,
  startPostmaster,
  type Postmaster,
} from './postmaster.js';

/** A running embedded PostgreSQL, in use by this process. */
export interface EmbeddedPostgres {
  /** Connection string of its database. */
  readonly url: string;
  /** Where its data is. */
  readonly folder: string;
  /** Whether it ran already: left by a killed process, or used by another one now. */
  readonly adopted: boolean;
  /** Lets go of it: it is shut down when no other process uses it. Close your connections first. */
  stop(): Promise<void>;
}

// Every process that uses the database holds this lock together with the others; whoever gets it alone was the last.
const presence = '4180, 1';
const processName = 'casement process ';
const patience = 60_000;
const untilDoubted = 3_000;
// PostgreSQL notices only after a while that a process was killed, and a process that is killed is there a while yet.
const untilNoticed = 5_000;
const untilDead = 200;

/**
 * Starts a real PostgreSQL in `dataFolder`, or joins the one that runs there.
 *
 * It listens on a Unix socket in a private folder only, writes durably, and outlives a kill of this process: the next
 * start adopts it. Processes that share it come and go freely; the last one to stop shuts it down.
 *
 * @throws {PlainError} in words for the person at the terminal, naming `DATABASE_URL` as the way out.
 */
export async function startEmbeddedPostgres(
  dataFolder: string,
  notice: (text: string) => void = () => undefined,
): Promise<EmbeddedPostgres> {
  const place = await placeOf(dataFolder, notice);
  await createCluster(place);
  const deadline = Date.now() + patience;
  let doubted = Date.now() + untilDoubted;
  let adopted = true;
  while (Date.now() < deadline) {
    const running = runningPostmaster(place);
    adopted &&= running !== undefined;
    const server = running ?? (await startPostmaster(place));
    const client = server?.ready ? await join(server) : undefined;
    if (server && client) return inUse(place, server, client, adopted);
    if (server && Date.now() > doubted) {
      dropForeignPidFile(place, server.pid);
      doubted = Infinity;
    }
    await delay(50);
  }
  throw embeddedTrouble(`it did not answer within ${patience / 1000} seconds. Its log is ${place.log}.`);
}

function inUse(place: Place, server: Postmaster, client: pg.Client, adopted: boolean): EmbeddedPostgres {
  return {
    url: urlOf(server, 'casement'),
    folder: place.folder,
    adopted,
    async stop() {
      if (await leave(client)) {
        process.kill(server.pid, 'SIGINT');
        const deadline = Date.now() + patience;
        while (isAlive(server.pid) && Date.now() < deadline) await delay(10);
      }
      await client.end().catch(() => undefined);
    },
  };
}

/** Joins those who use the server; `undefined` when it is just going away. */
async function join(server: Postmaster): Promise<pg.Client | undefined> {
  const client = new pg.Client({
    connectionString: urlOf(server, 'casement'),
    application_name: `${processName}${process.pid}`,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(`select pg_advisory_lock_shared(${presence})`);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    if (codeOf(error) === '3D000') await createDatabase(server);
    return undefined;
  }
}

/** Leaves those who use the server. Says whether nobody else is left. */
async function leave(client: pg.Client): Promise<boolean> {
  try {
    await client.query(`select pg_advisory_unlock_shared(${presence})`);
    const began = Date.now();
    for (;;) {
      const { rows } = await client.query<{ last: boolean }>(
        `select pg_try_advisory_lock(${presence}) as last`,
      );
      if (rows[0]?.last) return true;
      const waitsFor = (await someoneLives(client)) ? untilDead : untilNoticed;
      if (Date.now() - began > waitsFor) return false;
      await delay(20);
    }
  } catch {
    // The server is gone already.
    return false;
  }
}

/** Whether one of those who use the server is a process that still runs. */
async function someoneLives(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ name: string }>(
    `select application_name as name from pg_stat_activity join pg_locks using (pid)
      where locktype = 'advisory' and (classid, objid) = (${presence}) and objsubid = 2 and pg_locks.pid <> pg_backend_pid()`,
  );
  return rows.some(({ name }) => isAlive(Number(name.slice(processName.length))));
}

async function createDatabase(server: Postmaster): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(server, 'postgres') });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('create database casement');
  } catch (error) {
    const alreadyThere = ['42P04', '23505'].includes(codeOf(error) ?? '');
    if (!alreadyThere)
      throw embeddedTrouble(`its database cannot be made (${(error as Error).message}).`, error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as { code?: string } | null)?.code;
}

function urlOf({ socketFolder, port }: Postmaster, database: string): string {
  return `postgres://casement@localhost:${port}/${database}?host=${encodeURIComponent(socketFolder)}`;
}
