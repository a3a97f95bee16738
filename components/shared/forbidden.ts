import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';

import type { Verdict } from '../../src/contract/common.js';
import { icon } from './icons.js';
import { ruleText } from './localization.js';

/** The actor may not list cases (CC-01). */
export function renderForbidden(verdict: Partial<Verdict> | undefined): TemplateResult {
  const reason = ruleText(verdict?.rule) ?? verdict?.reason;
  return html`<div class="message" part="message">
    ${icon('lock')}
    <p><strong>${msg('You may not see cases', { id: 'case-list.forbidden' })}</strong></p>
    ${reason ? html`<p>${reason}</p>` : nothing}
  </div>`;
}
