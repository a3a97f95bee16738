import { sql, type RawBuilder } from 'kysely';

import { inboxActions, type Inbox, type InboxMember } from '../../../src/contract/inboxes.js';
import type { Actor } from '../../backend.js';
import { personOf } from '../case-record.js';
import { notFound, type Executor } from '../context.js';
import { nameOrder } from '../name-pages.js';
import { isAdministrator } from '../policy/facts.js';
import { decideInbox } from '../policy/inboxes.js';
import type { Scope } from '../scope.js';
import { isStorable } from '../../input/text.js';
import { requireInboxRole } from './entry-record.js';
import { namedMembers } from './members.js';

/** Inboxes with what waits in them, and the rights `actor` has there. Conditions speak of `c`. */
export function selectInboxes(db: Executor, actor: Actor) {
  const waiting = sql`from inbox_entries e where e.tenant = c.tenant and e.inbox_id = c.id and e.state = 'open'`;
  return db
    .selectFrom('inboxes as c')
    .select([
      'c.tenant',
      'c.id',
      'c.version',
      'c.name',
      'c.retired',
      'c.opens_cases',
      'c.changed_at',
      nameOrder.as('sort'),
      personOf('c', 'changed_by').as('changer'),
      sql<number>`(select count(*)::integer ${waiting})`.as('open'),
      sql<number>`(select count(*)::integer ${waiting} and e.owner_id = ${actor.id})`.as('mine'),
      rightsIn(actor).as('rights'),
    ]);
}

export type InboxRow = Awaited<ReturnType<ReturnType<typeof selectInboxes>['executeTakeFirstOrThrow']>>;

function rightsIn(actor: Actor): RawBuilder<string[] | null> {
  return sql`(select m.rights from inbox_members m
    where m.tenant = c.tenant and m.inbox_id = c.id and m.person_id = ${actor.id})`;
}

/** The inbox as the actor may see it, with a verdict for each action. `members` are told to administrators. */
function toInbox(row: InboxRow, { actor }: Scope, members: readonly InboxMember[] = []): Inbox {
  const permissions = Object.fromEntries(
    inboxActions.map((action) => [action, decideInbox(action, actor, row, row.rights)]),
  );
  return {
    id: row.id,
    version: String(row.version),
    name: row.name,
    ...(row.retired && { retired: true }),
    opensCases: row.opens_cases,
    ...(permissions['read']?.allowed && { open: row.open, mine: row.mine }),
    ...(isAdministrator(actor) && { members: [...members] }),
    permissions,
  };
}

/** Some inboxes as the actor may see them. */
export async function toInboxes(db: Executor, rows: readonly InboxRow[], scope: Scope): Promise<Inbox[]> {
  const { actor } = scope;
  const ids = isAdministrator(actor) ? rows.map(({ id }) => id) : [];
  const members = await namedMembers(db, actor.tenant, ids);
  return rows.map((row) => toInbox(row, scope, members.get(row.id)));
}

/** Reads an inbox the actor may know of; `not_found` for what is absent and what is hidden alike. */
export async function findInbox(db: Executor, id: string, scope: Scope): Promise<InboxRow> {
  requireInboxRole(scope);
  const { actor } = scope;
  const row = isStorable(id)
    ? await selectInboxes(db, actor)
        .where('c.tenant', '=', actor.tenant)
        .where('c.id', '=', id)
        .executeTakeFirst()
    : undefined;
  if (row && decideInbox('view', actor, row, row.rights).allowed) return row;
  throw notFound();
}

/** One inbox as it stands, as the actor may see it. */
export async function readInbox(db: Executor, id: string, scope: Scope): Promise<Inbox> {
  const [inbox] = await toInboxes(db, [await findInbox(db, id, scope)], scope);
  if (!inbox) throw notFound();
  return inbox;
}
