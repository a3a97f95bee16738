import { useCallback, useSyncExternalStore } from 'react';

import type { LiveQuery, QueryState } from 'casement';

/** What the client's cache knows of something, drawn again whenever that changes. */
export function useLiveQuery<T>(query: LiveQuery<T>): QueryState<T> {
  const subscribe = useCallback((listener: () => void) => query.subscribe(listener), [query]);
  return useSyncExternalStore(subscribe, () => query.getState());
}
