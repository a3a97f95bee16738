import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';

import type { Sentence } from '../shared/field-errors.js';
import { icon } from '../shared/icons.js';

/** What became of something: what to say, and how to take it back. */
export interface ShareNotice {
  readonly tone: 'positive' | 'caution' | 'critical' | '';
  readonly text: Sentence;
  readonly action?: { readonly label: Sentence; readonly run: () => void } | undefined;
}

/** What a notice offers to take back what was done. */
export function undoing(run: () => void): NonNullable<ShareNotice['action']> {
  return { label: () => msg('Undo', { id: 'share.undo' }), run };
}

export function renderNotice(notice: ShareNotice | undefined): TemplateResult {
  const urgent = notice?.tone === 'critical';
  return html`<div class="notices" role=${urgent ? 'alert' : 'status'}>
    ${
      notice
        ? html`<div class="banner ${notice.tone}">
            ${notice.tone === 'positive' ? icon('check') : notice.tone ? icon('alert') : nothing}
            <p class="grow">${notice.text()}</p>
            ${
              notice.action
                ? html`<button class="button" type="button" data-action="undo" @click=${notice.action.run}>
                    ${notice.action.label()}
                  </button>`
                : nothing
            }
          </div>`
        : nothing
    }
  </div>`;
}
