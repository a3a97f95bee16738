import { PGlite } from '@electric-sql/pglite';

import { migrate } from '../../server/engine/migrations/migrate.js';
import type { Database } from '../../server/engine/sql/database.js';
import { openPGlite } from '../../server/engine/sql/pglite.js';

let prepared: Promise<Blob> | undefined;

/** The files of a database that was made and migrated once in this process: both take seconds. */
async function prepare(): Promise<Blob> {
  const pglite = new PGlite();
  const { db } = openPGlite(pglite);
  await migrate(db);
  await db.destroy();
  const files = await pglite.dumpDataDir('none');
  await pglite.close();
  return files;
}

/** Opens a PGlite in memory that nobody else has, with the tables of the engine and no row. */
export async function openTestPGlite(): Promise<Database> {
  prepared ??= prepare();
  const pglite = new PGlite({ loadDataDir: await prepared });
  const database = openPGlite(pglite);
  return {
    ...database,
    async dispose() {
      await database.dispose();
      await pglite.close();
    },
  };
}
