import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';

import { icon } from '../icons.js';

/** Something that is ticked or not. */
export interface Tick {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** It is always ticked. */
  readonly fixed?: boolean;
}

/** What a group of ticks is drawn from. `name` makes its ids. */
export interface TicksView {
  readonly name: string;
  readonly legend: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly ticks: readonly Tick[];
  readonly chosen: readonly string[];
  readonly onChange: (id: string, ticked: boolean) => void;
}

/** Several to tick, under one heading. */
export function renderTicks(view: TicksView): TemplateResult {
  const { name, legend, hint, error, ticks, chosen, onChange } = view;
  return html`<fieldset class="checks" aria-describedby=${ifDefined(describing(view))}>
    <legend class="label">${legend}</legend>
    ${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : nothing}
    ${ticks.map((tick) => {
      const id = `${name}-${tick.id}`;
      return html`<div class="tick">
        <label class="check">
          <input
            type="checkbox"
            name=${id}
            aria-invalid=${ifDefined(error ? 'true' : undefined)}
            aria-describedby=${ifDefined(tick.hint ? `${id}-hint` : undefined)}
            ?disabled=${tick.fixed}
            .checked=${live(tick.fixed === true || chosen.includes(tick.id))}
            @change=${(event: Event) => onChange(tick.id, (event.target as HTMLInputElement).checked)}
          />
          <span dir="auto">${tick.label}</span>
        </label>
        ${tick.hint ? html`<p class="hint" id="${id}-hint">${tick.hint}</p>` : nothing}
      </div>`;
    })}
    ${renderError(name, error)}
  </fieldset>`;
}

/** One thing that is on or off, and what it means. */
export function renderSwitch(view: {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}): TemplateResult {
  const { name, label, hint, error, checked, onChange } = view;
  return html`<div class="tick">
    <label class="check">
      <input
        type="checkbox"
        name=${name}
        aria-invalid=${ifDefined(error ? 'true' : undefined)}
        aria-describedby=${ifDefined(describing(view))}
        .checked=${live(checked)}
        @change=${(event: Event) => onChange((event.target as HTMLInputElement).checked)}
      />
      ${label}
    </label>
    ${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : nothing} ${renderError(name, error)}
  </div>`;
}

/** What a table of ticks is drawn from. */
export interface MatrixView {
  readonly name: string;
  /** What the rows are, above their names. */
  readonly rowsLabel: string;
  readonly rows: readonly Tick[];
  readonly columns: readonly Tick[];
  readonly error?: string | undefined;
  readonly isChecked: (row: string, column: string) => boolean;
  /** What one tick means, whole. */
  readonly labelOf: (row: Tick, column: Tick) => string;
  readonly onChange: (row: string, column: string, ticked: boolean) => void;
}

/** A table of ticks: a row and a column say together what each means. */
export function renderMatrix(view: MatrixView): TemplateResult {
  const { name, rowsLabel, rows, columns, error, isChecked, labelOf, onChange } = view;
  return html`<table class="matrix">
      <thead>
        <tr>
          <th scope="col">${rowsLabel}</th>
          ${columns.map(({ label }) => html`<th scope="col" class="tick-cell">${label}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              <th scope="row"><span dir="auto">${row.label}</span></th>
              ${columns.map(
                (column) =>
                  html`<td class="tick-cell">
                    <label class="check">
                      <input
                        type="checkbox"
                        name="${name}-${row.id}-${column.id}"
                        aria-label=${labelOf(row, column)}
                        aria-invalid=${ifDefined(error ? 'true' : undefined)}
                        aria-describedby=${ifDefined(error ? `${name}-error` : undefined)}
                        .checked=${live(isChecked(row.id, column.id))}
                        @change=${(event: Event) =>
                          onChange(row.id, column.id, (event.target as HTMLInputElement).checked)}
                      />
                    </label>
                  </td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>
    ${renderError(name, error)}`;
}

export function renderError(name: string, error: string | undefined): unknown {
  return error
    ? html`<p class="error" id="${name}-error">${icon('alert')}<span>${error}</span></p>`
    : nothing;
}

function describing(view: {
  readonly name: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}): string | undefined {
  const ids = [view.error && `${view.name}-error`, view.hint && `${view.name}-hint`].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}
