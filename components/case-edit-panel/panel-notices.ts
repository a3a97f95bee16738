import { msg } from '@lit/localize';
import { html, nothing } from 'lit';

import { isForbiddenError } from '../../src/errors.js';
import { refusedText } from '../shared/change-words.js';
import { icon } from '../shared/icons.js';
import type { PanelSection } from './panel-section.js';

/** What stands above a section: who moved the case, what failed, what was kept from earlier. */
export function renderNotices(view: {
  readonly moved: string | undefined;
  readonly section: PanelSection | undefined;
  readonly onRetry: () => void;
}): unknown {
  const { moved, section, onRetry } = view;
  return [
    moved
      ? html`<div class="banner caution" role="alert">
          ${icon('alert')}
          <p class="grow">${moved}</p>
        </div>`
      : nothing,
    section?.submission.failure
      ? html`<div class="banner critical" role="alert">
          ${icon('alert')}
          <p class="grow">${refusedText(section.submission.failure)}</p>
          ${
            isForbiddenError(section.submission.failure)
              ? nothing
              : html`<button
                  class="button"
                  type="button"
                  data-action="retry"
                  aria-busy=${section.submission.busy}
                  @click=${onRetry}
                >
                  ${msg('Retry', { id: 'action.retry.send' })}
                </button>`
          }
        </div>`
      : nothing,
    section?.restored
      ? html`<div class="banner" role="status">
          <p class="grow">${msg('What you typed earlier is back.', { id: 'draft.restored' })}</p>
          <button class="button" type="button" data-action="discard" @click=${() => section.clear()}>
            ${msg('Discard', { id: 'draft.discard' })}
          </button>
        </div>`
      : nothing,
    section && !section.draft.kept
      ? html`<p class="hint">
          ${msg('This browser keeps no drafts: what you type is lost when the page closes.', {
            id: 'draft.not-kept',
          })}
        </p>`
      : nothing,
  ];
}
