import type { LitElement } from 'lit';

import type { InboxEntry } from '../../src/contract/inbox-entries.js';
import { CaseSelectEvent } from '../shared/case-select.events.js';
import type { InboxFocus } from './inbox-focus.js';
import { keyAct, type KeyAct } from './inbox-keys.js';
import type { InboxNotice } from './inbox-notice.js';
import type { InboxReading } from './inbox-reading.js';
import type { RowAct } from './inbox-rows.js';
import { entryRefusal } from './inbox-words.js';
import type { InboxWork } from './inbox-work.js';

/** What presses and keys lead to. */
export interface InboxActsLink {
  readonly host: LitElement;
  readonly reading: InboxReading;
  readonly work: InboxWork;
  readonly focus: InboxFocus;
  readonly notice: InboxNotice;
  /** The rows as they are shown. */
  readonly entries: () => readonly InboxEntry[];
  readonly openDialog: (dialog: 'forward' | 'maintain', entry: InboxEntry) => void;
  /** Turns the elements of the same provider to a case. */
  readonly select: (caseId: string) => void;
}

/** What is pressed on a row, and what the keys do: the verdict lets it happen, or says why not. */
export class InboxActs {
  readonly #link: InboxActsLink;
  readonly #open = new Set<string>();
  #asking: string | undefined;

  constructor(link: InboxActsLink) {
    this.#link = link;
  }

  /** Whether the message of an entry is open. */
  isOpen(id: string): boolean {
    return this.#open.has(id);
  }

  /** The entry that is to be given back, asked about below its row. */
  get asking(): string | undefined {
    return this.#asking;
  }

  /** Asks no longer: another list is shown, or the entry is gone. */
  dropQuestion(): void {
    this.#asking = undefined;
  }

  press(act: RowAct, entry: InboxEntry): void {
    const { host, reading, work, openDialog } = this.#link;
    const own = entry.owner !== null && entry.owner.id === reading.actorId;
    switch (act) {
      case 'message':
        if (!this.#open.delete(entry.id)) this.#open.add(entry.id);
        host.requestUpdate();
        break;
      case 'lock':
        if (own) this.#allowed(entry, 'release', () => this.#ask(entry));
        else this.#allowed(entry, 'take', () => void work.take(entry));
        break;
      case 'complete':
        this.#allowed(entry, 'complete', () => void work.complete(entry));
        break;
      case 'cancel':
        this.#allowed(entry, 'cancel', () => void work.cancel(entry));
        break;
      case 'forward':
        this.#allowed(entry, 'forward', () => openDialog('forward', entry));
        break;
      case 'notes':
        if (entry.case) this.#allowed(entry, 'openCase', () => openDialog('maintain', entry));
        else this.#refuse(entryRefusal(entry, 'openCase') ?? '');
        break;
      case 'open':
        this.#openEntry(entry);
        break;
    }
  }

  /** Gives back what was asked about. */
  release(entry: InboxEntry): void {
    this.#asking = undefined;
    this.#link.focus.to(entry.id, 'lock');
    void this.#link.work.release(entry);
  }

  keep(): void {
    const id = this.#asking;
    this.#asking = undefined;
    if (id !== undefined) this.#link.focus.to(id, 'lock');
  }

  readonly onKeydown = (event: KeyboardEvent): void => {
    const act = keyAct(event);
    if (!act) return;
    event.preventDefault();
    // A window in the background tells of no focus that comes to a row.
    const row = event.target instanceof Element && event.target.closest<HTMLElement>('[data-entry]');
    if (row && row.dataset['entry'] !== undefined) this.#link.focus.stand(row.dataset['entry']);
    this.#key(act);
  };

  #key(act: KeyAct): void {
    const { host, reading, work, focus, entries } = this.#link;
    const entry = entries().find(({ id }) => id === focus.current);
    switch (act) {
      case 'next':
      case 'previous':
      case 'first':
      case 'last':
        focus.move(act);
        break;
      case 'undo':
        void work.undo();
        break;
      case 'help':
        host.renderRoot.querySelector<HTMLElement>('#keys')?.click();
        break;
      case 'take':
        if (entry) this.press('lock', entry);
        break;
      case 'forward':
        // Without the right there is no arrow, and no key for it.
        if (entry && reading.mayForward(entry.inbox.id)) this.press('forward', entry);
        break;
      default:
        if (entry) this.press(act, entry);
    }
  }

  /** The case where there is one to open; else the message says what it is about. */
  #openEntry(entry: InboxEntry): void {
    if (!entry.case) {
      this.press('message', entry);
      return;
    }
    const { id } = entry.case;
    this.#allowed(entry, 'openCase', () => {
      const event = new CaseSelectEvent(id);
      if (this.#link.host.dispatchEvent(event)) this.#link.select(id);
    });
  }

  /** Does what the verdict allows; says what it refuses to whoever cannot point at the button for the reason. */
  #allowed(entry: InboxEntry, action: Parameters<typeof entryRefusal>[1], run: () => void): void {
    const refusal = entryRefusal(entry, action);
    if (refusal === undefined) run();
    else this.#refuse(refusal);
  }

  #refuse(reason: string): void {
    this.#link.notice.tell({ tone: 'caution', text: () => reason });
  }

  #ask(entry: InboxEntry): void {
    const { host } = this.#link;
    this.#asking = entry.id;
    host.requestUpdate();
    void host.updateComplete.then(() => host.renderRoot.querySelector<HTMLElement>('[data-keep]')?.focus());
  }
}
