import type { RouteId } from '../../../src/contract/routes.js';
import type { Ask, Caller } from './caller.js';
import { answerOf, demand, type Exchange } from './exchange.js';

/** A list read to its end, or as far as asked. */
export interface Walk<T> {
  readonly items: readonly T[];
  readonly pages: number;
  /** Whether the last page was reached. */
  readonly ended: boolean;
  readonly last: Exchange;
}

type Paged<T> = { readonly items: readonly T[]; readonly next: string | null };

/** Reads a list page by page. No page is longer than asked, and no cursor comes twice. */
export async function walk<T>(
  caller: Caller,
  routeId: RouteId,
  ask: Ask,
  { limit = 100, most = 200 }: { readonly limit?: number; readonly most?: number } = {},
): Promise<Walk<T>> {
  const items: T[] = [];
  const seen = new Set<string>();
  let cursor: string | undefined;
  for (let pages = 1; ; pages += 1) {
    const last = await caller.send(routeId, { ...ask, query: { ...ask.query, limit, cursor } });
    const page = answerOf(routeId, last) as unknown as Paged<T>;
    demand(page.items.length <= limit, last, 'A page has no more items than "limit" says.');
    items.push(...page.items);
    if (page.next === null || pages >= most) return { items, pages, ended: page.next === null, last };
    demand(!seen.has(page.next), last, 'Each page names a cursor of its own: the list comes to an end.');
    seen.add(page.next);
    cursor = page.next;
  }
}
