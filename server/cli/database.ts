import { AttachmentStoreUnavailable, type AttachmentStore } from '../attachments/store.js';
import { startEmbeddedPostgres } from '../embedded/embedded-postgres.js';
import { PlainError } from '../embedded/plain-error.js';
import { createEngine, type Engine } from '../engine/engine.js';
import type { Database } from '../engine/sql/database.js';
import { openPostgres } from '../engine/sql/postgres.js';
import { openAttachments } from './attachments.js';
import type { NoticeOutcome } from '../engine/notices/options.js';
import type { Config } from './config.js';
import { noticesOf } from './notices.js';

/** The engine on the configured database. */
export interface OpenEngine {
  readonly engine: Engine;
  readonly database: Database;
  readonly attachments: AttachmentStore;
  /** Where the data is, for people. */
  readonly where: string;
  /** Closes everything; the embedded database is shut down when no other process uses it. */
  close(): Promise<void>;
}

/** Who is told what happens behind the scenes. */
export interface OpenOptions {
  readonly notice?: ((text: string) => void) | undefined;
  readonly onError?: ((error: unknown) => void) | undefined;
  /** Whether this process tells people what happens; no unless told. */
  readonly tells?: boolean | undefined;
  readonly onAttempt?: ((channel: string, outcome: NoticeOutcome) => void) | undefined;
}

/** Opens the database of `DATABASE_URL`, or the embedded one of the data folder, and the engine on it. */
export async function openEngine(
  config: Config,
  { notice, onError, tells, onAttempt }: OpenOptions = {},
): Promise<OpenEngine> {
  const attachments = await openAttachments(config).catch(plainly);
  const embedded = config.databaseUrl ? undefined : await startEmbeddedPostgres(config.dataFolder, notice);
  const database = openPostgres(config.databaseUrl ?? embedded?.url ?? '', {
    connections: config.databaseConnections,
    ...(onError && { onError }),
  });
  try {
    const engine = await createEngine({
      database,
      attachments: attachments.store,
      attachmentQuota: config.attachmentQuotaMegabytes && config.attachmentQuotaMegabytes * 1_000_000,
      notices: tells ? await noticesOf(config, onAttempt) : undefined,
      ...(onError && { onError }),
    });
    return {
      engine,
      database,
      attachments: attachments.store,
      where: embedded?.folder ?? 'the database of DATABASE_URL',
      async close() {
        await engine.dispose();
        attachments.close();
        await embedded?.stop();
      },
    };
  } catch (error) {
    await database.dispose().catch(() => undefined);
    attachments.close();
    await embedded?.stop();
    if (config.databaseUrl === undefined) throw error;
    throw new PlainError(`The database of DATABASE_URL cannot be used: ${reasonOf(error)}`, { cause: error });
  }
}

/** What the store of the attachments says is for the person at the terminal. */
export function plainly(error: unknown): never {
  if (error instanceof AttachmentStoreUnavailable) throw new PlainError(error.message, { cause: error });
  throw error;
}

/** Why, in one line: errors of the network and of the driver hide their reason in others. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message} ${reasonOf(error.cause)}`;
}
