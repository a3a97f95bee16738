import type { CaseError } from '../errors.js';

/** What is known of a query now. A new object whenever something changed, the same one otherwise. */
export interface QueryState<T> {
  /** `pending`: nothing yet. `ready`: `data` is there. `failed`: there is only `error`. */
  readonly status: 'pending' | 'ready' | 'failed';
  readonly data?: T | undefined;
  /** Why the last request failed. Beside `data` when a refresh failed: what is shown may be out of date. */
  readonly error?: CaseError | undefined;
  /** A request for newer data is under way while `data` shows. */
  readonly refreshing: boolean;
  /** Of a list: the next page is being fetched. */
  readonly fetchingNext?: boolean | undefined;
  /** Of a list: there is a next page. */
  readonly hasNext?: boolean | undefined;
}

/**
 * A view on the client's cache that changes with it.
 *
 * Two live queries for the same thing share one cache entry and one request. Data is fetched while somebody is
 * subscribed, kept up to date by events and by writes through the client, and kept a few minutes afterwards.
 */
export interface LiveQuery<T> {
  /** What is known now; the same object until something changes. */
  getState(): QueryState<T>;
  /** Calls `listener` on every change, not at once; answers the function that ends it. */
  subscribe(listener: (state: QueryState<T>) => void): () => void;
  /** Asks the server again. Never rejects: what went wrong stands in the state. */
  refetch(): Promise<void>;
  /** Of a list: fetches the next page, if there is one. Never rejects. */
  fetchNext?(): Promise<void>;
}

/** All pages of a list fetched so far. */
export interface ListData<T> {
  readonly items: readonly T[];
  /** Of the first page, when `count` was asked for. */
  readonly total?: number | undefined;
  readonly hasNext: boolean;
}

/** A live query of a list, growing by `fetchNext`. */
export interface LiveList<T> extends LiveQuery<ListData<T>> {
  fetchNext(): Promise<void>;
}
