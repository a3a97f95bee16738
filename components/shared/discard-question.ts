import { msg } from '@lit/localize';
import { html, type TemplateResult } from 'lit';

/** Asks, in the place of a form's buttons, whether what was typed shall go. */
export function renderDiscardQuestion(keep: () => void, discard: () => void): TemplateResult {
  return html`<div
    class="banner caution question"
    role="alertdialog"
    aria-labelledby="question-title"
    aria-describedby="question-text"
  >
    <p class="grow">
      <strong id="question-title">${msg('Discard what you typed?', { id: 'modal.discard.title' })}</strong>
      <span id="question-text">${msg('It has not been saved.', { id: 'modal.discard.text' })}</span>
    </p>
    <button class="button" type="button" data-keep @click=${keep}>
      ${msg('Keep editing', { id: 'modal.discard.keep' })}
    </button>
    <button class="button danger" type="button" @click=${discard}>
      ${msg('Discard', { id: 'modal.discard.confirm' })}
    </button>
  </div>`;
}
