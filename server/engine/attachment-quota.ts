import { sql } from 'kysely';

import { BackendError } from '../backend-error.js';
import type { EngineContext, Tx } from './context.js';

/** The counter of the bytes of a tenant's files. */
export const STORED_BYTES = 'attachment_bytes';

/** Bytes the tenant may still store; refuses at once when there are none. */
export async function roomLeft({ db, attachmentQuota }: EngineContext, tenant: string): Promise<number> {
  if (attachmentQuota === undefined) return Infinity;
  const row = await db
    .selectFrom('counters')
    .select('value')
    .where('tenant', '=', tenant)
    .where('name', '=', STORED_BYTES)
    .executeTakeFirst();
  const room = attachmentQuota - (row?.value ?? 0);
  if (room <= 0) throw quotaReached(attachmentQuota);
  return room;
}

/** Counts a file that is being kept. Of uploads at the same moment each sees the one before. */
export async function takeRoom(
  tx: Tx,
  { attachmentQuota }: EngineContext,
  tenant: string,
  size: number,
): Promise<void> {
  const { value } = await tx
    .insertInto('counters')
    .values({ tenant, name: STORED_BYTES, value: size })
    .onConflict((conflict) =>
      conflict.columns(['tenant', 'name']).doUpdateSet({ value: sql<number>`counters.value + ${size}` }),
    )
    .returning('value')
    .executeTakeFirstOrThrow();
  if (attachmentQuota !== undefined && value > attachmentQuota) throw quotaReached(attachmentQuota);
}

/** The refusal that names the quota. */
export function quotaReached(quota: number): BackendError {
  return new BackendError('too_large', {
    limit: quota,
    limitName: 'attachments-of-tenant',
    detail: `All files together may have ${quota} bytes, and this one would make more.`,
  });
}
