import type { InboxEntry } from '../../../src/contract/inbox-entries.js';
import { BackendError } from '../../backend-error.js';
import type { WriteContext } from '../../backend.js';
import type { EngineContext } from '../context.js';

export function takeEntry(
  ..._: [context: EngineContext, id: string, call: WriteContext]
): Promise<InboxEntry> {
  return Promise.reject(new BackendError('capability_missing'));
}
