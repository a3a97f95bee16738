import { msg, str } from '@lit/localize';

import { requirableFields, type Settings } from '../../src/contract/settings.js';
import { caseFieldLabel } from '../shared/case-fields.js';
import { choiceLabel } from '../shared/choices.js';
import { formatList, formatNumber } from '../shared/locale.js';
import { listChanges } from '../shared/settings/list-changes.js';
import { isList } from '../shared/settings/list-values.js';
import { scopeLabel } from './settings-words.js';

/** What became of a list or switch, a sentence each; what cannot be read is left out. */
export function changeSentences(
  field: string,
  from: unknown,
  to: unknown,
  settings: Settings | undefined,
): readonly string[] {
  if (isList(field)) return listChanges(from, to);
  switch (field) {
    case 'requiredFields':
      return requiredSentences(namesIn(from), namesIn(to));
    case 'reopenOnCustomerReply':
      return [
        to === true
          ? msg('Switched on.', { id: 'settings.change.on' })
          : msg('Switched off.', { id: 'settings.change.off' }),
      ];
    default: {
      const text = (value: unknown) => scalarText(field, value, settings);
      return [msg(str`From “${text(from)}” to “${text(to)}”.`, { id: 'settings.change.from-to' })];
    }
  }
}

function requiredSentences(from: readonly string[], to: readonly string[]): string[] {
  const labels = (names: readonly string[], others: readonly string[]) =>
    formatList(
      requirableFields
        .filter((name) => names.includes(name) && !others.includes(name))
        .map((name) => caseFieldLabel(name)),
    );
  const added = labels(to, from);
  const removed = labels(from, to);
  return [
    ...(added ? [msg(str`Mandatory now: ${added}.`, { id: 'settings.change.required' })] : []),
    ...(removed ? [msg(str`No longer mandatory: ${removed}.`, { id: 'settings.change.not-required' })] : []),
  ];
}

/** The wire wraps the names of a new case; the form holds them bare. */
function namesIn(value: unknown): readonly string[] {
  const names: unknown = Array.isArray(value) ? value : (value as { newCase?: unknown } | null)?.newCase;
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
}

function scalarText(field: string, value: unknown, settings: Settings | undefined): string {
  if (value === null || value === undefined) return msg('None', { id: 'settings.none' });
  if (field === 'defaultPriority' && typeof value === 'string')
    return choiceLabel(settings, 'priorities', value);
  if (field === 'portalScope' && typeof value === 'string') return scopeLabel(value);
  const number = Number(value);
  return Number.isFinite(number) ? formatNumber(number) : JSON.stringify(value);
}
