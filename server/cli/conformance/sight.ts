import type { Case, CaseSummary } from '../../../src/contract/cases.js';
import type { RouteId } from '../../../src/contract/routes.js';
import type { Caller } from './caller.js';
import { answerOf, demand, problemOf, type Exchange } from './exchange.js';
import { walk } from './walk.js';
import { aWord, type World } from './world.js';

/** A case that is looked for, and a word that stands in its subject and nowhere else. */
export interface Sought {
  readonly record: Case;
  readonly word: string;
}

/** Makes a case with a word of its own. */
export async function sought(make: (subject: string) => Promise<Case>, world: World): Promise<Sought> {
  const word = aWord();
  return { record: await make(`${world.subject('to be looked for')} ${word}`), word };
}

/** Whether somebody finds the case in a list; `undefined` where the backend says that it has no such list. */
export async function isListed(
  by: Caller,
  { record }: Sought,
  query: Readonly<Record<string, string>> = {},
): Promise<{ readonly found: boolean; readonly last: Exchange } | undefined> {
  const ask = { query: { sort: '-created', ...query } };
  const first = await by.send('listCases', { query: { ...ask.query, limit: 100 } });
  if (first.status === 501) return undefined;
  const page = answerOf('listCases', first);
  const { items, last } =
    page.next === null
      ? { items: page.items, last: first }
      : await walk<CaseSummary>(by, 'listCases', ask, { most: 20 });
  return { found: items.some(({ id }) => id === record.id), last };
}

/** Demands that somebody comes across the case nowhere: by its id, in no list, count, search, file, and among no tags. */
export async function demandAbsent(world: World, by: Caller, one: Sought): Promise<void> {
  const { record, word } = one;
  const { search, export: files, sharing } = await world.capabilities();
  const reads: RouteId[] = [
    'getCase',
    'listNotes',
    'listTimeline',
    ...(sharing ? ['listGrants' as const] : []),
  ];
  for (const routeId of reads) problemOf(await by.send(routeId, { id: record.id }), ['not_found']);
  const says = 'What one has not been given is nowhere.';
  const lists: Record<string, string>[] = [{}, { status: 'open' }, { shared: 'with-me' }];
  for (const query of lists) {
    const listed = await isListed(by, one, query);
    if (listed) demand(!listed.found, listed.last, says);
  }
  if (search) {
    for (const query of [
      { q: word, count: 'true' },
      { q: word, shared: 'with-me' },
    ]) {
      const exchange = await by.send('listCases', { query });
      if (exchange.status === 501) continue;
      const { items, total = 0 } = answerOf('listCases', exchange);
      demand(items.length === 0 && total === 0, exchange, says);
    }
  }
  if (!files) return;
  const exchange = await by.send('exportCases', { query: { sort: '-created' } });
  demand([200, 403].includes(exchange.status), exchange, 'One gets a file, or is refused one.');
  demand(!exchange.text.includes(word), exchange, says);
}
