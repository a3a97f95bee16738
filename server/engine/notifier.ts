import { sql, type Kysely } from 'kysely';

import { WAKE_CHANNEL } from './sql/database.js';
import type { Schema } from './sql/schema.js';

/** Tells other processes that events wait. */
export interface Notifier {
  notify(): void;
  /** Resolves when nothing is being sent. */
  settle(): Promise<void>;
}

/**
 * Sends at most one wake-up at a time: many writes in a row make one or two. It goes out after the commit, because
 * PostgreSQL lets transactions that notify commit only one by one; one that is lost is made good by the slow poll.
 */
export function createNotifier(db: Kysely<Schema>, onError: (error: unknown) => void): Notifier {
  let sending: Promise<void> | undefined;
  let again = false;

  async function send(): Promise<void> {
    do {
      again = false;
      await sql`select pg_notify(${WAKE_CHANNEL}, '')`.execute(db);
    } while (again);
  }

  return {
    notify() {
      again = true;
      sending ??= send()
        .catch(onError)
        .finally(() => {
          sending = undefined;
        });
    },
    async settle() {
      await sending;
    },
  };
}
