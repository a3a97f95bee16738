import type { Case, CaseSummary } from '../../../../src/contract/cases.js';
import type { ConformanceCase } from '../conformance-case.js';
import { answerOf, broken, demand } from '../exchange.js';
import { skip } from '../failure.js';
import { walk, type Walk } from '../walk.js';
import type { World } from '../world.js';

/** Several cases of one customer, so that there is more than one page. */
const severalCases = (world: World): Promise<readonly Case[]> =>
  world.once('several cases', async () => {
    const made: Case[] = [];
    // What is read alone is looked at as it is.
    if (!(await world.capabilities()).createCases) return made;
    for (const place of [1, 2, 3, 4, 5, 6, 7])
      made.push(await world.aCase({ subject: world.subject(`page ${place}`) }));
    return made;
  });

// Beyond this many rows a list is read in pages of 100, and its beginning once more in small ones.
const small = 60;
const mostSmallPages = 20;

interface Reading {
  readonly whole: Walk<CaseSummary>;
  readonly inSmallPages: Walk<CaseSummary>;
}

async function readBothWays(world: World, sort: string): Promise<Reading> {
  const ask = { query: { customerId: await world.customerId(), sort } };
  const whole = await walk<CaseSummary>(world.agent, 'listCases', ask, { limit: 100 });
  const most = whole.items.length <= small ? undefined : mostSmallPages;
  const inSmallPages = await walk<CaseSummary>(world.agent, 'listCases', ask, {
    limit: 3,
    ...(most && { most }),
  });
  return { whole, inSmallPages };
}

const idsOf = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id);

function demandOnce({ items, last }: Walk<CaseSummary>): void {
  const ids = idsOf(items);
  const doubled = ids.filter((id, place) => ids.indexOf(id) !== place);
  demand(
    doubled.length === 0,
    last,
    `No row comes twice, on two pages either; these did: ${doubled.join(', ')}.`,
  );
}

/** Lists page by page. */
export const pagingCases: readonly ConformanceCase[] = [
  {
    id: 'paging.to-the-end',
    title: 'A list read in small pages has each row once, and the same rows as in large ones',
    async run(world) {
      const made = await severalCases(world);
      for (const sort of ['-created', 'created']) {
        const { whole, inSmallPages } = await readBothWays(world, sort);
        if (!whole.ended) skip('the customer has more cases than a run reads');
        demandOnce(whole);
        demandOnce(inSmallPages);
        const known = new Set(idsOf(whole.items));
        const lost = made.filter(({ id }) => !known.has(id));
        demand(
          lost.length === 0,
          whole.last,
          `Every case is in the list; these are not: ${idsOf(lost).join(', ')}.`,
        );
        const expected = idsOf(whole.items).slice(
          0,
          inSmallPages.ended ? undefined : inSmallPages.items.length,
        );
        const found = idsOf(inSmallPages.items);
        const missing = expected.filter((id) => !found.includes(id));
        demand(
          missing.length === 0,
          inSmallPages.last,
          `No row is lost between pages; these were: ${missing.join(', ')}.`,
        );
        demand(
          JSON.stringify(expected) === JSON.stringify(found),
          inSmallPages.last,
          'Small pages have the rows of large ones, in the same order.',
        );
      }
    },
  },
  {
    id: 'paging.order',
    title: 'Rows come in the order asked for',
    async run(world) {
      await severalCases(world);
      const query = { customerId: await world.customerId() };
      const orders: readonly [string, (row: CaseSummary) => string | number][] = [
        ['created', ({ createdAt }) => Date.parse(createdAt ?? '')],
        ['updated', ({ updatedAt }) => Date.parse(updatedAt ?? '')],
        ['number', ({ number }) => number],
      ];
      let looked = 0;
      for (const [name, keyOf] of orders) {
        for (const sort of [name, `-${name}`]) {
          const exchange = await world.agent.send('listCases', { query: { ...query, sort, limit: 50 } });
          // Some vendors cannot order by everything, and say so.
          if (exchange.status === 501) continue;
          looked += 1;
          const keys = answerOf('listCases', exchange).items.map(keyOf);
          const isOrdered = keys.every((key, place) => {
            const before = keys[place - 1];
            return before === undefined || (sort === name ? before <= key : before >= key);
          });
          demand(
            isOrdered,
            exchange,
            `sort=${sort} gives ${keys.toSorted(compare(sort === name)).join(', ')}; it gave ${keys.join(', ')}.`,
          );
        }
      }
      if (looked === 0) skip('the backend says that it can order by nothing');
    },
  },
  {
    id: 'paging.limit',
    title: 'A page has no more rows than asked, and a limit beyond the bounds is refused',
    async run(world) {
      await severalCases(world);
      const query = { customerId: await world.customerId() };
      const exchange = await world.agent.send('listCases', { query: { ...query, limit: 2 } });
      const page = answerOf('listCases', exchange);
      const { items: all } = await world.agent.ok('listCases', { query: { ...query, limit: 3 } });
      if (all.length < 3) skip('the customer has fewer than three cases');
      demand(page.items.length === 2, exchange, 'limit=2 gives two rows where there are more.');
      demand(page.next !== null, exchange, '"next" is a cursor where there are more.');
      for (const limit of ['0', '101', 'many'])
        await world.agent.refused('listCases', { query: { limit } }, 'validation_failed', [
          { field: 'limit' },
        ]);
    },
  },
  {
    id: 'paging.cursor',
    title: 'A cursor that this list did not give is refused',
    async run(world) {
      await severalCases(world);
      const foreign = ['no-cursor', 'eyJhIjoxfQ', '0', "1' or '1'='1"];
      const wanted = [{ field: 'cursor' }];
      for (const cursor of foreign)
        await world.agent.refused('listCases', { query: { cursor } }, 'validation_failed', wanted);
    },
  },
  {
    id: 'totals.cases',
    title: 'The total is what paging finds, with and without filters',
    needs: ['totals'],
    async run(world) {
      await severalCases(world);
      const customerId = await world.customerId();
      for (const filter of [{}, { status: 'open' }, { status: 'closed' }]) {
        const ask = { query: { customerId, ...filter } };
        const counted = await world.agent.send('listCases', {
          query: { ...ask.query, count: 'true', limit: 1 },
        });
        const { total } = answerOf('listCases', counted);
        const { items, ended } = await walk<CaseSummary>(world.agent, 'listCases', ask);
        if (!ended) skip('the customer has more cases than a run reads');
        const found = new Set(idsOf(items)).size;
        demand(total === found, counted, `"total" is ${found}, as many as paging finds.`);
      }
    },
  },
  {
    id: 'totals.undeclared',
    title: 'A backend without totals invents none',
    async run(world) {
      if ((await world.capabilities()).totals) skip('"totals" is declared');
      const exchange = await world.agent.send('listCases', { query: { count: 'true', limit: 1 } });
      const { total } = answerOf('listCases', exchange);
      if (total !== undefined) throw broken(exchange, '"total" is absent where "totals" is not declared.');
    },
  },
];

function compare(ascending: boolean): (a: string | number, b: string | number) => number {
  return (a, b) => (a < b ? -1 : a > b ? 1 : 0) * (ascending ? 1 : -1);
}
