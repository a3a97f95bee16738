import type { InboxEntry } from '../../../../src/contract/inbox-entries.js';
import type { ConformanceCase } from '../conformance-case.js';
import { answerOf, demand, problemOf } from '../exchange.js';
import { skip } from '../failure.js';
import type { World } from '../world.js';
import { anEntry, anInbox } from './inboxes.js';

const mayManage = async (world: World) =>
  !world.isLeftOut('administrator') &&
  (await world.session('administrator')).permissions['manageInboxes']?.allowed === true;

/** Another inbox, which the agent reads where the run can make one. */
const anotherInbox = (world: World, entry: InboxEntry): Promise<string> =>
  world.once('another inbox', async () => {
    if (await mayManage(world)) {
      const { actor } = await world.session();
      const members = [{ personId: actor.id, rights: ['read', 'forward', 'cancel'] }];
      const body = { name: `Conformance ${world.mark} beyond`, members };
      return (await world.as('administrator').ok('createInbox', { body })).id;
    }
    const { items } = await world.agent.ok('listInboxTargets', { query: { entryId: entry.id } });
    const found = items.find(({ id }) => id !== entry.inbox.id);
    return found?.id ?? skip('there is no other inbox to forward to');
  });

/** An entry of the agent's own, and where it can go. */
async function aTakenEntry(world: World) {
  const entry = await anEntry(world);
  const inboxId = await anotherInbox(world, entry);
  const taken = await world.agent.ok('takeInboxEntry', { id: entry.id });
  if (taken.permissions['forward']?.allowed !== true) skip('the agent may not forward');
  return { entry: taken, body: { inboxId, message: `Forwarded by the run ${world.mark}.` } };
}

async function isIn(world: World, inboxId: string, entry: InboxEntry) {
  const caseId = entry.case?.id;
  const query = { inboxId, limit: 100, sort: '-sent', ...(caseId !== undefined && { caseId }) };
  const exchange = await world.agent.send('listInboxEntries', { query });
  return { exchange, found: answerOf('listInboxEntries', exchange).items.some(({ id }) => id === entry.id) };
}

/** Entries that go from inbox to inbox, and what is taken back. */
export const handOverCases: readonly ConformanceCase[] = [
  {
    id: 'inboxes.forward',
    title: 'Forwarded, an entry waits in the other inbox, owned by nobody, and no longer in the one it left',
    needs: ['inboxes', 'createCases'],
    async run(world) {
      const { entry, body } = await aTakenEntry(world);
      const exchange = await world.agent.send('forwardInboxEntry', { id: entry.id, body });
      const forwarded = answerOf('forwardInboxEntry', exchange);
      demand(forwarded.inbox.id === body.inboxId, exchange, 'It is in the inbox it was forwarded to.');
      demand(forwarded.owner === null, exchange, 'Nobody owns it there yet.');
      demand(
        forwarded.from === null || forwarded.from.id === entry.inbox.id,
        exchange,
        '"from" is where it was.',
      );
      const left = await isIn(world, entry.inbox.id, forwarded);
      demand(!left.found, left.exchange, 'It has left its inbox.');
      // Who is no member of the other inbox reads nothing there.
      const read = await world.agent.send('getInboxEntry', { id: forwarded.id });
      if (read.status !== 200) return void problemOf(read, ['not_found', 'gone']);
      const there = await isIn(world, body.inboxId, forwarded);
      demand(there.found, there.exchange, 'It is in the list of the other inbox.');
    },
  },
  {
    id: 'inboxes.forward-nowhere',
    title: 'Forwarded to no inbox, or to one that is not there, an entry stays where it is',
    needs: ['inboxes', 'createCases'],
    async run(world) {
      const { entry, body } = await aTakenEntry(world);
      for (const inboxId of [undefined, `no-such-${world.mark}`]) {
        const ask = { id: entry.id, body: { ...body, inboxId } };
        await world.agent.refused('forwardInboxEntry', ask, 'validation_failed', [{ field: 'inboxId' }]);
      }
      const read = await world.agent.send('getInboxEntry', { id: entry.id });
      demand(
        answerOf('getInboxEntry', read).inbox.id === entry.inbox.id,
        read,
        'What is refused changes nothing.',
      );
    },
  },
  {
    id: 'inboxes.undo',
    title: 'What one did last is taken back: the entry is as it was before; once, and by nobody else',
    needs: ['inboxes', 'createCases'],
    who: ['administrator'],
    async run(world) {
      const { entry, body } = await aTakenEntry(world);
      if (entry.permissions['undo']?.allowed !== true) skip('nothing can be taken back here');
      const { id } = await world.agent.ok('forwardInboxEntry', { id: entry.id, body });
      await world.as('administrator').refused('undoInboxEntry', { id }, 'undo_impossible');
      const undone = await world.agent.send('undoInboxEntry', { id });
      const back = answerOf('undoInboxEntry', undone);
      demand(back.inbox.id === entry.inbox.id, undone, 'It is in the inbox it was in.');
      demand(back.owner?.id === entry.owner?.id, undone, 'It is owned by whom it was.');
      demand(back.message === entry.message, undone, 'It says what it said.');
      const again = await isIn(world, entry.inbox.id, back);
      demand(again.found, again.exchange, 'It is in the list of its inbox.');
      await world.agent.refused('undoInboxEntry', { id }, 'undo_impossible');
    },
  },
  {
    id: 'inboxes.members',
    title: 'Who is no member of an inbox comes across neither it nor what waits there',
    needs: ['inboxes'],
    who: ['administrator'],
    async run(world) {
      if (!(await mayManage(world))) skip('no inbox can be made');
      await anInbox(world);
      const administrator = world.as('administrator');
      const own = await world.session('administrator');
      const members = [{ personId: own.actor.id, rights: ['read', 'forward', 'cancel'] }];
      const name = `Conformance ${world.mark} closed`;
      const inbox = await administrator.ok('createInbox', { body: { name, members } });
      const { dueTypes } = await world.settings();
      const dueType = dueTypes.find(({ dateRequired, retired }) => !dateRequired && !retired)?.id;
      const message = `For members alone, ${world.mark}.`;
      const customerId = await world.customerId();
      const entry = await administrator.ok('createInboxEntry', {
        body: { inboxId: inbox.id, customerId, message, ...(dueType !== undefined && { dueType }) },
      });
      const { agent } = world;
      await agent.refused('getInbox', { id: inbox.id }, 'not_found');
      for (const routeId of [
        'getInboxEntry',
        'takeInboxEntry',
        'cancelInboxEntry',
        'completeInboxEntry',
      ] as const)
        await agent.refused(
          routeId,
          { id: entry.id, ...(routeId === 'completeInboxEntry' && { body: {} }) },
          'not_found',
        );
      const says = 'What waits in an inbox is for its members.';
      const inboxes = await agent.send('listInboxes', { query: { limit: 100 } });
      demand(!answerOf('listInboxes', inboxes).items.some(({ id }) => id === inbox.id), inboxes, says);
      for (const query of [{}, { inboxId: inbox.id }, { customerId }]) {
        const exchange = await agent.send('listInboxEntries', {
          query: { ...query, limit: 100, sort: '-sent' },
        });
        if (exchange.status === 404) continue;
        demand(
          !answerOf('listInboxEntries', exchange).items.some(({ id }) => id === entry.id),
          exchange,
          says,
        );
      }
    },
  },
];
