import type { Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';

import type { Schema } from '../sql/schema.js';
import { tables } from './0001-tables.js';
import { indexes } from './0002-indexes.js';
import { ways } from './0003-ways.js';
import { appendOnly } from './0004-append-only.js';
import { looseFiles } from './0005-loose-files.js';
import { publicUpdates } from './0006-public-updates.js';
import { storedBytes } from './0007-stored-bytes.js';
import { views } from './0008-views.js';
import { grants } from './0009-grants.js';
import { customerLists } from './0010-customer-lists.js';
import { inboxes } from './0016-inboxes.js';
import { noticeTroubles } from './0017-notice-troubles.js';
import { links } from './0018-links.js';
import { bounces } from './0019-bounces.js';
import { notices } from './0014-notices.js';
import { portal } from './0015-portal.js';
import { receipts } from './0012-receipts.js';
import { projects } from './0013-projects.js';

/** In order, forward only: a migration that has shipped is never edited, a new one is added. */
const migrations: Record<string, Migration> = {
  '0001-tables': tables,
  '0002-indexes': indexes,
  '0003-ways': ways,
  '0004-append-only': appendOnly,
  '0005-loose-files': looseFiles,
  '0006-public-updates': publicUpdates,
  '0007-stored-bytes': storedBytes,
  '0008-views': views,
  '0009-grants': grants,
  '0010-customer-lists': customerLists,
  '0012-receipts': receipts,
  '0014-notices': notices,
  '0015-portal': portal,
  '0013-projects': projects,
  '0016-inboxes': inboxes,
  '0017-notice-troubles': noticeTroubles,
  '0018-links': links,
  '0019-bounces': bounces,
};

/**
 * Brings the database to this version's schema, all or nothing.
 *
 * Kysely's migrator holds an advisory lock meanwhile: several processes may start at once.
 */
export async function migrate(db: Kysely<Schema>): Promise<void> {
  const { error } = await migratorOf(db).migrateToLatest();
  if (error) throw new Error('The database could not be brought to the current schema.', { cause: error });
}

/** The migrations a database still lacks, by name. Changes nothing. */
export async function pendingMigrations(db: Kysely<Schema>): Promise<string[]> {
  const all = await migratorOf(db).getMigrations();
  return all.filter(({ executedAt }) => executedAt === undefined).map(({ name }) => name);
}

function migratorOf(db: Kysely<Schema>): Migrator {
  return new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(migrations) },
    migrationTableName: 'casement_migration',
    migrationLockTableName: 'casement_migration_lock',
  });
}
