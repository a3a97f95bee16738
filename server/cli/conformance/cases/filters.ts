import type { Case, CaseSummary } from '../../../../src/contract/cases.js';
import type { ConformanceCase, Need } from '../conformance-case.js';
import { answerOf, demand, problemOf } from '../exchange.js';
import { Broken, skip } from '../failure.js';
import { walk } from '../walk.js';
import { choiceOf, dayFromNow, type World } from '../world.js';

interface Pair {
  /** Open, with everything set. */
  readonly full: Case;
  /** Closed where that can be done, with another type and priority, and nothing else. */
  readonly bare: Case;
}

/** Two cases that differ in all that a list can be narrowed by. */
const aPair = (world: World): Promise<Pair> =>
  world.once('filtered pair', async () => {
    const { tags, deadlines, closeCases } = await world.capabilities();
    const { caseTypes, priorities } = await world.settings();
    const pick = (place: number) => ({
      ...(choiceOf(caseTypes, place) !== undefined && { type: choiceOf(caseTypes, place) }),
      ...(choiceOf(priorities, place) !== undefined && { priority: choiceOf(priorities, place) }),
    });
    const full = await world.aCase({
      subject: world.subject('with everything'),
      ...pick(0),
      ...(tags && { tags: [`${world.mark}tag`] }),
      ...(deadlines && { deadline: dayFromNow(15) }),
    });
    const bare = await world.aCase({ subject: world.subject('with little'), ...pick(1) });
    return { full, bare: closeCases ? await world.close(bare) : bare };
  });

interface Filter {
  readonly id: string;
  readonly title: string;
  readonly needs?: readonly Need[];
  /** The filter that finds `full` alone of the two; `undefined` where the settings leave nothing to tell them apart. */
  readonly ask: (pair: Pair, world: World) => Record<string, string> | undefined;
  /** What every row has to meet. */
  readonly meets?: (row: CaseSummary, pair: Pair) => boolean;
}

function filterCase({ id, title, needs = [], ask, meets }: Filter): ConformanceCase {
  return {
    id: `filters.${id}`,
    title,
    needs: ['createCases', ...needs],
    async run(world) {
      const pair = await aPair(world);
      const filter = ask(pair, world);
      if (filter === undefined) skip('the settings leave nothing to tell two cases apart by');
      const query = { customerId: await world.customerId(), sort: '-created', ...filter };
      const first = await world.agent.send('listCases', { query: { ...query, limit: 1 } });
      // No capability names single filters: who has none of a kind says so here.
      if (first.status === 501) skip('the backend says that it cannot filter by this');
      const { items, last } = await walk<CaseSummary>(world.agent, 'listCases', { query }, { most: 20 });
      const ids = items.map((row) => row.id);
      demand(ids.includes(pair.full.id), last, `The filter leaves ${pair.full.id}, which meets it.`);
      demand(
        !ids.includes(pair.bare.id),
        last,
        `The filter takes away ${pair.bare.id}, which does not meet it.`,
      );
      const wrong = items.filter((row) => meets?.(row, pair) === false).map((row) => row.id);
      demand(wrong.length === 0, last, `Every row meets the filter; these do not: ${wrong.join(', ')}.`);
    },
  };
}

const later = (instant: string | null, milliseconds: number) =>
  new Date(Date.parse(instant ?? '') + milliseconds).toISOString();

/** What a list can be narrowed by. */
export const filterCases: readonly ConformanceCase[] = [
  filterCase({
    id: 'status',
    title: 'status= leaves the cases of that status',
    needs: ['closeCases'],
    ask: () => ({ status: 'open' }),
    meets: ({ status }) => status === 'open',
  }),
  filterCase({
    id: 'type',
    title: 'type= leaves the cases of that type',
    ask: ({ full, bare }) => (full.type && full.type !== bare.type ? { type: full.type } : undefined),
    meets: ({ type }, { full }) => type === full.type,
  }),
  filterCase({
    id: 'priority',
    title: 'priority= leaves the cases of that priority',
    ask: ({ full, bare }) =>
      full.priority && full.priority !== bare.priority ? { priority: full.priority } : undefined,
    meets: ({ priority }, { full }) => priority === full.priority,
  }),
  filterCase({
    id: 'tag',
    title: 'tag= leaves the cases that carry it',
    needs: ['tags'],
    ask: (_pair, world) => ({ tag: `${world.mark}tag` }),
    meets: ({ id }, { full }) => id === full.id,
  }),
  filterCase({
    id: 'deadline',
    title: 'deadline=set leaves the cases that have one',
    needs: ['deadlines'],
    ask: ({ bare }) => (bare.deadline == null ? { deadline: 'set' } : undefined),
    meets: ({ deadline }) => typeof deadline === 'string',
  }),
  filterCase({
    id: 'due-by',
    title: 'dueBy= leaves the cases due on that day or earlier',
    needs: ['deadlines'],
    ask: ({ bare }) => (bare.deadline == null ? { dueBy: dayFromNow(15) } : undefined),
    meets: ({ deadline }) => typeof deadline === 'string' && deadline <= dayFromNow(15),
  }),
  {
    id: 'filters.raised',
    title: 'raisedAfter= and raisedBefore= leave the cases created between',
    needs: ['createCases'],
    async run(world) {
      const { full } = await aPair(world);
      const customerId = await world.customerId();
      const listed = async (filter: Record<string, string>) => {
        const exchange = await world.agent.send('listCases', {
          query: { customerId, ...filter, limit: 100 },
        });
        if (exchange.status === 501) skip('the backend says that it cannot filter by this');
        return { exchange, found: answerOf('listCases', exchange).items.some(({ id }) => id === full.id) };
      };
      const day = 86_400_000;
      const around = {
        raisedAfter: later(full.createdAt, -5_000),
        raisedBefore: later(full.createdAt, 5_000),
      };
      const within = await listed(around);
      demand(within.found, within.exchange, 'A case created between is left.');
      const before = await listed({ raisedBefore: later(full.createdAt, -day) });
      demand(!before.found, before.exchange, 'A case created later is taken away.');
      const after = await listed({ raisedAfter: later(full.createdAt, day) });
      demand(!after.found, after.exchange, 'A case created earlier is taken away.');
    },
  },
  {
    id: 'filters.customer',
    title: 'customerId= leaves the cases of that customer',
    async run(world) {
      const customerId = await world.customerId();
      const exchange = await world.agent.send('listCases', { query: { customerId, limit: 100 } });
      const wrong = answerOf('listCases', exchange).items.filter(
        ({ customer }) => customer?.id !== customerId,
      );
      demand(wrong.length === 0, exchange, 'Every row belongs to the customer.');
      const unknown = await world.agent.send('listCases', { query: { customerId: `no-such-${world.mark}` } });
      if (unknown.status === 404) problemOf(unknown, ['not_found']);
      else
        demand(
          answerOf('listCases', unknown).items.length === 0,
          unknown,
          'An unknown customer has no cases.',
        );
    },
  },
  {
    id: 'filters.search',
    title: 'q= finds a case by words of its subject, all of which must stand in it',
    needs: ['createCases', 'search'],
    async run(world) {
      const word = `q${world.mark}`;
      const made = await world.aCase({ subject: `${world.subject('to be found')} ${word} heron` });
      const find = (q: string) => world.agent.send('listCases', { query: { q, limit: 50 } });
      await world.eventually(
        async () => {
          const items = answerOf('listCases', await find(word)).items;
          return items.some(({ id }) => id === made.id) || undefined;
        },
        () => new Broken(`q=${word} finds the case whose subject has that word.`, `q=${word}`, 'not found'),
      );
      const both = await find(`${word} heron`);
      demand(answerOf('listCases', both).items.length === 1, both, 'Two words find what has both.');
      const neither = await find(`${word} cormorant`);
      demand(
        answerOf('listCases', neither).items.length === 0,
        neither,
        'A word that stands nowhere finds nothing.',
      );
    },
  },
  {
    id: 'filters.search-quoted',
    title: 'Whatever q= holds is searched for, and never understood as a query',
    needs: ['search'],
    async run(world) {
      const hostile = [
        `${world.mark}none' OR '1'='1`,
        `${world.mark}none" OR id > 0 --`,
        `${world.mark}none %`,
        '"',
        "'",
        '\\',
      ];
      for (const q of hostile) {
        const exchange = await world.agent.send('listCases', { query: { q, limit: 5 } });
        const found = answerOf('listCases', exchange).items.length;
        if (q.startsWith(world.mark)) demand(found === 0, exchange, 'Words that stand nowhere find nothing.');
      }
    },
  },
];
