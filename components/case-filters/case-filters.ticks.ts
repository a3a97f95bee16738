import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';

import type { ListFilter } from '../shared/filter-state.js';

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
