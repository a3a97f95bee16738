import { consume } from '@lit/context';
import { msg } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';

import type { CaseClient } from '../../src/client/client.js';
import type { CaseSort, CaseSummary } from '../../src/contract/cases.js';
import type { FieldError } from '../../src/contract/problem.js';
import { isForbiddenError, isNotFoundError, isValidationError } from '../../src/errors.js';
import { renderForbidden } from '../shared/forbidden.js';
import { CaseSelectEvent } from '../shared/case-select.events.js';
import { clientContext } from '../shared/client-context.js';
import { controls } from '../shared/controls.styles.js';
import { failureText } from '../shared/failure.js';
import { EndController } from '../shared/end-controller.js';
import {
  changeFilters,
  defaultSort,
  isFiltering,
  parseFilters,
  readFilters,
  unfiltered,
  type CaseFilters,
  type ReadFilters,
} from '../shared/filter-state.js';
import { localToday } from '../shared/format.js';
import { LazyPart } from '../shared/lazy-part.js';
import { MinuteController } from '../shared/minute-controller.js';
import { QueryController } from '../shared/query-controller.js';
import { selectionContext, type CaseSelection } from '../shared/selection-context.js';
import { SelectionController } from '../shared/selection-controller.js';
import { Notice } from '../shared/spoken-notice.js';
import { StreamStateController } from '../shared/stream-state-controller.js';
import { localized } from '../shared/localization.js';
import { tokens } from '../shared/tokens.styles.js';
import { AddingCase } from './case-list.adding.js';
import {
  countText,
  goneText,
  renderLive,
  renderMore,
  renderOutdated,
  renderSortMenu,
} from './case-list.bars.js';
import { ListBulk } from './case-list.bulk.js';
import { ShownRows } from '../shared/shown-rows.js';
import { readColumns, shownColumns, type CaseColumn } from './case-list.columns.js';
import { complain, tellUnknown } from './case-list.complaints.js';
import { CasesAllEvent, FiltersChangeEvent } from './case-list.events.js';
import {
  renderEmpty,
  renderFailure,
  renderNoResult,
  renderSkeleton,
  renderUnasked,
} from './case-list.messages.js';
import { keepFocus, moveBetweenRows } from './case-list.focus.js';
import { ListQuestion, scopeOf } from './case-list.question.js';
import { renderTable, renderWidgetRows, type RowView } from './case-list.rows.js';
import { styles } from './case-list.styles.js';
import { tableStyles } from './case-list.table-styles.js';
import { ListTools } from './case-list.tools.js';
import { renderWidget } from './case-list.widget.js';
import { widgetStyles } from './case-list.widget-styles.js';
import type { RowWindow } from './case-list.window.js';
import type { SharedPart } from './shared-part.js';

// So many rows a page draws without effort.
const drawnWhole = 100;
const nothingRefused: readonly FieldError[] = [];

/**
 * The cases the signed-in person may see: a list to search, filter and order, or the compact widget of an account page.
 *
 * Loads by itself once it has a client, keeps itself up to date, and turns the elements of its provider to the case
 * that is chosen. Opens the form for a new case. The compact widget shows the newest open cases of `customer-id` and
 * is absent for people who may not list cases (CC-01, CC-02).
 *
 * @element case-list
 * @fires {CaseSelectEvent} case-select - A case was chosen; cancel it to keep the provider's choice as it is.
 * @fires {CaseAddEvent} case-add - A case is to be added; cancel it to show a form of your own.
 * @fires {CasesAllEvent} cases-all - All cases of the customer are wanted; sent by the compact widget.
 * @fires {FiltersChangeEvent} filters-change - Other filters were chosen; carries their text form.
 * @fires {ViewChangeEvent} view-change - Another saved view was chosen, or none.
 * @fires {BulkSubmitEvent} bulk-submit - What is selected is about to be closed, reopened, tagged or assigned; cancelable.
 * @fires {BulkDoneEvent} bulk-done - What became of the selected cases: those done and those refused, by id.
 * @fires {ConfigErrorEvent} config-error - The host handed over a setting that is none; it is ignored. In development a
 *   filter or column that is none too.
 * @fires {CaseSubmitEvent} case-submit - A complete case is about to be sent from the form inside; cancelable.
 * @fires {CaseCreateEvent} case-create - The form inside has stored a case.
 * @fires {ConfigWarningEvent} config-warning - A filter or column that is none was left out, or the default priority
 *   points at a retired value.
 * @slot heading - Replaces the heading of the compact widget, or stands above the list.
 * @slot empty - Replaces what is shown when there are no cases.
 * @csspart toolbar - The bar with the count and Add case.
 * @csspart count - How many cases there are.
 * @csspart table - The table of cases.
 * @csspart items - The list of cases in the compact widget.
 * @csspart item - One case.
 * @csspart message - What stands in place of cases: none, failed, forbidden.
 * @csspart loading - What stands there while cases are loaded.
 * @csspart banner - What happened, above the cases.
 * @csspart more - The bar with the button for more cases.
 * @csspart footer - The bar below the compact widget.
 * @csspart live - Whether live changes arrive, below the compact widget.
 * @csspart add - The button that adds a case.
 * @csspart views - The button that opens the menu of saved views.
 * @csspart views-menu - The menu of saved views.
 * @csspart export - The button that saves the list as a file.
 * @csspart tools-notice - What there is to say about a view or a file, below the toolbar.
 * @csspart bulk - What can be done with the selected cases, in the toolbar while some are selected.
 * @csspart bulk-dialog - The dialog that closes, reopens, tags or assigns them.
 * @csspart filters - The search and the filters.
 * @csspart search - The search.
 * @csspart chip - One filter.
 * @csspart field - A label with its control and messages, in what is asked about many cases.
 * @csspart clear - The button that takes all filters back.
 */
@localized()
export class CaseList extends LitElement {
  static override styles = [tokens, controls, styles, widgetStyles, tableStyles];

  /** Where cases are read from. Set by the surrounding `<case-provider>`, or by hand. */
  @consume({ context: clientContext, subscribe: true })
  @property({ attribute: false })
  client: CaseClient | undefined;

  /** Only the cases of this customer; the compact widget needs one. */
  @property({ attribute: 'customer-id' }) customerId: string | undefined;

  /** Shows the newest open cases of one customer, for an account page. */
  @property({ type: Boolean, reflect: true }) compact = false;

  /** How many cases the compact widget shows. */
  @property({ type: Number, attribute: 'compact-limit' }) compactLimit = 5;

  /** The case now open, marked as the current one; the provider's choice unless set. */
  @property({ attribute: 'case-id' }) caseId: string | undefined;

  /** Leaves out Add case. */
  @property({ type: Boolean, attribute: 'without-add' }) withoutAdd = false;

  /**
   * Leaves out the checkboxes and what can be done to many cases at once. They show, outside the compact widget, where
   * the backend takes bulk calls and the reader may close, reopen, edit or assign at least one of the cases shown (CC-42).
   */
  @property({ type: Boolean, attribute: 'without-bulk' }) withoutBulk = false;

  /**
   * The columns of the list and their order: `number`, `subject`, `customer`, `status`, `type`, `priority`, `deadline`,
   * `tags`, `assignee`, `updated`. The subject is always among them; what has no column of its own stands below it.
   */
  @property() columns: string | undefined;

  /**
   * The saved view that is chosen: its filters, order and columns show. Changes with the reader's choice. Filters of the
   * host's own beside it stay, and mark it as changed. People who may not keep views have none.
   */
  @property({ attribute: 'view-id' }) viewId: string | undefined;

  /** What the list is narrowed to. Changes when the reader chooses other filters. */
  @property({ attribute: false })
  get filters(): CaseFilters {
    return this.#filters;
  }
  set filters(value: CaseFilters | undefined) {
    this.#take(readFilters(value ?? {}));
  }

  /** The filters as text, `status=open&type=billing`, to be kept in an address (CC-14). Beside `view-id`, none are its own. */
  @property({ attribute: 'filter-state' })
  get filterState(): string {
    return this.#tools.textOf(this.#filters);
  }
  set filterState(value: string | null | undefined) {
    this.#take(parseFilters(value ?? ''));
  }

  @consume({ context: selectionContext, subscribe: true })
  @state()
  private selection: CaseSelection | undefined;

  #filters: CaseFilters = {};
  #given: CaseFilters | undefined;
  #unknown: readonly string[] = [];
  #hiddenHere = false;

  readonly #question = new ListQuestion();
  readonly #session = new QueryController(
    this,
    () => [this.client] as const,
    (client) => client?.queries.session(),
  );
  readonly #list = new QueryController(
    this,
    () => [this.client, this.#ask()] as const,
    (client, question) => question && client?.queries.cases(question.query),
  );
  readonly #all = new QueryController(
    this,
    () => [this.client, this.customerId, this.#needsAll, this.#question.shared] as const,
    (client, customerId, needed, shared) =>
      needed
        ? client?.queries.cases({ ...(customerId && { customerId }), shared, count: true, limit: 1 })
        : undefined,
  );
  readonly #stream = new StreamStateController(this, () => this.client);
  readonly #chosen = new SelectionController(this, () => this.selection);
  readonly #rows = new ShownRows(
    this,
    () => ({ key: this.#question.key, scope: scopeOf(this), state: this.#list.state }),
    (rows) => this.#sayGone(rows),
  );
  readonly #adding = new AddingCase(this, {
    client: () => this.client,
    customerId: () => this.customerId,
    onOpen: (id) => this.#select(id),
  });
  readonly #notice = new Notice(this);
  readonly #tools = new ListTools(this, {
    session: () => this.#session.state,
    show: (filters) => (this.#filters = filters),
  });

  readonly #bulk = new ListBulk(this, () => this.compact || this.withoutBulk, {
    client: () => this.client,
    session: () => this.#session.data,
    question: () => this.#question.key,
    data: () => this.#rows.data,
    fetchNext: async () => {
      await this.#list.fetchNext();
      return !this.#list.state.error;
    },
    say: (sentence) => this.#notice.say(sentence),
    open: (id) => this.#select(id),
  });
  readonly #shared = new LazyPart<SharedPart>(
    this,
    () => !this.compact && this.#session.data?.capabilities.sharing !== undefined,
    async () => {
      const { SharedPart } = await import('./shared-part.js');
      return () => new SharedPart(this, (shared) => this.#change(changeFilters(this.#filters, { shared })));
    },
  );
  readonly #window = new LazyPart<RowWindow>(
    this,
    () => !this.compact && (this.#rows.data?.items.length ?? 0) > drawnWhole,
    async () => {
      const { RowWindow } = await import('./case-list.window.js');
      return () => new RowWindow(this, () => this.#question.key);
    },
  );

  constructor() {
    super();
    new MinuteController(this);
    new EndController(
      this,
      () => this.#mayGrow && this.renderRoot.querySelector('.more button'),
      () => void this.#list.fetchNext(),
    );
  }

  /** Loads the cases again, for a host that knows that they have changed. */
  async reload(): Promise<void> {
    await Promise.all([this.#session.refetch(), this.#list.refetch(), this.#all.refetch()]);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#tools.take(changed.has('viewId'), this.#given);
    this.#given = undefined;
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.#hideWhere(this.compact && this.#forbidden);
    tellUnknown(this, 'filter', this.#unknown);
    this.#unknown = [];
    if (changed.has('columns')) tellUnknown(this, 'column', readColumns(this.columns ?? '').unknown);
    if ((changed.has('compact') || changed.has('customerId')) && this.compact && !this.customerId)
      complain(this, '<case-list compact> needs customer-id.');
  }

  protected override render(): unknown {
    if (!this.client || (this.compact && (this.#forbidden || !this.customerId))) return nothing;
    return html`<section
      class=${this.compact ? 'widget' : 'list'}
      aria-label=${msg('Cases', { id: 'case-list.heading' })}
    >
      ${this.compact ? this.#renderWidget() : this.#renderList()}
      <p class="visually-hidden" role="status">${this.#notice.text}</p>
      ${this.#adding.renderForm()} ${this.#bulk.renderDialog()}
    </section>`;
  }

  #renderWidget(): TemplateResult {
    return renderWidget({
      open: this.#list.data?.total,
      all: this.#all.data?.total,
      add: this.#renderAdd('button'),
      banners: this.#renderBanners(),
      rows: this.#renderRows(),
      live: this.#session.data?.capabilities.events ? renderLive(this.#stream.state) : nothing,
      onAll: () => this.#showAll(),
    });
  }

  #renderList(): TemplateResult {
    if (this.#forbidden)
      return renderForbidden(
        this.#session.data?.permissions['listCases'] ?? { reason: this.#list.state.error?.message },
      );
    const { error } = this.#list.state;
    return html`<slot name="heading"></slot>
      ${this.#shared.value?.renderTabs(this.#filters.shared, this.#session.data)}
      <case-filters
        id="filters"
        .client=${this.client}
        .customerId=${this.customerId}
        .filters=${this.#filters}
        .settings=${this.#session.data?.settings}
        .capabilities=${this.#session.data?.capabilities}
        .tags=${this.#rows.tags}
        .refused=${isValidationError(error) ? error.errors : nothingRefused}
        exportparts="filters, search, chip, clear"
        @filters-apply=${this.#applyFilters}
      ></case-filters>
      ${this.#renderToolbar()} ${this.#renderBanners()}
      <div class="scroll" aria-busy=${this.#rows.stale || this.#list.state.status === 'pending'}>
        ${this.#renderRows()}
      </div>`;
  }

  #renderToolbar(): TemplateResult {
    const { bar } = this.#bulk;
    return html`<div class=${bar ? 'toolbar selecting' : 'toolbar'} part="toolbar">
      ${this.#bulk.picks && this.#rows.data?.items.length ? html`<span class="pick all">${this.#bulk.picks.renderHead()}</span>` : nothing}
      <p class="count" part="count" role="status">
        ${
          bar?.countText ??
          countText(this.#rows.data, isFiltering(this.#filters) ? this.#all.data?.total : undefined)
        }
      </p>
      ${this.#tools.render({
        question: this.#question.current,
        columns: this.#columns,
        total: this.#rows.stale ? undefined : this.#rows.data?.total,
        hidden: bar !== undefined,
      })}
      ${
        bar?.renderBar() ??
        html`${renderSortMenu(this.#filters.sort ?? defaultSort, (sort) => this.#sort(sort))}
        ${this.#renderAdd('button primary')}`
      }
    </div>`;
  }

  #renderRows(): unknown {
    const { compact } = this;
    const { state: listState } = this.#list;
    const data = this.#rows.data;
    const session = this.#session.data;
    if (!data) {
      const { error } = listState;
      if (listState.status === 'failed' && !isValidationError(error))
        return renderFailure(
          failureText(error),
          isNotFoundError(error) ? undefined : () => void this.reload(),
        );
      const waits = this.#question.key !== '' || (this.#filters.priority && !session) || this.#tools.waits;
      if (listState.status === 'pending' && waits) return renderSkeleton(compact, compact ? 3 : 6);
      return renderUnasked(() => this.#clearFilters());
    }
    // A case closed this moment leaves the widget before the server has answered anew (CC-02).
    const items = compact ? data.items.filter(({ status }) => status === 'open') : data.items;
    if (items.length === 0 && !data.hasNext) {
      if (!compact && isFiltering(this.#filters) && !this.#rows.stale)
        return renderNoResult(this.#filters, () => this.#clearFilters());
      return renderEmpty(compact);
    }
    const view: RowView = {
      settings: session?.settings,
      current: this.caseId ?? this.#chosen.caseId,
      isFresh: (id) => this.#rows.isFresh(id),
      onSelect: (id) => this.#select(id),
      origin: (item) => this.#shared.value?.origin(item, session),
    };
    if (compact) return renderWidgetRows(items, view);
    const { picks } = this.#bulk;
    const window = items.length > drawnWhole ? this.#window.value : undefined;
    const slots = window?.slots(items) ?? items.map((item, index) => ({ key: item.id, item, index }));
    return html`${renderTable(slots, {
      ...view,
      sort: this.#filters.sort ?? defaultSort,
      columns: this.#columns,
      withCustomer: session?.actor.kind !== 'customer',
      onSort: (sort) => this.#sort(sort),
      onKeydown: (event) => {
        picks?.onKeydown(event);
        if (!event.defaultPrevented) (window?.onKeydown ?? moveBetweenRows)(event);
      },
      picks,
      count: window && (data.total ?? (data.hasNext ? -1 : items.length)),
    })}
    ${data.hasNext && !this.#rows.stale ? renderMore(listState, () => void this.#list.fetchNext()) : nothing}`;
  }

  #renderBanners(): unknown {
    const { status, error, hasNext } = this.#list.state;
    return html`${this.#adding.renderBanners()} ${this.#bulk.renderBanner()}
    ${status === 'ready' && error && !hasNext ? renderOutdated(failureText(error), () => void this.reload()) : nothing}`;
  }

  #renderAdd(classes: string): unknown {
    return this.withoutAdd ? nothing : this.#adding.renderButton(this.#session.data, classes);
  }

  get #forbidden(): boolean {
    const session = this.#session.data;
    if (session) return session.permissions['listCases']?.allowed !== true;
    return isForbiddenError(this.#list.state.error);
  }

  /** The rows come first: what stands beside them is asked for once they are there. */
  get #needsAll(): boolean {
    if (!this.#list.data && !this.#rows.data) return false;
    return this.compact ? this.customerId !== undefined : isFiltering(this.#filters);
  }

  /** After a failure the next page comes only when it is asked for. */
  get #mayGrow(): true | undefined {
    const { fetchingNext, error } = this.#list.state;
    return !fetchingNext && !error ? true : undefined;
  }

  get #columns(): readonly CaseColumn[] {
    const { columns } = readColumns(this.#tools.view?.columns ?? this.columns ?? '');
    return shownColumns(columns, this.#session.data?.capabilities);
  }

  #ask() {
    if (this.#tools.waits) return this.#question.current;
    return this.#question.ask({
      compact: this.compact,
      compactLimit: this.compactLimit,
      customerId: this.customerId,
      filters: this.#filters,
      also: this.#tools.view?.also,
      settings: this.#session.data?.settings,
      today: localToday(),
    });
  }

  #take({ filters, unknown }: ReadFilters): void {
    this.#filters = filters;
    this.#given = filters;
    this.#unknown = [...this.#unknown, ...unknown];
  }

  #applyFilters(event: CustomEvent<{ readonly filters: CaseFilters }>): void {
    this.#change(event.detail.filters);
  }

  #clearFilters(): void {
    this.#change(unfiltered(this.#filters));
    this.renderRoot.querySelector<HTMLElement>('#filters')?.focus();
  }

  #sort(sort: CaseSort): void {
    this.#change(changeFilters(this.#filters, { sort }));
  }

  #change(filters: CaseFilters): void {
    this.#filters = filters;
    this.requestUpdate();
    const event = new FiltersChangeEvent(this.filterState);
    this.dispatchEvent(event);
  }

  #select(caseId: string): void {
    const event = new CaseSelectEvent(caseId);
    if (this.dispatchEvent(event)) this.selection?.select(caseId);
  }

  #showAll(): void {
    const event = new CasesAllEvent(this.customerId ?? null);
    this.dispatchEvent(event);
  }

  #sayGone(rows: readonly CaseSummary[]): void {
    this.#notice.say(() => goneText(rows));
    keepFocus(this, rows);
  }

  #hideWhere(hidden: boolean): void {
    if (hidden === this.#hiddenHere) return;
    this.#hiddenHere = hidden;
    this.hidden = hidden;
  }
}
