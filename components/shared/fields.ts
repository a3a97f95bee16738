import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';

import { icon } from './icons.js';
import { formatNumber, plural } from './locale.js';

/** What every field shows besides its control. `name` makes its ids, so it stands once in a shadow root. */
export interface FieldView {
  readonly name: string;
  readonly label: string;
  readonly required?: boolean | undefined;
  readonly error?: string | undefined;
  readonly hint?: unknown;
  /** Takes the whole row of its grid. */
  readonly wide?: boolean | undefined;
  readonly disabled?: boolean | undefined;
}

interface ValueView extends FieldView {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** One entry of a select. */
export interface Option {
  readonly value: string;
  readonly label: string;
}

/** The ids a control names in `aria-describedby`: its error first, then its hint. */
export function describedBy({ name, error, hint }: FieldView): string | undefined {
  const ids = [error && `${name}-error`, hint && `${name}-hint`].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

/** A label with its mark (CC-27), the control, its hint and what is wrong with it. */
export function renderField(view: FieldView, control: TemplateResult): TemplateResult {
  const { name, label, required, error, hint, wide } = view;
  return html`<div class=${wide ? 'field wide' : 'field'} part="field">
    <label for=${name}
      >${label}${required ? html` <span class="required" aria-hidden="true">*</span>` : nothing}</label
    >
    ${control}
    ${error ? html`<p class="error" id="${name}-error">${icon('alert')}<span>${error}</span></p>` : nothing}
    ${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : nothing}
  </div>`;
}

/** A list to choose from. The empty choice stands first and says what is wanted. */
export function renderSelect(
  view: ValueView & { readonly options: readonly Option[]; readonly placeholder?: string },
): TemplateResult {
  const { name, value, options, placeholder, disabled, required, error, onChange } = view;
  return renderField(
    view,
    html`<select
      class=${value === '' ? 'input placeholder' : 'input'}
      id=${name}
      name=${name}
      aria-required=${ifDefined(required ? 'true' : undefined)}
      aria-invalid=${ifDefined(error ? 'true' : undefined)}
      aria-describedby=${ifDefined(describedBy(view))}
      ?disabled=${disabled}
      @change=${(event: Event) => onChange((event.target as HTMLSelectElement).value)}
    >
      ${
        placeholder === undefined
          ? nothing
          : html`<option value="" .selected=${live(value === '')}>${placeholder}</option>`
      }
      ${options.map(
        (option) =>
          html`<option value=${option.value} .selected=${live(option.value === value)}>
            ${option.label}
          </option>`,
      )}
    </select>`,
  );
}

/** One line of text, or a calendar date. */
export function renderInput(view: ValueView & { readonly type?: 'text' | 'date' }): TemplateResult {
  const { name, value, type = 'text', disabled, required, error, onChange } = view;
  return renderField(
    view,
    html`<input
      class="input"
      id=${name}
      name=${name}
      type=${type}
      dir=${ifDefined(type === 'text' ? 'auto' : undefined)}
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

/** Text of several lines with a counter against its limit (CC-36). */
export function renderTextarea(
  view: ValueView & { readonly limit?: number | undefined; readonly placeholder?: string },
): TemplateResult {
  const { name, value, limit, disabled, required, error, hint, placeholder, onChange } = view;
  const counter = limit === undefined ? undefined : counterText(value, limit);
  const shown = { ...view, hint: counter && hint ? html`${hint} ${counter}` : (counter ?? hint) };
  return renderField(
    shown,
    html`<textarea
      class="input"
      id=${name}
      name=${name}
      dir="auto"
      placeholder=${ifDefined(placeholder)}
      aria-required=${ifDefined(required ? 'true' : undefined)}
      aria-invalid=${ifDefined(error ? 'true' : undefined)}
      aria-describedby=${ifDefined(describedBy(shown))}
      ?disabled=${disabled}
      .value=${live(value)}
      @input=${(event: Event) => onChange((event.target as HTMLTextAreaElement).value)}
    ></textarea>`,
  );
}

/** How much of a text's limit is used. */
export function counterText(value: string, limit: number): string {
  const used = formatNumber(value.length);
  return plural(
    limit,
    msg(str`one {${used} of # character.} other {${used} of # characters.}`, { id: 'field.counter' }),
  );
}

/** The sentence that explains the marks (CC-27). */
export function renderLegend(): TemplateResult {
  return html`<p class="hint legend">
    <span class="required" aria-hidden="true">*</span> ${msg('must be filled in', { id: 'field.legend' })}
  </p>`;
}

/** Puts the focus on the first field that was refused. */
export function focusFirstInvalid(root: ParentNode): void {
  root.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}
