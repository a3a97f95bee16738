import { CompiledQuery, Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import pg from 'pg';

import { WAKE_CHANNEL, type Database } from './database.js';
import { CONNECTION_SETTINGS, parsers } from './parsers.js';
import { createStatementNames } from './planned-once.js';
import type { Schema } from './schema.js';

/** What `openPostgres` takes besides the address. */
export interface PostgresOptions {
  /** Connections kept at most; 10 unless told. One more listens. */
  readonly connections?: number;
  /** How long the first connection may take, in milliseconds; 10,000 unless told. */
  readonly connectTimeout?: number;
  /** Told about connections that broke while nobody was using them. */
  readonly onError?: (error: Error) => void;
}

const FIRST_RETRY = 100;
const SLOWEST_RETRY = 5_000;

/** Opens PostgreSQL (15 or newer) by its connection string, such as `postgres://casement@localhost/casement`. */
export function openPostgres(url: string, options: PostgresOptions = {}): Database {
  const onError = options.onError ?? (() => undefined);
  const config: pg.PoolConfig = {
    connectionString: url,
    connectionTimeoutMillis: options.connectTimeout ?? 10_000,
    keepAlive: true,
    application_name: 'casement',
    types: { getTypeParser },
  };
  const most = options.connections ?? 10;
  const pool = new pg.Pool({ ...config, max: most });
  pool.on('error', onError);
  // One that breaks while it is in use fails its query; unheard, the error would end the process besides.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<Schema>({
    dialect: new PostgresDialect({
      pool: keepingPlans(pool),
      onCreateConnection: async (connection) => {
        await connection.executeQuery(CompiledQuery.raw(CONNECTION_SETTINGS));
      },
    }),
  });
  const listeners = new Set<() => Promise<void>>();

  return {
    db,
    async listen(onWake) {
      const stop = await listen(config, onWake, onError);
      listeners.add(stop);
      return async () => {
        listeners.delete(stop);
        await stop();
      };
    },
    pool: () => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount, most }),
    async dispose() {
      await Promise.all([...listeners].map((stop) => stop()));
      listeners.clear();
      await db.destroy();
    },
  };
}

/** The pool, with names for the statements that each connection is to keep. */
function keepingPlans(pool: pg.Pool): PostgresPool {
  const nameOf = createStatementNames();
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  const wrap = (client: pg.PoolClient): PostgresPoolClient => {
    const query = (text: string, values: unknown[]) => client.query({ name: nameOf(text), text, values });
    // Of the two ways to ask the other is for cursors, which are handed in to be used.
    return {
      query: query as unknown as PostgresPoolClient['query'],
      release: (destroy) => client.release(destroy),
    };
  };
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect();
      const wrapped = clients.get(client) ?? wrap(client);
      clients.set(client, wrapped);
      return wrapped;
    },
  };
}

type TypeParser = (value: string) => unknown;

function getTypeParser(oid: number, format?: 'text' | 'binary'): TypeParser {
  const own = format === 'binary' ? undefined : parsers[oid];
  return own ?? (pg.types.getTypeParser(oid, format) as TypeParser);
}

/** One connection of its own that listens, comes back when it is lost, and wakes the reader when it has. */
async function listen(
  config: pg.ClientConfig,
  onWake: () => void,
  onError: (error: Error) => void,
): Promise<() => Promise<void>> {
  let stopped = false;
  let client: pg.Client | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let wait = FIRST_RETRY;

  async function connect(): Promise<void> {
    const next = new pg.Client(config);
    let lost = false;
    const lose = (error?: Error): void => {
      if (lost) return;
      lost = true;
      if (error) onError(error);
      void next.end().catch(() => undefined);
      again();
    };
    next.on('error', lose);
    next.on('end', () => lose());
    next.on('notification', onWake);
    client = next;
    try {
      await next.connect();
      await next.query(`listen ${WAKE_CHANNEL}`);
    } catch (error) {
      lose(error as Error);
      return;
    }
    wait = FIRST_RETRY;
    onWake();
  }

  function again(): void {
    if (stopped) return;
    clearTimeout(retry);
    retry = setTimeout(() => void connect(), wait);
    wait = Math.min(wait * 2, SLOWEST_RETRY);
  }

  await connect();
  return async () => {
    stopped = true;
    clearTimeout(retry);
    await client?.end().catch(() => undefined);
  };
}
