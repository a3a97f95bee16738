import { PGlite } from '@electric-sql/pglite';
import { CompiledQuery, Kysely, PGliteDialect } from 'kysely';

import { WAKE_CHANNEL, type Database } from './database.js';
import { CONNECTION_SETTINGS, parsers } from './parsers.js';
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
      pglite: withParsers(pglite, instance === undefined),
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

interface Queries {
  query: PGlite['query'];
}

/** Kysely's dialect asks without parsers of its own: each of its calls is given ours. */
function withParsers(pglite: PGlite, owned: boolean) {
  const wrap = (target: Queries) => ({
    query: <T>(text: string, parameters?: unknown[], options?: object) =>
      target.query<T>(text, parameters, { ...options, parsers }),
  });
  return {
    ...wrap(pglite),
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
    transaction: <T>(run: (tx: ReturnType<typeof wrap> & { rollback(): Promise<void> }) => Promise<T>) =>
      pglite.transaction((tx) => run({ ...wrap(tx), rollback: () => tx.rollback() })),
  };
}
