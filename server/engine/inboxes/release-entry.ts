import type { InboxEntry } from '../../../src/contract/inbox-entries.js';
import type { WriteContext } from '../../backend.js';
import type { EngineContext } from '../context.js';
import { changeEntry, commandEntry } from './entry-change.js';

/** IB-29: the owner gives it back; an administrator for them. */
export function releaseEntry(context: EngineContext, id: string, call: WriteContext): Promise<InboxEntry> {
  return commandEntry(context, id, 'release', call, (task) =>
    changeEntry(task, { owner_id: null, owned_at: null }, 'release'),
  );
}
