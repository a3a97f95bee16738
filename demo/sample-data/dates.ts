import type { Ago } from './types.js';

/** When something happened that far before `now`, RFC 3339. */
export function moment(ago: Ago, now: Date): string {
  if (typeof ago === 'number') return new Date(now.getTime() - ago * 60_000).toISOString();
  const [days, time] = ago;
  const [hours, minutes] = time.split(':').map(Number);
  const at = new Date(now);
  at.setDate(at.getDate() - days);
  at.setHours(hours ?? 0, minutes ?? 0, 0, 0);
  return at.toISOString();
}

/** The calendar date so many days from `now`. */
export function day(offset: number, now: Date): string {
  const on = new Date(now);
  on.setDate(on.getDate() + offset);
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${on.getFullYear()}-${pad(on.getMonth() + 1)}-${pad(on.getDate())}`;
}
