import type { Case, CaseSummary } from '../contract/cases.js';
import type { Page } from '../contract/common.js';
import type { CaseEvent } from '../contract/events.js';
import type { Session } from '../contract/session.js';
import type { Settings } from '../contract/settings.js';
import { isForbiddenError, isGoneError, isNotFoundError } from '../errors.js';
import type { EventEffects } from './events.js';
import { QueryStore, type QueryEntry, type QueryKey } from './query-store.js';
import type { RecordCache } from './record-cache.js';
import { throttle } from './throttle.js';

/** The pages of a list fetched so far. */
export type Pages<T> = readonly Page<T>[];

/** Everything fetched, by operation and query; what is on it follows writes and events. */
export interface Cache extends RecordCache, EventEffects {
  readonly store: QueryStore;
  /** Forgets everything; what is subscribed is asked for anew. Answers still under way are dropped. */
  reset(): void;
}

/** What is asked about a case besides its record, under these names. */
const ofCase = ['timeline', 'grants', 'receipts'];

/** @param isLive - Whether events tell of changes, so that what was fetched stays fresh for a while. */
export function createCache(isLive: () => boolean): Cache {
  const store = new QueryStore({
    freshFor: () => (isLive() ? 30_000 : 5_000),
    onError(entry, error) {
      if (isNotFoundError(error) || isForbiddenError(error) || isGoneError(error)) withdraw(entry);
    },
  });

  function invalidate(beginning: QueryKey, restart = false): void {
    for (const entry of store.matching(beginning)) entry.invalidate(restart);
  }

  const invalidateAll = throttle((kind) => invalidate([kind]));
  const invalidateCase = throttle((id) => {
    for (const kind of ['case', ...ofCase]) invalidate([kind, id]);
  });

  function mapLists(change: (page: Page<CaseSummary>) => Page<CaseSummary>): void {
    for (const entry of store.matching(['cases']))
      (entry as QueryEntry<Pages<CaseSummary>>).map((pages) => pages.map(change));
  }

  function removeRows(id: string): void {
    mapLists((page) => {
      const items = page.items.filter((item) => item.id !== id);
      return items.length === page.items.length
        ? page
        : { ...page, items, total: page.total && page.total - 1 };
    });
    renewLists();
  }

  /** What was written here must show: an answer under way does not know of it. */
  function renewLists(): void {
    for (const entry of store.matching(['cases'])) entry.invalidate(true);
  }

  /** What the actor may no longer see must not stay on show. */
  function withdraw(entry: QueryEntry<unknown>): void {
    entry.withdraw();
    const [kind, id] = entry.key;
    if (kind !== 'case' || typeof id !== 'string') return;
    for (const other of ofCase) resetAll([other, id]);
    removeRows(id);
  }

  function resetAll(beginning: QueryKey): void {
    for (const entry of store.matching(beginning)) entry.reset();
  }

  return {
    store,
    putCase(record: Case) {
      store.find<Case>(['case', record.id])?.put(record);
      mapLists((page) => ({
        ...page,
        items: page.items.map((item) => (item.id === record.id ? { ...item, ...record } : item)),
      }));
      invalidate(['timeline', record.id], true);
      renewLists();
    },
    touchCases(...ids) {
      for (const id of ids) {
        invalidate(['case', id], true);
        invalidate(['timeline', id], true);
      }
      renewLists();
    },
    touchGrants() {
      for (const kind of ['case', 'project', ...ofCase]) invalidate([kind], true);
      renewLists();
    },
    touch(kind) {
      invalidate([kind], true);
    },
    putSettings(settings) {
      store.find<Settings>(['settings'])?.put(settings);
      store.find<Session>(['session'])?.map((session) => ({ ...session, settings }));
    },
    apply({ kind, caseId, projectId, inboxId }: CaseEvent) {
      // An entry shows its case, and is kept under this word like everything about inboxes.
      if (inboxId !== undefined || caseId !== undefined) invalidateAll('inbox');
      // The settings say what is shown of everything else.
      if (kind === 'stream.reset' || kind === 'settings.updated') {
        invalidate([]);
      } else if (kind === 'view.updated') {
        invalidate(['views']);
      } else if (projectId !== undefined) {
        // Everything about projects is kept under this word, be it of one or a list.
        (kind === 'project.hidden' ? resetAll : invalidate)(['project']);
      } else if (caseId !== undefined) {
        if (kind === 'case.hidden') {
          for (const kind of ['case', ...ofCase]) resetAll([kind, caseId]);
          removeRows(caseId);
        } else {
          invalidateCase(caseId);
          invalidateAll('cases');
        }
      }
    },
    renew(time) {
      for (const entry of store.matching([])) entry.renew(time);
    },
    reset() {
      invalidateCase.cancel();
      invalidateAll.cancel();
      resetAll([]);
    },
  };
}
