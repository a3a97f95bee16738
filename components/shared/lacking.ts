import { msg } from '@lit/localize';
import { html, type TemplateResult } from 'lit';

/** In the place of what the configured case backend cannot do. */
export function renderLacking(): TemplateResult {
  return html`<p class="hint lacking">
    ${msg('The case backend cannot do this.', { id: 'refusal.capability' })}
  </p>`;
}
