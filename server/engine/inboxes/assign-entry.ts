import type { AssignEntry, InboxEntry } from '../../../src/contract/inbox-entries.js';
import { BackendError } from '../../backend-error.js';
import type { WriteContext } from '../../backend.js';
import type { EngineContext } from '../context.js';

export function assignEntry(
  ..._: [context: EngineContext, id: string, input: AssignEntry, call: WriteContext]
): Promise<InboxEntry> {
  return Promise.reject(new BackendError('capability_missing'));
}
