import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';

import type { Settings } from '../../../src/contract/settings.js';
import { icon } from '../icons.js';
import { formatList } from '../locale.js';
import type { Merged } from './settings-edit.js';
import type { NewerState, SettingsConflict } from './settings-merge.js';
import { changedFields, type FieldOf, type ToldModel } from './settings-model.js';
import { fieldsMoveText, savedMoveText } from './settings-moves.js';

/** That somebody else saved while this edit goes on, and the way to bring both together. */
export function renderNewer<V extends object>(
  model: ToldModel<V>,
  newer: NewerState<V>,
  base: V,
  onTake: (newer: NewerState<V>) => void,
): TemplateResult {
  return html`<div class="banner caution" role="status">
    ${icon('alert')}
    <p class="grow">${fieldsMoveText(changedFields(model, base, newer.values).map(model.label), newer)}</p>
    <button class="button" type="button" data-action="take-over" @click=${() => onTake(newer)}>
      ${msg('Take over the new values', { id: 'settings.merge.take' })}
    </button>
  </div>`;
}

interface MergedView<V extends object> {
  readonly model: ToldModel<V>;
  readonly merged: Merged<V>;
  readonly settings: Settings;
  readonly onChoose: (field: FieldOf<V>, choice: SettingsConflict<V>['choice']) => void;
}

/** What somebody else saved first, list by list beside one's own (E-CONF). */
export function renderMerged<V extends object>(view: MergedView<V>): TemplateResult {
  const { model, merged } = view;
  const { conflicts } = merged;
  const taken = formatList(merged.taken.map(model.label));
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
      ${conflicts.map((conflict) => renderConflict(view, conflict))}
    </div>
  </div>`;
}

function renderConflict<V extends object>(
  { model, merged, settings, onChoose }: MergedView<V>,
  conflict: SettingsConflict<V>,
): TemplateResult {
  const { field, base, theirs, mine, choice } = conflict;
  const who = merged.by;
  const option = (value: SettingsConflict<V>['choice'], label: string, values: V) => {
    const changes = model.sentences(field, base[field], values[field], settings);
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
  const keepsTheirs = model.additions?.(field, base, theirs) ?? false;
  return html`<fieldset>
    <legend class="label">${model.label(field)}</legend>
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
