import type { Case } from '../../../../src/contract/cases.js';
import type { ConformanceCase } from '../conformance-case.js';
import { answerOf, demand, type Exchange } from '../exchange.js';
import type { World } from '../world.js';

const aClosedCase = (world: World): Promise<Case> =>
  world.once('closed case', async () => world.close(await world.aCase({ subject: world.subject('closed') })));

/**
 * The explanation of closing or reopening is read in the record, or in a note where the system behind has no field for it:
 * it stands in neither of them only when it was lost.
 */
async function demandExplained(world: World, read: Exchange, id: string, note: string): Promise<void> {
  const { closure, reopening } = answerOf('getCase', read);
  if (closure?.note === note || reopening?.note === note) return;
  const { items } = await world.agent.ok('listNotes', { id });
  const told = items.some(({ text }) => text.includes(note));
  demand(told, read, `The explanation is kept, in the record or in a note: ${note}`);
}

/** Closing and reopening. */
export const statusCases: readonly ConformanceCase[] = [
  {
    id: 'status.close',
    title: 'Closing keeps reason and explanation, and leaves the list of open cases',
    needs: ['createCases', 'closeCases'],
    async run(world) {
      const open = await world.aCase({ subject: world.subject('to be closed') });
      const note = `Because ${world.mark} asks for it.`;
      const body = await world.statusChange('closureReasons', { note });
      const exchange = await world.agent.send('closeCase', { id: open.id, version: open.version, body });
      const closed = answerOf('closeCase', exchange);
      demand(closed.status === 'closed', exchange, 'A closed case has the status "closed".');
      const read = await world.agent.send('getCase', { id: open.id });
      const { status, closure } = answerOf('getCase', read);
      demand(status === 'closed', read, 'It stays closed.');
      await demandExplained(world, read, open.id, note);
      if (body['reason'] !== undefined)
        demand(closure?.reason === body['reason'], read, '"closure" has the reason.');
      const query = { customerId: await world.customerId(), status: 'open', sort: '-created', limit: 50 };
      const list = await world.agent.send('listCases', { query });
      const found = answerOf('listCases', list).items.some(({ id }) => id === open.id);
      demand(!found, list, 'It is no longer among the open cases.');
    },
  },
  {
    id: 'status.reopen',
    title: 'Reopening keeps reason and explanation, and ends the closure',
    needs: ['createCases', 'closeCases'],
    async run(world) {
      const closed = await world.close(await world.aCase({ subject: world.subject('to be reopened') }));
      const note = `Because ${world.mark} asks for it again.`;
      const body = await world.statusChange('reopenReasons', { note });
      const ask = { id: closed.id, version: closed.version, body };
      await world.agent.ok('reopenCase', ask);
      const exchange = await world.agent.send('getCase', { id: closed.id });
      const { status, closure } = answerOf('getCase', exchange);
      demand(status === 'open', exchange, 'It is open.');
      demand((closure ?? null) === null, exchange, '"closure" is null while it is open.');
      await demandExplained(world, exchange, closed.id, note);
    },
  },
  {
    id: 'status.create-closed',
    title: 'Created and closed in one step, it is closed',
    needs: ['createCases', 'closeCases'],
    async run(world) {
      const close = await world.statusChange('closureReasons');
      const made = await world.aCase({ subject: world.subject('created closed'), close });
      const exchange = await world.agent.send('getCase', { id: made.id });
      demand(answerOf('getCase', exchange).status === 'closed', exchange, 'It is closed.');
      await demandExplained(world, exchange, made.id, String(close['note']));
    },
  },
  {
    id: 'status.closed-twice',
    title: 'What is closed cannot be closed again, and what is open cannot be reopened',
    needs: ['createCases', 'closeCases'],
    async run(world) {
      const closed = await aClosedCase(world);
      const again = {
        id: closed.id,
        version: closed.version,
        body: await world.statusChange('closureReasons'),
      };
      await world.agent.refused('closeCase', again, 'case_closed');
      const open = await world.aCase({ subject: world.subject('open') });
      const ask = { id: open.id, version: open.version, body: await world.statusChange('reopenReasons') };
      await world.agent.refused('reopenCase', ask, 'case_open');
    },
  },
  {
    id: 'status.closed-edit',
    title: 'A closed case cannot be edited',
    needs: ['createCases', 'closeCases', 'editCases'],
    async run(world) {
      const { id, version } = await aClosedCase(world);
      const ask = { id, version, body: { subject: world.subject('edited when closed') } };
      await world.agent.refused('updateCase', ask, 'case_closed');
    },
  },
  {
    id: 'status.mandatory',
    title: 'Closing without reason and explanation is refused, both named at once, and nothing is closed',
    needs: ['createCases', 'closeCases'],
    async run(world) {
      const { id, version } = await world.aCase({ subject: world.subject('stays open') });
      const { closureReasons } = await world.settings();
      const wanted = [
        ...(closureReasons.length > 0 ? [{ field: 'reason', code: 'required' }] : []),
        { field: 'note', code: 'required' },
      ];
      await world.agent.refused('closeCase', { id, version, body: {} }, 'validation_failed', wanted);
      const exchange = await world.agent.send('getCase', { id });
      demand(answerOf('getCase', exchange).status === 'open', exchange, 'What is refused changes nothing.');
    },
  },
];
