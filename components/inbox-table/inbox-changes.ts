import type { ReactiveController, ReactiveControllerHost } from 'lit';

import type { ListData, QueryState } from '../../src/client/live-query.js';
import type { InboxEntry } from '../../src/contract/inbox-entries.js';

const highlightTime = 2_400;

/** What the table is asked for, and how far the answer is. */
export interface EntrySource {
  /** Names the question: another key is another list. */
  readonly key: string;
  /** Names who asks: rows of somebody else are never shown meanwhile. */
  readonly person: string | undefined;
  readonly state: QueryState<ListData<InboxEntry>>;
}

/**
 * The rows to show: those of the question now asked, or the earlier ones until its answer is there, so that nothing jumps.
 * What the server has answered to a press shows at once, before the list has been read anew. Remembers for a moment what
 * somebody else has changed, and tells when rows leave by another hand.
 */
export class EntryRows implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #source: () => EntrySource;
  readonly #onGone: (entries: readonly InboxEntry[]) => void;
  readonly #fresh = new Map<string, ReturnType<typeof setTimeout>>();
  // By id: the version that was changed here, and what became of it.
  readonly #answers = new Map<string, { readonly before: string; readonly now: InboxEntry }>();
  #shown:
    | { readonly key: string; readonly person: string | undefined; readonly data: ListData<InboxEntry> }
    | undefined;

  constructor(
    host: ReactiveControllerHost,
    source: () => EntrySource,
    onGone: (entries: readonly InboxEntry[]) => void,
  ) {
    this.#host = host;
    this.#source = source;
    this.#onGone = onGone;
    host.addController(this);
  }

  get data(): ListData<InboxEntry> | undefined {
    return this.#shown?.data;
  }

  /** The rows as they stand, with what was changed here. */
  get items(): readonly InboxEntry[] {
    return (this.#shown?.data.items ?? []).flatMap((entry) => {
      const answer = this.#answers.get(entry.id);
      if (answer?.before !== entry.version) return [entry];
      const stays = answer.now.state === 'open' && answer.now.inbox.id === entry.inbox.id;
      return stays ? [answer.now] : [];
    });
  }

  /** Whether the rows answer an earlier question. */
  get stale(): boolean {
    return this.#shown !== undefined && this.#shown.key !== this.#source().key;
  }

  isFresh(id: string): boolean {
    return this.#fresh.has(id);
  }

  /** Shows what became of an entry that was changed here. */
  answered(before: InboxEntry, now: InboxEntry): void {
    this.#answers.set(before.id, { before: before.version, now });
    this.#host.requestUpdate();
  }

  /** Shows it as the list has it: it was brought back. */
  forget(id: string): void {
    this.#answers.delete(id);
  }

  hostUpdate(): void {
    const { key, person, state } = this.#source();
    const { data, error } = state;
    // Rows of another person, rows whose answer was taken back: nothing of them may stay.
    const withdrawn = !data && (this.#shown?.key === key || error !== undefined);
    if (withdrawn || this.#shown?.person !== person) this.#shown = undefined;
    if (!data || data === this.#shown?.data) return;
    if (this.#shown?.key === key) this.#compare(this.#shown.data, data);
    this.#shown = { key, person, data };
  }

  hostDisconnected(): void {
    for (const timer of this.#fresh.values()) clearTimeout(timer);
    this.#fresh.clear();
  }

  #compare(before: ListData<InboxEntry>, after: ListData<InboxEntry>): void {
    const old = new Map(before.items.map((entry) => [entry.id, entry.version]));
    const now = new Set(after.items.map(({ id }) => id));
    const lastKnown = after.items.findLastIndex(({ id }) => old.has(id));
    after.items.forEach(({ id, version }, index) => {
      // A row that came with the next page is not news.
      const isNew = old.has(id) ? old.get(id) !== version : index < lastKnown || !before.hasNext;
      if (isNew && this.#answers.get(id)?.now.version !== version) this.#pointOut(id);
    });
    const reach = after.hasNext ? Math.min(before.items.length, after.items.length) : before.items.length;
    const gone = before.items.slice(0, reach).filter(({ id }) => !now.has(id) && !this.#answers.has(id));
    if (gone.length > 0) this.#onGone(gone);
  }

  #pointOut(id: string): void {
    clearTimeout(this.#fresh.get(id));
    const timer = setTimeout(() => {
      this.#fresh.delete(id);
      this.#host.requestUpdate();
    }, highlightTime);
    this.#fresh.set(id, timer);
  }
}
