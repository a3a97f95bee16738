import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';

import { icon } from './icons.js';

/** The actor may not list cases (CC-01). */
export function renderForbidden(reason: string | undefined): TemplateResult {
  return html`<div class="message" part="message">
    ${icon('lock')}
    <p><strong>${msg('You may not see cases', { id: 'case-list.forbidden' })}</strong></p>
    ${reason ? html`<p>${reason}</p>` : nothing}
  </div>`;
}
