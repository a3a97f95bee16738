import type { Case } from '../../../../src/contract/cases.js';
import type { Candidate, Grant, GranteeKind } from '../../../../src/contract/grants.js';
import type { ConformanceCase } from '../conformance-case.js';
import { answerOf, demand, problemOf } from '../exchange.js';
import { skip } from '../failure.js';
import type { World } from '../world.js';

interface Shared {
  readonly record: Case;
  readonly candidate: Candidate;
  readonly grant: Grant;
}

/** The first kind that is declared, that the agent may share with here, and of which there is somebody. */
async function aCandidate(world: World, record: Case): Promise<Candidate> {
  const { sharing } = await world.capabilities();
  const { share } = await world.agent.ok('listGrants', { id: record.id });
  for (const kind of sharing?.kinds ?? []) {
    if (share[kind]?.allowed !== true) continue;
    const query = { kind, caseId: record.id, limit: 5 };
    const { items } = await world.agent.ok('listCandidates', { query });
    const free = items.find(({ grantId }) => grantId === null);
    if (free) return free;
  }
  return skip('the agent finds nobody to share a case with');
}

/** The body that shares with one. */
export const grantBody = (kind: string, id: string, more: Record<string, unknown> = {}) => ({
  grantees: [{ kind, id, ...more }],
  ...(['customer', 'organisation'].includes(kind) && { history: 'include', portalOnly: true }),
});

const aSharedCase = (world: World): Promise<Shared> =>
  world.once('shared case', async () => {
    const record = await world.aCaseOfDepartment({ subject: world.subject('shared') });
    const candidate = await aCandidate(world, record);
    const body = grantBody(candidate.kind, candidate.id);
    const exchange = await world.agent.send('createGrants', { id: record.id, body });
    const [grant] = answerOf('createGrants', exchange).items;
    demand(grant !== undefined, exchange, '"items" has the grant of everybody named.');
    return { record, candidate, grant };
  });

/** Who else has access. */
export const sharingCases: readonly ConformanceCase[] = [
  {
    id: 'sharing.grant',
    title: 'A share is answered, and listed with who, at which level, by whom and since when',
    needs: ['sharing', 'createCases'],
    async run(world) {
      const { record, candidate, grant } = await aSharedCase(world);
      const exchange = await world.agent.send('listGrants', { id: record.id });
      const found = answerOf('listGrants', exchange).items.find(({ id }) => id === grant.id);
      demand(found !== undefined, exchange, `The grant ${grant.id} is in the list.`);
      demand(found.grantee.id === candidate.id, exchange, `It is that of ${candidate.name}.`);
      demand(found.unit === 'case' && found.unitId === record.id, exchange, 'It is on this case.');
      const { sharing } = await world.capabilities();
      const levels = sharing?.levels[candidate.kind] ?? [];
      demand(levels.includes(found.level), exchange, `The level is one of ${levels.join(', ')}.`);
    },
  },
  {
    id: 'sharing.twice',
    title: 'Sharing again with whom it is shared already is no error, and changes nothing',
    needs: ['sharing', 'createCases'],
    async run(world) {
      const { record, candidate, grant } = await aSharedCase(world);
      const body = grantBody(candidate.kind, candidate.id);
      const exchange = await world.agent.send('createGrants', { id: record.id, body });
      // A department has a level of its own, which somebody may have meant to change: that may be said instead.
      if (candidate.kind === 'department' && exchange.status === 422) {
        problemOf(exchange, ['validation_failed'], [{ field: 'grantees.0.id', code: 'already_shared' }]);
      } else {
        const { items } = answerOf('createGrants', exchange);
        demand(items[0]?.id === grant.id, exchange, `The grant they have is answered, ${grant.id}.`);
      }
      const list = await world.agent.send('listGrants', { id: record.id });
      const theirs = answerOf('listGrants', list).items.filter(({ grantee }) => grantee.id === candidate.id);
      demand(theirs.length === 1, list, 'They have one grant.');
    },
  },
  {
    id: 'sharing.all-or-nobody',
    title: 'With somebody unknown among those named, nobody is given access',
    needs: ['sharing', 'createCases'],
    async run(world) {
      const record = await world.aCaseOfDepartment({ subject: world.subject('shared') });
      const { kind, id } = await aCandidate(world, record);
      const body = grantBody(kind, id);
      const grantees = [...body.grantees, { kind, id: `no-such-${world.mark}` }];
      await world.agent.refused(
        'createGrants',
        { id: record.id, body: { ...body, grantees } },
        'validation_failed',
      );
      const list = await world.agent.send('listGrants', { id: record.id });
      const given = answerOf('listGrants', list).items.some(({ grantee }) => grantee.id === id);
      demand(!given, list, 'All of them, or nobody.');
    },
  },
  {
    id: 'sharing.revoke',
    title: 'A share that is revoked is listed no more',
    needs: ['sharing', 'createCases'],
    async run(world) {
      const record = await world.aCaseOfDepartment({ subject: world.subject('shared') });
      const { kind, id } = await aCandidate(world, record);
      const answer = await world.agent.ok('createGrants', { id: record.id, body: grantBody(kind, id) });
      const [grant] = answer.items;
      await world.agent.ok('revokeGrant', { id: grant?.id ?? '' });
      const list = await world.agent.send('listGrants', { id: record.id });
      const still = answerOf('listGrants', list).items.some(({ grantee }) => grantee.id === id);
      demand(!still, list, 'It has ended.');
    },
  },
  {
    id: 'sharing.unknown-level',
    title: 'A level that the kind does not have is refused by its place',
    needs: ['sharing', 'createCases'],
    async run(world) {
      const record = await world.aCaseOfDepartment({ subject: world.subject('shared') });
      const { kind, id } = await aCandidate(world, record);
      const body = grantBody(kind, id, { level: `no-such-${world.mark}` });
      const wanted = [{ field: 'grantees.0.level' }];
      await world.agent.refused('createGrants', { id: record.id, body }, 'validation_failed', wanted);
    },
  },
  {
    id: 'sharing.customer-sees',
    title: 'Shared with a customer, they see the case; revoked, it is not there any more',
    needs: ['sharing', 'createCases'],
    who: ['other-customer'],
    async run(world) {
      const kind: GranteeKind = 'customer';
      const { sharing } = await world.capabilities();
      if (!sharing?.kinds.includes(kind)) skip('not declared: sharing with customers');
      const other = world.as('other-customer');
      const { settings } = await world.session('other-customer');
      if (settings.portalScope === 'none') skip('customers see no cases here: the portal is closed');
      const record = await world.aCaseOfDepartment({ subject: world.subject('shared') });
      const secret = `Among agents, shared${world.mark}.`;
      const { internalNotes } = await world.capabilities();
      if (internalNotes) await world.aNote(record.id, { visibility: 'internal', text: secret });
      await other.refused('getCase', { id: record.id }, 'not_found');
      const body = grantBody(kind, await world.customerId('other-customer'));
      const answer = await world.agent.ok('createGrants', { id: record.id, body });
      await other.ok('getCase', { id: record.id });
      const notes = await other.send('listNotes', { id: record.id });
      answerOf('listNotes', notes);
      demand(!notes.text.includes(secret), notes, 'No internal note reaches a customer.');
      await world.agent.ok('revokeGrant', { id: answer.items[0]?.id ?? '' });
      await other.refused('getCase', { id: record.id }, 'not_found');
    },
  },
];
