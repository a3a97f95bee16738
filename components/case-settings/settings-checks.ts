import { msg, str } from '@lit/localize';

import { tooLongText, type FieldErrors, type Sentence } from '../shared/field-errors.js';
import { isList, listNames, type ListName, type ListValue, type SettingsValues } from './settings-values.js';

const labelLimit = 120;
const soonLimit = 365;

/** How many values a list may hold. */
export const listLimit = 200;

/** Under which name an error about a value stands. */
export function valueError(list: ListName, id: string): string {
  return `${list}.${id}`;
}

/** What can be told without a request, by field: `caseTypes.billing`, `dueSoonDays`. */
export function checkSettings(values: SettingsValues): FieldErrors {
  const errors: Record<string, Sentence> = {};
  for (const list of listNames) {
    const first = new Map<string, ListValue>();
    for (const value of values[list]) {
      const wrong = checkLabel(value, first);
      if (wrong) errors[valueError(list, value.id)] = wrong;
      const name = nameKey(value);
      if (!first.has(name)) first.set(name, value);
    }
  }
  const { defaultPriority, priorities, dueSoonDays } = values;
  if (defaultPriority !== null && !priorities.some(({ id }) => id === defaultPriority))
    errors['defaultPriority'] = () =>
      msg('This priority is no longer in the list. Choose another.', { id: 'settings.default.gone' });
  if (!/^\d+$/.test(dueSoonDays.trim()) || Number(dueSoonDays) > soonLimit)
    errors['dueSoonDays'] = () =>
      msg('Enter a whole number of days from 0 to 365.', { id: 'settings.due-soon.invalid' });
  return errors;
}

function checkLabel(value: ListValue, first: ReadonlyMap<string, ListValue>): Sentence | undefined {
  const { label } = value;
  if (!label.trim()) return () => msg('Enter a name.', { id: 'settings.value.empty' });
  if (label.trim().length > labelLimit) return () => tooLongText(labelLimit);
  const same = first.get(nameKey(value));
  if (!same) return undefined;
  return same.retired
    ? () =>
        msg(str`“${same.label}” is in the list already, retired. Bring it back instead.`, {
          id: 'settings.value.duplicate-retired',
        })
    : () => msg(str`“${same.label}” is in the list already.`, { id: 'settings.value.duplicate' });
}

function nameKey({ label }: ListValue): string {
  return label.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}

/** Where the server's word about a field belongs: it counts the values of a list. */
export function fieldPlace(field: string, values: SettingsValues): string | undefined {
  const [name = '', index] = field.split('.');
  if (!isList(name)) return name in values ? name : undefined;
  const value = values[name][Number(index)];
  return value && valueError(name, value.id);
}
