import { inject } from 'vitest';

import type { Database } from '../../server/engine/sql/database.js';
import { openPostgres } from '../../server/engine/sql/postgres.js';
import { openTestPGlite } from './pglite.js';

/** The database of the running project: PGlite in memory, or the PostgreSQL its global set-up started. */
export function openTestDatabase(): Promise<Database> {
  const wanted = process.env['CASEMENT_TEST_ENGINE'] ?? 'postgres';
  return wanted === 'pglite' ? openTestPGlite() : Promise.resolve(openPostgres(inject('databaseUrl')));
}
