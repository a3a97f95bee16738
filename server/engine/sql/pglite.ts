import { PGlite } from '@electric-sql/pglite';
import { CompiledQuery, Kysely, PGliteDialect } from 'kysely';

import { WAKE_CHANNEL, type Database } from './database.js';
import { CONNECTION_SETTINGS } from './parsers.js';
import { askerOf } from './pglite-messages.js';
import type { Schema } from './schema.js';

/**
 * Opens PGlite: for the page and for tests, never for anyone's data, since it is not durable.
 *
 * An instance handed in stays the caller's to close; without one a new database in memory is made and closed by `dispose()`.
 */
export function openPGlite(instance?: PGlite): Database {
  const pglite = instance ?? new PGlite();
  const db = new Kysely<Schema>({
    dialect: new PGliteDialect({
      pglite: withMessages(pglite, instance === undefined),
      onCreateConnection: async (connection) => {
        await connection.executeQuery(CompiledQuery.raw(CONNECTION_SETTINGS));
      },
    }),
  });
  return {
    db,
    async listen(onWake) {
      await pglite.waitReady;
      const stop = await pglite.listen(WAKE_CHANNEL, onWake);
      return async () => {
        if (!pglite.closed) await stop();
      };
    },
    dispose: () => db.destroy(),
  };
}

/** What Kysely's dialect does with an instance, its statements asked and read in our way. */
function withMessages(pglite: PGlite, owned: boolean) {
  const ask = askerOf(pglite);
  const asking = (inTransaction: boolean) => ({
    query: <T>(text: string, values: unknown[] = []) => ask<T>(text, values, inTransaction),
  });
  return {
    ...asking(false),
    get closed() {
      return pglite.closed;
    },
    get ready() {
      return pglite.ready;
    },
    get waitReady() {
      return pglite.waitReady;
    },
    close: async () => {
      if (owned) await pglite.close();
    },
    transaction: <T>(
      run: (transaction: ReturnType<typeof asking> & { rollback(): Promise<void> }) => Promise<T>,
    ) => pglite.transaction((tx) => run({ ...asking(true), rollback: () => tx.rollback() })),
  };
}
