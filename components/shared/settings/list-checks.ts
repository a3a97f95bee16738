import { msg, str } from '@lit/localize';

import { tooLongText, type Sentence } from '../field-errors.js';
import type { ListName, ListValue } from './list-values.js';

const labelLimit = 120;

/** How many values a list may hold. */
export const listLimit = 200;

/** Under which name an error about a value stands. */
export function valueError(list: ListName, id: string): string {
  return `${list}.${id}`;
}

/** What is wrong with the values of a list: `caseTypes.billing`. */
export function checkList(list: ListName, values: readonly ListValue[]): Record<string, Sentence> {
  const errors: Record<string, Sentence> = {};
  const first = new Map<string, ListValue>();
  for (const value of values) {
    const wrong = checkLabel(value, first);
    if (wrong) errors[valueError(list, value.id)] = wrong;
    const name = nameKey(value);
    if (!first.has(name)) first.set(name, value);
  }
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
