import { consume } from '@lit/context';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';

import type { CaseClient } from '../../src/client/client.js';
import { clientContext } from '../shared/client-context.js';
import { ConfigErrorEvent } from '../shared/config-error.js';
import { controls } from '../shared/controls.styles.js';
import { LazyPart, renderPart } from '../shared/lazy-part.js';
import { localized } from '../shared/localization.js';
import { selectionContext, type CaseSelection } from '../shared/selection-context.js';
import { tokens } from '../shared/tokens.styles.js';
import type { InboxBody } from './inbox-body.js';
import { readInboxColumns } from './inbox-table.columns.js';
import { InboxFiltersChangeEvent } from './inbox-table.events.js';
import {
  formatInboxFilters,
  parseInboxFilters,
  readInboxFilters,
  type InboxFilters,
  type ReadInboxFilters,
} from './inbox-table.filters.js';
import { wantWords } from '../shared/want-words.js';

/**
 * What waits in the reader's inboxes: cases, or customers alone, handed over to be worked (IB-02 to IB-29).
 *
 * A row is taken, given back, completed, cancelled and forwarded where it stands, with the pointer or from the keyboard;
 * what left can be brought back for a while. What others do shows before anything is pressed. Only what the verdicts allow
 * can be done, and what they refuse says why. Absent for roles that work no inboxes (IB-01). What stands in it is fetched
 * when it first shows.
 *
 * While the focus is on a row, and not in a field: `j` and `k` or the arrows go from row to row, `t` takes, `c`
 * completes, `x` cancels, `f` forwards, `i` shows the message, `n` opens the notes. `z` undoes and `?` shows the keys from
 * anywhere in the table: the last row may have left.
 *
 * @element inbox-table
 * @fires {InboxCountEvent} inbox-count - How many entries the reader owns has changed.
 * @fires {InboxFiltersChangeEvent} inbox-filters-change - Another inbox or other filters were chosen; carries their text form.
 * @fires {CaseSelectEvent} case-select - The case of an entry was opened; cancel it to keep the provider's choice as it is.
 * @fires {OpenCustomerEvent} open-customer - The customer of an entry is wanted; cancel it to keep `customer-href` from being
 *   followed.
 * @fires {NoteSubmitEvent} note-submit - A note written here is about to be sent; cancelable.
 * @fires {NoteCreateEvent} note-create - A note written here was added.
 * @fires {CaseReopenRequestEvent} case-reopen-request - The writer wants the closed case open again;
 *   `preventDefault()` keeps the edit panel from opening.
 * @fires {CaseCloseEvent} case-close - In the edit panel a case is about to be closed; cancelable.
 * @fires {CaseReopenEvent} case-reopen - In the edit panel a case is about to be reopened; cancelable.
 * @fires {CaseSaveEvent} case-save - In the edit panel the edits are about to be saved; cancelable.
 * @fires {CaseChangeEvent} case-change - The edit panel changed the case and has closed.
 * @fires {ShareRequestEvent} share-request - Somebody else is to read the case: wanted in the place of a copy by address.
 * @fires {ConfigErrorEvent} config-error - The host asked for a column or a filter that is none; it is left out (IB-05).
 * @slot heading - Replaces the heading.
 * @slot empty - Replaces what is shown when nothing waits.
 * @csspart toolbar - The bar with the heading, the inboxes and the filters.
 * @csspart tab - The button of one inbox.
 * @csspart count - How many entries an inbox has.
 * @csspart banner - What happened, above the entries, with the way to undo it.
 * @csspart table - The table of entries.
 * @csspart item - One entry.
 * @csspart box - What opens below an entry.
 * @csspart message - What stands in place of entries: none, failed, not to be read.
 * @csspart more - The bar with the button for more entries.
 * @csspart keys - The list of keys.
 * @csspart dialog - The dialog that forwards, assigns, or shows the notes of a case.
 * @csspart field - A label with its control and messages, in such a dialog.
 * @csspart host-action - A button of what the page around can do about an entry.
 */
@localized()
export class InboxTable extends LitElement {
  static override styles = [tokens, controls];

  /** Where entries are read from. Set by the surrounding `<case-provider>`, or by hand. */
  @consume({ context: clientContext, subscribe: true })
  @property({ attribute: false })
  client: CaseClient | undefined;

  /**
   * The columns and their order: `case`, `customer`, `inbox`, `from`, `sent`, `due`, `owner`, `actions`. What an entry is
   * about and its actions always show; without any, `case customer due owner actions` do.
   */
  @property() columns: string | undefined;

  /** Where the page shows a customer, with `{id}` in the place of the id: `/customers/{id}` (IB-21). */
  @property({ attribute: 'customer-href' }) customerHref: string | undefined;

  /**
   * The page shows customers by itself, and listens to `open-customer` further up. A listener on the element itself, or
   * `customer-href`, says so too; without any of them customers cannot be opened (IB-21).
   */
  @property({ type: Boolean, attribute: 'opens-customers' }) opensCustomers = false;

  /** What the table is narrowed to. Changes when the reader chooses another inbox or other filters. */
  @property({ attribute: false })
  get filters(): InboxFilters {
    return this.#filters;
  }
  set filters(value: InboxFilters | undefined) {
    this.#take(readInboxFilters(value ?? {}));
  }

  /** The filters as text, `inbox=mine&due=today`, to be kept in an address. */
  @property({ attribute: 'filter-state' })
  get filterState(): string {
    return formatInboxFilters(this.#filters);
  }
  set filterState(value: string | null | undefined) {
    this.#take(parseInboxFilters(value ?? ''));
  }

  @consume({ context: selectionContext, subscribe: true })
  @state()
  private selection: CaseSelection | undefined;

  #filters: InboxFilters = {};
  #unknown: readonly string[] = [];
  #hidden = false;
  readonly #customerListeners = new Set<unknown>();

  readonly #body = new LazyPart<InboxBody>(
    this,
    () => this.client !== undefined,
    async () => {
      const [{ InboxBody }] = await Promise.all([import('./inbox-body.js'), wantWords('inboxes')]);
      return () =>
        new InboxBody(this, {
          change: (filters) => this.#change(filters),
          select: (caseId) => this.selection?.select(caseId),
          customersOpen: () => this.opensCustomers || this.#customerListeners.size > 0,
        });
    },
  );

  /** How many open entries the reader owns, in all their inboxes; `undefined` while nobody knows (IB-28). */
  get count(): number | undefined {
    return this.#body.value?.count;
  }

  /** Loads everything again, for a host that knows that it has changed. */
  async reload(): Promise<void> {
    await this.#body.value?.reload();
  }

  /** @internal */
  override addEventListener(...args: Parameters<HTMLElement['addEventListener']>): void {
    super.addEventListener(...args);
    this.#heard(args[0], () => this.#customerListeners.add(args[1]));
  }

  /** @internal */
  override removeEventListener(...args: Parameters<HTMLElement['removeEventListener']>): void {
    super.removeEventListener(...args);
    this.#heard(args[0], () => this.#customerListeners.delete(args[1]));
  }

  // Not in `willUpdate`: the queries follow their arguments only after it.
  protected override update(changed: PropertyValues): void {
    this.#body.value?.follow();
    super.update(changed);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('columns')) this.#complain('column', readInboxColumns(this.columns ?? '').unknown);
    this.#complain('filter', this.#unknown);
    this.#unknown = [];
    const hidden = this.#body.value?.refused ?? false;
    if (hidden !== this.#hidden) this.hidden = this.#hidden = hidden;
  }

  protected override render(): unknown {
    if (!this.client || this.#body.value?.refused) return nothing;
    return html`<section aria-labelledby="title" @keydown=${this.#body.value?.onKeydown}>
      ${this.#body.value?.render() ?? renderPart(this.#body)}
    </section>`;
  }

  #take({ filters, unknown }: ReadInboxFilters): void {
    this.#filters = filters;
    this.#unknown = [...this.#unknown, ...unknown];
  }

  #change(filters: InboxFilters): void {
    this.#filters = filters;
    this.requestUpdate();
    const event = new InboxFiltersChangeEvent(this.filterState);
    this.dispatchEvent(event);
  }

  #complain(what: 'column' | 'filter', names: readonly string[]): void {
    if (names.length === 0) return;
    const event = new ConfigErrorEvent(`<inbox-table> does not know the ${what}s: ${names.join(', ')}.`);
    this.dispatchEvent(event);
  }

  #heard(type: string, note: () => void): void {
    if (type !== 'open-customer') return;
    note();
    this.requestUpdate();
  }
}
