import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';

import type { Sentence } from '../shared/field-errors.js';
import type { ListFilter } from '../shared/filter-state.js';
import { icon } from '../shared/icons.js';
import { deadlineLabel } from './case-filters.words.js';

/** One value that can be ticked. */
export interface Tick {
  readonly value: string;
  readonly label: string;
  readonly checked: boolean;
}

/** A list of values to tick; each tick counts at once. */
export function tickPanel(
  name: ListFilter,
  legend: string,
  ticks: readonly Tick[],
  onTick: (value: string, checked: boolean) => void,
): TemplateResult {
  return html`<fieldset>
    <legend>${legend}</legend>
    ${repeat(
      ticks,
      ({ value }) => value,
      ({ value, label, checked }) =>
        html`<label class="tick">
          <input
            type="checkbox"
            name=${name}
            value=${value}
            .checked=${live(checked)}
            @change=${(event: Event) => onTick(value, (event.target as HTMLInputElement).checked)}
          />
          <bdi>${label}</bdi>
        </label>`,
    )}
  </fieldset>`;
}

/** A date with its label and what is wrong with it. */
export function dateField(
  id: string,
  label: string,
  value: string,
  error: string | undefined,
): TemplateResult {
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <input
      class="input"
      type="date"
      id=${id}
      name=${id}
      max="9999-12-31"
      .value=${live(value)}
      aria-invalid=${error ? 'true' : nothing}
      aria-describedby=${error ? `${id}-error` : nothing}
    />
    ${error ? html`<p class="error" id="${id}-error">${icon('alert')}<span>${error}</span></p>` : nothing}
  </div>`;
}

/** The first and the last day a case was raised on. */
export function raisedPanel(
  legend: string,
  values: { readonly raisedFrom: string; readonly raisedTo: string },
  errors: { readonly raisedFrom?: Sentence; readonly raisedTo?: Sentence },
  onSubmit: (event: SubmitEvent) => void,
): TemplateResult {
  return html`<form novalidate @submit=${onSubmit}>
    <fieldset>
      <legend>${legend}</legend>
      ${dateField(
        'raisedFrom',
        msg('On or after', { id: 'filters.raised.after' }),
        values.raisedFrom,
        errors.raisedFrom?.(),
      )}
      ${dateField(
        'raisedTo',
        msg('On or before', { id: 'filters.raised.before' }),
        values.raisedTo,
        errors.raisedTo?.(),
      )}
    </fieldset>
    ${applyButton()}
  </form>`;
}

/** One of the kinds of deadline, or a last day. */
export function deadlinePanel(
  legend: string,
  choice: string,
  dueBy: string,
  error: string | undefined,
  onSubmit: (event: SubmitEvent) => void,
  onChoose: (choice: string) => void,
): TemplateResult {
  const option = (value: string, label: string) =>
    html`<label class="tick">
      <input
        type="radio"
        name="deadline"
        value=${value}
        .checked=${live(choice === value)}
        @change=${() => onChoose(value)}
      />
      ${label}
    </label>`;
  return html`<form novalidate @submit=${onSubmit}>
    <fieldset>
      <legend>${legend}</legend>
      ${option('', msg('Any', { id: 'filters.deadline.any' }))}
      ${['set', 'overdue', 'none'].map((value) => option(value, deadlineLabel(value)))}
      ${option('by', msg('Due by a date', { id: 'filters.deadline.due-by' }))}
      ${
        choice === 'by'
          ? dateField('dueBy', msg('Due on or before', { id: 'filters.deadline.day' }), dueBy, error)
          : nothing
      }
    </fieldset>
    ${applyButton()}
  </form>`;
}

/** A tag to be typed, below those that can be ticked. */
export function tagForm(limit: number, onSubmit: (event: SubmitEvent) => void): TemplateResult {
  return html`<form novalidate @submit=${onSubmit} class="inline">
    <div class="field">
      <label for="newTag">${msg('Another tag', { id: 'filters.tag.other' })}</label>
      <input class="input" id="newTag" name="newTag" maxlength=${limit} autocomplete="off" dir="auto" />
    </div>
    <button class="button" type="submit">${msg('Add', { id: 'filters.tag.add' })}</button>
  </form>`;
}

function applyButton(): TemplateResult {
  return html`<button class="button primary" type="submit">${msg('Apply', { id: 'filters.apply' })}</button>`;
}
