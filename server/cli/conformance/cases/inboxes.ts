import { inboxEntrySchema, type InboxEntry } from '../../../../src/contract/inbox-entries.js';
import type { Inbox } from '../../../../src/contract/inboxes.js';
import type { ConformanceCase } from '../conformance-case.js';
import { answerOf, broken, demand, problemOf } from '../exchange.js';
import { skip } from '../failure.js';
import { walk } from '../walk.js';
import type { World } from '../world.js';

/** An inbox that the agent works: one of the run's own where inboxes can be made, otherwise the first of theirs. */
export const anInbox = (world: World): Promise<Inbox> =>
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

/** A case that waits in that inbox. */
export async function anEntry(world: World): Promise<InboxEntry> {
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
  const exchange = await world.agent.send('createInboxEntry', { body });
  if (exchange.status !== 409) return answerOf('createInboxEntry', exchange);
  // Some vendors have each case in an inbox from the beginning: it waits where it is.
  const { current } = problemOf(exchange, ['already_in_inbox']);
  const parsed = inboxEntrySchema.safeParse(current);
  demand(parsed.success, exchange, '"current" is the entry that is there already.');
  return parsed.data;
}

/** Cases that wait for somebody. */
export const inboxCases: readonly ConformanceCase[] = [
  {
    id: 'inboxes.put',
    title: 'What is put into an inbox waits there, owned by nobody',
    needs: ['inboxes', 'createCases'],
    async run(world) {
      const entry = await anEntry(world);
      // The newest first, page by page: others may use the inbox, too.
      const ask = { query: { inboxId: entry.inbox.id, sort: '-sent' } };
      const pages = { limit: 25, most: 20 };
      const { items, last: exchange } = await walk<InboxEntry>(world.agent, 'listInboxEntries', ask, pages);
      const found = items.find(({ id }) => id === entry.id);
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
        const takers = [world.agent, administrator];
        const exchanges = await Promise.all(takers.map((taker) => taker.send('takeInboxEntry', { id })));
        const winners = exchanges.filter(({ status }) => status === 200);
        for (const [place, lost] of exchanges.entries()) {
          if (winners.length !== 1) throw broken(lost, `Exactly one takes it; ${winners.length} did.`);
          if (lost.status === 200) continue;
          const { by } = problemOf(lost, ['entry_owned']);
          // With the eyes of who lost: somebody may be known to themselves by another id.
          const { owner } = await (takers[place] ?? world.agent).ok('getInboxEntry', { id });
          demand(
            owner !== null && by?.id === owner.id,
            lost,
            `"by" is who owns it, ${owner?.name ?? 'somebody'}.`,
          );
        }
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
      const first = await world.agent.send('completeInboxEntry', { id, body: {} });
      // Where a case leaves its inbox by being closed alone, that is said by the field.
      const asksToClose =
        first.status === 422 && problemOf(first, ['validation_failed'], [{ field: 'closeCase' }]);
      const closeCase = asksToClose && (await world.statusChange('closureReasons'));
      const exchange = closeCase
        ? await world.agent.send('completeInboxEntry', { id, body: { closeCase } })
        : first;
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
