import type { NamedRef } from '../../../src/contract/common.js';
import type { EntryAction, InboxEntry } from '../../../src/contract/inbox-entries.js';
import type { FieldChange } from '../../../src/contract/notes.js';
import type { WriteContext } from '../../backend.js';
import { inTransaction, now, toJson, type EngineContext, type Tx } from '../context.js';
import { writeLine } from '../history.js';
import { claimKey, keepResult } from '../idempotency.js';
import type { UndoableAction } from '../policy/inboxes.js';
import type { EntryValues } from '../sql/schema.js';
import {
  lockEntry,
  readEntry,
  requireEntry,
  toEntry,
  type EntryRow,
  type HeldEntry,
} from './entry-record.js';
import { announceEntry } from './entry-events.js';
import { leftFor, replayedEntry, sentOn } from './entry-gone.js';

/** What a command does with an entry that it holds. */
export interface EntryTask {
  readonly tx: Tx;
  readonly held: HeldEntry;
  readonly at: string;
}

/**
 * One command on one entry, in one transaction and once for its key. Nobody else changes the entry or its case meanwhile: of several
 * at once, each finds what those before it have left, and is told whose doing that was. `run` gives
 * the entry as it then is.
 */
export async function commandEntry(
  context: EngineContext,
  id: string,
  action: EntryAction,
  call: WriteContext,
  run: (task: EntryTask) => Promise<EntryRow>,
  seenIn?: string,
): Promise<InboxEntry> {
  return inTransaction(context, async (tx) => {
    const at = now(context);
    const key = await claimKey<InboxEntry>(tx, call, at);
    if (key.replay) return replayedEntry(tx, key.result, call.actor, at);
    const held = await lockEntry(tx, id, call.actor, at).catch((error: unknown) =>
      leftFor(tx, id, call.actor, error),
    );
    if (seenIn !== undefined && held.row.inbox_id !== seenIn) throw sentOn(held.row);
    requireEntry(action, held, at);
    const result = toEntry(await run({ tx, held, at }), held.scope, at);
    await keepResult(tx, call, result);
    return result;
  });
}

/**
 * Writes a change of an entry, with a line in the history of its case and events; gives the entry as it is then. Undo is possible for
 * who made it unless told otherwise.
 */
export async function changeEntry(
  { tx, held, at }: EntryTask,
  values: Partial<EntryValues>,
  undo: UndoableAction | null,
): Promise<EntryRow> {
  const { row: before, scope } = held;
  const { id: by, tenant } = scope.actor;
  await tx
    .updateTable('inbox_entries')
    .set({
      ...values,
      version: before.version + 1,
      changed_by: by,
      changed_at: at,
      undo: undo && toJson({ action: undo, was: undone(before) }),
    })
    .where('tenant', '=', tenant)
    .where('id', '=', before.id)
    .execute();
  const after = await readEntry(tx, before.id, scope);
  await tellOfEntry(tx, before, after, { by, at });
  return after;
}

/** Writes what became of an entry into the history of its case, and tells it to who may see it. */
export async function tellOfEntry(
  tx: Tx,
  before: EntryRow | null,
  after: EntryRow,
  { by, at }: { readonly by: string | null; readonly at: string },
): Promise<void> {
  const { tenant, case_id: caseId } = after;
  if (caseId !== null)
    await writeLine(tx, { tenant, caseId, by, at }, { kind: 'inbox', changes: changesOf(before, after) });
  await announceEntry(tx, before, after, at);
}

/** Where it waits, whose it is, and how it ended; it waits nowhere once it has. */
function changesOf(before: EntryRow | null, after: EntryRow): FieldChange[] {
  const told = (row: EntryRow | null) => ({
    inbox: row?.state === 'open' ? nameOf(row.inbox) : null,
    owner: row?.state === 'open' ? nameOf(row.owner) : null,
    state: row?.state ?? null,
  });
  const [was, is] = [told(before), told(after)];
  const changes: FieldChange[] = [];
  const compare = (field: 'inbox' | 'owner' | 'state', from: unknown, to: unknown) => {
    if (toJson(from) !== toJson(to)) changes.push({ field, from, to });
  };
  compare('inbox', was.inbox, is.inbox);
  // Whose it was at its end goes without saying.
  if (after.state === 'open') compare('owner', was.owner, is.owner);
  if (before) compare('state', was.state, is.state);
  return changes;
}

function undone(row: EntryRow): EntryValues {
  return {
    inbox_id: row.inbox_id,
    from_inbox_id: row.from_inbox_id,
    message: row.message,
    due_type: row.due_type,
    due_on: row.due_on,
    state: row.state,
    owner_id: row.owner_id,
    owned_at: row.owned_at,
    sent_by: row.sent_by,
    sent_at: row.sent_at,
    ended_by: row.ended_by,
    ended_at: row.ended_at,
  };
}

function nameOf(person: NamedRef | null): NamedRef | null {
  return person && { id: person.id, name: person.name };
}
