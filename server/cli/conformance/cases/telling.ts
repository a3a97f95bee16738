import type { Caller } from '../caller.js';
import type { ConformanceCase } from '../conformance-case.js';
import { answerOf, demand, problemOf } from '../exchange.js';
import { theExhibit, theInternalNote } from '../exhibit.js';
import { skip } from '../failure.js';

/** No capability names notices and receipts: who has none says so when asked. */
async function theirs(
  by: Caller,
  routeId: 'getNotices' | 'getNoticeDelivery' | 'listReceipts',
  id: string,
): Promise<void> {
  const exchange = await by.send(routeId, { id });
  if (exchange.status === 501) skip('the backend says that it has none');
  if (exchange.status === 403) skip(`the ${by.role} is told nothing of them here`);
  answerOf(routeId, exchange);
}

/** Who is told what, and who has opened a case. */
export const tellingCases: readonly ConformanceCase[] = [
  {
    id: 'notices.choice',
    title: 'What one wants to be told of is kept, is one’s own, and is chosen for nobody else',
    needs: ['createCases'],
    who: ['customer', 'other-customer'],
    async run(world) {
      const { record } = await theExhibit(world);
      const { id } = record;
      const customer = world.as('customer');
      for (const one of [world.agent, customer]) await theirs(one, 'getNotices', id);
      const agents = await world.agent.ok('getNotices', { id });
      const { replies } = await customer.ok('getNotices', { id });
      for (const choice of [!replies, replies]) {
        const set = await customer.send('setNotices', { id, body: { replies: choice } });
        demand(answerOf('setNotices', set).replies === choice, set, 'The choice is answered.');
        const read = await customer.send('getNotices', { id });
        demand(answerOf('getNotices', read).replies === choice, read, 'The choice is kept.');
        const beside = await world.agent.send('getNotices', { id });
        demand(answerOf('getNotices', beside).replies === agents.replies, beside, 'It is one’s own.');
      }
      const { actor } = await world.session();
      const forAgent = await customer.send('setNotices', {
        id,
        body: { replies: !agents.replies, personId: actor.id },
      });
      problemOf(forAgent, ['forbidden', 'not_found', 'validation_failed']);
      const other = world.as('other-customer');
      await other.refused('getNotices', { id }, 'not_found');
      await other.refused('setNotices', { id, body: { replies } }, 'not_found');
    },
  },
  {
    id: 'notices.delivery',
    title: 'What became of telling of a note is for agents: customers learn of no note by it',
    needs: ['createCases', 'internalNotes'],
    who: ['customer', 'other-customer'],
    async run(world) {
      const { publicNote, internalNote } = await theInternalNote(world);
      if (!publicNote) skip('there is no public note');
      await theirs(world.agent, 'getNoticeDelivery', publicNote.id);
      const absent = { id: `no-such-${world.mark}` };
      for (const role of ['customer', 'other-customer'] as const) {
        for (const { id } of role === 'customer' ? [internalNote] : [publicNote, internalNote]) {
          const hidden = await world.as(role).send('getNoticeDelivery', { id });
          const { code } = problemOf(hidden, ['not_found', 'forbidden']);
          const unknown = problemOf(await world.as(role).send('getNoticeDelivery', absent), [
            'not_found',
            'forbidden',
          ]);
          demand(code === unknown.code, hidden, 'What is hidden and what is absent is refused the same.');
        }
      }
    },
  },
  {
    id: 'receipts.once',
    title:
      'Who opens a case is told once, with the first time and the last; who may not see it opens nothing',
    needs: ['createCases'],
    who: ['customer', 'other-customer'],
    async run(world) {
      const { actor } = await world.session('customer');
      const { id } = await world.aCaseOf('customer', { subject: world.subject('to be opened') });
      await theirs(world.agent, 'listReceipts', id);
      const { sharing } = await world.settings();
      if (sharing?.receipts?.enabled === false) skip('it is not kept here who opened a case');
      const customer = world.as('customer');
      for (let times = 0; times < 2; times += 1) await customer.ok('recordReceipt', { id });
      await world.as('other-customer').refused('recordReceipt', { id }, 'not_found');
      await world.as('other-customer').refused('listReceipts', { id }, 'not_found');
      const exchange = await world.agent.send('listReceipts', { id });
      const { items } = answerOf('listReceipts', exchange);
      const own = items.filter(({ person }) => person.id === actor.id);
      demand(own.length === 1, exchange, 'Whoever opened it is in the list once.');
      const inOrder = own.every(({ firstAt, lastAt }) => Date.parse(firstAt) <= Date.parse(lastAt));
      demand(inOrder, exchange, 'The first time is not after the last.');
      const { id: stranger } = (await world.session('other-customer')).actor;
      demand(
        !items.some(({ person }) => person.id === stranger),
        exchange,
        'Who may not see it is not in the list.',
      );
    },
  },
];
