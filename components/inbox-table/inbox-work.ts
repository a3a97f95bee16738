import { msg, str } from '@lit/localize';
import type { LitElement } from 'lit';

import type { CaseClient } from '../../src/client/client.js';
import type { InboxEntry } from '../../src/contract/inbox-entries.js';
import { isAbortError } from '../../src/errors.js';
import type { Sentence } from '../shared/field-errors.js';
import type { EntryRows } from './inbox-changes.js';
import type { InboxNotice } from './inbox-notice.js';
import { entryTitle, workFailure } from './inbox-words.js';

/** What is worked on, and with. */
export interface InboxWorkLink {
  readonly host: LitElement;
  readonly client: () => CaseClient | undefined;
  readonly notice: InboxNotice;
  readonly rows: EntryRows;
  readonly reload: () => Promise<void>;
  /** The row is about to leave: whoever stands on it goes on at the next one. */
  readonly leaving: (ids: readonly string[]) => void;
  /** Puts the focus on a row that came back. */
  readonly back: (id: string) => void;
}

/** What is done with entries: one request for each at a time, told above them, undone while that is offered. */
export class InboxWork {
  readonly #link: InboxWorkLink;
  readonly #busy = new Set<string>();
  #last: InboxEntry | undefined;

  constructor(link: InboxWorkLink) {
    this.#link = link;
  }

  isBusy(id: string): boolean {
    return this.#busy.has(id);
  }

  take(entry: InboxEntry): Promise<void> {
    const title = entryTitle(entry);
    return this.#run(
      entry,
      (client) => client.inboxEntries.take(entry.id),
      () => msg(str`“${title}” is yours.`, { id: 'inbox-table.done.take' }),
    );
  }

  release(entry: InboxEntry): Promise<void> {
    const title = entryTitle(entry);
    return this.#run(
      entry,
      (client) => client.inboxEntries.release(entry.id),
      () => msg(str`“${title}” is nobody’s again.`, { id: 'inbox-table.done.release' }),
    );
  }

  complete(entry: InboxEntry): Promise<void> {
    const title = entryTitle(entry);
    return this.#run(
      entry,
      (client) => client.inboxEntries.complete(entry.id),
      () => msg(str`“${title}” is complete.`, { id: 'inbox-table.done.complete' }),
    );
  }

  cancel(entry: InboxEntry): Promise<void> {
    const title = entryTitle(entry);
    return this.#run(
      entry,
      (client) => client.inboxEntries.cancel(entry.id),
      () => msg(str`“${title}” is cancelled.`, { id: 'inbox-table.done.cancel' }),
    );
  }

  /** Takes back what was done last, as long as the server lets it. */
  async undo(): Promise<void> {
    const entry = this.#last;
    const { notice, rows, reload, back } = this.#link;
    if (!entry) {
      notice.tell({
        tone: 'caution',
        text: () => msg('There is nothing to undo.', { id: 'inbox-table.undo.nothing' }),
      });
      return;
    }
    const title = entryTitle(entry);
    await this.#busily(entry, async (client) => {
      await client.inboxEntries.undo(entry.id);
      this.#last = undefined;
      rows.forget(entry.id);
      notice.tell({
        tone: 'positive',
        text: () => msg(str`“${title}” is as it was before.`, { id: 'inbox-table.done.undo' }),
      });
      await reload();
      back(entry.id);
    });
  }

  /** Something was done: tells it, with the way back, and shows what became of the entry. */
  done(before: InboxEntry, now: InboxEntry, text: Sentence): void {
    const { rows, notice, leaving } = this.#link;
    if (now.state !== 'open' || now.inbox.id !== before.inbox.id) leaving([before.id]);
    rows.answered(before, now);
    this.#last = before;
    notice.tell({ tone: 'positive', text, undo: () => void this.undo() });
  }

  /** What became of the entry, where it can still be read: whoever is told why something failed is told by whom. */
  async now(entry: InboxEntry): Promise<InboxEntry | undefined> {
    try {
      return await this.#link.client()?.inboxEntries.get(entry.id);
    } catch {
      return undefined;
    }
  }

  async #run(
    entry: InboxEntry,
    act: (client: CaseClient) => Promise<InboxEntry>,
    text: Sentence,
  ): Promise<void> {
    await this.#busily(entry, async (client) => this.done(entry, await act(client), text));
  }

  async #busily(entry: InboxEntry, work: (client: CaseClient) => Promise<void>): Promise<void> {
    const client = this.#link.client();
    const { host } = this.#link;
    if (!client || this.#busy.has(entry.id)) return;
    this.#busy.add(entry.id);
    host.requestUpdate();
    try {
      await work(client);
    } catch (error) {
      if (!isAbortError(error)) await this.#failed(entry, error);
    } finally {
      this.#busy.delete(entry.id);
      host.requestUpdate();
    }
  }

  /** Says who was faster, and shows the row as it stands: it stays with its owner, or leaves. */
  async #failed(entry: InboxEntry, error: unknown): Promise<void> {
    const { notice, reload } = this.#link;
    const title = entryTitle(entry);
    const now = await this.now(entry);
    if (this.#last?.id === entry.id) this.#last = undefined;
    const moved = now !== undefined && now.state !== 'open';
    notice.tell({
      tone: moved ? 'caution' : 'critical',
      text: () => workFailure(error, title, now),
    });
    await reload();
  }
}
