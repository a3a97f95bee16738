import { msg, str } from '@lit/localize';

import {
  addDays,
  daysBetween,
  formatDate,
  isDate,
  localToday,
  startOfLocalDay,
  toLocalDate,
} from '../shared/format.js';
import type { Option } from '../shared/fields.js';
import { plural } from '../shared/locale.js';

/** Until when, as it is chosen: without an end, so many days from now, the last day by itself, or as it stands. */
export interface ExpiryChoice {
  readonly preset: 'keep' | 'never' | 'week' | 'month' | 'date';
  /** The last day, `YYYY-MM-DD`, for `date`. */
  readonly date: string;
}

export const noEnd: ExpiryChoice = { preset: 'never', date: '' };

const days = { week: 7, month: 30 } as const;

/** How many days before its end a grant is said to end soon. */
const soon = 3;

/** The moment a choice means, at the end of its last day where the reader is; `null` for none. */
export function expiryOf({ preset, date }: ExpiryChoice): string | null {
  const last = preset === 'date' ? date : preset === 'week' || preset === 'month' ? inDays(days[preset]) : '';
  return last === '' ? null : startOfLocalDay(addDays(last, 1));
}

function inDays(count: number): string {
  return addDays(localToday(), count);
}

/** What is wrong with a chosen date; nothing where it is none, or can be taken. */
export function expiryError({ preset, date }: ExpiryChoice): string | undefined {
  if (preset !== 'date') return undefined;
  if (!isDate(date)) return msg('This is not a date.', { id: 'field.not-a-date' });
  return date < localToday() ? msg('Choose today or a later day.', { id: 'share.expiry.past' }) : undefined;
}

/** What can be chosen; `kept` is what stands now, where something does. */
export function expiryOptions(kept?: string): readonly Option[] {
  return [
    ...(kept === undefined
      ? []
      : [{ value: 'keep', label: kept.charAt(0).toLocaleUpperCase() + kept.slice(1) }]),
    { value: 'never', label: msg('No end date', { id: 'share.expiry.never' }) },
    { value: 'week', label: msg('For 1 week', { id: 'share.expiry.week' }) },
    { value: 'month', label: msg('For 30 days', { id: 'share.expiry.month' }) },
    { value: 'date', label: msg('Until a date…', { id: 'share.expiry.date' }) },
  ];
}

/** The last day somebody has access, `YYYY-MM-DD`; `undefined` where none is set. */
export function lastDayOf(expiresAt: string | null): string | undefined {
  const moment = expiresAt === null ? Number.NaN : Date.parse(expiresAt);
  return Number.isNaN(moment) ? undefined : toLocalDate(new Date(moment - 1));
}

/** Until when, in words: "until 30 Nov", or how little is left; `soon` where it is time to renew. */
export function describeExpiry(
  expiresAt: string | null,
): { readonly text: string; readonly soon: boolean } | undefined {
  const last = lastDayOf(expiresAt);
  if (last === undefined) return undefined;
  const left = daysBetween(localToday(), last);
  if (left > soon) return { text: msg(str`until ${formatDate(last)}`, { id: 'share.until' }), soon: false };
  if (left <= 0) return { text: msg('ends today', { id: 'share.ends.today' }), soon: true };
  const text = plural(left, msg('one {ends tomorrow} other {ends in # days}', { id: 'share.ends.in' }));
  return { text, soon: true };
}
