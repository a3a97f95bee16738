import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';

import type { Settings } from '../../src/contract/settings.js';
import { icon } from '../shared/icons.js';
import { formatList } from '../shared/locale.js';
import { changeSentences } from './settings-changes-words.js';
import type { Merged } from './settings-edit.js';
import type { NewerState, SettingsConflict } from './settings-merge.js';
import { changedFields, isList, type SettingsField, type SettingsValues } from './settings-values.js';
import { fieldLabel, fieldsMoveText, savedMoveText } from './settings-words.js';

/** That somebody else saved while this edit goes on, and the way to bring both together. */
export function renderNewer(
  newer: NewerState,
  base: SettingsValues,
  onTake: (newer: NewerState) => void,
): TemplateResult {
  return html`<div class="banner caution" role="status">
    ${icon('alert')}
    <p class="grow">${fieldsMoveText(changedFields(base, newer.values), newer)}</p>
    <button class="button" type="button" data-action="take-over" @click=${() => onTake(newer)}>
      ${msg('Take over the new values', { id: 'settings.merge.take' })}
    </button>
  </div>`;
}

/** What somebody else saved first, list by list beside one's own (E-CONF). */
export function renderMerged(view: {
  readonly merged: Merged;
  readonly settings: Settings;
  readonly onChoose: (field: SettingsField, choice: SettingsConflict['choice']) => void;
}): TemplateResult {
  const { merged, settings, onChoose } = view;
  const { conflicts } = merged;
  const taken = formatList(merged.taken.map(fieldLabel));
  return html`<div class="banner caution merge" role="alert" tabindex="-1">
    ${icon('alert')}
    <div class="grow">
      <p>
        <strong>${savedMoveText(merged)}</strong>
        ${
          conflicts.length > 0
            ? msg('Both of you changed what stands below: choose, then save again.', {
                id: 'settings.merge.choose',
              })
            : msg('Your changes are still here: look at them, then save again.', {
                id: 'settings.merge.look',
              })
        }
      </p>
      ${
        taken
          ? html`<p>
              ${msg('Taken over, because you had not changed it:', { id: 'settings.merge.taken' })} ${taken}
            </p>`
          : nothing
      }
      ${conflicts.map((conflict) => renderConflict(conflict, merged.by, settings, onChoose))}
    </div>
  </div>`;
}

function renderConflict(
  { field, base, theirs, mine, choice }: SettingsConflict,
  who: string | undefined,
  settings: Settings,
  onChoose: (field: SettingsField, choice: SettingsConflict['choice']) => void,
): TemplateResult {
  const option = (value: SettingsConflict['choice'], label: string, values: SettingsValues) => {
    const changes = changeSentences(field, base[field], values[field], settings);
    return html`<label class="choice">
      <input
        type="radio"
        name="choice-${field}"
        value=${value}
        .checked=${choice === value}
        @change=${() => onChoose(field, value)}
      />
      <span><strong>${label}</strong> <span dir="auto">${changes.join(' ')}</span></span>
    </label>`;
  };
  const keepsTheirs =
    isList(field) && theirs[field].some(({ id }) => !base[field].some((each) => each.id === id));
  return html`<fieldset>
    <legend class="label">${fieldLabel(field)}</legend>
    ${option('mine', msg('Keep mine:', { id: 'settings.merge.mine' }), mine)}
    ${option(
      'theirs',
      who
        ? msg(str`Take over from ${who}:`, { id: 'settings.merge.theirs.name' })
        : msg('Take over theirs:', { id: 'settings.merge.theirs' }),
      theirs,
    )}
    ${
      keepsTheirs
        ? html`<p class="hint">
            ${msg('What the other one added stays in the list either way: cases may name it already.', {
              id: 'settings.merge.additions',
            })}
          </p>`
        : nothing
    }
  </fieldset>`;
}
