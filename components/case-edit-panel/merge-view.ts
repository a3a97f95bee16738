import { msg, str } from '@lit/localize';
import { html, type TemplateResult } from 'lit';

import type { Settings } from '../../src/contract/settings.js';
import { caseFieldLabel, choiceListOf } from '../shared/case-fields.js';
import type { CaseField, CaseValues } from '../shared/case-values.js';
import { choiceLabel } from '../shared/choices.js';
import { formatDate } from '../shared/format.js';
import type { FieldConflict } from './merge.js';

/** Both values of every field that two people changed, and the choice between them (CC-50). */
export function renderConflicts(view: {
  readonly conflicts: readonly FieldConflict[];
  readonly who: string | undefined;
  readonly settings: Settings;
  readonly onChoose: (field: CaseField, choice: FieldConflict['choice']) => void;
}): TemplateResult {
  const { conflicts, who, settings, onChoose } = view;
  return html`<div class="conflicts">
    ${conflicts.map(({ field, base, theirs, mine, choice }) => {
      const text = (values: CaseValues) => fieldText(field, values, settings);
      const option = (value: FieldConflict['choice'], label: string, shown: string) =>
        html`<label class="choice">
          <input
            type="radio"
            name="choice-${field}"
            value=${value}
            .checked=${choice === value}
            @change=${() => onChoose(field, value)}
          />
          <span><strong>${label}</strong> <span class="value" dir="auto">${shown}</span></span>
        </label>`;
      return html`<fieldset>
        <legend class="label">${caseFieldLabel(field)}</legend>
        <p class="hint">
          ${msg('Before:', { id: 'merge.base' })} <span class="value" dir="auto">${text(base)}</span>
        </p>
        ${option('mine', msg('Keep mine:', { id: 'merge.mine' }), text(mine))}
        ${option(
          'theirs',
          who
            ? msg(str`Take over from ${who}:`, { id: 'merge.theirs.name' })
            : msg('Take over theirs:', { id: 'merge.theirs' }),
          text(theirs),
        )}
      </fieldset>`;
    })}
  </div>`;
}

/** A field's value as people read it; "—" for none. */
export function fieldText(field: CaseField, values: CaseValues, settings: Settings): string {
  const none = '—';
  if (field === 'tags') return values.tags.join(', ') || none;
  const value = values[field];
  const list = choiceListOf[field];
  if (value === '') return none;
  if (list) return choiceLabel(settings, list, value);
  return field === 'deadline' ? formatDate(value) : value;
}
