import type { ConformanceCase } from '../conformance-case.js';
import { answerOf, demand } from '../exchange.js';
import { skip } from '../failure.js';
import { demandAbsent, sought } from '../sight.js';
import type { World } from '../world.js';
import { grantBody } from './sharing.js';

async function aProject(world: World) {
  const { permissions } = await world.session();
  if (permissions['createProject']?.allowed !== true) skip('the agent may make no projects');
  const name = world.subject('a project');
  return world.agent.ok('createProject', { body: { name } });
}

/** Cases that belong together, and who follows them. */
export const projectCases: readonly ConformanceCase[] = [
  {
    id: 'projects.cases',
    title: 'A project has the cases that were put into it',
    needs: ['projects', 'createCases', 'editCases'],
    async run(world) {
      const project = await aProject(world);
      const record = await world.aCase({ subject: world.subject('in a project'), projectId: project.id });
      await world.aCase({ subject: world.subject('in none') });
      const exchange = await world.agent.send('listCases', { query: { projectId: project.id } });
      const ids = answerOf('listCases', exchange).items.map(({ id }) => id);
      demand(
        JSON.stringify(ids) === JSON.stringify([record.id]),
        exchange,
        'projectId= leaves its cases alone.',
      );
    },
  },
  {
    id: 'projects.shared',
    title:
      'Who follows a project has it, its cases and messages, without what is internal; revoked, nothing of it',
    needs: ['projects', 'sharing', 'portal', 'editSettings', 'createCases', 'editCases', 'internalNotes'],
    who: ['administrator', 'customer', 'other-customer'],
    async run(world) {
      const { sharing, portal } = await world.capabilities();
      if (!sharing?.kinds.includes('customer')) skip('not declared: sharing with customers');
      if (portal?.scopes.includes('projects') !== true) skip('the portal shows no projects');
      const other = world.as('other-customer');
      const { id: projectId } = await aProject(world);
      const inside = await sought((subject) => world.aCaseOfDepartment({ subject, projectId }), world);
      const beside = await sought((subject) => world.aCaseOfDepartment({ subject }), world);
      const secret = `Among agents, in a project ${world.mark}.`;
      await world.aNote(inside.record.id, { visibility: 'internal', text: secret });
      await world.during({ portal: { scope: ['own', 'projects'] } }, async () => {
        await other.refused('getProject', { id: projectId }, 'not_found');
        await demandAbsent(world, other, inside);
        const body = grantBody('customer', await world.customerId('other-customer'));
        const { items } = await world.agent.ok('createProjectGrants', { id: projectId, body });
        const text = `To all who follow, ${world.mark}.`;
        await world.agent.ok('createProjectMessage', { id: projectId, body: { text } });
        await other.ok('getProject', { id: projectId });
        await other.ok('getCase', { id: inside.record.id });
        const messages = await other.send('listProjectMessages', { id: projectId });
        const [message] = answerOf('listProjectMessages', messages).items;
        demand(message?.text === text, messages, 'Who follows reads its messages.');
        demand(message.delivery === undefined, messages, 'Whom a message reached is for agents alone.');
        for (const routeId of ['listNotes', 'listTimeline'] as const) {
          const exchange = await other.send(routeId, { id: inside.record.id });
          demand(!exchange.text.includes(secret), exchange, 'No internal note reaches a customer.');
        }
        await demandAbsent(world, other, beside);
        // Whose case is in it follows nothing by that.
        await world.as('customer').refused('getProject', { id: projectId }, 'not_found');
        await world.agent.ok('revokeGrant', { id: items[0]?.id ?? '' });
        for (const routeId of ['getProject', 'listProjectMessages'] as const)
          await other.refused(routeId, { id: projectId }, 'not_found');
        await demandAbsent(world, other, inside);
      });
    },
  },
];
