import { changedCaseSchema } from '../../../../src/contract/cases.js';
import type { ConformanceCase } from '../conformance-case.js';
import { answerOf, demand, problemOf } from '../exchange.js';
import { skip } from '../failure.js';

/** The guard of writes: `If-Match`. */
export const versionCases: readonly ConformanceCase[] = [
  {
    id: 'versions.stale',
    title: 'A change of what has moved is refused with the record as it stands, and changes nothing',
    needs: ['createCases', 'editCases', 'versions'],
    async run(world) {
      const first = await world.aCase({ subject: world.subject('first') });
      const moved = world.subject('moved');
      const ask = { id: first.id, version: first.version, body: { subject: moved } };
      const second = await world.agent.ok('updateCase', ask);
      const late = { id: first.id, version: first.version, body: { subject: world.subject('too late') } };
      const exchange = await world.agent.send('updateCase', late);
      const { current } = problemOf(exchange, ['version_conflict']);
      const parsed = changedCaseSchema.safeParse(current);
      demand(parsed.success, exchange, '"current" is the record as it stands now, whole.');
      demand(parsed.data.version === second.version, exchange, '"current" has the version as it stands now.');
      demand(parsed.data.subject === moved, exchange, '"current" has what was changed meanwhile.');
      const read = await world.agent.send('getCase', { id: first.id });
      demand(answerOf('getCase', read).subject === moved, read, 'What is refused changes nothing.');
    },
  },
  {
    id: 'versions.stale-close',
    title: 'Closing what has moved is refused, and closes nothing',
    needs: ['createCases', 'editCases', 'closeCases', 'versions'],
    async run(world) {
      const { id, version } = await world.aCase({ subject: world.subject('moved before it was closed') });
      await world.agent.ok('updateCase', { id, version, body: { subject: world.subject('moved') } });
      const body = await world.statusChange('closureReasons');
      await world.agent.refused('closeCase', { id, version, body }, 'version_conflict');
      const read = await world.agent.send('getCase', { id });
      demand(answerOf('getCase', read).status === 'open', read, 'What is refused changes nothing.');
    },
  },
  {
    id: 'versions.required',
    title: 'A change without If-Match is refused, and so is one with something else in it',
    needs: ['createCases', 'editCases'],
    async run(world) {
      const { id } = await world.aCase({ subject: world.subject('unguarded') });
      const body = { subject: world.subject('without a version') };
      await world.agent.refused('updateCase', { id, body }, 'version_required');
      const broken = { id, body, headers: { 'if-match': 'no version in quotes' } };
      await world.agent.refused('updateCase', broken, 'validation_failed', [{ field: 'If-Match' }]);
    },
  },
  {
    id: 'versions.race',
    title: 'Of several that change one version at once, exactly one does',
    needs: ['createCases', 'editCases', 'versions'],
    async run(world) {
      const { versions } = await world.capabilities();
      if (versions !== 'atomic') skip(`"versions" is "${versions}": a race may have two winners`);
      const { id, version } = await world.aCase({ subject: world.subject('raced for') });
      const subjects = Array.from({ length: 5 }, () => world.subject('a racer'));
      const exchanges = await Promise.all(
        subjects.map((subject) => world.agent.send('updateCase', { id, version, body: { subject } })),
      );
      const winners = exchanges.filter(({ status }) => status === 200);
      for (const lost of exchanges.filter(({ status }) => status !== 200))
        problemOf(lost, ['version_conflict']);
      const read = await world.agent.send('getCase', { id });
      demand(winners.length === 1, read, `Exactly one wins; ${winners.length} did.`);
      const [winner] = winners;
      const kept = winner && answerOf('updateCase', winner).subject;
      demand(answerOf('getCase', read).subject === kept, read, `The change of the winner is kept: ${kept}.`);
    },
  },
];
