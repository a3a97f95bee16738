import type { InboxEntry } from '../../../src/contract/inbox-entries.js';
import type { WriteContext } from '../../backend.js';
import type { EngineContext } from '../context.js';
import { commandEntry } from './entry-change.js';
import { endEntry } from './end-entry.js';

/** IB-10: ends the entry without its having been dealt with. */
export function cancelEntry(context: EngineContext, id: string, call: WriteContext): Promise<InboxEntry> {
  return commandEntry(context, id, 'cancel', call, (task) => endEntry(task, 'cancelled'));
}
