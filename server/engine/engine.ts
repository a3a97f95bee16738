import type { AttachmentStore } from '../attachments/store.js';
import type { Actor, CaseBackend } from '../backend.js';
import type { ImportedCase, ImportOutcome, SeedData } from './import-types.js';
import type { Database } from './sql/database.js';

/** How events are delivered and kept. */
export interface EventsOptions {
  /** Milliseconds between looks at the outbox without a wake-up; 5,000 unless told. */
  readonly pollEvery?: number;
  /** Events one slow reader may leave unread before it is told to read everything again; 1,000 unless told. */
  readonly bufferLimit?: number;
  /** Hours an event is kept for readers that come back; 24 unless told. */
  readonly keepHours?: number;
}

/** What `createEngine` takes. The engine owns `database` from then on: `dispose()` closes it. */
export interface EngineOptions {
  readonly database: Database;
  readonly attachments: AttachmentStore;
  readonly clock?: () => Date;
  readonly events?: EventsOptions;
  /** Told about trouble in the background (a lost connection, a failed clean-up); nothing else is logged. */
  readonly onError?: (error: unknown) => void;
}

/** Our own case system behind the port, with what only its operator may do. */
export interface Engine extends CaseBackend {
  /**
   * Takes over cases of another system, each once by its external reference; safe beside a running server. Customers,
   * organisations, departments, types and closure reasons that are missing are made. `actor` is named in the history.
   */
  importCases(tenant: string, actor: Actor | null, batch: readonly ImportedCase[]): Promise<ImportOutcome[]>;
  /** Loads sample data; what is there already stays as it is. */
  seed(tenant: string, data: SeedData): Promise<void>;
  /** Whether the database answers; throws `unavailable` when it does not. */
  ping(): Promise<void>;
}

/** Brings the database to the current schema and starts the engine on it. */
export declare function createEngine(options: EngineOptions): Promise<Engine>;
