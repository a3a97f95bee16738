import { BackendError } from '../../backend-error.js';
import type { Tx } from '../context.js';
import { newId } from '../ids.js';
import type { Scope } from '../scope.js';
import { tellOfEntry } from './entry-change.js';
import { readEntry, toEntry, type EntryRow } from './entry-record.js';
import type { HandOver } from './hand-over.js';

/** What comes into an inbox, who put it there, and when. */
export interface NewEntryAbout {
  readonly tenant: string;
  /** A case, with its customer in the row of the case; or a customer alone. */
  readonly caseId: string | null;
  readonly customerId: string | null;
  /** `null` for a rule of the settings. */
  readonly by: string | null;
  readonly at: string;
}

/** Puts something into an inbox, with its line and its events; gives the entry as the actor of the scope reads it. */
export async function insertEntry(
  tx: Tx,
  { tenant, caseId, customerId, by, at }: NewEntryAbout,
  { inbox, dueType, dueOn, message }: HandOver,
  scope: Pick<Scope, 'actor'>,
): Promise<EntryRow> {
  const id = newId('entry');
  await tx
    .insertInto('inbox_entries')
    .values({
      tenant,
      id,
      inbox_id: inbox.id,
      case_id: caseId,
      customer_id: caseId === null ? customerId : null,
      message,
      due_type: dueType,
      due_on: dueOn,
      sent_by: by,
      sent_at: at,
      changed_by: by,
      changed_at: at,
    })
    .execute();
  const row = await readEntry(tx, id, scope);
  await tellOfEntry(tx, null, row, { by, at });
  return row;
}

/**
 * The id of an open entry that leaves no room for another about the case in this inbox: one in any inbox, or where the settings allow
 * several at once, one in the same. `moved` is an entry that waits already and changes its inbox.
 */
export async function entryInTheWay(
  tx: Tx,
  caseId: string,
  inboxId: string,
  { actor, settings }: Pick<Scope, 'actor' | 'settings'>,
  moved?: string,
): Promise<string | undefined> {
  let open = tx
    .selectFrom('inbox_entries')
    .select('id')
    .where('tenant', '=', actor.tenant)
    .where('case_id', '=', caseId)
    .where('state', '=', 'open');
  if (settings.inboxes?.severalAtOnce || moved !== undefined) open = open.where('inbox_id', '=', inboxId);
  if (moved !== undefined) open = open.where('id', '<>', moved);
  return (await open.orderBy('id').executeTakeFirst())?.id;
}

/** IB-03: a case that is locked is in one inbox at a time, unless the settings allow several; never in one twice. */
export async function requireRoom(
  tx: Tx,
  caseId: string,
  inboxId: string,
  scope: Scope,
  at: string,
  moved?: string,
): Promise<void> {
  const open = await entryInTheWay(tx, caseId, inboxId, scope, moved);
  if (open === undefined) return;
  const entry = toEntry(await readEntry(tx, open, scope), scope, at);
  throw new BackendError('already_in_inbox', {
    detail: `The case is in “${entry.inbox.name}” already.`,
    by: entry.sentBy && { id: entry.sentBy.id, name: entry.sentBy.name },
    at: entry.sentAt,
    current: entry,
  });
}
