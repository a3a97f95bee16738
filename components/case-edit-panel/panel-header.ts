import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';

import type { Case } from '../../src/contract/cases.js';
import { icon } from '../shared/icons.js';

/** Which case the panel works on, and the way out of it. */
export function renderPanelHeader(view: {
  /** Absent until it is there. */
  readonly record?: Case | undefined;
  /** While the panel asks whether to throw away what was typed. */
  readonly inert?: boolean;
  readonly onClose: () => void;
}): TemplateResult {
  const { record, inert = false, onClose } = view;
  return html`<div class="grab"></div>
    <header role="presentation" ?inert=${inert}>
      <h2 id="title" tabindex="-1">
        ${
          record
            ? msg(str`Edit case #${record.number}`, { id: 'panel.title' })
            : msg('Edit case', { id: 'panel.edit' })
        }
      </h2>
      ${record ? renderStatus(record.status) : nothing}
      <button
        class="button quiet icon"
        type="button"
        aria-label=${msg('Close', { id: 'action.close' })}
        @click=${onClose}
      >
        ${icon('close')}
      </button>
      ${record ? html`<p class="subject" dir="auto">${record.subject}</p>` : nothing}
    </header>`;
}

function renderStatus(status: string): TemplateResult {
  if (status === 'open')
    return html`<span class="pill positive status-open">${msg('OPEN', { id: 'status.mark.open' })}</span>`;
  if (status === 'closed')
    return html`<span class="pill status-closed">${msg('CLOSED', { id: 'status.mark.closed' })}</span>`;
  return html`<span class="pill">${status}</span>`;
}
