import {
  InfiniteQueryObserver,
  QueryObserver,
  type InfiniteQueryObserverOptions,
  type QueryKey,
  type QueryState as CacheState,
} from '@tanstack/query-core';

import type { Case, CaseSummary } from '../contract/cases.js';
import type { Page } from '../contract/common.js';
import type { Customer } from '../contract/customers.js';
import type { TimelineEntry } from '../contract/notes.js';
import type { Person } from '../contract/people.js';
import type { Session } from '../contract/session.js';
import type { Settings } from '../contract/settings.js';
import type { CaseError } from '../errors.js';
import type { CallOptions } from '../http/request-options.js';
import type { Cache, Pages } from './cache.js';
import type { CaseListQuery, CasesResource, TimelineListQuery } from './cases.js';
import type { CustomerListQuery, CustomersResource } from './customers.js';
import type { LiveEvents } from './events.js';
import type { ListData, LiveList, LiveQuery, QueryState } from './live-query.js';
import type { PeopleResource, PersonListQuery } from './people.js';
import type { SessionResource } from './session.js';
import type { SettingsResource } from './settings.js';

/** The live cache: what elements show. Reached as `client.queries`. */
export interface LiveQueries {
  session(): LiveQuery<Session>;
  settings(): LiveQuery<Settings>;
  case(id: string): LiveQuery<Case>;
  cases(query?: Omit<CaseListQuery, 'cursor'>): LiveList<CaseSummary>;
  timeline(id: string, query?: Omit<TimelineListQuery, 'cursor'>): LiveList<TimelineEntry>;
  customer(id: string): LiveQuery<Customer>;
  customers(query?: Omit<CustomerListQuery, 'cursor'>): LiveList<Customer>;
  people(query?: Omit<PersonListQuery, 'cursor'>): LiveList<Person>;
}

/** The resources that live queries read through. */
export interface Readers {
  readonly session: SessionResource;
  readonly settings: SettingsResource;
  readonly cases: CasesResource;
  readonly customers: CustomersResource;
  readonly people: PeopleResource;
}

export function createLiveQueries(
  { queries }: Cache,
  events: LiveEvents,
  { session, settings, cases, customers, people }: Readers,
): LiveQueries {
  /** What a query for one thing and a query for a list have in common. */
  function follow<Raw, T>(
    queryKey: QueryKey,
    observe: () => QueryObserver<Raw, CaseError>,
    dataOf: (raw: Raw) => T,
    listState: (raw: Raw | undefined, fetchingMore: boolean) => Partial<QueryState<T>>,
  ): LiveQuery<T> {
    let seen: CacheState<Raw, CaseError> | undefined;
    let current: QueryState<T> = { status: 'pending', refreshing: false };

    function getState(): QueryState<T> {
      const now = queries.getQueryState<Raw, CaseError>(queryKey);
      if (now === seen) return current;
      const before = seen;
      seen = now;
      const { data, error, fetchStatus, fetchMeta } = now ?? {};
      const fetching = fetchStatus === 'fetching';
      const fetchingMore = fetching && fetchMeta?.fetchMore !== undefined;
      const next: QueryState<T> = {
        status: data !== undefined ? 'ready' : error ? 'failed' : 'pending',
        data: data === undefined ? undefined : data === before?.data ? current.data : dataOf(data),
        error: error ?? undefined,
        refreshing: fetching && !fetchingMore && data !== undefined,
        ...listState(data, fetchingMore),
      };
      const same = (Object.keys(next) as (keyof QueryState<T>)[]).every((key) => next[key] === current[key]);
      return same ? current : (current = next);
    }

    return {
      getState,
      subscribe(listener) {
        const release = events.hold();
        let last = getState();
        const unsubscribe = observe().subscribe(() => {
          const state = getState();
          if (state === last) return;
          last = state;
          listener(state);
        });
        return () => {
          unsubscribe();
          release();
        };
      },
      async refetch() {
        await observe().refetch();
      },
    };
  }

  function one<T>(queryKey: QueryKey, read: (options: CallOptions) => Promise<T>): LiveQuery<T> {
    const observe = () =>
      new QueryObserver<T, CaseError>(queries, { queryKey, queryFn: ({ signal }) => read({ signal }) });
    return follow(
      queryKey,
      observe,
      (data) => data,
      () => ({}),
    );
  }

  function list<T extends { readonly id: string }, Q extends object>(
    key: QueryKey,
    query: Q,
    read: (query: Q & { cursor: string | undefined }, options: CallOptions) => Promise<Page<T>>,
  ): LiveList<T> {
    const wanted = normalized(query);
    const queryKey = [...key, wanted];
    const options: InfiniteQueryObserverOptions<
      Page<T>,
      CaseError,
      Pages<T>,
      QueryKey,
      string | undefined
    > = {
      queryKey,
      queryFn: ({ pageParam, signal }) => read({ ...wanted, cursor: pageParam }, { signal }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next,
    };
    const observe = () => new InfiniteQueryObserver(queries, options);
    const pages = () => queries.getQueryData<Pages<T>>(queryKey)?.pages;
    const live = follow<Pages<T>, ListData<T>>(
      queryKey,
      observe as unknown as () => QueryObserver<Pages<T>, CaseError>,
      ({ pages }) => ({
        // A record that moved while pages were fetched may stand on two of them.
        items: [...new Map(pages.flatMap(({ items }) => items).map((item) => [item.id, item])).values()],
        total: pages[0]?.total,
        hasNext: pages.at(-1)?.next != null,
      }),
      (data, fetchingNext) => ({ fetchingNext, hasNext: data?.pages.at(-1)?.next != null }),
    );
    return {
      ...live,
      async fetchNext() {
        const before = pages()?.length ?? 0;
        // A refresh under way goes first; one that comes between cuts the page short, so ask again.
        for (let tries = 0; tries < 3 && (pages()?.length ?? 0) <= before; tries++) {
          if (live.getState().refreshing)
            await queries
              .getQueryCache()
              .find({ queryKey, exact: true })
              ?.promise?.catch(() => {});
          const { isError } = await observe().fetchNextPage({ cancelRefetch: false });
          if (isError || !live.getState().hasNext) return;
        }
      },
    };
  }

  return {
    session: () => one(['session'], (options) => session.get(options)),
    settings: () => one(['settings'], (options) => settings.get(options)),
    case: (id) => one(['case', id], (options) => cases.get(id, options)),
    cases: (query = {}) => list(['cases'], query, (page, options) => cases.list(page, options)),
    timeline: (id, query = {}) =>
      list(['timeline', id], query, (page, options) => cases.timeline(id, page, options)),
    customer: (id) => one(['customer', id], (options) => customers.get(id, options)),
    customers: (query = {}) => list(['customers'], query, (page, options) => customers.list(page, options)),
    people: (query = {}) => list(['people'], query, (page, options) => people.list(page, options)),
  };
}

/** The same question in the same words: nothing that asks for nothing, no list of one, sorted alternatives. */
function normalized<Q extends object>(query: Q): Q {
  const entries = Object.entries(query).flatMap(([name, value]: [string, unknown]) => {
    const several: readonly unknown[] = Array.isArray(value) ? value : [value];
    const plain = several.length > 1 ? [...several].sort() : several[0];
    return plain === undefined || plain === '' ? [] : [[name, plain] as const];
  });
  return Object.fromEntries(entries) as Q;
}
