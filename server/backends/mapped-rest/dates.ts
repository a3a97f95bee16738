import { DateTime } from 'luxon';
import * as z from 'zod/mini';

export const dateFormSchema = z.union([
  z.enum(['iso', 'epoch-seconds', 'epoch-milliseconds']),
  z.strictObject({
    /** Luxon's tokens, such as `dd.MM.yyyy HH:mm`. */
    format: z.string().check(z.minLength(1)),
    /** IANA, such as `Europe/Berlin`; UTC unless told. */
    zone: z.optional(
      z.string().check(
        z.refine((zone) => DateTime.utc().setZone(zone).isValid, {
          error: 'must be a time zone such as Europe/Berlin',
        }),
      ),
    ),
  }),
]);
/** How an API writes a moment. */
export type DateForm = z.infer<typeof dateFormSchema>;

/** A moment of theirs as an RFC 3339 instant in UTC; `null` for none, or one that cannot be read. */
export function instantOf(value: unknown, form: DateForm): string | null {
  return read(value, form)?.toUTC().toISO() ?? null;
}

/** A moment or day of theirs as a calendar date. */
export function dayOf(value: unknown, form: DateForm): string | null {
  if (form === 'iso' && typeof value === 'string') {
    // The day as it is written, whatever the offset: nobody's deadline moves by one because of where a server stands.
    const day = /^\d{4}-\d\d-\d\d/.exec(value)?.[0];
    return day !== undefined && DateTime.fromISO(day).isValid ? day : null;
  }
  return read(value, form)?.toISODate() ?? null;
}

/** An instant or calendar date of ours as the API writes it; a day is its first moment. */
export function theirDate(given: string, form: DateForm): string | number {
  const zone = zoneOf(form);
  const isDay = /^\d{4}-\d\d-\d\d$/.test(given);
  const moment = DateTime.fromISO(given, { zone });
  if (form === 'iso') return isDay ? given : (moment.toUTC().toISO() ?? given);
  if (form === 'epoch-seconds') return Math.floor(moment.toSeconds());
  if (form === 'epoch-milliseconds') return moment.toMillis();
  return moment.toFormat(form.format);
}

function read(value: unknown, form: DateForm): DateTime<true> | undefined {
  const moment = parsed(value, form);
  return moment?.isValid === true ? (moment as DateTime<true>) : undefined;
}

function parsed(value: unknown, form: DateForm): DateTime | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  const zone = zoneOf(form);
  if (form === 'epoch-seconds' || form === 'epoch-milliseconds') {
    const number = typeof value === 'number' ? value : Number(value);
    if (!Number.isFinite(number)) return undefined;
    return DateTime.fromMillis(form === 'epoch-seconds' ? number * 1000 : number, { zone });
  }
  if (typeof value !== 'string') return undefined;
  return form === 'iso'
    ? DateTime.fromISO(value, { zone, setZone: true })
    : DateTime.fromFormat(value, form.format, { zone, locale: 'en' });
}

function zoneOf(form: DateForm): string {
  return typeof form === 'object' ? (form.zone ?? 'utc') : 'utc';
}
