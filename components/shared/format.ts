import { msg } from '@lit/localize';

import { currentLocale, formatter, plural } from './locale.js';

const day = 86_400_000;

/** Today where the reader is, `YYYY-MM-DD`. */
export function localToday(now: Date = new Date()): string {
  return toLocalDate(now);
}

/** The calendar date of an instant where the reader is, `YYYY-MM-DD`. */
export function toLocalDate(instant: Date): string {
  return new Date(+instant - instant.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** A calendar date moved by whole days. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * day).toISOString().slice(0, 10);
}

/** The first moment of a calendar date where the reader is, as an instant. */
export function startOfLocalDay(date: string): string {
  return new Date(`${date}T00:00`).toISOString();
}

/** Whether a text is a calendar date that exists. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const parsed = new Date(text);
  return !Number.isNaN(+parsed) && parsed.toISOString().startsWith(text);
}

/** An instant with its time, or `undefined` when it is none (CC-22). */
export function formatInstant(
  instant: string | null | undefined,
  locale = currentLocale(),
): string | undefined {
  const parsed = new Date(instant || NaN);
  if (Number.isNaN(+parsed)) return undefined;
  return formatter(Intl.DateTimeFormat, locale, { dateStyle: 'medium', timeStyle: 'short' }).format(parsed);
}

/** The time of day of an instant. */
export function formatTime(instant: Date, locale = currentLocale()): string {
  return formatter(Intl.DateTimeFormat, locale, { timeStyle: 'short' }).format(instant);
}

/** An instant as short as it can be understood: "10:51" today, "19 Nov, 10:42" this year; `undefined` when it is none. */
export function formatMoment(
  instant: string | null | undefined,
  locale = currentLocale(),
  now: Date = new Date(),
): string | undefined {
  const parsed = new Date(instant || NaN);
  if (Number.isNaN(+parsed)) return undefined;
  if (toLocalDate(parsed) === toLocalDate(now)) return formatTime(parsed, locale);
  if (parsed.getFullYear() !== now.getFullYear()) return formatInstant(instant, locale);
  const { hourCycle } = formatter(Intl.DateTimeFormat, locale, { hour: 'numeric' }).resolvedOptions();
  return formatter(Intl.DateTimeFormat, locale, {
    day: 'numeric',
    month: 'short',
    hour: hourCycle?.startsWith('h2') ? '2-digit' : 'numeric',
    minute: '2-digit',
  }).format(parsed);
}

/** A calendar date, without a time zone to shift it. */
export function formatDate(date: string, locale = currentLocale(), now: Date = new Date()): string {
  if (!isDate(date)) return date;
  const sameYear = date.slice(0, 4) === String(now.getFullYear());
  return formatter(Intl.DateTimeFormat, locale, {
    day: 'numeric',
    month: 'short',
    ...(!sameYear && { year: 'numeric' }),
    timeZone: 'UTC',
  }).format(new Date(date));
}

/** How long ago, in the shortest words that help: "4 min ago", "yesterday", "17 Nov". */
export function formatAge(
  instant: string | null | undefined,
  locale = currentLocale(),
  now: Date = new Date(),
): string {
  const parsed = new Date(instant || NaN);
  if (Number.isNaN(+parsed)) return msg('unknown date', { id: 'date.unknown' });
  const seconds = Math.round((+parsed - +now) / 1000);
  const words = formatter(Intl.RelativeTimeFormat, locale, { numeric: 'auto', style: 'short' });
  if (Math.abs(seconds) < 60) return words.format(0, 'second');
  if (Math.abs(seconds) < 3600) return words.format(Math.trunc(seconds / 60), 'minute');
  const days = daysBetween(toLocalDate(now), toLocalDate(parsed));
  if (days === 0) return words.format(Math.trunc(seconds / 3600), 'hour');
  if (days === -1) return words.format(-1, 'day');
  return formatDate(toLocalDate(parsed), locale, now);
}

/** Whole days from one calendar date to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / day);
}

/** A deadline for somebody who reads it now. */
export interface DeadlineWords {
  /** How much time is left or how long it is past: "Due in 3 days", "2 days overdue"; of a closed case, its date. */
  readonly text: string;
  /** The day itself: "28 Nov", with the year where it is not this one. */
  readonly date: string;
  /** How urgent it is. It only underlines what the words say. */
  readonly tone: 'critical' | 'caution' | 'plain';
}

/** How a deadline is looked at. */
export interface DeadlineView {
  readonly locale?: string | undefined;
  /** Nothing is due on a closed case, and it is never overdue (CC-19). */
  readonly closed?: boolean;
  /** How many days before its day a deadline is near, from the settings. */
  readonly soonDays?: number | undefined;
  readonly now?: Date;
}

/**
 * A deadline in words. It is a day of the calendar and ends with that day where the reader is: so it is counted in
 * calendar days, which no time zone and no change of the clocks makes longer or shorter.
 */
export function describeDeadline(deadline: string, view: DeadlineView = {}): DeadlineWords {
  const { locale, closed = false, soonDays = 3, now = new Date() } = view;
  const date = formatDate(deadline, locale, now);
  if (!isDate(deadline) || closed) return { text: date, date, tone: 'plain' };
  const days = daysBetween(toLocalDate(now), deadline);
  const tone = days < 0 ? 'critical' : days <= soonDays ? 'caution' : 'plain';
  return { text: timeLeft(days, locale), date, tone };
}

function timeLeft(days: number, locale?: string): string {
  if (days < 0)
    return plural(
      -days,
      msg('one {# day overdue} other {# days overdue}', { id: 'deadline.overdue' }),
      locale,
    );
  if (days === 0) return msg('Due today', { id: 'deadline.today' });
  if (days === 1) return msg('Due tomorrow', { id: 'deadline.tomorrow' });
  return plural(days, msg('one {Due in # day} other {Due in # days}', { id: 'deadline.in-days' }), locale);
}

/** A size in bytes, as people read it: "84 kB". */
export function formatBytes(bytes: number, locale = currentLocale()): string {
  const [value, unit] =
    bytes < 1000
      ? [bytes, 'byte']
      : bytes < 1_000_000
        ? [bytes / 1000, 'kilobyte']
        : [bytes / 1_000_000, 'megabyte'];
  return formatter(Intl.NumberFormat, locale, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value);
}

/** Two letters for an avatar. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = [...(words[0] ?? '')][0] ?? '';
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : '';
  return (first + last).toUpperCase();
}
