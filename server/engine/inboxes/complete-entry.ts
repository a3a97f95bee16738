import type { CompleteEntry, InboxEntry } from '../../../src/contract/inbox-entries.js';
import { BackendError } from '../../backend-error.js';
import type { WriteContext } from '../../backend.js';
import type { EngineContext } from '../context.js';

export function completeEntry(
  ..._: [context: EngineContext, id: string, input: CompleteEntry, call: WriteContext]
): Promise<InboxEntry> {
  return Promise.reject(new BackendError('capability_missing'));
}
