import { sql, type RawBuilder } from 'kysely';

import type { Actor } from '../../backend.js';
import type { Executor } from '../context.js';
import { isAdministrator } from '../policy/facts.js';
import { hasInboxRole } from '../policy/inboxes.js';

/** The same rule as `decideInbox` has for `view` or `read`, as a condition on a table with the id of an inbox. */
export function workedInboxes(
  actor: Actor,
  inboxId: RawBuilder<unknown>,
  right: 'view' | 'read',
): RawBuilder<boolean> {
  if (!hasInboxRole(actor)) return sql<boolean>`false`;
  if (isAdministrator(actor)) return sql<boolean>`true`;
  const reads = right === 'read' ? sql`and 'read' = any(m.rights)` : sql``;
  const claimed =
    actor.inboxes.length === 0 ? sql`` : sql`and m.inbox_id = any(${[...actor.inboxes]}::text[])`;
  return sql<boolean>`${inboxId} = any(array(select m.inbox_id from inbox_members m
    where m.tenant = ${actor.tenant} and m.person_id = ${actor.id} ${reads} ${claimed}))`;
}

/** Whether there is any inbox the actor reads. */
export async function readsAnInbox(db: Executor, actor: Actor): Promise<boolean> {
  if (!hasInboxRole(actor)) return false;
  const found = await db
    .selectFrom('inboxes as c')
    .select('c.id')
    .where('c.tenant', '=', actor.tenant)
    .where(workedInboxes(actor, sql`c.id`, 'read'))
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}
