import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

import type { BulkAction, BulkInput } from '../../src/contract/bulk.js';
import type { CaseSummary } from '../../src/contract/cases.js';
import type { Settings } from '../../src/contract/settings.js';
import {
  checkClosing,
  closingInput,
  emptyClosing,
  isClosingTouched,
  renderClosingFields,
  type ClosingValues,
} from '../shared/closing-fields.js';
import { tooLongText, tooManyText, type FieldErrors, type Sentence } from '../shared/field-errors.js';
import { formatNumber } from '../shared/locale.js';
import type { TagInput } from '../shared/tag-input.js';
import type { PickedPerson } from './person-picker.js';

/** What the dialogs hold. */
export interface BulkValues {
  readonly closing: ClosingValues;
  readonly addTags: readonly string[];
  readonly removeTags: readonly string[];
  /** Somebody, nobody (`id` is `null`), or nothing chosen yet. */
  readonly assignee: PickedPerson | undefined;
}

export const emptyBulk: BulkValues = {
  closing: emptyClosing,
  addTags: [],
  removeTags: [],
  assignee: undefined,
};

/** Whether anything was typed or chosen. */
export function isBulkTouched({ closing, addTags, removeTags, assignee }: BulkValues): boolean {
  return isClosingTouched(closing) || addTags.length > 0 || removeTags.length > 0 || assignee !== undefined;
}

/** Everything the client can already tell is missing (CC-40, CC-41, CC-44, CC-45). */
export function checkBulk(action: BulkAction, values: BulkValues, settings: Settings): FieldErrors {
  if (action === 'close' || action === 'reopen') return checkClosing(action, values.closing, settings);
  const errors: Record<string, Sentence> = {};
  const { addTags, removeTags, assignee } = values;
  const { limits } = settings;
  if (action === 'assign' && !assignee)
    errors.assigneeId = () => msg('Choose an agent, or nobody.', { id: 'bulk.assignee.required' });
  if (action !== 'tag') return errors;
  if (addTags.length + removeTags.length === 0)
    errors.addTags = () => msg('Add or remove at least one tag.', { id: 'bulk.tags.required' });
  else if (addTags.length > limits.tags) errors.addTags = () => tooManyText(limits.tags);
  else if (addTags.some((tag) => tag.length > limits.tag)) errors.addTags = () => tooLongText(limits.tag);
  return errors;
}

/** What is sent. Tags are added to whatever a case has by then; everything else is refused when the case has moved. */
export function bulkInput(
  action: BulkAction,
  values: BulkValues,
  cases: readonly Pick<CaseSummary, 'id' | 'version'>[],
): BulkInput {
  const ids = cases.map(({ id }) => ({ id }));
  const read = cases.map(({ id, version }) => ({ id, version }));
  switch (action) {
    case 'close':
    case 'reopen':
      return { action, ...closingInput(values.closing), cases: read };
    case 'tag':
      return {
        action,
        ...(values.addTags.length > 0 && { addTags: [...values.addTags] }),
        ...(values.removeTags.length > 0 && { removeTags: [...values.removeTags] }),
        cases: ids,
      };
    case 'assign':
      return { action, assigneeId: values.assignee?.id ?? null, cases: read };
  }
}

/** Where the server's word about a field belongs. */
export function bulkPlace(action: BulkAction, field: string): string | undefined {
  const [name = field] = field.split('.');
  const places: Readonly<Record<BulkAction, readonly string[]>> = {
    close: ['reason', 'note', 'visibility'],
    reopen: ['reason', 'note', 'visibility'],
    tag: ['addTags', 'removeTags'],
    assign: ['assigneeId'],
  };
  if (name === 'removeTags' && action === 'tag') return 'addTags';
  return places[action].includes(name) ? name : undefined;
}

/** What the fields of an action need to be drawn. */
export interface BulkFieldsView {
  readonly settings: Settings;
  readonly cases: readonly CaseSummary[];
  readonly values: BulkValues;
  readonly errors: FieldErrors;
  /** Changes what is held now, which may be more than what was drawn. */
  readonly onChange: (change: (now: BulkValues) => Partial<BulkValues>, ...fields: readonly string[]) => void;
}

/** Reason, who is told, and the explanation, as for one case. */
export function renderStatusFields(kind: 'close' | 'reopen', view: BulkFieldsView): TemplateResult {
  const { settings, values, errors, onChange } = view;
  return renderClosingFields({
    kind,
    settings,
    values: values.closing,
    errors,
    onChange: (change) =>
      onChange(({ closing }) => ({ closing: { ...closing, ...change } }), ...Object.keys(change)),
  });
}

/** Tags to add, and those of the selected cases, to be taken away. */
export function renderTagFields(
  { settings, cases, values, errors, onChange }: BulkFieldsView,
  tagInput: TagInput,
): TemplateResult {
  const uses = new Map<string, number>();
  for (const { tags = [] } of cases) for (const tag of tags) uses.set(tag, (uses.get(tag) ?? 0) + 1);
  for (const tag of values.removeTags) if (!uses.has(tag)) uses.set(tag, 0);
  const known = [...uses].sort(([one], [other]) => one.localeCompare(other));
  const remove = (tag: string, on: boolean) =>
    onChange(
      ({ removeTags }) => ({
        removeTags: on ? [...removeTags, tag] : removeTags.filter((other) => other !== tag),
      }),
      'addTags',
    );
  return html`<div class="fields">
    ${tagInput.render({
      name: 'addTags',
      label: msg('Add tags', { id: 'bulk.tags.add' }),
      hint: msg('Enter or a comma ends a tag.', { id: 'bulk.tags.hint' }),
      limits: settings.limits,
      error: errors.addTags?.(),
      wide: true,
      tags: values.addTags,
      onChange: (addTags) => onChange(() => ({ addTags }), 'addTags'),
    })}
    ${
      known.length === 0
        ? nothing
        : html`<fieldset class="wide">
            <legend class="label">${msg('Remove tags', { id: 'bulk.tags.remove' })}</legend>
            <div class="ticks">
              ${known.map(
                ([tag, count]) =>
                  html`<label class="tick">
                    <input
                      type="checkbox"
                      name="removeTags"
                      value=${tag}
                      .checked=${live(values.removeTags.includes(tag))}
                      @change=${(event: Event) => remove(tag, (event.target as HTMLInputElement).checked)}
                    />
                    <bdi>${tag}</bdi>
                    <span class="hint">${msg(str`on ${formatNumber(count)}`, { id: 'bulk.tags.uses' })}</span>
                  </label>`,
              )}
            </div>
          </fieldset>`
    }
  </div>`;
}
