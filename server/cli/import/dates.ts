import { DateTime, IANAZone } from 'luxon';

/** How a file writes its dates: a Luxon format such as `M/d/yyyy H:mm`, and the zone its clock stood in. */
export interface DateStyle {
  readonly format: string;
  readonly zone: string;
}

/** Whether a zone is known, such as `America/New_York`. */
export function isZone(zone: string): boolean {
  return IANAZone.isValidZone(zone);
}

/**
 * The instant a text means, RFC 3339 in UTC; `undefined` when it is no date in that format.
 *
 * Where clocks go back and a time comes twice, the first is meant; a time that clocks skipped counts on from before
 * the change (RFC 5545 reads them so).
 */
export function toInstant(text: string, { format, zone }: DateStyle): string | undefined {
  const parsed = DateTime.fromFormat(text, format, { zone, locale: 'en-US' });
  if (!parsed.isValid) return undefined;
  const earliest = parsed.getPossibleOffsets().reduce((first, next) => (next < first ? next : first), parsed);
  return earliest.toUTC().toISO({ suppressMilliseconds: true }) ?? undefined;
}

/** The calendar date a text means, `YYYY-MM-DD`; `undefined` when it is no date in that format. */
export function toCalendarDate(text: string, { format, zone }: DateStyle): string | undefined {
  const parsed = DateTime.fromFormat(text, format, { zone, locale: 'en-US' });
  return parsed.isValid ? parsed.toISODate() : undefined;
}
