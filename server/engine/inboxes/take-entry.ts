import type { InboxEntry } from '../../../src/contract/inbox-entries.js';
import type { WriteContext } from '../../backend.js';
import type { EngineContext } from '../context.js';
import { changeEntry, commandEntry } from './entry-change.js';

/** IB-07: the entry becomes the caller's. Of several who take at once one has it, and the others are told who. */
export function takeEntry(context: EngineContext, id: string, call: WriteContext): Promise<InboxEntry> {
  return commandEntry(context, id, 'take', call, async (task) => {
    const { row } = task.held;
    if (row.owner_id === call.actor.id) return row;
    return changeEntry(task, { owner_id: call.actor.id, owned_at: task.at }, 'take');
  });
}
