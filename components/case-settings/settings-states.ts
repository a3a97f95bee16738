import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';

import type { Session } from '../../src/contract/session.js';
import type { Settings } from '../../src/contract/settings.js';
import { refusalText } from '../shared/verdict.js';
import { renderListReadOnly } from './list-editor.js';
import { renderOptionsReadOnly } from './settings-options.js';
import type { SectionName } from './settings-tabs.js';
import { isList, valuesOf } from './settings-values.js';

/** What the element is. */
export function renderHeader(): TemplateResult {
  return html`<header><h2 id="title">${msg('Settings', { id: 'settings.title' })}</h2></header>`;
}

/** Why the settings may not be changed, or `undefined` where they may. */
export function refusalOf({ capabilities, permissions }: Session): string | undefined {
  if (!capabilities.editSettings)
    return msg('The case backend cannot do this.', { id: 'refusal.capability' });
  const verdict = permissions['editSettings'];
  return verdict?.allowed ? undefined : refusalText(verdict);
}

/** One part for whoever may only read it. */
export function renderReadOnly(settings: Settings, section: SectionName): unknown {
  const values = valuesOf(settings);
  if (section === 'newCase') return renderOptionsReadOnly(['requiredFields'], values);
  if (section === 'rules')
    return renderOptionsReadOnly(['portalScope', 'reopenOnCustomerReply', 'dueSoonDays'], values);
  if (!isList(section)) return nothing;
  return html`${renderListReadOnly(section, values[section])}
  ${section === 'priorities' ? renderOptionsReadOnly(['defaultPriority'], values) : nothing}`;
}
