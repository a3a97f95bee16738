import type { Kysely } from 'kysely';

import type { Schema } from './schema.js';

/** Stops listening. */
export type StopListening = () => Promise<void>;

/** A PostgreSQL database behind one Kysely handle, wherever it runs. `openPostgres` and `openPGlite` make one. */
export interface Database {
  readonly db: Kysely<Schema>;
  /**
   * Calls `onWake` whenever some process has committed new events, and once after every reconnection. A wake-up may be
   * early, late or missing: readers poll slowly besides.
   */
  listen(onWake: () => void): Promise<StopListening>;
  /** How its connections stand, where there is a pool of them. */
  pool?(): PoolState;
  /** Closes every connection this handle opened. */
  dispose(): Promise<void>;
}

/** The connections of a database, and how many callers wait for one. */
export interface PoolState {
  readonly open: number;
  readonly idle: number;
  readonly waiting: number;
  readonly most: number;
}

/** The channel of the wake-up; it carries nothing. */
export const WAKE_CHANNEL = 'casement_outbox';
