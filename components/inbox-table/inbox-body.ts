import { msg, str } from '@lit/localize';
import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';

import type { InboxEntry } from '../../src/contract/inbox-entries.js';
import type { Inbox } from '../../src/contract/inboxes.js';
import { addStyles } from '../shared/add-styles.js';
import { EndController } from '../shared/end-controller.js';
import { EntryActions } from '../shared/host-actions/entry-actions.js';
import { MinuteController } from '../shared/minute-controller.js';
import { personOf } from '../shared/person.js';
import { followAnchor } from '../shared/place-popover.js';
import { Notice } from '../shared/spoken-notice.js';
import { InboxActs } from './inbox-acts.js';
import { EntryRows } from './inbox-changes.js';
import type { InboxDialogs } from './inbox-dialogs.js';
import { InboxFocus } from './inbox-focus.js';
import { InboxNotice } from './inbox-notice.js';
import { InboxReading } from './inbox-reading.js';
import { renderEntries, type InboxRowView } from './inbox-rows.js';
import { renderMore, renderNothing, renderUnread, renderWaiting, shownText } from './inbox-states.js';
import { cardStyles } from './inbox-table.card-styles.js';
import { readInboxColumns } from './inbox-table.columns.js';
import type { InboxTable } from './inbox-table.element.js';
import { InboxCountEvent, OpenCustomerEvent } from './inbox-table.events.js';
import { mine, type InboxFilters } from './inbox-table.filters.js';
import { rowStyles } from './inbox-table.row-styles.js';
import { styles } from './inbox-table.styles.js';
import { renderToolbar } from './inbox-toolbar.js';
import { endedText, entryTitle } from './inbox-words.js';
import { InboxWork } from './inbox-work.js';

/** What the table is given by its element. */
export interface InboxBodyLink {
  readonly change: (filters: InboxFilters) => void;
  /** Turns the elements of the same provider to a case. */
  readonly select: (caseId: string) => void;
  /** Somebody listens to `open-customer`. */
  readonly customersOpen: () => boolean;
}

/** What stands in an `<inbox-table>`: the inboxes, their entries, and what is done with them. */
export class InboxBody implements ReactiveController {
  readonly #host: InboxTable;
  readonly #link: InboxBodyLink;
  readonly #reading: InboxReading;
  readonly #rows: EntryRows;
  readonly #notice: InboxNotice;
  readonly #said: Notice;
  readonly #work: InboxWork;
  readonly #focus: InboxFocus;
  readonly #acts: InboxActs;
  /** What the page around offers to do about an entry: it stands before the ways to the case and the customer. */
  readonly #actions: EntryActions;
  #told: number | undefined;
  #dialogs: Promise<InboxDialogs> | undefined;
  #openDialogs: InboxDialogs | undefined;
  #keysShown: AbortController | undefined;
  /** What had the focus before the list of keys took it. */
  #beforeKeys: Element | null | undefined;
  /** How many rows there were when the button for more had the focus. */
  #moreFrom: number | undefined;

  constructor(host: InboxTable, link: InboxBodyLink) {
    this.#host = host;
    this.#link = link;
    const client = () => host.client;
    const reading = new InboxReading(host);
    this.#reading = reading;
    this.#rows = new EntryRows(
      host,
      () => ({
        key: reading.key,
        scope: personOf(reading.session.data) ?? '',
        state: reading.entries.state,
      }),
      (entries) => void this.#sayGone(entries),
    );
    this.#focus = new InboxFocus(host, () => this.#rows.items.map(({ id }) => id));
    this.#notice = new InboxNotice(host, () => this.#focus.rest());
    this.#said = new Notice(host);
    this.#work = new InboxWork({
      host,
      client,
      notice: this.#notice,
      rows: this.#rows,
      reload: () => reading.entries.refetch(),
      leaving: (ids) => this.#focus.leave(ids),
      back: (id) => this.#focus.to(id),
    });
    this.#acts = new InboxActs({
      host,
      reading,
      work: this.#work,
      focus: this.#focus,
      notice: this.#notice,
      entries: () => this.#rows.items,
      openDialog: (dialog, entry) => this.#openDialog((dialogs) => dialogs[dialog](entry)),
      select: link.select,
    });
    this.#actions = new EntryActions({
      host,
      client,
      session: () => reading.session.data,
      say: (text) => this.#notice.tell({ tone: 'positive', text }),
    });
    new MinuteController(host);
    new EndController(
      host,
      () => (reading.mayGrow ? this.#moreButton : undefined),
      () => void reading.entries.fetchNext(),
    );
    addStyles(host, styles, rowStyles, cardStyles);
    host.addController(this);
  }

  /** How many open entries the reader owns. */
  get count(): number | undefined {
    return this.#reading.count;
  }

  /** The reader's role works no inboxes (IB-01). */
  get refused(): boolean {
    return this.#reading.refused;
  }

  readonly onKeydown = (event: KeyboardEvent): void => this.#acts.onKeydown(event);

  reload(): Promise<void> {
    return this.#reading.reload();
  }

  hostUpdate(): void {
    const button = this.#moreButton;
    const standing = button !== undefined && this.#host.shadowRoot?.activeElement === button;
    this.#moreFrom = standing ? (this.#moreFrom ?? this.#rows.items.length) : undefined;
  }

  hostUpdated(): void {
    this.#keepFocusOnMore();
    const { count } = this;
    if (count === this.#told) return;
    this.#told = count;
    if (count === undefined) return;
    const event = new InboxCountEvent(count);
    this.#host.dispatchEvent(event);
  }

  hostDisconnected(): void {
    this.#keysShown?.abort();
    this.#acts.dropQuestion();
  }

  /** Takes up the entries as they are now. Called on each update. */
  follow(): void {
    const { asking } = this.#acts;
    if (asking !== undefined && !this.#rows.items.some(({ id }) => id === asking)) this.#acts.dropQuestion();
  }

  render(): TemplateResult {
    const inboxes = this.#reading.inboxes.data?.items ?? [];
    const { chosen } = this.#reading;
    return html`${renderToolbar({
        inboxes,
        count: this.count,
        chosen,
        filters: this.#host.filters,
        onChange: (filters) => this.#change(filters),
        onKeysToggle: this.#onKeysToggle,
      })}
      ${this.#notice.render()}
      <div
        id="entries"
        class="entries"
        role=${inboxes.length > 0 ? 'tabpanel' : nothing}
        aria-labelledby="title"
        aria-busy=${this.#rows.stale ? 'true' : 'false'}
      >
        ${this.#renderContent(inboxes, chosen)}
      </div>
      <p class="visually-hidden" role="status">${this.#said.text}</p>
      ${this.#openDialogs?.render() ?? nothing}`;
  }

  #renderContent(inboxes: readonly Inbox[], chosen: string | undefined): unknown {
    const { session, inboxes: reading, entries } = this.#reading;
    const failed = [session.state, reading.state].find(({ status }) => status === 'failed');
    if (failed) return renderWaiting(failed, () => void this.reload());
    if (!reading.data) return renderWaiting(reading.state, () => undefined);
    if (inboxes.length === 0) return renderNothing('inboxes');
    const refused = inboxes.find(({ id }) => id === chosen)?.permissions['read'];
    if (refused && !refused.allowed) return renderUnread(refused);
    const { data, items, stale } = this.#rows;
    if (!data) return renderWaiting(entries.state, () => void this.reload());
    const { due, owner } = this.#host.filters;
    if (items.length === 0 && !data.hasNext)
      return renderNothing(due || owner ? 'filtered' : chosen === mine ? 'mine' : 'entries', () =>
        this.#change({ ...(chosen !== undefined && { inbox: chosen }) }),
      );
    return html`${renderEntries(items, this.#rowView)}
    ${
      data.hasNext && !stale
        ? renderMore(entries.state, this.#shownOfAll, () => void entries.fetchNext())
        : nothing
    }`;
  }

  get #rowView(): InboxRowView {
    const { session, chosen, actorId } = this.#reading;
    const columns = readInboxColumns(this.#host.columns ?? '').columns;
    return {
      columns:
        chosen === mine && !columns.includes('inbox') && !this.#host.columns
          ? columns.flatMap((column) => (column === 'due' ? (['inbox', 'due'] as const) : [column]))
          : columns,
      settings: session.data?.settings,
      actorId,
      current: this.#focus.current,
      isOpen: (id) => this.#acts.isOpen(id),
      asking: this.#acts.asking,
      isBusy: (id) => this.#work.isBusy(id),
      isFresh: (entry) => this.#rows.isFresh(entry),
      mayForward: (inboxId) => this.#reading.mayForward(inboxId),
      onAct: (act, entry) => this.#acts.press(act, entry),
      onFocus: (id) => this.#focus.stand(id),
      onRelease: (entry) => this.#acts.release(entry),
      onKeep: () => this.#acts.keep(),
      onAssign: (entry) => this.#openDialog((dialogs) => dialogs.assign(entry)),
      onCustomer: this.#onCustomer,
      customerWay: (id) =>
        this.#host.customerHref?.replaceAll('{id}', encodeURIComponent(id)) ?? this.#link.customersOpen(),
      actionsFor: (entry) => this.#actions.render(entry),
    };
  }

  /** How many rows show, and of how many: what was done here counts before the list has been read anew. */
  get #shownOfAll(): readonly [shown: number, all: number] {
    const { data, items, left } = this.#rows;
    return [items.length, (data?.total ?? items.length + left) - left];
  }

  get #moreButton(): HTMLElement | undefined {
    return this.#host.renderRoot.querySelector<HTMLElement>('.more button') ?? undefined;
  }

  /** Whoever asked for more goes on at the first new row once the button has gone, and hears how many there are. */
  #keepFocusOnMore(): void {
    const from = this.#moreFrom;
    const { items } = this.#rows;
    if (from === undefined || items.length <= from) return;
    const [shown, all] = this.#shownOfAll;
    this.#said.say(() => shownText(shown, all));
    this.#moreFrom = items.length;
    if (this.#moreButton) return;
    this.#moreFrom = undefined;
    const next = items[from]?.id;
    if (next !== undefined) this.#focus.to(next);
  }

  #change(filters: InboxFilters): void {
    this.#acts.dropQuestion();
    this.#link.change(filters);
  }

  readonly #onCustomer = (event: Event, customerId: string): void => {
    const open = new OpenCustomerEvent(customerId);
    if (!this.#host.dispatchEvent(open)) event.preventDefault();
  };

  #openDialog(open: (dialogs: InboxDialogs) => void): void {
    this.#dialogs ??= import('./inbox-dialogs.js').then(
      ({ InboxDialogs }) =>
        new InboxDialogs({
          host: this.#host,
          client: () => this.#host.client,
          session: () => this.#reading.session.data,
          work: this.#work,
          reload: () => this.#reading.entries.refetch(),
        }),
    );
    void this.#dialogs.then(
      (dialogs) => {
        this.#openDialogs = dialogs;
        open(dialogs);
      },
      (error: unknown) => {
        this.#dialogs = undefined;
        console.warn('Casement: a part of the page could not be fetched.', error);
        this.#notice.tell({
          tone: 'critical',
          text: () => msg('The form could not be loaded.', { id: 'state.form-failed' }),
        });
      },
    );
  }

  /** Says by whose hand a row left under the reader's eyes (IB-09). */
  async #sayGone(entries: readonly InboxEntry[]): Promise<void> {
    this.#focus.leave(entries.map(({ id }) => id));
    const [entry] = entries;
    if (!entry) return;
    const title = entryTitle(entry);
    const now = entries.length === 1 ? await this.#work.now(entry) : undefined;
    this.#said.say(() =>
      now && now.state !== 'open'
        ? endedText(title, now)
        : entries.length === 1
          ? msg(str`“${title}” is no longer in this list.`, { id: 'case-list.gone' })
          : msg('Several entries are no longer in this list.', { id: 'inbox-table.gone-many' }),
    );
  }

  readonly #onKeysToggle = (event: ToggleEvent): void => {
    const { shadowRoot } = this.#host;
    const opens = event.newState === 'open';
    if (event.type === 'beforetoggle') {
      if (opens) this.#beforeKeys = shadowRoot?.activeElement;
      return;
    }
    this.#keysShown?.abort();
    const list = event.currentTarget as HTMLElement;
    const button = shadowRoot?.getElementById('keys');
    if (opens && button) {
      this.#keysShown = new AbortController();
      followAnchor(list, button, this.#keysShown.signal);
      // Browsers find their own way back out of a popover, but not into a shadow root.
    } else if (list.contains(shadowRoot?.activeElement ?? list) && this.#beforeKeys instanceof HTMLElement)
      this.#beforeKeys.focus({ preventScroll: true });
  };
}
