import type { Page } from '../../../src/contract/common.js';
import { BackendError } from '../../backend-error.js';
import { decodeCursor, encodeCursor } from '../../input/cursor.js';
import { readPage, type Place } from './pages.js';
import type { Api } from './api.js';
import type { List } from './options.js';
import type { Slots } from './templates.js';

/** How many pages of theirs one page of ours may cost. */
const mostPages = 20;
/** How many entries are put in order here, for an order the API has not. */
export const mostSorted = 500;

/** A list of theirs, narrowed and about to be read. */
export interface Asked<T> {
  readonly api: Api;
  readonly list: List;
  readonly slots: Slots;
  readonly query: URLSearchParams;
  /** Names the list with everything that narrows and sorts it: a cursor of another is refused. */
  readonly name: string;
  /** What an entry is for us; `undefined` for one that does not count. */
  readonly read: (record: unknown) => Promise<T | undefined>;
  /** Whether some that the API answers do not count: then it is read in pages as large as it has. */
  readonly narrowed: boolean;
}

/** Where we are: a page of theirs, how much of it has been told, and how large it is. */
interface Standing {
  readonly place: Place;
  readonly skip: number;
  readonly size: number;
}

/** One page of ours out of as many of theirs as it takes. A short page with `next` says that the rest is far. */
export async function collect<T>(
  asked: Asked<T>,
  { cursor, limit = 25 }: { readonly cursor?: string | undefined; readonly limit?: number | undefined },
): Promise<Page<T>> {
  const { api, list, slots, query, narrowed } = asked;
  const most = list.page.style === 'none' ? limit : list.page.most;
  const adjustable = list.page.style !== 'none' && list.page.size !== undefined;
  const size = adjustable && !narrowed ? Math.min(limit, most) : most;
  let standing = standingOf(asked.name, cursor) ?? { place: null, skip: 0, size };
  const items: T[] = [];
  let total: number | undefined;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page = await readPage(api, list, slots, query, standing.place, standing.size);
    total ??= page.total;
    const read = await Promise.all(page.items.slice(standing.skip).map(asked.read));
    for (const [index, item] of read.entries()) {
      if (item === undefined) continue;
      if (items.length === limit) {
        const next = { ...standing, skip: standing.skip + index };
        return { items, next: cursorOf(asked.name, next), total };
      }
      items.push(item);
    }
    if (page.next === null) return { items, next: null, total };
    if (page.next === standing.place) throw stuck();
    standing = { place: page.next, skip: 0, size: standing.size };
    if (items.length === limit) break;
  }
  return { items, next: cursorOf(asked.name, standing), total };
}

/** All entries there are, up to `most`; `undefined` where there are more. */
export async function collectAll<T>(asked: Asked<T>, most: number): Promise<T[] | undefined> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page: Page<T> = await collect({ ...asked, narrowed: true }, { cursor, limit: most });
    items.push(...page.items);
    if (items.length > most || (items.length === most && page.next !== null)) return undefined;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return items;
}

/** A page of a list that is whole in our hands; the cursor names the last entry told, which may move but not vanish. */
export function pageOfAll<T extends { readonly id: string }>(
  name: string,
  all: readonly T[],
  { cursor, limit = 25 }: { readonly cursor?: string | undefined; readonly limit?: number | undefined },
): Page<T> {
  const last = decodeCursor(
    name,
    cursor,
    ({ value, id }) => typeof id === 'string' && Number.isInteger(value),
  );
  const place = last ? all.findIndex(({ id }) => id === last.id) : -1;
  // One that is gone since is gone on from where it stood.
  const start = last && place === -1 ? Number(last.value) : place + 1;
  const items = all.slice(start, start + limit);
  const end = items.at(-1);
  const more = end !== undefined && start + items.length < all.length;
  return { items, next: more ? encodeCursor(name, { value: start + items.length, id: end.id }) : null };
}

function cursorOf(name: string, { place, skip, size }: Standing): string {
  return encodeCursor(name, { value: JSON.stringify([place, skip, size]), id: 0 });
}

function standingOf(name: string, cursor: string | undefined): Standing | undefined {
  const found = decodeCursor(name, cursor, ({ value }) => parsed(value) !== undefined);
  return found ? parsed(found.value) : undefined;
}

function parsed(value: unknown): Standing | undefined {
  try {
    const [place, skip, size] = JSON.parse(String(value)) as unknown[];
    const isPlace = place === null || typeof place === 'string' || Number.isSafeInteger(place);
    const isCount = (count: unknown, least: number) =>
      Number.isSafeInteger(count) && Number(count) >= least && Number(count) <= 1000;
    if (!isPlace || !isCount(skip, 0) || !isCount(size, 1)) return undefined;
    return { place: place as Place, skip: Number(skip), size: Number(size) };
  } catch {
    return undefined;
  }
}

function stuck(): BackendError {
  return new BackendError('unavailable', {
    detail: 'The list goes round in circles: its next page is itself.',
  });
}
