import { msg } from '@lit/localize';

import { listLabel } from '../shared/settings/list-words.js';
import type { SettingsField } from './settings-values.js';

/** The name of a list or switch, alike wherever it is shown. */
export function fieldLabel(field: SettingsField): string {
  switch (field) {
    case 'defaultPriority':
      return msg('Priority of a new case', { id: 'settings.default-priority' });
    case 'requiredFields':
      return msg('Mandatory fields of a new case', { id: 'settings.required-fields' });
    case 'reopenOnCustomerReply':
      return msg('A customer’s reply reopens a closed case', { id: 'settings.reopen-on-reply' });
    case 'portalScope':
      return msg('What customers see', { id: 'settings.portal-scope' });
    case 'dueSoonDays':
      return msg('Due soon, in days', { id: 'settings.due-soon' });
    default:
      return listLabel(field);
  }
}

/** What customers see in the portal; a scope that is not known counts as the narrowest (CU-24). */
export function scopeLabel(scope: string): string {
  if (scope === 'own') return msg('The cases they submitted themselves', { id: 'settings.portal-scope.own' });
  if (scope === 'none') return msg('No cases', { id: 'settings.portal-scope.none' });
  return scope;
}
