import { sql, type Kysely } from 'kysely';
import pg from 'pg';

import { startEmbeddedPostgres } from '../../embedded/embedded-postgres.js';
import { PlainError } from '../../embedded/plain-error.js';
import { pendingMigrations } from '../../engine/migrations/migrate.js';
import { openPostgres } from '../../engine/sql/postgres.js';
import type { Schema } from '../../engine/sql/schema.js';
import type { Config } from '../config.js';
import { reasonOf } from '../database.js';
import { look, ok, wrong, type Finding } from './finding.js';

const what = 'Database';
const oldest = 150_000;
const widestClock = 2_000;
const patience = 5_000;

/** Whether the database answers, is new enough, lets us work and agrees about the time. Changes nothing in it. */
export async function checkDatabase(config: Config): Promise<Finding[]> {
  let embedded: Awaited<ReturnType<typeof startEmbeddedPostgres>> | undefined;
  try {
    embedded = config.databaseUrl ? undefined : await startEmbeddedPostgres(config.dataFolder);
  } catch (error) {
    return [wrong(what, error instanceof PlainError ? error.message : reasonOf(error))];
  }
  const url = config.databaseUrl ?? embedded?.url ?? '';
  try {
    const trouble = await connectTrouble(url);
    if (trouble !== undefined) return [wrong(what, `DATABASE_URL cannot be used: ${trouble}`)];
    const database = openPostgres(url, { connections: 1, connectTimeout: patience });
    try {
      return await lookAround(database.db, config, embedded === undefined);
    } finally {
      await database.dispose();
    }
  } catch (error) {
    return [wrong(what, reasonOf(error))];
  } finally {
    await embedded?.stop();
  }
}

/** Why no connection can be had; by the driver alone, which says it most plainly. */
async function connectTrouble(url: string): Promise<string | undefined> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: patience });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return undefined;
  } catch (error) {
    return reasonOf(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

interface Facts {
  readonly version: string;
  readonly number: number;
  readonly encoding: string;
  readonly at: string;
  readonly schema: string | null;
  readonly may_create: boolean | null;
  readonly superuser: boolean;
  readonly durable: boolean;
  readonly most: number;
  readonly recovering: boolean;
}

async function lookAround(db: Kysely<Schema>, config: Config, own: boolean): Promise<Finding[]> {
  const began = Date.now();
  const { rows } = await sql<Facts>`
    select current_setting('server_version') as version,
      current_setting('server_version_num')::integer as number,
      current_setting('server_encoding') as encoding,
      clock_timestamp() as at,
      current_schema() as schema,
      has_schema_privilege(current_schema(), 'CREATE') as may_create,
      (select rolsuper from pg_roles where rolname = current_user) as superuser,
      current_setting('fsync') = 'on' and current_setting('full_page_writes') = 'on' as durable,
      current_setting('max_connections')::integer as most,
      pg_is_in_recovery() as recovering`.execute(db);
  const took = Date.now() - began;
  const [facts] = rows;
  if (!facts) return [wrong(what, 'It answers nothing.')];
  const findings = [
    facts.number < oldest
      ? wrong(what, `PostgreSQL ${facts.version} is too old: 15 or newer is needed.`)
      : ok(what, `${own ? '' : 'embedded '}PostgreSQL ${facts.version}, answers in ${took} ms`),
  ];
  if (facts.recovering) findings.push(wrong(what, 'It is a standby and takes no writes: name the primary.'));
  if (facts.encoding !== 'UTF8') findings.push(wrong(what, `Its encoding is ${facts.encoding}, not UTF8.`));
  if (!facts.durable) findings.push(look(what, 'fsync or full_page_writes is off: a power cut loses data.'));
  if (own && facts.superuser) {
    findings.push(look('Rights', 'The server is a superuser there: a user that owns its schema is enough.'));
  }
  if (config.databaseConnections + 2 > facts.most) {
    findings.push(
      look(
        what,
        `It takes ${facts.most} connections, and this server may open ${config.databaseConnections + 1}.`,
      ),
    );
  }
  findings.push(await migrationsOf(db, facts), ...(await rightsOf(db)));
  const apart = Math.abs(Date.parse(facts.at) - (began + took / 2));
  findings.push(
    apart > widestClock + took
      ? look(
          'Clock',
          `${Math.round(apart / 1000)} seconds apart from the database: let both follow a time server.`,
        )
      : ok('Clock', 'agrees with the database'),
  );
  return findings;
}

async function migrationsOf(db: Kysely<Schema>, { schema, may_create }: Facts): Promise<Finding> {
  const pending = await pendingMigrations(db);
  if (pending.length === 0) return ok('Migrations', 'all done');
  if (schema === null || may_create !== true) {
    return wrong(
      'Migrations',
      `Tables must be made, and this user may make none in ${schema ?? 'any schema'}.`,
    );
  }
  return ok('Migrations', `${pending.length} to do at the next start: ${pending.join(', ')}`);
}

/** The tables that are there and that this user may not read and write. */
async function rightsOf(db: Kysely<Schema>): Promise<Finding[]> {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_class c
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
      and c.relname in ('cases', 'notes', 'people', 'customers', 'outbox', 'settings', 'attachments', 'idempotency')
      and not has_table_privilege(c.oid, 'SELECT, INSERT, UPDATE, DELETE')
    order by 1`.execute(db);
  if (rows.length > 0) {
    const names = rows.map(({ name }) => name).join(', ');
    return [wrong('Rights', `This user may not read and write ${names}.`)];
  }
  return [ok('Rights', 'may read and write')];
}
