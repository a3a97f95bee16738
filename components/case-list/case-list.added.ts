import { msg, str } from '@lit/localize';
import { html, type TemplateResult } from 'lit';

import { icon } from '../shared/icons.js';

/** A case was added here; its number as soon as it is known. */
export function renderAdded(
  number: number | undefined,
  onOpen: () => void,
  onDismiss: () => void,
): TemplateResult {
  return html`<div class="banner positive" part="banner" role="status">
    ${icon('check')}
    <span class="grow">
      ${
        number === undefined
          ? msg('Case added.', { id: 'case-list.added-case' })
          : msg(str`Case #${String(number)} added.`, { id: 'case-list.added-number' })
      }
    </span>
    <button type="button" class="button" @click=${onOpen}>${msg('Open', { id: 'case-list.open' })}</button>
    <button
      type="button"
      class="button quiet icon"
      aria-label=${msg('Dismiss', { id: 'case-list.dismiss' })}
      @click=${onDismiss}
    >
      ${icon('close')}
    </button>
  </div>`;
}
