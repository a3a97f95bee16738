import { BackendError } from '../../backend-error.js';
import type { Answer, Api } from './api.js';
import type { List } from './options.js';
import { at, textAt } from './pointers.js';
import type { Slots } from './templates.js';

/** Where a page of theirs begins: a number, a cursor or an address; `null` for the first. */
export type Place = string | number | null;

/** A page as the API gave it. */
export interface TheirPage {
  readonly items: readonly unknown[];
  readonly next: Place;
  /** How many there are in all, where the API says so. */
  readonly total: number | undefined;
}

/** Reads one page of a list, in whichever style the API has. `asked` holds the filters. */
export async function readPage(
  api: Api,
  list: List,
  slots: Slots,
  asked: URLSearchParams,
  place: Place,
  size: number,
): Promise<TheirPage> {
  const { page } = list;
  const query = new URLSearchParams(asked);
  if (page.style !== 'none' && page.size !== undefined) query.set(page.size, String(size));
  if (page.style === 'page') query.set(page.parameter, String(place ?? page.first));
  if (page.style === 'offset') query.set(page.parameter, String(place ?? 0));
  if (page.style === 'cursor' && place !== null) query.set(page.parameter, String(place));
  const answer =
    page.style === 'link' && typeof place === 'string'
      ? await api.follow(place)
      : await api.get({ path: list.path }, slots, query);
  const items = at(answer.body, list.items);
  if (!Array.isArray(items)) {
    throw new BackendError('unavailable', { detail: `There is no list at "${list.items}" in the answer.` });
  }
  const counted = Number(textAt(answer.body, list.total) ?? NaN);
  const total = Number.isFinite(counted) ? counted : undefined;
  return { items, total, next: nextOf(list, answer, items.length, place, size, total) };
}

function nextOf(
  { page }: List,
  { body, headers }: Answer,
  count: number,
  place: Place,
  size: number,
  total: number | undefined,
): Place {
  if (page.style === 'none') return null;
  if (page.style === 'cursor') return textAt(body, page.next) ?? null;
  if (page.style === 'link') return nextLink(headers.get('link'));
  const begun =
    page.style === 'page' ? (Number(place ?? page.first) - page.first) * size : Number(place ?? 0);
  // Without a total a full page may be followed by an empty one.
  const more = total === undefined ? count >= size : begun + count < total;
  if (!more || count === 0) return null;
  return page.style === 'page' ? Number(place ?? page.first) + 1 : begun + count;
}

/** The address of the next page in a `Link` header (RFC 8288). */
export function nextLink(header: string | null): string | null {
  for (const [, address = '', parameters = ''] of (header ?? '').matchAll(/<([^>]*)>([^<]*)/g)) {
    if (/;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next\b)/i.test(parameters)) return address;
  }
  return null;
}
