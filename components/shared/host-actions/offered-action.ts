import { html, nothing, type TemplateResult } from 'lit';

import type { OfferedAction } from './host-actions.js';

/** The button of an action, and why it may not be used now; `place` makes its ids. */
export function renderOffered({ id, label, refusal, open }: OfferedAction, place: string): TemplateResult {
  const refused = `refused-${place}-${id}`;
  return html`<button
      class="button"
      type="button"
      part="host-action"
      aria-haspopup="dialog"
      aria-disabled=${refusal === undefined ? nothing : 'true'}
      aria-describedby=${refusal === undefined ? nothing : refused}
      @click=${refusal === undefined ? open : nothing}
    >
      <bdi>${label}</bdi>
    </button>
    ${refusal === undefined ? nothing : html`<span class="hint why" id=${refused} dir="auto">${refusal}</span>`}`;
}
