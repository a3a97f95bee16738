import type { NamedRef, Page } from '../../../src/contract/common.js';
import type {
  Inbox,
  InboxChange,
  InboxQuery,
  InboxTargetQuery,
  NewInbox,
} from '../../../src/contract/inboxes.js';
import { BackendError } from '../../backend-error.js';
import type { CallContext, GuardedContext, WriteContext } from '../../backend.js';
import type { EngineContext } from '../context.js';

type Call<A extends unknown[]> = [context: EngineContext, ...A];
export const listInboxes = (..._: Call<[InboxQuery, CallContext]>): Promise<Page<Inbox>> => missing();
export const getInbox = (..._: Call<[string, CallContext]>): Promise<Inbox> => missing();
export const createInbox = (..._: Call<[NewInbox, WriteContext]>): Promise<Inbox> => missing();
export const updateInbox = (..._: Call<[string, InboxChange, GuardedContext]>): Promise<Inbox> => missing();
export const listInboxTargets = (..._: Call<[InboxTargetQuery, CallContext]>): Promise<Page<NamedRef>> =>
  missing();
function missing(): Promise<never> {
  return Promise.reject(new BackendError('capability_missing'));
}
