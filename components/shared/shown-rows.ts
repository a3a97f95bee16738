import type { ReactiveController, ReactiveControllerHost } from 'lit';

import type { ListData, QueryState } from '../../src/client/live-query.js';
import { isValidationError } from '../../src/errors.js';

/** A row of a list: what tells it from others, and from its own earlier states. */
export interface Row {
  readonly id: string;
  readonly version: string;
  /** Replies do not move the version of a case. */
  readonly replyCount?: number;
  readonly tags?: readonly string[] | undefined;
}

/** What a list is asked for, and how far the answer is. */
export interface RowSource<T extends Row> {
  /** Names the question: another key is another list. */
  readonly key: string;
  /** Names whose rows these are: rows of another scope are never shown meanwhile. */
  readonly scope: string;
  readonly state: QueryState<ListData<T>>;
}

/** What one answer changed against the one before. */
export interface RowDifference<T extends Row> {
  /** New or changed since, to be pointed out. */
  readonly fresh: readonly string[];
  /** No longer in the list. */
  readonly gone: readonly T[];
}

/** Compares two answers to the same question. Rows that only moved across the end of the last page do not count. */
export function compareRows<T extends Row>(before: ListData<T>, after: ListData<T>): RowDifference<T> {
  const old = new Map(before.items.map((item) => [item.id, item]));
  const now = new Set(after.items.map(({ id }) => id));
  const lastKnown = after.items.findLastIndex(({ id }) => old.has(id));
  const fresh = after.items.filter((item, index) => {
    const known = old.get(item.id);
    if (known) return known.version !== item.version || known.replyCount !== item.replyCount;
    return index < lastKnown || !before.hasNext;
  });
  const arrived = fresh.filter(({ id }) => !old.has(id)).length;
  const reach = after.hasNext ? before.items.length - arrived : before.items.length;
  const gone = before.items.filter(({ id }, index) => index < reach && !now.has(id));
  return { fresh: fresh.map(({ id }) => id), gone };
}

const highlightTime = 2_400;

/**
 * The rows to show: those of the question now asked, or the earlier ones until its answer is there, so that nothing
 * jumps. Remembers for a moment which rows are new or changed, and tells when rows leave.
 */
export class ShownRows<T extends Row> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #source: () => RowSource<T>;
  readonly #onGone: (rows: readonly T[]) => void;
  readonly #fresh = new Map<string, ReturnType<typeof setTimeout>>();
  #shown: { readonly key: string; readonly scope: string; readonly data: ListData<T> } | undefined;
  #stale = false;
  #tagged: readonly T[] | undefined;
  #tags: readonly string[] = [];

  constructor(
    host: ReactiveControllerHost,
    source: () => RowSource<T>,
    onGone: (rows: readonly T[]) => void,
  ) {
    this.#host = host;
    this.#source = source;
    this.#onGone = onGone;
    host.addController(this);
  }

  get data(): ListData<T> | undefined {
    return this.#shown?.data;
  }

  /** The tags of the rows, in the order of the alphabet; the same list until the rows change. */
  get tags(): readonly string[] {
    const items = this.#shown?.data.items ?? [];
    if (this.#tagged !== items) {
      this.#tagged = items;
      this.#tags = [...new Set(items.flatMap(({ tags }) => tags ?? []))].sort();
    }
    return this.#tags;
  }

  /** Whether the rows answer an earlier question. */
  get stale(): boolean {
    return this.#stale;
  }

  isFresh(id: string): boolean {
    return this.#fresh.has(id);
  }

  hostUpdate(): void {
    const { key, scope, state } = this.#source();
    const { data } = state;
    // Rows of another scope, rows whose answer was taken back (signed out, access lost): nothing of them may stay.
    const withdrawn = !data && (this.#shown?.key === key || (state.error && !isValidationError(state.error)));
    if (withdrawn || this.#shown?.scope !== scope) this.#shown = undefined;
    if (data && data !== this.#shown?.data) {
      if (this.#shown?.key === key) this.#pointOut(compareRows(this.#shown.data, data));
      this.#shown = { key, scope, data };
    }
    this.#stale = this.#shown !== undefined && this.#shown.key !== key;
  }

  hostDisconnected(): void {
    for (const timer of this.#fresh.values()) clearTimeout(timer);
    this.#fresh.clear();
  }

  #pointOut({ fresh, gone }: RowDifference<T>): void {
    for (const id of fresh) {
      clearTimeout(this.#fresh.get(id));
      const timer = setTimeout(() => {
        this.#fresh.delete(id);
        this.#host.requestUpdate();
      }, highlightTime);
      this.#fresh.set(id, timer);
    }
    if (gone.length > 0) this.#onGone(gone);
  }
}
