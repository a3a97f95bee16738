import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';

import { icon } from '../shared/icons.js';

/** Something to know, below the buttons. */
export interface ToolNotice {
  readonly text: string;
  readonly tone?: 'positive' | 'caution' | 'critical';
  readonly onDismiss?: () => void;
  /** What can be done about it. */
  readonly actions?: TemplateResult;
}

/** Says it, as urgently as it is. */
export function renderNotice({ text, tone, onDismiss, actions }: ToolNotice): TemplateResult {
  return html`<div
    class="banner ${tone ?? ''}"
    part="tools-notice"
    role=${tone === 'critical' ? 'alert' : 'status'}
  >
    ${tone ? icon(tone === 'positive' ? 'check' : 'alert') : nothing}
    <span class="grow" dir="auto">${text}</span>
    ${actions ?? nothing}
    ${
      onDismiss
        ? html`<button
            type="button"
            class="button quiet icon"
            aria-label=${msg('Dismiss', { id: 'case-list.dismiss' })}
            @click=${onDismiss}
          >
            ${icon('close')}
          </button>`
        : nothing
    }
  </div>`;
}
