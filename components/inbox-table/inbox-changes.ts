import type { ReactiveControllerHost } from 'lit';

import type { ListData } from '../../src/client/live-query.js';
import type { InboxEntry } from '../../src/contract/inbox-entries.js';
import { ShownRows, type RowSource } from '../shared/shown-rows.js';

/**
 * The entries to show. What the server has answered to a press shows at once, before the list has been read anew; it is no
 * news then, and a row that left by it is not told as gone.
 */
export class EntryRows {
  readonly #host: ReactiveControllerHost;
  readonly #rows: ShownRows<InboxEntry>;
  // By id: the version that was changed here, and what became of it.
  readonly #answers = new Map<string, { readonly before: string; readonly now: InboxEntry }>();

  /** `onGone` is told of rows that left by another hand. */
  constructor(
    host: ReactiveControllerHost,
    source: () => RowSource<InboxEntry>,
    onGone: (entries: readonly InboxEntry[]) => void,
  ) {
    this.#host = host;
    this.#rows = new ShownRows(host, source, (rows) => {
      const gone = rows.filter(({ id, version }) => this.#answers.get(id)?.before !== version);
      if (gone.length > 0) onGone(gone);
    });
  }

  get data(): ListData<InboxEntry> | undefined {
    return this.#rows.data;
  }

  /** The rows as they stand, with what was changed here. */
  get items(): readonly InboxEntry[] {
    return (this.data?.items ?? []).flatMap((entry) => {
      const answer = this.#answers.get(entry.id);
      if (answer?.before !== entry.version) return [entry];
      return leaves(answer.now, entry) ? [] : [answer.now];
    });
  }

  /** How many of the rows that were counted have left since by what was done here. */
  get left(): number {
    return (this.data?.items.length ?? 0) - this.items.length;
  }

  /** Whether the rows answer an earlier question. */
  get stale(): boolean {
    return this.#rows.stale;
  }

  isFresh({ id, version }: InboxEntry): boolean {
    return this.#rows.isFresh(id) && this.#answers.get(id)?.now.version !== version;
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
}

function leaves(now: InboxEntry, shown: InboxEntry): boolean {
  return now.state !== 'open' || now.inbox.id !== shown.inbox.id;
}
