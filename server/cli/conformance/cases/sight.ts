import type { Grant } from '../../../../src/contract/grants.js';
import type { RouteId } from '../../../../src/contract/routes.js';
import type { Ask } from '../caller.js';
import type { ConformanceCase } from '../conformance-case.js';
import { answerOf, demand, problemOf } from '../exchange.js';
import { followEvents } from '../event-stream.js';
import { Broken, skip } from '../failure.js';
import { demandAbsent, isListed, sought, type Sought } from '../sight.js';
import type { World } from '../world.js';
import { grantBody } from './sharing.js';

/** The department of the other agent; leaves the case out where nothing can be shared with it. */
async function theDepartment(world: World): Promise<string> {
  const { sharing } = await world.capabilities();
  if (!sharing?.kinds.includes('department')) skip('not declared: sharing with departments');
  const [department] = (await world.session('other-department')).actor.departments;
  return department?.id ?? skip('the session of the other department names no department');
}

const ofDepartment = (world: World) => sought((subject) => world.aCaseOfDepartment({ subject }), world);

async function shareWithDepartment(world: World, { record }: Sought, level?: string): Promise<Grant> {
  const department = await theDepartment(world);
  const { share } = await world.agent.ok('listGrants', { id: record.id });
  if (share['department']?.allowed !== true) skip('the agent may not share with departments');
  const body = grantBody('department', department, level === undefined ? {} : { level });
  const exchange = await world.agent.send('createGrants', { id: record.id, body });
  const [grant] = answerOf('createGrants', exchange).items;
  demand(grant !== undefined, exchange, '"items" has the grant of everybody named.');
  return grant;
}

/** What others see of a case that is shared with them, and of those that are not. */
export const sightCases: readonly ConformanceCase[] = [
  {
    id: 'sight.department',
    title:
      'Another department has the case that is shared with it, and comes across no other; revoked, not that one',
    needs: ['sharing', 'createCases'],
    who: ['other-department'],
    async run(world) {
      const other = world.as('other-department');
      await theDepartment(world);
      const [shared, beside] = [await ofDepartment(world), await ofDepartment(world)];
      await demandAbsent(world, other, shared);
      const grant = await shareWithDepartment(world, shared);
      await world.aNote(shared.record.id);
      const read = await other.send('getCase', { id: shared.record.id });
      demand(answerOf('getCase', read).id === shared.record.id, read, 'It is the same case everywhere.');
      await other.ok('listNotes', { id: shared.record.id });
      const received = await isListed(other, shared, { shared: 'with-me' });
      if (received) {
        demand(received.found, received.last, 'What a department received is in shared=with-me.');
        const usual = await isListed(other, shared);
        if (usual) demand(!usual.found, usual.last, 'What a department received is in no other list.');
      }
      await demandAbsent(world, other, beside);
      await world.agent.ok('revokeGrant', { id: grant.id });
      await demandAbsent(world, other, shared);
    },
  },
  {
    id: 'sight.department-limits',
    title:
      'At no level does a receiving department close, share on or revoke; what a verdict refuses is refused',
    needs: ['sharing', 'createCases'],
    who: ['other-department'],
    async run(world) {
      const other = world.as('other-department');
      await theDepartment(world);
      const { sharing, closeCases, editCases } = await world.capabilities();
      for (const level of sharing?.levels['department'] ?? []) {
        const one = await ofDepartment(world);
        const { id } = one.record;
        const grant = await shareWithDepartment(world, one, level);
        const read = await other.send('getCase', { id });
        const { version, permissions } = answerOf('getCase', read);
        const refused: [string, RouteId, Ask][] = [
          ['share', 'createGrants', { id, body: grantBody('department', await ownDepartment(world)) }],
        ];
        if (closeCases)
          refused.push([
            'close',
            'closeCase',
            { id, version, body: await world.statusChange('closureReasons') },
          ]);
        for (const [action, routeId, ask] of refused) {
          demand(permissions[action]?.allowed !== true, read, `At level ${level} one may not ${action}.`);
          problemOf(await other.send(routeId, ask), ['forbidden']);
        }
        const edit = { id, version, body: { subject: `${one.record.subject} once more` } };
        if (editCases && permissions['edit']?.allowed !== true)
          problemOf(await other.send('updateCase', edit), ['forbidden']);
        problemOf(await other.send('revokeGrant', { id: grant.id }), ['forbidden', 'not_found']);
        const now = await world.agent.send('getCase', { id });
        const { subject, status } = answerOf('getCase', now);
        demand(subject === one.record.subject && status === 'open', now, 'What is refused changes nothing.');
      }
    },
  },
  {
    id: 'sight.department-events',
    title: 'Another department is told of the case that is shared with it, and of no other',
    needs: ['sharing', 'createCases', 'events'],
    who: ['other-department'],
    async run(world) {
      const other = world.as('other-department');
      await theDepartment(world);
      const [shared, beside] = [await ofDepartment(world), await ofDepartment(world)];
      await shareWithDepartment(world, shared);
      const stream = await followEvents(other, world.patience);
      try {
        const hidden = await world.aNote(beside.record.id);
        const shown = await world.aNote(shared.record.id);
        // What comes later has come: so what was before it would have, too.
        await stream.until(`note.created of ${shown.id}`, ({ event }) => event.noteId === shown.id);
        const told = stream.received.find(
          ({ event }) => event.caseId === beside.record.id || event.noteId === hidden.id,
        );
        if (told) throw new Broken('Each is told of what they may see.', 'GET /v1/events', told.data);
      } finally {
        stream.close();
      }
    },
  },
  {
    id: 'sight.co-worker',
    title:
      'A co-worker has the case that is shared with them, without what is internal, and comes across no other',
    needs: ['sharing', 'createCases'],
    who: ['customer', 'co-worker'],
    async run(world) {
      const { sharing, internalNotes, search } = await world.capabilities();
      if (!sharing?.kinds.includes('person')) skip('not declared: sharing with people');
      const other = world.as('co-worker');
      const ofCustomer = () => sought((subject) => world.aCaseOf('customer', { subject }), world);
      const [shared, beside] = [await ofCustomer(), await ofCustomer()];
      const { id } = shared.record;
      const { portal } = (await world.session('co-worker')).settings;
      const showsMore = portal?.scope.some((scope) => scope === 'customer' || scope === 'organisation');
      if (showsMore === true) skip('the portal shows co-workers each other’s cases');
      await demandAbsent(world, other, shared);
      const secret = `Among agents, of co-workers ${world.mark}.`;
      if (internalNotes) await world.aNote(id, { visibility: 'internal', text: secret });
      await world.aNote(id, { text: `Said to all, ${world.mark}.` });

      const { actor } = await world.session('co-worker');
      const givers = [world.as('customer'), world.agent];
      const verdicts = await Promise.all(givers.map((giver) => giver.ok('listGrants', { id })));
      const giver = givers.find((_, place) => verdicts[place]?.share['person']?.allowed === true);
      if (!giver) skip('nobody here may share with a co-worker');
      const grants = await giver.ok('createGrants', { id, body: grantBody('person', actor.id) });
      await other.ok('getCase', { id });
      const listed = await isListed(other, shared);
      if (listed) demand(listed.found, listed.last, 'What is shared with a person is in their list.');
      if (search) {
        const found = await other.send('listCases', { query: { q: shared.word, count: 'true' } });
        demand(answerOf('listCases', found).items.length === 1, found, 'They find it by its words.');
      }
      const notes = await other.send('listNotes', { id });
      demand(answerOf('listNotes', notes).items.length === 1, notes, 'They read what was said to all.');
      for (const exchange of [notes, await other.send('listTimeline', { id })])
        demand(!exchange.text.includes(secret), exchange, 'No internal note reaches a customer.');
      await demandAbsent(world, other, beside);
      await giver.ok('revokeGrant', { id: grants.items[0]?.id ?? '' });
      await demandAbsent(world, other, shared);
    },
  },
];

/** With whom a receiving department could share on: the one it has the case from. */
async function ownDepartment(world: World): Promise<string> {
  const [department] = (await world.session()).actor.departments;
  return department?.id ?? skip('the session of the agent names no department');
}
