import { sql } from 'kysely';

import { toJson, type Tx } from '../context.js';
import type { Scope } from '../scope.js';
import { tellOfEntry } from './entry-change.js';
import { readEntry } from './entry-record.js';
import type { InboxRow } from './inbox-record.js';

/** What they own in the inbox is nobody's again. For an inbox whose members nobody else changes meanwhile. */
export async function releaseAll(
  tx: Tx,
  { tenant, id }: InboxRow,
  people: readonly string[],
  scope: Scope,
  at: string,
): Promise<void> {
  if (people.length === 0) return;
  const { actor } = scope;
  const owned = await tx
    .selectFrom('inbox_entries')
    .select('id')
    .where('tenant', '=', tenant)
    .where('inbox_id', '=', id)
    .where('state', '=', 'open')
    .where(sql<boolean>`owner_id = any(${[...people]}::text[])`)
    .orderBy('id')
    .forUpdate()
    .execute();
  for (const { id: entryId } of owned) {
    const before = await readEntry(tx, entryId, scope);
    await tx
      .updateTable('inbox_entries')
      .set({
        owner_id: null,
        owned_at: null,
        version: before.version + 1,
        changed_by: actor.id,
        changed_at: at,
        undo: null,
      })
      .where('tenant', '=', tenant)
      .where('id', '=', entryId)
      .execute();
    await tellOfEntry(tx, before, await readEntry(tx, entryId, scope), { by: actor.id, at });
  }
}

/** Tells those who viewed cases by what waits in the inbox, and do no longer, of each. */
export async function tellOfLostCases(
  tx: Tx,
  { tenant, id }: InboxRow,
  people: readonly string[],
  at: string,
): Promise<void> {
  if (people.length === 0) return;
  const readers = toJson(people);
  await sql`insert into outbox (tenant, kind, case_id, customer_id, internal, before, at)
    select c.tenant, 'case.updated', c.id, c.customer_id, true, jsonb_build_object('id', c.id, 'tenant', c.tenant,
        'status', c.status, 'projectId', c.project_id, 'customerId', c.customer_id, 'requesterId', c.requester_id,
        'assigneeId', c.assignee_id, 'departmentId', c.department_id, 'entries', jsonb_build_array(
          jsonb_build_object('inboxId', e.inbox_id, 'ownerId', e.owner_id, 'readers', ${readers}::jsonb))),
      ${at}::timestamptz
    from inbox_entries e join cases c on c.tenant = e.tenant and c.id = e.case_id
    where e.tenant = ${tenant} and e.inbox_id = ${id} and e.state = 'open' order by e.id`.execute(tx);
}
