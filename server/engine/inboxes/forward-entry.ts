import type { ForwardEntry, InboxEntry } from '../../../src/contract/inbox-entries.js';
import { BackendError } from '../../backend-error.js';
import type { WriteContext } from '../../backend.js';
import type { EngineContext } from '../context.js';

export function forwardEntry(
  ..._: [context: EngineContext, id: string, input: ForwardEntry, call: WriteContext]
): Promise<InboxEntry> {
  return Promise.reject(new BackendError('capability_missing'));
}
