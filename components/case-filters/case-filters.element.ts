import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';

import type { CaseClient } from '../../src/client/client.js';
import type { FieldError } from '../../src/contract/problem.js';
import type { Capabilities } from '../../src/contract/session.js';
import type { Settings } from '../../src/contract/settings.js';
import { controls } from '../shared/controls.styles.js';
import {
  changeFilters,
  isFiltering,
  unfiltered,
  validateFilters,
  type CaseFilters,
} from '../shared/filter-state.js';
import { icon } from '../shared/icons.js';
import { LazyPart } from '../shared/lazy-part.js';
import { localized } from '../shared/localization.js';
import { tokens } from '../shared/tokens.styles.js';
import { FiltersApplyEvent } from './case-filters.events.js';
import type { FilterPanels } from './case-filters.panels.js';
import { styles } from './case-filters.styles.js';
import {
  filterErrorText,
  filterLabel,
  filterSummary,
  fromServer,
  type FilterName,
} from './case-filters.words.js';

const searchPause = 250;
const emptyChange: Record<FilterName, CaseFilters> = {
  status: { status: [] },
  type: { type: [] },
  priority: { priority: [] },
  tag: { tag: [] },
  raised: { raisedFrom: '', raisedTo: '' },
  deadline: { deadline: '', due: '', dueAfter: '', dueBy: '' },
};

/**
 * The search field and the filter chips of a `<case-list>`, which shows it and listens to it.
 *
 * Applies nothing that it can tell to be impossible: what is wrong stands under its field and the filters stay.
 *
 * @element case-filters
 * @fires {FiltersApplyEvent} filters-apply - The reader chose other filters; does not leave the list.
 * @csspart filters - The search and the filters.
 * @csspart search - The search.
 * @csspart chip - One filter.
 * @csspart field - A label with its control and messages.
 * @csspart clear - The button that takes all filters back.
 */
@localized()
export class CaseFiltersBar extends LitElement {
  static override styles = [tokens, controls, styles];

  /** Where the tags in use are read from. */
  @property({ attribute: false }) client: CaseClient | undefined;

  /** The customer whose cases are listed, where it is one. */
  @property({ attribute: false }) customerId: string | undefined;

  /** The filters in force. */
  @property({ attribute: false }) filters: CaseFilters = {};

  /** The lists to choose from. */
  @property({ attribute: false }) settings: Settings | undefined;

  /** What the backend can filter by; everything until it is known. */
  @property({ attribute: false }) capabilities: Capabilities | undefined;

  /** Tags seen in the list, offered until those in use are known. */
  @property({ attribute: false }) tags: readonly string[] = [];

  /** What the server refused. */
  @property({ attribute: false }) refused: readonly FieldError[] = [];

  @state() private search = '';
  @state() private panelsWanted = false;

  #timer: ReturnType<typeof setTimeout> | undefined;
  // Asked for before what stands in it was there.
  #awaited: HTMLElement | undefined;

  // A list is filtered less often than it is looked at.
  readonly #panels = new LazyPart<FilterPanels>(
    this,
    () => this.panelsWanted,
    async () => {
      const { FilterPanels } = await import('./case-filters.panels.js');
      return () =>
        new FilterPanels({
          host: this,
          filters: () => this.filters,
          settings: () => this.settings,
          tags: () => ({ client: this.client, customerId: this.customerId, known: this.tags }),
          apply: (change) => this.#apply(change),
        });
    },
  );

  /** Puts the caret into the search field. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('#search, .chip button')?.focus(options);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#panels.value?.close();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('filters');
    if (changed.has('filters') && (before?.q ?? '') !== (this.filters.q ?? '')) {
      clearTimeout(this.#timer);
      this.search = this.filters.q ?? '';
    }
  }

  protected override updated(): void {
    const panel = this.#awaited;
    if (!panel || this.#panels.fetching) return;
    this.#awaited = undefined;
    void this.updateComplete.then(() => {
      if (panel.isConnected) panel.showPopover();
    });
  }

  protected override render(): unknown {
    const has = this.capabilities;
    const names: FilterName[] = [
      'status',
      'type',
      'priority',
      'raised',
      ...(has?.deadlines === false ? [] : (['deadline'] as const)),
      ...(has?.tags === false ? [] : (['tag'] as const)),
    ];
    return html`<div
        class="bar"
        part="filters"
        role="search"
        aria-label=${msg('Filter cases', { id: 'filters.bar' })}
        @pointerenter=${this.#wantPanels}
        @focusin=${this.#wantPanels}
      >
        ${has?.search === false ? nothing : this.#renderSearch()}
        ${names.map((name) => this.#renderChip(name))}
        ${
          isFiltering(this.filters)
            ? html`<button class="button quiet" type="button" part="clear" @click=${this.#clearAll}>
                ${msg('Clear filters', { id: 'filters.clear' })}
              </button>`
            : nothing
        }
      </div>
      ${this.#renderErrors()}`;
  }

  #renderSearch(): TemplateResult {
    const [error] = validateFilters({ q: this.search }, this.settings);
    return html`<div class="search">
      <span class="glass">${icon('search')}</span>
      <input
        class="input"
        id="search"
        type="search"
        part="search"
        autocomplete="off"
        spellcheck="false"
        dir="auto"
        placeholder=${msg('Search cases', { id: 'filters.search' })}
        aria-label=${msg('Search cases', { id: 'filters.search' })}
        aria-invalid=${error ? 'true' : nothing}
        aria-describedby=${error ? 'search-error' : nothing}
        .value=${live(this.search)}
        @input=${this.#typeSearch}
        @keydown=${this.#enterSearch}
      />
      ${
        this.search
          ? html`<button
              class="button quiet icon"
              type="button"
              aria-label=${msg('Clear the search', { id: 'filters.search.clear' })}
              @click=${this.#clearSearch}
            >
              ${icon('close')}
            </button>`
          : nothing
      }
      ${
        error
          ? html`<p class="error" id="search-error" role="alert">
              ${icon('alert')}<span>${filterErrorText(error)}</span>
            </p>`
          : nothing
      }
    </div>`;
  }

  #renderChip(name: FilterName): TemplateResult {
    const label = filterLabel(name);
    const summary = filterSummary(name, this.filters, this.settings);
    return html`<div class=${summary ? 'chip chosen' : 'chip'} part="chip">
      <button
        type="button"
        class="open"
        id="chip-${name}"
        popovertarget="panel-${name}"
        aria-haspopup="dialog"
      >
        ${summary ? html`<span class="words">${label}: <bdi>${summary}</bdi></span>` : html`${label}${icon('down')}`}
      </button>
      ${
        summary
          ? html`<button
              type="button"
              class="clear"
              aria-label=${msg(str`Clear ${label}`, { id: 'filters.clear-one' })}
              @click=${() => this.#clearOne(name)}
            >
              ${icon('close')}
            </button>`
          : nothing
      }
      <div
        class="panel"
        id="panel-${name}"
        popover="auto"
        role="dialog"
        aria-label=${label}
        @beforetoggle=${(event: ToggleEvent) => this.#prepare(event, name)}
        @toggle=${(event: ToggleEvent) => this.#panels.value?.onToggle(event, name)}
        @keydown=${(event: KeyboardEvent) => this.#panels.value?.onKeydown(event, name)}
      >
        ${this.#panels.value?.render(name, label) ?? (this.#panels.failed ? this.#panels.renderFailure() : nothing)}
      </div>
    </div>`;
  }

  #renderErrors(): unknown {
    const errors = [
      ...validateFilters(this.filters, this.settings).map((error) => filterErrorText(error)),
      ...this.refused.map((error) => fromServer(error).text),
    ];
    if (errors.length === 0) return nothing;
    return html`<div class="errors" role="alert">
      ${errors.map((text) => html`<p class="error">${icon('alert')}<span dir="auto">${text}</span></p>`)}
    </div>`;
  }

  #apply(change: CaseFilters): void {
    const filters = changeFilters(this.filters, change);
    const event = new FiltersApplyEvent(filters);
    this.dispatchEvent(event);
  }

  #typeSearch(event: Event): void {
    this.search = (event.target as HTMLInputElement).value;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#applySearch(), searchPause);
  }

  #enterSearch(event: KeyboardEvent): void {
    if (event.key === 'Enter' && !event.isComposing) this.#applySearch();
  }

  #applySearch(): void {
    clearTimeout(this.#timer);
    const q = this.search;
    if (q.trim() === (this.filters.q ?? '').trim()) return;
    if (validateFilters({ q }, this.settings).length === 0) this.#apply({ q: q.trim() ? q : '' });
  }

  #clearSearch(): void {
    this.search = '';
    this.#applySearch();
    this.focus();
  }

  #clearOne(name: FilterName): void {
    this.#apply(emptyChange[name]);
    this.renderRoot.querySelector<HTMLElement>(`#chip-${name}`)?.focus();
  }

  #clearAll(): void {
    clearTimeout(this.#timer);
    this.search = '';
    const event = new FiltersApplyEvent(unfiltered(this.filters));
    this.dispatchEvent(event);
    this.focus();
  }

  readonly #wantPanels = (): void => {
    this.panelsWanted = true;
  };

  /** A panel opens once there is something in it. */
  #prepare(event: ToggleEvent, name: FilterName): void {
    if (event.newState !== 'open') return;
    this.#wantPanels();
    if (this.#panels.value) this.#panels.value.prepare(name);
    else if (!this.#panels.failed) {
      event.preventDefault();
      this.#awaited = event.target as HTMLElement;
    }
  }
}
