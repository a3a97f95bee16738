import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';

import type { Settings } from '../../src/contract/settings.js';
import { caseFieldLabel, choiceListOf } from '../shared/case-fields.js';
import type { CaseField, CaseValues } from '../shared/case-values.js';
import { choiceLabel } from '../shared/choices.js';
import { formatDate } from '../shared/format.js';
import { icon } from '../shared/icons.js';
import type { Choices, FieldChange, Side } from './merge.js';

/** What the table of a merge shows, and what can be chosen in it. */
export interface MergeTableView {
  readonly changes: readonly FieldChange[];
  readonly choices: Choices;
  /** Fields still without a choice, once it was asked for. */
  readonly missing: readonly CaseField[];
  /** Who changed the case meanwhile, where that is known. */
  readonly who: string | undefined;
  readonly settings: Settings;
  readonly onChoose: (field: CaseField, side: Side) => void;
}

/** Every changed field: as it was, as the other side left it, as it stands here, and which of them stays (CC-50). */
export function renderMergeTable(view: MergeTableView): TemplateResult {
  const theirs = view.who ?? msg('Theirs', { id: 'merge.column.theirs' });
  const columns = [
    msg('Field', { id: 'merge.column.field' }),
    msg('Before', { id: 'merge.column.base' }),
    theirs,
    msg('Mine', { id: 'merge.column.mine' }),
    msg('What stays', { id: 'merge.column.choice' }),
  ];
  // The roles are said again: laid out as cards on a phone, a table is none to every screen reader.
  return html`<table role="table" aria-labelledby="merge-title">
    <thead>
      <tr role="row">
        ${columns.map((column) => html`<th role="columnheader" scope="col"><bdi>${column}</bdi></th>`)}
      </tr>
    </thead>
    <tbody>
      ${view.changes.map((change) => renderRow(change, view, columns))}
    </tbody>
  </table>`;
}

function renderRow(change: FieldChange, view: MergeTableView, columns: readonly string[]): TemplateResult {
  const { field, by, base, theirs, mine } = change;
  const chosen = by === 'each' ? view.choices[field] : undefined;
  const cell = (values: CaseValues, at: number, untouched: boolean, stays: boolean) =>
    html`<td role="cell" class=${stays ? 'stays' : ''}>
      <span class="column" aria-hidden="true"><bdi>${columns[at]}</bdi></span>
      ${
        untouched
          ? html`<span class="untouched">${msg('Not changed', { id: 'merge.untouched' })}</span>`
          : html`<span class="value" dir="auto">${fieldText(field, values, view.settings)}</span>`
      }
    </td>`;
  return html`<tr role="row" class=${by === 'each' ? 'conflict' : ''}>
    <th role="rowheader" scope="row" id="merge-${field}">${caseFieldLabel(field)}</th>
    ${cell(base, 1, false, false)}
    ${cell(theirs, 2, by === 'mine', by === 'theirs' || by === 'both' || chosen === 'theirs')}
    ${cell(mine, 3, by === 'theirs', by === 'mine' || by === 'both' || chosen === 'mine')}
    <td role="cell" class="choice-cell">
      ${by === 'each' ? renderChoice(change, view) : html`<span class="settled">${icon('check')}${settledText(by)}</span>`}
    </td>
  </tr>`;
}

function renderChoice({ field }: FieldChange, view: MergeTableView): TemplateResult {
  const { choices, missing, who, onChoose } = view;
  const error = missing.includes(field);
  const option = (side: Side, label: string) =>
    html`<label class="choice">
      <input
        type="radio"
        name="choice-${field}"
        value=${side}
        .checked=${live(choices[field] === side)}
        @change=${() => onChoose(field, side)}
      />
      <span>${label}</span>
    </label>`;
  return html`<div
    class="choices"
    role="radiogroup"
    aria-labelledby="merge-${field}"
    aria-required="true"
    aria-invalid=${ifDefined(error ? 'true' : undefined)}
    aria-describedby=${ifDefined(error ? `merge-${field}-error` : undefined)}
  >
    ${option('mine', msg('Keep mine', { id: 'merge.mine' }))}
    ${option(
      'theirs',
      who
        ? msg(str`Take over from ${who}`, { id: 'merge.theirs.name' })
        : msg('Take over theirs', { id: 'merge.theirs' }),
    )}
    ${
      error
        ? html`<p class="error" id="merge-${field}-error">
            ${icon('alert')}<span>${msg('Choose which value stays.', { id: 'merge.missing' })}</span>
          </p>`
        : nothing
    }
  </div>`;
}

function settledText(by: Exclude<FieldChange['by'], 'each'>): string {
  switch (by) {
    case 'theirs':
      return msg('Taken over', { id: 'merge.settled.theirs' });
    case 'mine':
      return msg('Mine stays', { id: 'merge.settled.mine' });
    case 'both':
      return msg('The same in both', { id: 'merge.settled.both' });
  }
}

/** A field's value as people read it; "—" for none. */
function fieldText(field: CaseField, values: CaseValues, settings: Settings): string {
  const none = '—';
  if (field === 'tags') return values.tags.join(', ') || none;
  if (field === 'links')
    return values.links.map(({ type, id, label }) => `${type} ${label ?? id}`).join(', ') || none;
  if (field === 'project') return values.project?.name ?? none;
  const value = values[field];
  const list = choiceListOf[field];
  if (value === '') return none;
  if (list) return choiceLabel(settings, list, value);
  return field === 'deadline' ? formatDate(value) : value;
}
