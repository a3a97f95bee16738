import type { InboxEntry } from '../../../src/contract/inbox-entries.js';
import type { WriteContext } from '../../backend.js';
import type { EngineContext } from '../context.js';
import { isReader } from './assign-entry.js';
import { changeEntry, commandEntry, type EntryValues } from './entry-change.js';
import { requireRoom } from './insert-entry.js';

/** Takes back what the caller did to the entry last, if that was a moment ago. */
export function undoEntry(context: EngineContext, id: string, call: WriteContext): Promise<InboxEntry> {
  return commandEntry(context, id, 'undo', call, async (task) => {
    const { tx, held, at } = task;
    const { row, scope } = held;
    const { was } = row.undo as unknown as { readonly was: EntryValues };
    const ended = row.state !== 'open';
    if (row.case_id !== null && (ended || row.inbox_id !== was.inbox_id))
      await requireRoom(tx, row.case_id, was.inbox_id, scope, at, ended ? undefined : row.id);
    const { tenant } = scope.actor;
    // Who has lost the inbox meanwhile gets nothing there back.
    const stays = was.owner_id !== null && (await isReader(tx, tenant, was.inbox_id, was.owner_id));
    const owner = stays ? {} : { owner_id: null, owned_at: null };
    return changeEntry(task, { ...was, ...owner }, null);
  });
}
