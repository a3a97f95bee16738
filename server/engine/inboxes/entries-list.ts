import type { InboxEntry, InboxEntryQuery } from '../../../src/contract/inbox-entries.js';
import type { Page } from '../../../src/contract/common.js';
import { BackendError } from '../../backend-error.js';
import type { CallContext } from '../../backend.js';
import type { EngineContext } from '../context.js';

type Call<A extends unknown[]> = [context: EngineContext, ...A];
export const listInboxEntries = (..._: Call<[InboxEntryQuery, CallContext]>): Promise<Page<InboxEntry>> =>
  missing();
export const getInboxEntry = (..._: Call<[string, CallContext]>): Promise<InboxEntry> => missing();
function missing(): Promise<never> {
  return Promise.reject(new BackendError('capability_missing'));
}
