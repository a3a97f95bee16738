import { sql } from 'kysely';
import { describe, expect, inject, it } from 'vitest';

import type { Database } from '../../server/engine/sql/database.js';
import { openPostgres } from '../../server/engine/sql/postgres.js';
import { aSeededTenant, anActor, anEngine, createCase, reading, theEngine } from '../support/engine.js';

const onPostgres = process.env['CASEMENT_TEST_ENGINE'] !== 'pglite';

describe('migrations', () => {
  it('run again without doing anything', async () => {
    const { database } = await theEngine();
    const count = async ({ db }: Database) => {
      const { rows } = await sql<{ name: string }>`select name from casement_migration order by name`.execute(
        db,
      );
      return rows.map(({ name }) => name);
    };
    const before = await count(database);
    expect(before).toEqual([
      '0001-tables',
      '0002-indexes',
      '0003-ways',
      '0004-append-only',
      '0005-loose-files',
      '0006-public-updates',
      '0007-stored-bytes',
      '0008-views',
      '0009-grants',
      '0010-customer-lists',
      '0012-receipts',
      '0013-projects',
      '0014-notices',
      '0015-portal',
      '0016-inboxes',
      '0017-notice-troubles',
      '0018-links',
      '0019-bounces',
    ]);
    if (onPostgres) {
      const again = await anEngine();
      expect(await count(again.database)).toEqual(before);
      await again.dispose();
    }
  });

  it('every table but the migrations’ own leads with the tenant in its key', async () => {
    const { database } = await theEngine();
    const { rows } = await sql<{ name: string; first: string }>`
      select c.relname as name, a.attname as first
      from pg_index i join pg_class c on c.oid = i.indrelid
        join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
      where i.indisprimary and c.relnamespace = 'public'::regnamespace and c.relname not like 'casement_%'`.execute(
      database.db,
    );
    expect(rows.length).toBeGreaterThanOrEqual(13);
    expect(rows.filter(({ first }) => first !== 'tenant')).toEqual([]);
  });

  it.runIf(onPostgres)(
    'run once when several engines start on a new database at the same moment',
    async () => {
      const { database } = await theEngine();
      const name = `start_${crypto.randomUUID().replaceAll('-', '')}`;
      await sql`create database ${sql.id(name)}`.execute(database.db);
      const url = new URL(inject('databaseUrl'));
      url.pathname = `/${name}`;
      const engines = await Promise.all([1, 2, 3].map(() => anEngine({}, openPostgres(url.href))));
      try {
        const [first, second] = engines;
        if (!first || !second) throw new Error('There are three engines.');
        const agent = anActor(await aSeededTenant(first.engine), 'agent');
        const { id } = await createCase(first.engine, agent);
        expect((await second.engine.getCase(id, reading(agent))).id).toBe(id);
      } finally {
        await Promise.all(engines.map((engine) => engine.dispose()));
        await sql`drop database ${sql.id(name)}`.execute(database.db);
      }
    },
  );

  it.runIf(onPostgres)('say that the database is not there', async () => {
    const database = openPostgres('postgres://nobody@127.0.0.1:1/nothing', { connectTimeout: 2_000 });
    await expect(anEngine({}, database)).rejects.toThrow();
    await database.dispose();
  });
});
