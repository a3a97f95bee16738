import { msg } from '@lit/localize';
import { html, type TemplateResult } from 'lit';

/** Why something cannot be done, whoever asks: the configured case backend cannot. */
export function lackingText(): string {
  return msg('The case backend cannot do this.', { id: 'refusal.capability' });
}

/** In the place of what the configured case backend cannot do. */
export function renderLacking(): TemplateResult {
  return html`<p class="hint lacking">${lackingText()}</p>`;
}
