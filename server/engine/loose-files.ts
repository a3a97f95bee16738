import { sql } from 'kysely';

import { BackendError } from '../backend-error.js';
import { now, type EngineContext, type Tx } from './context.js';

/*
 * A file in the store that no attachment stands for is written down: an upload under way, or one to be forgotten. So
 * nothing has to be searched for in the store, and a file is never taken for another database's.
 */

/** A file by its tenant and its key in the store. */
export interface LooseFile {
  readonly tenant: string;
  readonly key: string;
}

const HOUR = 3_600_000;
const LOOSE_HOURS = 24;
/** A process that was to delete a file and ended before it did is given up after this time. */
const LEASE_HOURS = 1;
const BATCH = 100;

/** Before the first byte goes to the store. */
export async function writeDownUpload(context: EngineContext, file: LooseFile): Promise<void> {
  await context.db
    .insertInto('loose_files')
    .values({ tenant: file.tenant, storage_key: file.key, since: now(context), sweeping_since: null })
    .execute();
}

/** In the transaction that makes the attachment: from its commit on the file stays. */
export async function keepUpload(tx: Tx, { tenant, key }: LooseFile): Promise<void> {
  const kept = await tx
    .deleteFrom('loose_files')
    .where('tenant', '=', tenant)
    .where('storage_key', '=', key)
    .where('sweeping_since', 'is', null)
    .returning('storage_key')
    .executeTakeFirst();
  if (!kept) throw new BackendError('unavailable', { detail: 'The upload took too long. Send it again.' });
}

/**
 * Deletes the file of an upload that came to nothing. Waits for a transaction that may still commit, and leaves the
 * file to it; what cannot be done now the sweep does later.
 */
export async function forgetUpload(context: EngineContext, file: LooseFile): Promise<void> {
  try {
    const leased = await context.db
      .updateTable('loose_files')
      .set({ sweeping_since: now(context) })
      .where('tenant', '=', file.tenant)
      .where('storage_key', '=', file.key)
      .where('sweeping_since', 'is', null)
      .returning('storage_key')
      .executeTakeFirst();
    if (leased) await remove(context, file);
  } catch {
    // Neither the failure nor the answer that made the file needless is about this.
  }
}

/** Deletes files that have been loose for a day. Any number of processes may sweep at once. */
export async function sweepLooseFiles(context: EngineContext): Promise<void> {
  const time = context.clock().getTime();
  const instant = (hours: number): string => new Date(time - hours * HOUR).toISOString();
  let failure: unknown;
  for (;;) {
    const { rows } = await sql<LooseFile>`
      update loose_files set sweeping_since = ${instant(0)}::timestamptz where (tenant, storage_key) in (
        select tenant, storage_key from loose_files
        where since < ${instant(LOOSE_HOURS)}::timestamptz
          and (sweeping_since is null or sweeping_since < ${instant(LEASE_HOURS)}::timestamptz)
        order by since limit ${BATCH} for update skip locked)
      returning tenant, storage_key as key`.execute(context.db);
    for (const file of rows) {
      await remove(context, file).catch((error: unknown) => {
        failure ??= error;
      });
    }
    if (rows.length < BATCH || failure !== undefined) break;
  }
  if (failure !== undefined) throw failure as Error;
}

async function remove({ attachments, db }: EngineContext, { tenant, key }: LooseFile): Promise<void> {
  await attachments.delete(key);
  await db.deleteFrom('loose_files').where('tenant', '=', tenant).where('storage_key', '=', key).execute();
}
