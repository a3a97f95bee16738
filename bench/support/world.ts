import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import pg from 'pg';

import { startEmbeddedPostgres } from '../../server/embedded/embedded-postgres.js';
import { programEnv } from './program-env.js';

const root = join(import.meta.dirname, '../..');
export const tenant = 'bench';

/** A database with a number of cases in it, in a folder that is kept for the next run. */
export interface World {
  readonly url: string;
  readonly cases: number;
  readonly customers: number;
  stop(): Promise<void>;
}

// Half of them open: the 25 newest open cases are what a customer's page asks for.
const casesPerCustomer = 50;

/**
 * Opens the world with that many cases. The first time its cases are made: the requests of the 311 line go through
 * `casement import`, and the database multiplies them with their notes and histories, each copy at another time and of
 * another customer.
 */
export async function openWorld(cases: number): Promise<World> {
  const folder = join(process.env['CASEMENT_BENCH_DATA'] ?? join(tmpdir(), 'casement-bench'), `${cases}`);
  const done = join(folder, 'seeded.json');
  if (existsSync(folder) && !existsSync(done)) await rm(folder, { recursive: true });
  await mkdir(folder, { recursive: true });
  // As root the database runs as another user, who passes through here.
  await chmod(folder, 0o711);
  const postgres = await startEmbeddedPostgres(join(folder, 'data'));
  const customers = Math.max(1, Math.round(cases / casesPerCustomer));
  try {
    if (!existsSync(done)) {
      console.log(`  making ${cases.toLocaleString('en')} cases, once …`);
      await importRequests(postgres.url);
      await multiply(postgres.url, cases, customers);
      await writeFile(done, JSON.stringify({ cases, customers, made: new Date().toISOString() }));
    }
    await readFile(done);
  } catch (error) {
    await postgres.stop();
    throw error;
  }
  return { url: postgres.url, cases, customers, stop: () => postgres.stop() };
}

export function customerId(index: number): string {
  return `bench-${index}`;
}

async function importRequests(databaseUrl: string): Promise<void> {
  const demo = join(root, 'demo/import');
  const command = [
    join(root, 'dist/server/main.js'),
    'import',
    join(demo, 'nyc-311-requests.csv'),
    '--map',
    join(demo, 'nyc-311.map.json'),
    '--tenant',
    tenant,
  ];
  const child = spawn(process.execPath, command, {
    env: { ...programEnv(), DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`casement import ended with ${code}.`);
}

async function multiply(databaseUrl: string, wanted: number, customers: number): Promise<void> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    const { rows } = await client.query<{ count: number }>(
      'select count(*)::int as count from cases where tenant = $1',
      [tenant],
    );
    const originals = rows[0]?.count ?? 0;
    const copies = Math.ceil(wanted / originals) - 1;
    await client.query('set session_replication_role = replica');
    await client.query(
      `insert into customers select tenant, 'bench-' || g, name || ' ' || g, number, organisation_id, null, search
        from (select * from customers where tenant = $1 order by id limit 1) as one, generate_series(0, $2 - 1) as g`,
      [tenant, customers],
    );
    // What is copied must not be copied again by the next step.
    for (const table of ['cases', 'notes', 'history'])
      await client.query(
        `create temporary table original_${table} as
          select *, row_number() over (order by id) - 1 as place from ${table} where tenant = $1`,
        [tenant],
      );
    await copy(client, 'cases', originals, copies, customers);
    await copy(client, 'notes', originals, copies, customers);
    await copy(client, 'history', originals, copies, customers);
    await client.query(
      `update counters set value = (select max(number) from cases where tenant = $1)
        where tenant = $1 and name = 'case'`,
      [tenant],
    );
    await client.query('set session_replication_role = origin');
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}

/** What a copy has of its own; every other column is the original's. */
const own: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  cases: {
    id: `r.id || '-' || g`,
    number: `r.number + g * $3::bigint`,
    customer_id: `'bench-' || ((r.place + g * $3::bigint) % $4::bigint)`,
    external_reference: 'null',
    requester_id: 'null',
    created_at: `r.created_at - g * interval '97 minutes'`,
    updated_at: `r.updated_at - g * interval '97 minutes'`,
    changed_at: `r.changed_at - g * interval '97 minutes'`,
    public_updated_at: `r.public_updated_at - g * interval '97 minutes'`,
    status: `case when g % 2 = 0 then 'open' else r.status end`,
    closed_by: 'case when g % 2 = 0 then null else r.closed_by end',
    closed_at: 'case when g % 2 = 0 then null else r.closed_at end',
    closed_reason: 'case when g % 2 = 0 then null else r.closed_reason end',
    closed_note_id: `case when g % 2 = 0 then null else r.closed_note_id || '-' || g end`,
  },
  notes: { id: `r.id || '-' || g`, case_id: `r.case_id || '-' || g` },
  history: { id: `r.id || '-' || g`, case_id: `r.case_id || '-' || g`, note_id: `r.note_id || '-' || g` },
};

async function copy(
  client: pg.Client,
  table: 'cases' | 'notes' | 'history',
  originals: number,
  copies: number,
  customers: number,
): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select column_name as name from information_schema.columns
      where table_name = $1 and table_schema = current_schema() and is_identity = 'NO' order by ordinal_position`,
    [table],
  );
  const names = rows.map(({ name }) => name);
  const values = names.map((name) => own[table]?.[name] ?? `r.${name}`);
  const step = 50;
  for (let from = 1; from <= copies; from += step) {
    const to = Math.min(copies, from + step - 1);
    const parameters = [tenant, from, originals, customers, to];
    await client.query(
      `insert into ${table} (${names.join(', ')}) select ${values.join(', ')}
        from original_${table} as r, generate_series($2::int, $5::int) as g
        where $1::text is not null and $3::bigint > 0 and $4::bigint > 0`,
      parameters,
    );
  }
}
