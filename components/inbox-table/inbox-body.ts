import { msg, str } from '@lit/localize';
import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';

import type { CaseClient } from '../../src/client/client.js';
import type { ListData } from '../../src/client/live-query.js';
import type { InboxEntry } from '../../src/contract/inbox-entries.js';
import type { Inbox } from '../../src/contract/inboxes.js';
import type { Session } from '../../src/contract/session.js';
import { isForbiddenError } from '../../src/errors.js';
import { addStyles } from '../shared/add-styles.js';
import { CaseSelectEvent } from '../shared/case-select.events.js';
import { EndController } from '../shared/end-controller.js';
import { localToday } from '../shared/format.js';
import { EntryActions } from '../shared/host-actions/entry-actions.js';
import { MinuteController } from '../shared/minute-controller.js';
import { personOf } from '../shared/person.js';
import { followAnchor } from '../shared/place-popover.js';
import { QueryController } from '../shared/query-controller.js';
import { Notice } from '../shared/spoken-notice.js';
import { EntryRows } from './inbox-changes.js';
import type { InboxDialogs } from './inbox-dialogs.js';
import { InboxFocus } from './inbox-focus.js';
import { keyAct, type KeyAct } from './inbox-keys.js';
import { InboxNotice } from './inbox-notice.js';
import { renderEntries, type InboxRowView, type RowAct } from './inbox-rows.js';
import { renderMore, renderNothing, renderUnread, renderWaiting } from './inbox-states.js';
import { readInboxColumns } from './inbox-table.columns.js';
import type { InboxTable } from './inbox-table.element.js';
import { InboxCountEvent, OpenCustomerEvent } from './inbox-table.events.js';
import { mine, toEntryQuery, type InboxFilters } from './inbox-table.filters.js';
import { styles } from './inbox-table.styles.js';
import { renderToolbar } from './inbox-toolbar.js';
import { InboxWork } from './inbox-work.js';
import { endedText, entryRefusal, entryTitle } from './inbox-words.js';

const pageSize = 50;

/** What the table is given by its element. */
export interface InboxBodyLink {
  readonly change: (filters: InboxFilters) => void;
  /** Turns the elements of the same provider to a case. */
  readonly select: (caseId: string) => void;
  /** Somebody listens to `open-customer`. */
  readonly customersOpen: () => boolean;
}

type EntryQuery = Parameters<CaseClient['queries']['inboxEntries']>[0];

/** What stands in an `<inbox-table>`: the inboxes, their entries, and what is done with them. */
export class InboxBody implements ReactiveController {
  readonly #host: InboxTable;
  readonly #link: InboxBodyLink;
  readonly #session;
  readonly #inboxes;
  readonly #entries;
  readonly #rows: EntryRows;
  readonly #notice: InboxNotice;
  readonly #said: Notice;
  readonly #work: InboxWork;
  readonly #focus: InboxFocus;
  /** What the page around offers to do about an entry: it stands before the ways to the case and the customer. */
  readonly #actions: EntryActions;
  readonly #open = new Set<string>();
  #asking: string | undefined;
  #query: EntryQuery;
  #queryKey = '';
  #told: number | undefined;
  #dialogs: Promise<InboxDialogs> | undefined;
  #openDialogs: InboxDialogs | undefined;
  #keysShown: AbortController | undefined;

  constructor(host: InboxTable, link: InboxBodyLink) {
    this.#host = host;
    this.#link = link;
    const client = () => host.client;
    this.#session = new QueryController<Session, readonly [CaseClient | undefined]>(
      host,
      () => [client()] as const,
      (from) => from?.queries.session(),
    );
    this.#inboxes = new QueryController<ListData<Inbox>, readonly [CaseClient | undefined, boolean]>(
      host,
      () => [client(), this.#works] as const,
      (from, works) => (works ? from?.queries.inboxes({ limit: 100 }) : undefined),
    );
    this.#entries = new QueryController<
      ListData<InboxEntry>,
      readonly [CaseClient | undefined, EntryQuery | undefined]
    >(
      host,
      () => [client(), this.#ask()] as const,
      (from, query) => query && from?.queries.inboxEntries(query),
    );
    this.#rows = new EntryRows(
      host,
      () => ({ key: this.#queryKey, person: personOf(this.#session.data), state: this.#entries.state }),
      (entries) => void this.#sayGone(entries),
    );
    this.#notice = new InboxNotice(host);
    this.#said = new Notice(host);
    this.#focus = new InboxFocus(host, () => this.#rows.items.map(({ id }) => id));
    this.#work = new InboxWork({
      host,
      client,
      notice: this.#notice,
      rows: this.#rows,
      reload: () => this.#entries.refetch(),
      leaving: (ids) => this.#focus.leave(ids),
      back: (id) => this.#focus.to(id),
    });
    this.#actions = new EntryActions({
      host,
      client,
      session: () => this.#session.data,
      say: (text) => this.#notice.tell({ tone: 'positive', text }),
    });
    new MinuteController(host);
    new EndController(
      host,
      () => (this.#mayGrow ? host.renderRoot.querySelector('.more button') : undefined),
      () => void this.#entries.fetchNext(),
    );
    addStyles(host, styles);
    host.addController(this);
  }

  /** How many open entries the reader owns. */
  get count(): number | undefined {
    return this.#inboxes.data?.items.reduce((sum, { mine: own = 0 }) => sum + own, 0);
  }

  /** The reader's role works no inboxes (IB-01). */
  get refused(): boolean {
    const session = this.#session.data;
    if (session) return !session.capabilities.inboxes || session.permissions['listInboxes']?.allowed !== true;
    return isForbiddenError(this.#inboxes.state.error);
  }

  async reload(): Promise<void> {
    await Promise.all([this.#session.refetch(), this.#inboxes.refetch(), this.#entries.refetch()]);
  }

  hostUpdated(): void {
    const { count } = this;
    if (count === this.#told) return;
    this.#told = count;
    if (count === undefined) return;
    const event = new InboxCountEvent(count);
    this.#host.dispatchEvent(event);
  }

  hostDisconnected(): void {
    this.#keysShown?.abort();
    this.#asking = undefined;
  }

  /** Takes up the entries as they are now. Called on each update. */
  follow(): void {
    const ids = new Set(this.#rows.items.map(({ id }) => id));
    if (this.#asking !== undefined && !ids.has(this.#asking)) this.#asking = undefined;
  }

  render(): TemplateResult {
    const inboxes = this.#inboxes.data?.items ?? [];
    const chosen = this.#chosen;
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
    const failed = [this.#session.state, this.#inboxes.state].find(({ status }) => status === 'failed');
    if (failed) return renderWaiting(failed, () => void this.reload());
    if (!this.#inboxes.data) return renderWaiting(this.#inboxes.state, () => undefined);
    if (inboxes.length === 0) return renderNothing('inboxes');
    const refused = inboxes.find(({ id }) => id === chosen)?.permissions['read'];
    if (refused && !refused.allowed) return renderUnread(refused);
    const entries = this.#rows.items;
    if (!this.#rows.data) return renderWaiting(this.#entries.state, () => void this.reload());
    const { due, owner } = this.#host.filters;
    if (entries.length === 0 && !this.#rows.data.hasNext)
      return renderNothing(due || owner ? 'filtered' : chosen === mine ? 'mine' : 'entries', () =>
        this.#change({ ...(chosen !== undefined && { inbox: chosen }) }),
      );
    return html`${renderEntries(entries, this.#rowView)}
    ${this.#rows.data.hasNext && !this.#rows.stale ? renderMore(this.#entries.state, this.#rows.data, () => void this.#entries.fetchNext()) : nothing}`;
  }

  get #rowView(): InboxRowView {
    const session = this.#session.data;
    const columns = readInboxColumns(this.#host.columns ?? '').columns;
    return {
      columns:
        this.#chosen === mine && !columns.includes('inbox') && !this.#host.columns
          ? columns.flatMap((column) => (column === 'due' ? (['inbox', 'due'] as const) : [column]))
          : columns,
      settings: session?.settings,
      actorId: session?.actor.id ?? '',
      current: this.#focus.current,
      isOpen: (id) => this.#open.has(id),
      asking: this.#asking,
      isBusy: (id) => this.#work.isBusy(id),
      isFresh: (id) => this.#rows.isFresh(id),
      mayForward: (inboxId) =>
        this.#inboxes.data?.items.find(({ id }) => id === inboxId)?.permissions['forward']?.allowed ?? false,
      onAct: (act, entry) => this.#act(act, entry),
      onFocus: (id) => this.#focus.stand(id),
      onKeydown: this.#onKeydown,
      onRelease: (entry) => {
        this.#asking = undefined;
        this.#focus.to(entry.id, 'lock');
        void this.#work.release(entry);
      },
      onKeep: () => this.#keep(),
      onAssign: (entry) => this.#openDialog((dialogs) => dialogs.assign(entry)),
      onCustomer: this.#onCustomer,
      customerWay: (id) =>
        this.#host.customerHref?.replaceAll('{id}', encodeURIComponent(id)) ?? this.#link.customersOpen(),
      actionsFor: (entry) => this.#actions.render(entry),
    };
  }

  get #works(): boolean {
    return this.#session.data !== undefined && !this.refused;
  }

  /** The inbox whose entries show: the one asked for, where it is the reader's, else the first that may be read. */
  get #chosen(): string | undefined {
    const inboxes = this.#inboxes.data?.items ?? [];
    const { inbox } = this.#host.filters;
    if (inbox === mine || inboxes.some(({ id }) => id === inbox)) return inbox;
    return (inboxes.find(({ permissions }) => permissions['read']?.allowed) ?? inboxes[0])?.id;
  }

  /** After a failure the next page comes only when it is asked for. */
  get #mayGrow(): boolean {
    const { fetchingNext, error } = this.#entries.state;
    return !fetchingNext && !error;
  }

  #ask(): EntryQuery | undefined {
    const chosen = this.#chosen;
    const inbox = this.#inboxes.data?.items.find(({ id }) => id === chosen);
    if (chosen === undefined || (inbox && !inbox.permissions['read']?.allowed)) return undefined;
    const query = {
      ...toEntryQuery({ ...this.#host.filters, inbox: chosen }, localToday()),
      sort: 'due' as const,
      limit: pageSize,
      count: true,
    };
    const key = JSON.stringify(query);
    if (key !== this.#queryKey) {
      this.#queryKey = key;
      this.#query = query;
    }
    return this.#query;
  }

  #change(filters: InboxFilters): void {
    this.#asking = undefined;
    this.#link.change(filters);
  }

  #act(act: RowAct, entry: InboxEntry): void {
    const own = entry.owner !== null && entry.owner.id === this.#session.data?.actor.id;
    switch (act) {
      case 'message':
        if (!this.#open.delete(entry.id)) this.#open.add(entry.id);
        this.#host.requestUpdate();
        break;
      case 'lock':
        if (own) this.#allowed(entry, 'release', () => this.#askRelease(entry));
        else this.#allowed(entry, 'take', () => void this.#work.take(entry));
        break;
      case 'complete':
        this.#allowed(entry, 'complete', () => void this.#work.complete(entry));
        break;
      case 'cancel':
        this.#allowed(entry, 'cancel', () => void this.#work.cancel(entry));
        break;
      case 'forward':
        this.#allowed(entry, 'forward', () => this.#openDialog((dialogs) => dialogs.forward(entry)));
        break;
      case 'notes':
        if (entry.case)
          this.#allowed(entry, 'openCase', () => this.#openDialog((dialogs) => dialogs.maintain(entry)));
        else this.#refuse(entryRefusal(entry, 'openCase') ?? '');
        break;
      case 'open':
        this.#openEntry(entry);
        break;
    }
  }

  /** The case where there is one to open; else the message says what it is about. */
  #openEntry(entry: InboxEntry): void {
    if (!entry.case) {
      this.#act('message', entry);
      return;
    }
    const { id } = entry.case;
    this.#allowed(entry, 'openCase', () => {
      const event = new CaseSelectEvent(id);
      if (this.#host.dispatchEvent(event)) this.#link.select(id);
    });
  }

  /** Does what the verdict allows; says what it refuses to whoever cannot point at the button for the reason. */
  #allowed(entry: InboxEntry, action: Parameters<typeof entryRefusal>[1], run: () => void): void {
    const refusal = entryRefusal(entry, action);
    if (refusal === undefined) run();
    else this.#refuse(refusal);
  }

  #refuse(reason: string): void {
    this.#notice.tell({ tone: 'caution', text: () => reason });
  }

  #askRelease(entry: InboxEntry): void {
    this.#asking = entry.id;
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() =>
      this.#host.renderRoot.querySelector<HTMLElement>('[data-keep]')?.focus(),
    );
  }

  #keep(): void {
    const id = this.#asking;
    this.#asking = undefined;
    if (id !== undefined) this.#focus.to(id, 'lock');
  }

  readonly #onCustomer = (event: Event, customerId: string): void => {
    const open = new OpenCustomerEvent(customerId);
    if (!this.#host.dispatchEvent(open)) event.preventDefault();
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const act = keyAct(event);
    if (!act) return;
    event.preventDefault();
    this.#press(act);
  };

  #press(act: KeyAct): void {
    const entry = this.#rows.items.find(({ id }) => id === this.#focus.current);
    switch (act) {
      case 'next':
      case 'previous':
      case 'first':
      case 'last':
        this.#focus.move(act);
        break;
      case 'undo':
        void this.#work.undo();
        break;
      case 'help':
        this.#host.renderRoot.querySelector<HTMLElement>('#keys')?.click();
        break;
      case 'take':
        if (entry) this.#act('lock', entry);
        break;
      case 'forward':
        // Without the right there is no arrow, and no key for it.
        if (entry && this.#rowView.mayForward(entry.inbox.id)) this.#act('forward', entry);
        break;
      default:
        if (entry) this.#act(act, entry);
    }
  }

  #openDialog(open: (dialogs: InboxDialogs) => void): void {
    this.#dialogs ??= import('./inbox-dialogs.js').then(
      ({ InboxDialogs }) =>
        new InboxDialogs({
          host: this.#host,
          client: () => this.#host.client,
          session: () => this.#session.data,
          work: this.#work,
          reload: () => this.#entries.refetch(),
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
    this.#keysShown?.abort();
    const list = event.currentTarget as HTMLElement;
    const button = this.#host.renderRoot.querySelector('#keys');
    if (event.newState !== 'open' || !button) return;
    this.#keysShown = new AbortController();
    followAnchor(list, button, this.#keysShown.signal);
  };
}
