import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';

import type { FieldErrors } from '../field-errors.js';
import { describedBy, renderField, renderInput, renderSelect, renderTextarea } from '../fields.js';
import { icon } from '../icons.js';
import type { ActionField, FieldValue, FormValues } from './action-fields.js';

/** What the fields of an action need to be drawn. Errors stand under `fieldId`. */
export interface ActionFormView {
  readonly fields: readonly ActionField[];
  readonly values: FormValues;
  readonly errors: FieldErrors;
  readonly disabled: boolean;
  /** Characters a text of several lines may have at most. */
  readonly longest: number;
  readonly onChange: (name: string, value: FieldValue) => void;
}

/** Where a field stands in the form: the names of a host may hold anything. */
export function fieldId(fields: readonly ActionField[], name: string): string {
  return `value-${fields.findIndex((field) => field.name === name)}`;
}

/** The fields that hold something which is no value: half a date, letters in a number. */
export function unreadFields(root: ParentNode, fields: readonly ActionField[]): ReadonlySet<string> {
  const unread = fields.filter(
    ({ name }) => root.querySelector<HTMLInputElement>(`#${fieldId(fields, name)}`)?.validity.badInput,
  );
  return new Set(unread.map(({ name }) => name));
}

/** A field for each property of the schema, in its order. */
export function renderActionFields(view: ActionFormView): TemplateResult {
  return html`<div class="fields">${view.fields.map((field) => renderActionField(field, view))}</div>`;
}

function renderActionField(field: ActionField, view: ActionFormView): TemplateResult {
  const { kind, label, hint, required, options, limits } = field;
  const value = view.values[field.name] ?? '';
  const change = (changed: FieldValue) => view.onChange(field.name, changed);
  const id = fieldId(view.fields, field.name);
  const common = {
    name: id,
    label,
    hint,
    required,
    error: view.errors[id]?.(),
    disabled: view.disabled,
    value: String(value),
    onChange: change,
  };
  switch (kind) {
    case 'flag':
      return renderFlag({ ...common, ticked: value === true, onChange: change });
    case 'choice':
      return renderSelect({
        ...common,
        options,
        placeholder: required ? msg('Choose', { id: 'host-action.pick' }) : msg('None', { id: 'field.none' }),
      });
    case 'lines':
      return renderTextarea({ ...common, wide: true, limit: Math.min(limits.maxLength ?? 0, view.longest) });
    case 'number':
      return renderNumber({ ...common, limits });
    default:
      return renderInput({ ...common, type: kind });
  }
}

interface Common {
  readonly name: string;
  readonly label: string;
  readonly hint: string | undefined;
  readonly required: boolean;
  readonly error: string | undefined;
  readonly disabled: boolean;
}

function renderFlag(
  view: Common & { readonly ticked: boolean; readonly onChange: (ticked: boolean) => void },
): TemplateResult {
  const { name, label, hint, error, ticked, disabled, onChange } = view;
  return html`<div class="field wide tick" part="field">
    <label>
      <input
        type="checkbox"
        id=${name}
        name=${name}
        .checked=${live(ticked)}
        ?disabled=${disabled}
        aria-describedby=${ifDefined(describedBy(view))}
        @change=${(event: Event) => onChange((event.target as HTMLInputElement).checked)}
      />
      <span>${label}</span>
    </label>
    ${error ? html`<p class="error" id="${name}-error">${icon('alert')}<span>${error}</span></p>` : nothing}
    ${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : nothing}
  </div>`;
}

/** The browser reads and writes it as its reader does, with comma or point; steps are told by our own check. */
function renderNumber(
  view: Common & {
    readonly value: string;
    readonly limits: ActionField['limits'];
    readonly onChange: (value: string) => void;
  },
): TemplateResult {
  const { name, value, limits, required, error, disabled, onChange } = view;
  return renderField(
    view,
    html`<input
      class="input"
      id=${name}
      name=${name}
      type="number"
      inputmode=${limits.whole ? 'numeric' : 'decimal'}
      step=${limits.multipleOf ?? (limits.whole ? 1 : 'any')}
      min=${ifDefined(limits.minimum)}
      max=${ifDefined(limits.maximum)}
      autocomplete="off"
      aria-required=${ifDefined(required ? 'true' : undefined)}
      aria-invalid=${ifDefined(error ? 'true' : undefined)}
      aria-describedby=${ifDefined(describedBy(view))}
      ?disabled=${disabled}
      .value=${live(value)}
      @input=${(event: Event) => onChange((event.target as HTMLInputElement).value)}
    />`,
  );
}
