import { BackendError } from '../backend-error.js';
import type { WriteContext } from '../backend.js';
import { toJson, type Executor, type Tx } from './context.js';

const KEPT_HOURS = 24;

/** A write under its key: either the first one, or one that has been answered before. */
export type KeyedWrite<T> = { readonly replay: false } | { readonly replay: true; readonly result: T };

function keyOf({ actor, idempotencyKey }: WriteContext) {
  return { tenant: actor.tenant, actor_id: actor.id, key: idempotencyKey };
}

/**
 * Claims the key before anything else is written. Another transaction with the same key waits here until this one has
 * ended, then finds its result (E-DUP).
 */
export async function claimKey<T>(tx: Tx, call: WriteContext, now: string): Promise<KeyedWrite<T>> {
  const key = keyOf(call);
  const expired = new Date(Date.parse(now) - KEPT_HOURS * 3_600_000).toISOString();
  const claimed = await tx
    .insertInto('idempotency')
    .values({ ...key, fingerprint: call.fingerprint, result: null, created_at: now })
    .onConflict((conflict) =>
      conflict
        .columns(['tenant', 'actor_id', 'key'])
        .doUpdateSet({ fingerprint: call.fingerprint, result: null, created_at: now })
        .where('idempotency.created_at', '<', expired),
    )
    .returning('key')
    .executeTakeFirst();
  return claimed ? { replay: false } : ((await findKey<T>(tx, call)) ?? { replay: false });
}

/** What was answered under this key before; `null` when nothing was. */
export async function findKey<T>(db: Executor, call: WriteContext): Promise<KeyedWrite<T> | null> {
  const key = keyOf(call);
  const row = await db
    .selectFrom('idempotency')
    .select(['fingerprint', 'result'])
    .where('tenant', '=', key.tenant)
    .where('actor_id', '=', key.actor_id)
    .where('key', '=', key.key)
    .executeTakeFirst();
  if (!row) return null;
  if (row.fingerprint !== call.fingerprint) {
    throw new BackendError('idempotency_key_reused', {
      detail: 'This key was used for another request. Use a new key for each new write.',
    });
  }
  return row.result === null ? null : { replay: true, result: row.result as T };
}

/** Keeps the answer beside the key, in the same transaction. */
export async function keepResult(tx: Tx, call: WriteContext, result: unknown): Promise<void> {
  const key = keyOf(call);
  await tx
    .updateTable('idempotency')
    .set({ result: toJson(result) })
    .where('tenant', '=', key.tenant)
    .where('actor_id', '=', key.actor_id)
    .where('key', '=', key.key)
    .execute();
}
