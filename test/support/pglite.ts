import { PGlite } from '@electric-sql/pglite';

import { migrate } from '../../server/engine/migrations/migrate.js';
import type { Database } from '../../server/engine/sql/database.js';
import { openPGlite } from '../../server/engine/sql/pglite.js';

let prepared: Promise<Blob> | undefined;

/** Instances that nobody has any more: emptying one takes a tenth of the time that starting one does. */
const idle: PGlite[] = [];

/** The files of a database that was made and migrated once in this process: both take seconds. */
async function prepare(): Promise<Blob> {
  const pglite = new PGlite();
  const { db } = openPGlite(pglite);
  await migrate(db);
  await db.destroy();
  const files = await pglite.dumpDataDir('none');
  idle.push(pglite);
  return files;
}

/** Takes every row out, also out of the tables that let nobody do so, and leaves the migrations' own. */
async function empty(pglite: PGlite): Promise<void> {
  await pglite.exec(`
    set session_replication_role = replica;
    do $$ begin
      execute (
        select 'truncate ' || string_agg(quote_ident(tablename), ', ') || ' restart identity'
        from pg_tables where schemaname = 'public' and tablename not like 'casement_migration%'
      );
    end $$;
    reset session_replication_role;
  `);
}

/** Opens a PGlite in memory that nobody else has, with the tables of the engine and no row. */
export async function openTestPGlite(): Promise<Database> {
  prepared ??= prepare();
  const files = await prepared;
  const pglite = idle.pop() ?? new PGlite({ loadDataDir: files });
  const database = openPGlite(pglite);
  return {
    ...database,
    async dispose() {
      await database.dispose();
      await empty(pglite);
      idle.push(pglite);
    },
  };
}
