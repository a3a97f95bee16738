import { sql, type RawBuilder } from 'kysely';

import type { NamedRef, Verdict } from '../../../src/contract/common.js';
import { entryActions, type EntryAction, type InboxEntry } from '../../../src/contract/inbox-entries.js';
import { BackendError } from '../../backend-error.js';
import type { Actor } from '../../backend.js';
import { namedOf, personOf, toPerson } from '../case-record.js';
import { notFound, type Executor, type Tx } from '../context.js';
import { holdRow, lockRow } from '../lock-row.js';
import { organisationOf } from '../organisation-of.js';
import type { CaseFacts } from '../policy/facts.js';
import { decideEntry, decideInbox, decideInboxWork, type EntryFacts } from '../policy/inboxes.js';
import { isVisible } from '../policy/visibility.js';
import { loadScope, type Scope } from '../scope.js';
import { requireAllowed } from '../sharing/grant-record.js';
import { isStorable } from '../../input/text.js';
import { entriesOfCase } from './case-entries.js';

/** How long a change can be undone. */
const UNDO_MINUTES = 10;

interface EntryCase extends Omit<CaseFacts, 'tenant'> {
  readonly number: number;
  readonly subject: string;
  readonly customer: NamedRef;
}

/** Entries with the names they show, and what decides what `actor` may do with them. Conditions speak of `e`. */
export function selectEntries(db: Executor, actor: Actor) {
  return db
    .selectFrom('inbox_entries as e')
    .select([
      'e.tenant',
      'e.id',
      'e.version',
      'e.inbox_id',
      'e.from_inbox_id',
      'e.case_id',
      'e.customer_id',
      'e.message',
      'e.due_type',
      'e.due_on',
      'e.state',
      'e.owner_id',
      'e.owned_at',
      'e.sent_by',
      'e.sent_at',
      'e.ended_by',
      'e.ended_at',
      'e.changed_by',
      'e.changed_at',
      'e.undo',
      inboxOf('inbox_id').$castTo<NamedRef>().as('inbox'),
      inboxOf('from_inbox_id').as('from'),
      namedOf('customers', 'e', 'customer_id').as('customer'),
      personOf('e', 'owner_id').as('owner'),
      personOf('e', 'sent_by').as('sender'),
      personOf('e', 'ended_by').as('ender'),
      caseOf(actor).as('case'),
      rightsOf(actor, sql`e.inbox_id`).as('rights'),
      rightsOf(actor, undoneInbox).as('undo_rights'),
    ]);
}

export type EntryRow = Awaited<ReturnType<ReturnType<typeof selectEntries>['executeTakeFirstOrThrow']>>;

function inboxOf(column: 'inbox_id' | 'from_inbox_id'): RawBuilder<NamedRef | null> {
  return sql`(select json_build_object('id', n.id, 'name', n.name) from inboxes n
    where n.tenant = e.tenant and n.id = ${sql.ref(`e.${column}`)})`;
}

/** Where the entry was before the change that can be undone. */
const undoneInbox = sql<string | null>`e.undo -> 'was' ->> 'inbox_id'`;

/** The rights of the actor in an inbox; `null` for who is no member. */
function rightsOf(actor: Actor, inboxId: RawBuilder<unknown>): RawBuilder<string[] | null> {
  return sql`(select m.rights from inbox_members m
    where m.tenant = e.tenant and m.inbox_id = ${inboxId} and m.person_id = ${actor.id})`;
}

function caseOf(actor: Actor): RawBuilder<EntryCase | null> {
  return sql`(select json_build_object('id', c.id, 'number', c.number, 'subject', c.subject, 'status', c.status,
      'projectId', c.project_id, 'customerId', c.customer_id, 'organisationId', ${organisationOf('c')},
      'requesterId', c.requester_id, 'assigneeId', c.assignee_id, 'departmentId', c.department_id,
      'entries', ${entriesOfCase(actor)}, 'customer', ${namedOf('customers', 'c', 'customer_id')})
    from cases c where c.tenant = e.tenant and c.id = e.case_id)`;
}

/** The customer alone, or that of the case. */
function customerOf(row: EntryRow): NamedRef | null {
  return row.case?.customer ?? row.customer;
}

/** What the policy needs to know of the entry at the moment `at`. */
function entryFacts(row: EntryRow, { actor, settings, grants }: Scope, at: string): EntryFacts {
  const { tenant } = row;
  return {
    tenant,
    inboxId: row.inbox_id,
    state: row.state,
    owner: row.owner_id === null ? null : { id: row.owner_id, name: row.owner?.name ?? row.owner_id },
    caseShown: row.case && isVisible(actor, { ...row.case, tenant }, settings, grants),
    hasCustomer: customerOf(row) !== null,
    undoable: undoableChange(row, at),
  };
}

function undoableChange({ undo, changed_by: by, changed_at, undo_rights }: EntryRow, at: string) {
  const age = Date.parse(at) - Date.parse(changed_at);
  if (undo === null || by === null || age > UNDO_MINUTES * 60_000) return null;
  const { action, was } = undo;
  return { by, action, inboxId: was.inbox_id, membership: undo_rights };
}

/** The entry as the actor may see it at the moment `at`, with a verdict for each action. */
export function toEntry(row: EntryRow, scope: Scope, at: string): InboxEntry {
  const { actor, settings } = scope;
  const facts = entryFacts(row, scope, at);
  return {
    id: row.id,
    version: String(row.version),
    state: row.state,
    inbox: row.inbox,
    from: row.from,
    case: facts.caseShown ? shownCase(row) : null,
    customer: customerOf(row),
    message: row.message,
    dueType: row.due_type,
    dueOn: row.due_on,
    owner: toPerson(row.owner),
    ownedAt: row.owned_at,
    sentBy: toPerson(row.sender),
    sentAt: row.sent_at,
    endedBy: toPerson(row.ender),
    endedAt: row.ended_at,
    permissions: Object.fromEntries(
      entryActions.map((action) => [action, decideEntry(action, actor, facts, settings, row.rights)]),
    ),
  };
}

function shownCase({ case: record }: EntryRow): InboxEntry['case'] {
  return record && { id: record.id, number: record.number, subject: record.subject, status: record.status };
}

/** Refuses whose role works no inboxes (IB-01). */
export function requireInboxRole({ actor }: Pick<Scope, 'actor'>): void {
  requireAllowed(decideInboxWork(actor));
}

/** Reads an entry the actor may see; `not_found` for what is absent and what is hidden alike. */
export async function findEntry(db: Executor, id: string, scope: Scope, at: string): Promise<EntryRow> {
  requireInboxRole(scope);
  const row = isStorable(id) ? await entryById(db, id, scope.actor).executeTakeFirst() : undefined;
  if (row && isSeen(row, scope, at)) return row;
  throw notFound();
}

/** Reads an entry, whoever may see it: as a change has left it. */
export function readEntry(db: Executor, id: string, { actor }: Pick<Scope, 'actor'>): Promise<EntryRow> {
  return entryById(db, id, actor).executeTakeFirstOrThrow();
}

function entryById(db: Executor, id: string, actor: Actor) {
  return selectEntries(db, actor).where('e.tenant', '=', actor.tenant).where('e.id', '=', id);
}

/** Whether the actor may read the inbox of the entry, or did what can be undone of it. */
function isSeen(row: EntryRow, scope: Scope, at: string): boolean {
  const { actor } = scope;
  const inbox = { id: row.inbox_id, tenant: row.tenant };
  const facts = entryFacts(row, scope, at);
  return (
    decideInbox('read', actor, inbox, row.rights).allowed ||
    decideEntry('undo', actor, facts, scope.settings, row.rights).allowed
  );
}

/** An entry nobody else changes meanwhile, and the scope of the moment since when. */
export interface HeldEntry {
  readonly row: EntryRow;
  readonly scope: Scope;
}

/**
 * Like `findEntry`, and nobody else changes the entry, its case, or the members of the inboxes it is and may come back to, until
 * the transaction ends. Locks are taken in the order case, inbox, entry: nobody waits for somebody who waits for them.
 */
export async function lockEntry(tx: Tx, id: string, actor: Actor, at: string): Promise<HeldEntry> {
  const { tenant } = actor;
  const before = await placeOf(tx, id, tenant);
  if (before) {
    if (before.case_id !== null) await lockRow(tx, 'cases', tenant, before.case_id);
    for (const inbox of before.inboxes) await holdRow(tx, 'inboxes', tenant, inbox);
    await lockRow(tx, 'inbox_entries', tenant, id);
    // Sent on while the locks were waited for.
    const inboxes = (await placeOf(tx, id, tenant))?.inboxes ?? [];
    for (const inbox of inboxes)
      if (!before.inboxes.includes(inbox)) await holdRow(tx, 'inboxes', tenant, inbox);
  }
  const scope = await loadScope(tx, actor, at);
  return { row: await findEntry(tx, id, scope, at), scope };
}

/** What is locked with an entry: its case, the inbox it is in and the one it was in before. */
async function placeOf(tx: Tx, id: string, tenant: string) {
  if (!isStorable(id)) return undefined;
  const place = await tx
    .selectFrom('inbox_entries as e')
    .select(['e.case_id', 'e.inbox_id', undoneInbox.as('undone')])
    .where('e.tenant', '=', tenant)
    .where('e.id', '=', id)
    .executeTakeFirst();
  if (!place) return undefined;
  const inboxes = new Set([place.inbox_id, place.undone ?? place.inbox_id]);
  return { case_id: place.case_id, inboxes: [...inboxes].sort() };
}

/** Refuses what the actor may not do with the entry as it stands. */
export function requireEntry(action: EntryAction, { row, scope }: HeldEntry, at: string): void {
  const facts = entryFacts(row, scope, at);
  const verdict = decideEntry(action, scope.actor, facts, scope.settings, row.rights);
  if (!verdict.allowed) throw refusalOf(verdict, { row, scope }, at);
}

/** The error a refused verdict on an entry becomes: a conflict names the owner, what has ended who ended it. */
function refusalOf({ rule, reason = '' }: Verdict, { row, scope }: HeldEntry, at: string): BackendError {
  const told = { rule, detail: reason };
  const conflict = () => ({ ...told, current: toEntry(row, scope, at) });
  switch (rule) {
    case 'inboxes.owned':
      return new BackendError('entry_owned', { ...conflict(), by: nameOf(row.owner), at: row.owned_at });
    case 'inboxes.not-owned':
      return new BackendError('entry_not_owned', conflict());
    case 'inboxes.ended':
      return new BackendError('gone', { ...conflict(), by: nameOf(row.ender), at: row.ended_at });
    case 'inboxes.undo':
      return new BackendError('undo_impossible', conflict());
    default:
      return new BackendError('forbidden', told);
  }
}

function nameOf(person: { readonly id: string; readonly name: string } | null): NamedRef | null {
  return person && { id: person.id, name: person.name };
}
