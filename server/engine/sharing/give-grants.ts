import { sql } from 'kysely';

import type { Tx } from '../context.js';
import { writeLine, type Deed } from '../history.js';
import { newId } from '../ids.js';
import type { ShareNotice } from '../notices/at-share.js';
import { announce } from '../outbox.js';
import type { HistoryStart } from '../policy/facts.js';
import { isSharedWithCustomers } from '../policy/sharing.js';
import type { CheckedGrantee } from './check-grantees.js';
import { selectGrants } from './grant-record.js';
import { accessOf, changeOf, lineKind } from './sharing-lines.js';

/**
 * Writes grants to whom the case is not shared with yet, with their lines and events. Customers read from `start` on, or
 * everything.
 */
export async function giveGrants(
  tx: Tx,
  deed: Deed,
  customerId: string,
  wanted: readonly (CheckedGrantee & ShareNotice)[],
  start: HistoryStart | null = null,
): Promise<void> {
  if (wanted.length === 0) return;
  await makeRoom(tx, deed, wanted);
  await tx
    .insertInto('grants')
    .values(
      wanted.map(({ kind, id, level, expiresAt, memberOf, notified, portalOnly }) => ({
        tenant: deed.tenant,
        id: newId('grant'),
        unit: 'case' as const,
        unit_id: deed.caseId,
        grantee_kind: kind,
        grantee_id: id,
        level,
        member_of: memberOf,
        given_by: deed.by,
        given_at: deed.at,
        changed_by: deed.by,
        changed_at: deed.at,
        expires_at: expiresAt,
        notified,
        portal_only: portalOnly,
        ...(start && isSharedWithCustomers(kind) && { history_from: start.from, history_after: start.after }),
      })),
    )
    .execute();
  for (const internal of [false, true]) {
    const some = wanted.filter(({ kind }) => (kind === 'department') === internal);
    if (some.length === 0) continue;
    await writeLine(tx, deed, {
      kind: lineKind(internal),
      changes: some.map(({ kind, id, name, level, expiresAt }) => ({
        field: kind,
        from: null,
        to: { id, name, level, expiresAt },
      })),
    });
    await announce(tx, deed.tenant, deed.at, [
      { kind: 'case.shared', caseId: deed.caseId, customerId, internal },
    ]);
  }
}

/**
 * Only one grant of a grantee stands: what has ended by itself, or no longer holds, makes room for the next. It ends by
 * nobody, with a line of its own, at its time.
 */
async function makeRoom(tx: Tx, deed: Deed, wanted: readonly CheckedGrantee[]): Promise<void> {
  const { tenant, caseId, at } = deed;
  const grantees = JSON.stringify(wanted.map(({ kind, id }) => ({ kind, id })));
  const { rows: ended } = await sql<{ id: string; revoked_at: string }>`
    update grants g set revoked_at = least(g.expires_at, ${at}::timestamptz) from jsonb_to_recordset(${grantees}::jsonb) as w(kind text, id text)
    where g.tenant = ${tenant} and g.unit = 'case' and g.unit_id = ${caseId}
      and g.grantee_kind = w.kind and g.grantee_id = w.id
      and g.revoked_at is null
    returning g.id, g.revoked_at`.execute(tx);
  if (ended.length === 0) return;
  const endOf = new Map(ended.map((one) => [one.id, one.revoked_at]));
  const rows = await selectGrants(tx)
    .where('g.tenant', '=', tenant)
    .where('g.id', 'in', [...endOf.keys()])
    .orderBy('g.revoked_at')
    .orderBy('g.id')
    .execute();
  for (const grant of rows) {
    await writeLine(
      tx,
      { ...deed, by: null, at: endOf.get(grant.id) ?? at },
      {
        kind: lineKind(grant.grantee_kind === 'department'),
        changes: [changeOf(grant, accessOf(grant), null)],
      },
    );
  }
}
