import type { RouteId } from '../../../../src/contract/routes.js';
import type { Ask } from '../caller.js';
import type { ConformanceCase, Need } from '../conformance-case.js';
import { answerOf, demand } from '../exchange.js';
import { skip } from '../failure.js';
import type { World } from '../world.js';

/** A case that the reads look at. */
const aReadCase = (world: World) =>
  world.once('read case', async () => {
    if (!(await world.capabilities()).createCases) {
      const { items } = await world.agent.ok('listCases', { query: { limit: 1 } });
      return items[0] ?? skip('nothing can be created, and there is no case');
    }
    const record = await world.aCase({ subject: world.subject('to be read') });
    await world.aNote(record.id);
    return record;
  });

const ofCase = async (world: World): Promise<Ask> => ({ id: (await aReadCase(world)).id });

/** One operation whose answer is looked at. */
function read(
  routeId: RouteId,
  what: string,
  more: { ask?: (world: World) => Promise<Ask>; needs?: readonly Need[] } = {},
): ConformanceCase {
  return {
    id: `reads.${routeId}`,
    title: `${what} fits its schema`,
    needs: more.needs ?? [],
    async run(world) {
      await world.agent.ok(routeId, await more.ask?.(world));
    },
  };
}

/** The first item of a list, whole. */
function readFirst(routeId: RouteId, list: RouteId, what: string): ConformanceCase {
  return {
    id: `reads.${routeId}`,
    title: `${what} fits its schema, and is the one of the list`,
    async run(world) {
      const { items } = (await world.agent.ok(list)) as unknown as { items: { id: string; name: string }[] };
      const [first] = items;
      if (!first) skip('there is none');
      const exchange = await world.agent.send(routeId, { id: first.id });
      const found = answerOf(routeId, exchange) as unknown as { id: string; name: string };
      demand(
        found.id === first.id && found.name === first.name,
        exchange,
        `It is "${first.name}" of the list.`,
      );
    },
  };
}

/** Every answer that can be read, by its schema. */
export const readCases: readonly ConformanceCase[] = [
  read('listCases', 'A list of cases'),
  read('getCase', 'A case', { ask: ofCase }),
  read('listNotes', 'The notes of a case', { ask: ofCase }),
  read('listTimeline', 'The timeline of a case', { ask: ofCase }),
  read('listPeople', 'A list of people'),
  readFirst('getPerson', 'listPeople', 'A person'),
  read('listCustomers', 'A list of customers'),
  readFirst('getCustomer', 'listCustomers', 'A customer'),
  read('listTags', 'A list of tags', { needs: ['tags'] }),
  read('listGrants', 'Who has access to a case', { ask: ofCase, needs: ['sharing'] }),
  read('listInboxes', 'A list of inboxes', { needs: ['inboxes'] }),
  read('listInboxEntries', 'A list of inbox entries', { needs: ['inboxes'] }),
  read('listInboxTargets', 'The inboxes an entry may go to', { needs: ['inboxes'] }),
  read('listProjects', 'A list of projects', { needs: ['projects'] }),
  read('listViews', 'A list of views', { needs: ['views'] }),
  {
    id: 'reads.version',
    title: 'A record carries its version in the body and in ETag, and both are the same',
    async run(world) {
      const { id } = await aReadCase(world);
      const exchange = await world.agent.send('getCase', { id });
      const { version } = answerOf('getCase', exchange);
      const etag = exchange.headers.get('etag')?.replace(/^W\//, '');
      demand(
        etag === `"${version}"`,
        exchange,
        `ETag is "${version}", the version; it was ${etag ?? 'absent'}.`,
      );
      const again = await world.agent.send('getCase', { id });
      demand(
        answerOf('getCase', again).version === version,
        again,
        'A version changes only with the record.',
      );
    },
  },
  {
    id: 'reads.kept-from-caches',
    title: 'Answers are for one person alone: no cache keeps them, no browser guesses their kind',
    async run(world) {
      const { id } = await aReadCase(world);
      for (const exchange of [
        await world.agent.send('getCase', { id }),
        await world.agent.send('listCases', { query: { limit: 1 } }),
        await world.nobody.send('getSession'),
      ]) {
        const { headers } = exchange;
        demand(
          headers.get('cache-control')?.includes('no-store') === true,
          exchange,
          'Cache-Control: no-store.',
        );
        demand(
          headers.get('x-content-type-options') === 'nosniff',
          exchange,
          'X-Content-Type-Options: nosniff.',
        );
      }
    },
  },
];
