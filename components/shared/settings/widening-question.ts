import { msg } from '@lit/localize';
import { html, type TemplateResult } from 'lit';

import { icon } from '../icons.js';

/** Asks, in the place of a form's buttons, whether more people shall see more; says what exactly. */
export function renderWideningQuestion(
  shows: readonly string[],
  keep: () => void,
  save: () => void,
): TemplateResult {
  return html`<div
    class="banner caution question widening"
    role="alertdialog"
    aria-labelledby="question-title"
    aria-describedby="question-text"
  >
    ${icon('alert')}
    <div class="grow">
      <strong id="question-title"
        >${msg('Others will see more than before:', { id: 'settings.widen.title' })}</strong
      >
      <ul id="question-text">
        ${shows.map((sentence) => html`<li>${sentence}</li>`)}
      </ul>
    </div>
    <button class="button" type="button" data-keep @click=${keep}>
      ${msg('Do not save yet', { id: 'settings.widen.keep' })}
    </button>
    <button class="button danger" type="button" data-action="widen" @click=${save}>
      ${msg('Save and show it', { id: 'settings.widen.save' })}
    </button>
  </div>`;
}
