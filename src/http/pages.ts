import type { Page } from '../contract/common.js';

/**
 * All records of a list, page after page, each page asked for when it is needed.
 *
 * Leaving the loop early ends it: no further page is asked for.
 */
export async function* allPages<T>(
  fetchPage: (cursor: string | undefined) => Promise<Page<T>>,
): AsyncGenerator<T, void, undefined> {
  let cursor: string | undefined;
  do {
    const page = await fetchPage(cursor);
    yield* page.items;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}
