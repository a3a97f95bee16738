import { msg } from '@lit/localize';
import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

import { caseStatuses } from '../../src/contract/cases.js';
import type { Settings } from '../../src/contract/settings.js';
import { viewDues } from '../../src/contract/views.js';
import { addStyles } from '../shared/add-styles.js';
import { choosable } from '../shared/choices.js';
import { combobox } from '../shared/combobox.styles.js';
import type { Sentence } from '../shared/field-errors.js';
import { lastDueDay, validateFilters, type CaseFilters, type ListFilter } from '../shared/filter-state.js';
import { localToday } from '../shared/format.js';
import { icon } from '../shared/icons.js';
import { followAnchor } from '../shared/place-popover.js';
import { tagInput } from '../shared/tag-input.styles.js';
import { TagInput } from '../shared/tag-input.js';
import type { TagSource } from '../shared/tag-suggestions.js';
import { tickPanel } from './case-filters.ticks.js';
import { byText, deadlineLabel, filterErrorText, valueLabel, type FilterName } from './case-filters.words.js';

/** What the panels are given by the bar. */
export interface PanelsLink {
  readonly host: LitElement;
  readonly filters: () => CaseFilters;
  readonly settings: () => Settings | undefined;
  readonly tags: () => TagSource;
  readonly apply: (change: CaseFilters) => void;
}

type DateKey = 'raisedFrom' | 'raisedTo' | 'dueAfter' | 'dueBy';

const noDates: Readonly<Record<DateKey, string>> = { raisedFrom: '', raisedTo: '', dueAfter: '', dueBy: '' };
const labels: Readonly<Record<DateKey, Sentence>> = {
  raisedFrom: () => msg('On or after', { id: 'filters.raised.after' }),
  raisedTo: () => msg('On or before', { id: 'filters.raised.before' }),
  dueAfter: () => msg('Due on or after', { id: 'filters.deadline.from-day' }),
  dueBy: () => msg('Due on or before', { id: 'filters.deadline.day' }),
};

/** The panels below the chips, in which values are ticked, dates chosen and tags looked up. */
export class FilterPanels {
  readonly #link: PanelsLink;
  readonly #tagInput: TagInput;
  #dates = noDates;
  #choice = '';
  #errors: Partial<Record<keyof CaseFilters, Sentence>> = {};
  #open: AbortController | undefined;

  constructor(link: PanelsLink) {
    this.#link = link;
    this.#tagInput = new TagInput({ host: link.host, source: link.tags, standing: true }, 'filter-tags');
    addStyles(link.host, combobox, tagInput);
    // One that opened to say that it could not be fetched.
    const open = link.host.renderRoot.querySelector('.panel:popover-open')?.id.replace('panel-', '');
    if (open) this.prepare(open as FilterName);
  }

  /** A panel is about to open: it shows the filters in force, and nothing of what was left unfinished. */
  prepare(name: FilterName): void {
    const { raisedFrom = '', raisedTo = '', dueAfter = '', dueBy = '', due, deadline } = this.#link.filters();
    this.#dates = { raisedFrom, raisedTo, dueAfter, dueBy };
    this.#choice = due ?? (dueAfter || dueBy ? 'range' : (deadline ?? ''));
    this.#errors = {};
    if (name === 'tag') this.#tagInput.reset();
    this.#link.host.requestUpdate();
  }

  /** A panel has opened, beside its chip, or closed. */
  onToggle(event: ToggleEvent, name: FilterName): void {
    this.close();
    const panel = event.target as HTMLElement;
    if (event.newState !== 'open') return;
    this.#open = new AbortController();
    const chip = this.#chip(name);
    if (chip) followAnchor(panel, chip, this.#open.signal);
    const first = panel.querySelector<HTMLElement>('[type=radio]:checked') ?? panel.querySelector('input');
    first?.focus({ preventScroll: true });
  }

  onKeydown(event: KeyboardEvent, name: FilterName): void {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    (event.currentTarget as HTMLElement).hidePopover();
    this.#chip(name)?.focus();
  }

  /** No panel follows its chip any more. */
  close(): void {
    this.#open?.abort();
  }

  render(name: FilterName, legend: string): TemplateResult {
    switch (name) {
      case 'raised':
        return this.#renderRaised(legend);
      case 'deadline':
        return this.#renderDeadline(legend);
      case 'tag':
        return this.#tagInput.render({
          name: 'filterTags',
          label: msg('Cases with any of these tags', { id: 'filters.tag.any' }),
          tags: this.#link.filters().tag ?? [],
          onChange: (tag) => this.#link.apply({ tag }),
        });
      default:
        return this.#renderTicks(name, legend);
    }
  }

  #renderTicks(name: TickedName, legend: string): TemplateResult {
    const settings = this.#link.settings();
    const chosen = this.#link.filters()[name] ?? [];
    const offered: readonly string[] =
      name === 'status'
        ? caseStatuses
        : choosable(settings, name === 'type' ? 'caseTypes' : 'priorities').map(({ id }) => id);
    const ticks = [...new Set([...offered, ...chosen])].map((value) => ({
      value,
      label: valueLabel(name, value, settings),
      checked: chosen.includes(value),
    }));
    return tickPanel(name, legend, ticks, (value, checked) => {
      const others = chosen.filter((other) => other !== value);
      this.#link.apply({ [name]: checked ? [...others, value] : others });
    });
  }

  #renderRaised(legend: string): TemplateResult {
    return html`<form novalidate @submit=${this.#applyRaised}>
      <fieldset>
        <legend>${legend}</legend>
        ${this.#renderDate('raisedFrom')} ${this.#renderDate('raisedTo')}
      </fieldset>
      ${applyButton()}
    </form>`;
  }

  /** A deadline as it is looked for: by how near it is, whether there is one, or within days of one's own. */
  #renderDeadline(legend: string): TemplateResult {
    const today = localToday();
    return html`<form novalidate @submit=${this.#applyDeadline}>
      <fieldset>
        <legend>${legend}</legend>
        ${this.#renderOption('', msg('Any', { id: 'filters.deadline.any' }))}
        ${viewDues.map((due) => {
          const last = due === 'today' ? undefined : lastDueDay(due, today);
          return this.#renderOption(due, deadlineLabel(due), last && byText(last));
        })}
        ${['set', 'none'].map((value) => this.#renderOption(value, deadlineLabel(value)))}
        ${this.#renderOption('range', msg('Within a range of days', { id: 'filters.deadline.range' }))}
        ${this.#choice === 'range' ? html`${this.#renderDate('dueAfter')} ${this.#renderDate('dueBy')}` : nothing}
      </fieldset>
      ${applyButton()}
    </form>`;
  }

  #renderOption(value: string, label: string, hint?: string): TemplateResult {
    return html`<label class="tick">
      <input
        type="radio"
        name="deadline"
        value=${value}
        .checked=${live(this.#choice === value)}
        @change=${() => this.#choose(value)}
      />
      <span>${label}${hint ? html` <span class="hint">${hint}</span>` : nothing}</span>
    </label>`;
  }

  #renderDate(id: DateKey): TemplateResult {
    const error = this.#errors[id]?.();
    return html`<div class="field">
      <label for=${id}>${labels[id]()}</label>
      <input
        class="input"
        type="date"
        id=${id}
        name=${id}
        max="9999-12-31"
        .value=${live(this.#dates[id].trim())}
        aria-invalid=${error ? 'true' : nothing}
        aria-describedby=${error ? `${id}-error` : nothing}
      />
      ${error ? html`<p class="error" id="${id}-error">${icon('alert')}<span>${error}</span></p>` : nothing}
    </div>`;
  }

  #chip(name: FilterName): HTMLElement | null {
    return this.#link.host.renderRoot.querySelector<HTMLElement>(`#chip-${name}`);
  }

  #choose(choice: string): void {
    this.#choice = choice;
    this.#link.host.requestUpdate();
  }

  readonly #applyRaised = (event: SubmitEvent): void => {
    this.#applyForm(event, (read) => ({ raisedFrom: read('raisedFrom'), raisedTo: read('raisedTo') }));
  };

  readonly #applyDeadline = (event: SubmitEvent): void => {
    const choice = this.#choice;
    this.#applyForm(event, (read) => {
      const range = choice === 'range';
      const dueAfter = range ? read('dueAfter') : '';
      const dueBy = range ? read('dueBy') : '';
      // A range without a day is not "any": it is an unfinished answer.
      const unfinished = range && !dueAfter && !dueBy;
      const due = viewDues.find((known) => known === choice) ?? '';
      return { due, deadline: range || due ? '' : choice, dueAfter: unfinished ? ' ' : dueAfter, dueBy };
    });
  };

  #applyForm(event: SubmitEvent, changeOf: (read: (id: DateKey) => string) => CaseFilters): void {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const change = changeOf((id) => readDate(form, id));
    // What is drawn is what was typed, wherever it cannot be applied.
    this.#dates = { ...this.#dates, ...change };
    const errors = validateFilters(change, this.#link.settings());
    this.#errors = Object.fromEntries(errors.map((error) => [error.field, () => filterErrorText(error)]));
    const [first] = errors;
    this.#link.host.requestUpdate();
    if (first) {
      form.querySelector<HTMLElement>(`#${first.field}`)?.focus();
      return;
    }
    this.#link.apply(change);
    form.closest<HTMLElement>('[popover]')?.hidePopover();
  }
}

type TickedName = Exclude<ListFilter, 'tag'>;

/** A date field with half a date in it has an empty value: told apart from an empty field, it is not a date. */
function readDate(form: HTMLFormElement, id: DateKey): string {
  const input = form.querySelector<HTMLInputElement>(`#${id}`);
  return input?.validity.badInput ? ' ' : (input?.value ?? '');
}

function applyButton(): TemplateResult {
  return html`<button class="button primary" type="submit">${msg('Apply', { id: 'filters.apply' })}</button>`;
}
