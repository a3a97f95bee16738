import { sql } from 'kysely';

import type { Tx } from '../context.js';
import { announce } from '../outbox.js';

/**
 * Writes on each grant how telling of it stands: `pending` while anything waits, `failed` once nobody was told or somebody
 * could not be, otherwise `sent`. Gives those that changed.
 */
export async function settleGrants(
  tx: Tx,
  tenant: string,
  ids: readonly string[],
): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  // In a statement of its own: of two messages that left at the same time, the later one then sees both.
  await tx
    .selectFrom('grants')
    .select('id')
    .where('tenant', '=', tenant)
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forUpdate()
    .execute();
  const { rows } = await sql<{ id: string }>`
    update grants g set notified = s.notified, notified_at = s.notified_at
    from (select g.id, max(n.done_at) filter (where n.state = 'sent') as notified_at,
        case when count(*) filter (where n.state = 'waiting') > 0 then 'pending'
          when count(*) filter (where n.state = 'failed') > 0 or count(*) filter (where n.state = 'sent') = 0 then 'failed'
          else 'sent' end as notified
      from grants g left join notices n on n.tenant = g.tenant and n.grant_id = g.id and n.event = 'share'
      where g.tenant = ${tenant} and g.id = any(${[...ids]}::text[]) and g.notified <> 'off'
      group by g.id) s
    where g.tenant = ${tenant} and g.id = s.id
      and (g.notified is distinct from s.notified or g.notified_at is distinct from s.notified_at)
    returning g.id`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Tells whoever shows the grants of a case that they have been told, or could not be. */
export async function announceGrants(
  tx: Tx,
  tenant: string,
  ids: readonly string[],
  at: string,
): Promise<void> {
  if (ids.length === 0) return;
  const rows = await tx
    .selectFrom('grants as g')
    .innerJoin('cases as c', (join) =>
      join.onRef('c.tenant', '=', 'g.tenant').onRef('c.id', '=', 'g.unit_id'),
    )
    .select(['c.id', 'c.customer_id', 'g.grantee_kind'])
    .where('g.tenant', '=', tenant)
    .where('g.id', 'in', [...ids])
    .where('g.unit', '=', 'case')
    .execute();
  if (rows.length === 0) return;
  await announce(
    tx,
    tenant,
    at,
    rows.map((row) => ({
      kind: 'case.access-changed',
      caseId: row.id,
      customerId: row.customer_id,
      internal: row.grantee_kind === 'department',
    })),
  );
}
