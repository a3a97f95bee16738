import type { InboxEntry } from '../../../../src/contract/inbox-entries.js';
import type { Inbox } from '../../../../src/contract/inboxes.js';
import type { ConformanceCase } from '../conformance-case.js';
import { answerOf, broken, demand, problemOf } from '../exchange.js';
import { skip } from '../failure.js';
import type { World } from '../world.js';

/** An inbox that the agent works: one of the run's own where inboxes can be made, otherwise the first of theirs. */
const anInbox = (world: World): Promise<Inbox> =>
  world.once('inbox', async () => {
    if (!world.isLeftOut('administrator')) {
      const { permissions } = await world.session('administrator');
      if (permissions['manageInboxes']?.allowed === true) {
        const { actor } = await world.session();
        const members = [{ personId: actor.id, rights: ['read', 'forward', 'cancel'] }];
        const body = { name: `Conformance ${world.mark}`, members };
        return world.as('administrator').ok('createInbox', { body });
      }
    }
    const { items } = await world.agent.ok('listInboxes');
    const found = items.find(({ permissions }) => permissions['read']?.allowed === true);
    return found ?? skip('the agent works no inbox');
  });

async function anEntry(world: World): Promise<InboxEntry> {
  const inbox = await anInbox(world);
  const { dueTypes } = await world.settings();
  const dueType = dueTypes.find(({ dateRequired, retired }) => !dateRequired && !retired)?.id;
  const { id: caseId } = await world.aCase({ subject: world.subject('waiting') });
  const body = {
    inboxId: inbox.id,
    caseId,
    message: `Of the conformance run ${world.mark}.`,
    ...(dueType !== undefined && { dueType }),
  };
  return world.agent.ok('createInboxEntry', { body });
}

/** Cases that wait for somebody. */
export const inboxCases: readonly ConformanceCase[] = [
  {
    id: 'inboxes.put',
    title: 'What is put into an inbox waits there, owned by nobody',
    needs: ['inboxes', 'createCases'],
    async run(world) {
      const entry = await anEntry(world);
      const query = { inboxId: entry.inbox.id, limit: 100 };
      const exchange = await world.agent.send('listInboxEntries', { query });
      const found = answerOf('listInboxEntries', exchange).items.find(({ id }) => id === entry.id);
      demand(found !== undefined, exchange, 'The entry is in the list of its inbox.');
      demand(found.state === 'open' && found.owner === null, exchange, 'It is open and owned by nobody.');
    },
  },
  {
    id: 'inboxes.take-and-release',
    title: 'Taken, an entry is the taker’s; released, it is nobody’s',
    needs: ['inboxes', 'createCases'],
    async run(world) {
      const { id } = await anEntry(world);
      const taken = await world.agent.send('takeInboxEntry', { id });
      demand(answerOf('takeInboxEntry', taken).owner !== null, taken, 'It has an owner.');
      const released = await world.agent.send('releaseInboxEntry', { id });
      demand(answerOf('releaseInboxEntry', released).owner === null, released, 'It is owned by nobody.');
      const read = await world.agent.send('getInboxEntry', { id });
      demand(answerOf('getInboxEntry', read).owner === null, read, 'It is owned by nobody.');
    },
  },
  {
    id: 'inboxes.race',
    title: 'Of two who take an entry at once exactly one has it; the other is told who',
    needs: ['inboxes', 'createCases'],
    who: ['administrator'],
    async run(world) {
      const administrator = world.as('administrator');
      for (let round = 0; round < 3; round += 1) {
        const { id } = await anEntry(world);
        const exchanges = await Promise.all([
          world.agent.send('takeInboxEntry', { id }),
          administrator.send('takeInboxEntry', { id }),
        ]);
        const winners = exchanges.filter(({ status }) => status === 200);
        const [first] = exchanges;
        if (winners.length !== 1) throw broken(first, `Exactly one takes it; ${winners.length} did.`);
        const [lost] = exchanges.filter(({ status }) => status !== 200);
        const read = await world.agent.send('getInboxEntry', { id });
        const { owner } = answerOf('getInboxEntry', read);
        const { by } = lost ? problemOf(lost, ['entry_owned']) : {};
        demand(by?.id === owner?.id, read, 'The refusal says who owns it.');
      }
    },
  },
  {
    id: 'inboxes.complete',
    title: 'Completed, an entry is at its end: nobody takes it any more',
    needs: ['inboxes', 'createCases'],
    async run(world) {
      const { id } = await anEntry(world);
      await world.agent.ok('takeInboxEntry', { id });
      const exchange = await world.agent.send('completeInboxEntry', { id, body: {} });
      demand(answerOf('completeInboxEntry', exchange).state === 'completed', exchange, 'It is completed.');
      await world.agent.refused('takeInboxEntry', { id }, 'gone');
    },
  },
  {
    id: 'inboxes.hidden',
    title: 'Customers see neither inboxes nor entries',
    needs: ['inboxes', 'createCases'],
    who: ['customer'],
    async run(world) {
      const { id } = await anEntry(world);
      const customer = world.as('customer');
      await customer.refused('getInboxEntry', { id }, ['not_found', 'forbidden']);
      for (const routeId of ['listInboxes', 'listInboxEntries'] as const) {
        const exchange = await customer.send(routeId);
        if (exchange.status === 403) continue;
        demand(answerOf(routeId, exchange).items.length === 0, exchange, 'Inboxes are for agents alone.');
      }
    },
  },
];
