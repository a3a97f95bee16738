import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';

import { icon } from '../shared/icons.js';

/** What the form is for, and the way out of it. */
export function renderHeader(view: {
  readonly customer?: string | undefined;
  /** While the form asks whether to throw everything away. */
  readonly inert?: boolean;
  /** Absent where there is nothing to leave. */
  readonly onClose: (() => void) | undefined;
}): TemplateResult {
  const { customer, inert = false, onClose } = view;
  return html`<header role="presentation" ?inert=${inert}>
    <div>
      <h2 id="title">${msg('New customer case', { id: 'case-form.title' })}</h2>
      ${
        customer
          ? html`<p class="hint" dir="auto">${msg(str`For ${customer}`, { id: 'case-form.for' })}</p>`
          : nothing
      }
    </div>
    ${
      onClose
        ? html`<button
            class="button quiet icon"
            type="button"
            aria-label=${msg('Close', { id: 'action.close' })}
            @click=${onClose}
          >
            ${icon('close')}
          </button>`
        : nothing
    }
  </header>`;
}
