import type { Kysely, Transaction } from 'kysely';

import type { AttachmentStore } from '../attachments/store.js';
import { BackendError } from '../backend-error.js';
import { sqlState } from './failures.js';
import type { NoticesOptions } from './notices/options.js';
import type { Schema } from './sql/schema.js';

/** What every part of the engine works with. */
export interface EngineContext {
  readonly db: Kysely<Schema>;
  readonly attachments: AttachmentStore;
  /** Bytes all files of a tenant may have together; without end when absent. */
  readonly attachmentQuota?: number | undefined;
  /** How people are told what happens; absent where nobody is. */
  readonly notices?: NoticesOptions | undefined;
  readonly clock: () => Date;
  /** Says that new events have been committed. */
  readonly wake: () => void;
  /** Says that a share is going to end by itself at this moment. */
  readonly expiring?: ((moment: string) => void) | undefined;
}

/** The database, or a transaction on it. Inside a transaction nothing may ask the database itself: in PGlite it would wait for ever. */
export type Executor = Kysely<Schema>;
export type Tx = Transaction<Schema>;

const ATTEMPTS = 4;

/** One transaction: whole or not at all. A deadlock or lost serialisation is tried again. */
export async function inTransaction<T>(context: EngineContext, run: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const result = await context.db.transaction().execute(run);
      context.wake();
      return result;
    } catch (error) {
      const state = sqlState(error);
      if (attempt === ATTEMPTS || (state !== '40001' && state !== '40P01')) throw error;
    }
  }
}

/** Now, as the engine writes it. */
export function now(context: EngineContext): string {
  return context.clock().toISOString();
}

/** A value for a `jsonb` column: text, because one driver would make a PostgreSQL array of a list. */
export function toJson(value: unknown): string {
  return JSON.stringify(value);
}

/** The one answer for what is absent, hidden or another tenant's. */
export function notFound(): BackendError {
  return new BackendError('not_found');
}
