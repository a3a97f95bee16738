import { msg, str } from '@lit/localize';

import { formatList } from '../locale.js';
import { isListOfValues, type ListValue } from './list-values.js';

/** What became of a list, a sentence each; nothing where it cannot be read. */
export function listChanges(from: unknown, to: unknown): readonly string[] {
  return isListOfValues(from) && isListOfValues(to) ? listSentences(from, to) : [];
}

function listSentences(from: readonly ListValue[], to: readonly ListValue[]): string[] {
  const before = new Map(from.map((value) => [value.id, value]));
  const after = new Set(to.map(({ id }) => id));
  const sentences: string[] = [];
  for (const value of to) {
    const was = before.get(value.id);
    sentences.push(
      ...(was
        ? valueSentences(was, value)
        : [msg(str`Added “${value.label}”.`, { id: 'settings.change.added' })]),
    );
  }
  for (const { id, label } of from)
    if (!after.has(id)) sentences.push(msg(str`Removed “${label}”.`, { id: 'settings.change.removed' }));
  const order = (values: readonly ListValue[], others: { has(id: string): boolean }) =>
    values.flatMap(({ id }) => (others.has(id) ? [id] : [])).join('\n');
  if (order(from, after) !== order(to, before)) {
    const names = formatList(to.map(({ label }) => label));
    sentences.push(msg(str`New order: ${names}.`, { id: 'settings.change.order' }));
  }
  return sentences;
}

function valueSentences(was: ListValue, is: ListValue): string[] {
  const { label } = is;
  return [
    ...(was.label === label
      ? []
      : [msg(str`Renamed “${was.label}” to “${label}”.`, { id: 'settings.change.renamed' })]),
    ...(Boolean(was.retired) === Boolean(is.retired)
      ? []
      : [
          is.retired
            ? msg(str`Retired “${label}”.`, { id: 'settings.change.retired' })
            : msg(str`Brought “${label}” back.`, { id: 'settings.change.restored' }),
        ]),
    ...(Boolean(was.dateRequired) === Boolean(is.dateRequired)
      ? []
      : [
          is.dateRequired
            ? msg(str`“${label}” needs a date.`, { id: 'settings.change.date' })
            : msg(str`“${label}” needs no date.`, { id: 'settings.change.no-date' }),
        ]),
  ];
}
