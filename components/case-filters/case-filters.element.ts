import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';

import { caseStatuses } from '../../src/contract/cases.js';
import type { FieldError } from '../../src/contract/problem.js';
import type { Capabilities } from '../../src/contract/session.js';
import type { Settings } from '../../src/contract/settings.js';
import { choosable } from '../shared/choices.js';
import { controls } from '../shared/controls.styles.js';
import type { Sentence } from '../shared/field-errors.js';
import {
  changeFilters,
  isFiltering,
  validateFilters,
  type CaseFilters,
  type ListFilter,
} from '../shared/filter-state.js';
import { icon } from '../shared/icons.js';
import { followAnchor } from '../shared/place-popover.js';
import { localized } from '../shared/localization.js';
import { tokens } from '../shared/tokens.styles.js';
import { FiltersApplyEvent } from './case-filters.events.js';
import { deadlinePanel, raisedPanel, tagForm, tickPanel } from './case-filters.panels.js';
import { styles } from './case-filters.styles.js';
import {
  filterErrorText,
  filterLabel,
  filterSummary,
  fromServer,
  valueLabel,
  type FilterName,
} from './case-filters.words.js';

const searchPause = 250;
const emptyChange: Record<FilterName, CaseFilters> = {
  status: { status: [] },
  type: { type: [] },
  priority: { priority: [] },
  tag: { tag: [] },
  raised: { raisedFrom: '', raisedTo: '' },
  deadline: { deadline: '', dueBy: '' },
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
 * @csspart clear - The button that takes all filters back.
 */
@localized()
export class CaseFiltersBar extends LitElement {
  static override styles = [tokens, controls, styles];

  /** The filters in force. */
  @property({ attribute: false }) filters: CaseFilters = {};

  /** The lists to choose from. */
  @property({ attribute: false }) settings: Settings | undefined;

  /** What the backend can filter by; everything until it is known. */
  @property({ attribute: false }) capabilities: Capabilities | undefined;

  /** Tags seen in the list, offered for ticking. */
  @property({ attribute: false }) tags: readonly string[] = [];

  /** What the server refused. */
  @property({ attribute: false }) refused: readonly FieldError[] = [];

  @state() private search = '';
  @state() private dates: { readonly raisedFrom: string; readonly raisedTo: string; readonly dueBy: string } =
    {
      raisedFrom: '',
      raisedTo: '',
      dueBy: '',
    };
  @state() private deadline = '';
  @state() private errors: Partial<Record<keyof CaseFilters, Sentence>> = {};

  #timer: ReturnType<typeof setTimeout> | undefined;
  #open: AbortController | undefined;

  /** Puts the caret into the search field. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('#search, .chip button')?.focus(options);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#open?.abort();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('filters');
    if (changed.has('filters') && (before?.q ?? '') !== (this.filters.q ?? '')) {
      clearTimeout(this.#timer);
      this.search = this.filters.q ?? '';
    }
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
        @beforetoggle=${(event: ToggleEvent) => this.#prepare(event)}
        @toggle=${(event: ToggleEvent) => this.#place(event, name)}
        @keydown=${(event: KeyboardEvent) => this.#escape(event, name)}
      >
        ${this.#renderPanel(name, label)}
      </div>
    </div>`;
  }

  #renderPanel(name: FilterName, label: string): TemplateResult {
    if (name === 'raised')
      return raisedPanel(label, this.dates, this.errors, (event) => this.#applyRaised(event));
    if (name === 'deadline')
      return deadlinePanel(
        label,
        this.deadline,
        this.dates.dueBy,
        this.errors.dueBy?.(),
        (event) => this.#applyDeadline(event),
        (choice) => (this.deadline = choice),
      );
    const chosen = this.filters[name] ?? [];
    const ticks = [...new Set([...this.#values(name), ...chosen])].map((value) => ({
      value,
      label: valueLabel(name, value, this.settings),
      checked: chosen.includes(value),
    }));
    return html`${
      ticks.length > 0
        ? tickPanel(name, label, ticks, (value, checked) => this.#tick(name, value, checked))
        : nothing
    }
    ${name === 'tag' ? tagForm(this.settings?.limits.tag ?? 50, (event) => this.#addTag(event)) : nothing}`;
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

  #values(name: ListFilter): readonly string[] {
    if (name === 'status') return caseStatuses;
    if (name === 'tag') return this.tags.slice(0, 12);
    return choosable(this.settings, name === 'type' ? 'caseTypes' : 'priorities').map(({ id }) => id);
  }

  #apply(change: CaseFilters): void {
    const filters = changeFilters(this.filters, change);
    const event = new FiltersApplyEvent(filters);
    this.dispatchEvent(event);
  }

  #tick(name: ListFilter, value: string, checked: boolean): void {
    const others = (this.filters[name] ?? []).filter((other) => other !== value);
    this.#apply({ [name]: checked ? [...others, value] : others });
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
    const { sort } = this.filters;
    const event = new FiltersApplyEvent(sort ? { sort } : {});
    this.dispatchEvent(event);
    this.focus();
  }

  #applyRaised(event: SubmitEvent): void {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const change = {
      raisedFrom: this.#readDate(form, 'raisedFrom'),
      raisedTo: this.#readDate(form, 'raisedTo'),
    };
    this.dates = { ...this.dates, ...change };
    this.#applyForm(form, change);
  }

  #applyDeadline(event: SubmitEvent): void {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const by = this.deadline === 'by';
    const dueBy = by ? this.#readDate(form, 'dueBy') : '';
    this.dates = { ...this.dates, dueBy };
    // "By a date" without a date is not "any": it is an unfinished answer.
    this.#applyForm(form, { deadline: by ? '' : this.deadline, dueBy: by && !dueBy ? ' ' : dueBy });
  }

  #applyForm(form: HTMLFormElement, change: CaseFilters): void {
    const errors = validateFilters(change, this.settings);
    this.errors = Object.fromEntries(errors.map((error) => [error.field, () => filterErrorText(error)]));
    const [first] = errors;
    if (first) {
      form.querySelector<HTMLElement>(`#${first.field}`)?.focus();
      return;
    }
    this.#apply(change);
    form.closest<HTMLElement>('[popover]')?.hidePopover();
  }

  /** A date field with half a date in it has an empty value: told apart from an empty field, it is not a date. */
  #readDate(form: HTMLFormElement, id: string): string {
    const input = form.querySelector<HTMLInputElement>(`#${id}`);
    return input?.validity.badInput ? ' ' : (input?.value ?? '');
  }

  #addTag(event: SubmitEvent): void {
    event.preventDefault();
    const input = (event.target as HTMLFormElement).querySelector<HTMLInputElement>('#newTag');
    const tag = input?.value.trim();
    if (!input || !tag) return;
    input.value = '';
    const chosen = this.filters.tag ?? [];
    if (!chosen.includes(tag)) this.#apply({ tag: [...chosen, tag] });
  }

  #prepare(event: ToggleEvent): void {
    if (event.newState !== 'open') return;
    const { raisedFrom = '', raisedTo = '', dueBy = '', deadline = '' } = this.filters;
    this.dates = { raisedFrom, raisedTo, dueBy };
    this.deadline = dueBy ? 'by' : deadline;
    this.errors = {};
  }

  #place(event: ToggleEvent, name: FilterName): void {
    this.#open?.abort();
    const panel = event.target as HTMLElement;
    const chip = this.renderRoot.querySelector(`#chip-${name}`);
    if (event.newState !== 'open' || !chip) return;
    this.#open = new AbortController();
    followAnchor(panel, chip, this.#open.signal);
    panel.querySelector<HTMLElement>('input')?.focus({ preventScroll: true });
  }

  #escape(event: KeyboardEvent, name: FilterName): void {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    (event.currentTarget as HTMLElement).hidePopover();
    this.renderRoot.querySelector<HTMLElement>(`#chip-${name}`)?.focus();
  }
}
