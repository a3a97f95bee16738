import { msg } from '@lit/localize';

import type { FieldErrors, Sentence } from '../shared/field-errors.js';
import { checkList, valueError } from '../shared/settings/list-checks.js';
import { isList, listNames } from '../shared/settings/list-values.js';
import type { SettingsValues } from './settings-values.js';

const soonLimit = 365;

/** What can be told without a request, by field: `caseTypes.billing`, `dueSoonDays`. */
export function checkSettings(values: SettingsValues): FieldErrors {
  const errors: Record<string, Sentence> = {};
  for (const list of listNames) Object.assign(errors, checkList(list, values[list]));
  const { defaultPriority, priorities, dueSoonDays } = values;
  if (defaultPriority !== null && !priorities.some(({ id }) => id === defaultPriority))
    errors['defaultPriority'] = () =>
      msg('This priority is no longer in the list. Choose another.', { id: 'settings.default.gone' });
  if (!/^\d+$/.test(dueSoonDays.trim()) || Number(dueSoonDays) > soonLimit)
    errors['dueSoonDays'] = () =>
      msg('Enter a whole number of days from 0 to 365.', { id: 'settings.due-soon.invalid' });
  return errors;
}

/** Where the server's word about a field belongs: it counts the values of a list. */
export function fieldPlace(field: string, values: SettingsValues): string | undefined {
  const [name = '', index] = field.split('.');
  if (!isList(name)) return name in values ? name : undefined;
  const value = values[name][Number(index)];
  return value && valueError(name, value.id);
}
