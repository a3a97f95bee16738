import { QueryCache, QueryClient, type InfiniteData, type Query, type QueryKey } from '@tanstack/query-core';

import type { Case, CaseSummary } from '../contract/cases.js';
import type { Page } from '../contract/common.js';
import type { CaseEvent } from '../contract/events.js';
import type { Session } from '../contract/session.js';
import { isForbiddenError, isGoneError, isNotFoundError } from '../errors.js';
import type { EventEffects } from './events.js';
import type { RecordCache } from './record-cache.js';
import { throttle } from './throttle.js';

/** The pages of a list as the cache holds them. */
export type Pages<T> = InfiniteData<Page<T>, string | undefined>;

/** Everything fetched, by operation and query; what is on it follows writes and events. */
export interface Cache extends RecordCache, EventEffects {
  readonly queries: QueryClient;
  /** Forgets everything; what is subscribed is asked for anew. Answers still under way are dropped. */
  reset(): void;
}

/** @param isLive - Whether events tell of changes, so that what was fetched stays fresh for a while. */
export function createCache(isLive: () => boolean): Cache {
  const queries = new QueryClient({
    queryCache: new QueryCache({
      onError(error, query) {
        if (isNotFoundError(error) || isForbiddenError(error) || isGoneError(error)) withdraw(query);
      },
    }),
    defaultOptions: {
      queries: {
        // The transport repeats; the stream tells of changes.
        retry: false,
        networkMode: 'always',
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        staleTime: () => (isLive() ? 30_000 : 5_000),
        gcTime: 5 * 60_000,
      },
    },
  });

  function invalidate(queryKey: QueryKey): void {
    for (const query of queries.getQueryCache().findAll({ queryKey })) {
      // A first answer under way may be older than what makes it stale.
      if (query.state.data === undefined)
        void query.promise?.then(
          () => queries.invalidateQueries({ queryKey: query.queryKey, exact: true }),
          () => {},
        );
    }
    void queries.invalidateQueries({ queryKey });
  }

  const invalidateLists = throttle(() => invalidate(['cases']));
  const invalidateCase = throttle((id: string) => {
    invalidate(['case', id]);
    invalidate(['timeline', id]);
  });

  function mapLists(change: (page: Page<CaseSummary>) => Page<CaseSummary>): void {
    queries.setQueriesData<Pages<CaseSummary>>(
      { queryKey: ['cases'] },
      (data) => data && { ...data, pages: data.pages.map(change) },
    );
  }

  function removeRows(id: string): void {
    mapLists((page) => {
      const items = page.items.filter((item) => item.id !== id);
      return items.length === page.items.length
        ? page
        : { ...page, items, total: page.total && page.total - 1 };
    });
    invalidateLists.now('');
  }

  /** What the actor may no longer see must not stay on show. */
  function withdraw(query: Query<unknown, unknown>): void {
    query.setState({ data: undefined });
    const [kind, id] = query.queryKey;
    if (kind !== 'case' || typeof id !== 'string') return;
    void queries.resetQueries({ queryKey: ['timeline', id] });
    removeRows(id);
  }

  return {
    queries,
    putCase(record: Case) {
      const queryKey = ['case', record.id];
      // An answer under way was given before this one.
      void queries.cancelQueries({ queryKey });
      queries.setQueryData(queryKey, record);
      mapLists((page) => ({
        ...page,
        items: page.items.map((item) => (item.id === record.id ? { ...item, ...record } : item)),
      }));
      invalidate(['timeline', record.id]);
      invalidateLists.now('');
    },
    touchCase(id) {
      invalidateCase.now(id);
      invalidateLists.now('');
    },
    putSettings(settings) {
      void queries.cancelQueries({ queryKey: ['settings'] });
      queries.setQueryData(['settings'], settings);
      queries.setQueryData<Session>(['session'], (session) => session && { ...session, settings });
    },
    apply({ kind, caseId }: CaseEvent) {
      if (kind === 'stream.reset') {
        invalidate([]);
      } else if (kind === 'settings.updated') {
        invalidate(['settings']);
        invalidate(['session']);
      } else if (caseId !== undefined) {
        if (kind === 'case.hidden') {
          void queries.resetQueries({ queryKey: ['case', caseId] });
          void queries.resetQueries({ queryKey: ['timeline', caseId] });
          removeRows(caseId);
        } else {
          invalidateCase(caseId);
          invalidateLists('');
        }
      }
    },
    renew(time) {
      void queries.invalidateQueries({ predicate: ({ state }) => state.dataUpdatedAt < time });
    },
    reset() {
      invalidateCase.cancel();
      invalidateLists.cancel();
      queries.removeQueries({ type: 'inactive' });
      void queries.resetQueries();
    },
  };
}
