import type { InboxEntry } from '../../../src/contract/inbox-entries.js';
import type { WriteContext } from '../../backend.js';
import type { EngineContext } from '../context.js';
import { isReader } from './assign-entry.js';
import { changeEntry, commandEntry } from './entry-change.js';
import { requireRoom } from './insert-entry.js';

/** Takes back what the caller did to the entry last, if that was a moment ago. */
export function undoEntry(context: EngineContext, id: string, call: WriteContext): Promise<InboxEntry> {
  return commandEntry(context, id, 'undo', call, async (task) => {
    const { tx, held, at } = task;
    const { row, scope } = held;
    if (row.undo === null) return row;
    const { was } = row.undo;
    const ended = row.state !== 'open';
    if (row.case_id !== null && (ended || row.inbox_id !== was.inbox_id))
      await requireRoom(tx, row.case_id, was.inbox_id, scope, at, ended ? undefined : row.id);
    const { actor } = scope;
    // Who has lost the inbox meanwhile gets nothing there back; who asks has the right to it.
    const stays =
      was.owner_id === actor.id ||
      (was.owner_id !== null && (await isReader(tx, actor.tenant, was.inbox_id, was.owner_id)));
    const owner = stays ? {} : { owner_id: null, owned_at: null };
    return changeEntry(task, { ...was, ...owner }, null);
  });
}
