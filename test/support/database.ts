import { inject } from 'vitest';

import type { Database } from '../../server/engine/sql/database.js';
import { openPGlite } from '../../server/engine/sql/pglite.js';
import { openPostgres } from '../../server/engine/sql/postgres.js';

/** The database of the running project: PGlite in memory, or the PostgreSQL its global set-up started. */
export function openTestDatabase(): Promise<Database> {
  const wanted = process.env['CASEMENT_TEST_ENGINE'] ?? 'postgres';
  return Promise.resolve(wanted === 'pglite' ? openPGlite() : openPostgres(inject('databaseUrl')));
}
