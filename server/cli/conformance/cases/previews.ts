import type { ConformanceCase } from '../conformance-case.js';
import { answerOf, demand, problemOf } from '../exchange.js';
import { skip } from '../failure.js';
import { demandAbsent, sought } from '../sight.js';
import type { World } from '../world.js';
import { grantBody } from './sharing.js';

/** A case of the agent with something internal on it, that another customer might be given. */
async function toBeShared(world: World) {
  const { sharing, internalNotes } = await world.capabilities();
  if (!sharing?.kinds.includes('customer')) skip('not declared: sharing with customers');
  const { settings } = await world.session('other-customer');
  if (settings.portalScope === 'none') skip('customers see no cases here: the portal is closed');
  const one = await sought((subject) => world.aCaseOfDepartment({ subject }), world);
  const secret = `Among agents, previewed ${one.word}.`;
  if (internalNotes) await world.aNote(one.record.id, { visibility: 'internal', text: secret });
  await world.aNote(one.record.id, { text: 'Said in public.' });
  const with_ = { kind: 'customer', id: await world.customerId('other-customer') };
  const ask = { body: { caseId: one.record.id, ...with_, history: 'include' } };
  const first = await world.agent.send('previewGrant', ask);
  if (first.status === 501) skip('the backend says that it has none');
  return { ...one, secret, ask, with: with_, first };
}

/** A case seen with the eyes of whom it may be shared with. */
export const previewCases: readonly ConformanceCase[] = [
  {
    id: 'preview.exact',
    title: 'A preview gives nobody anything, and is what they then get: no more, no less',
    needs: ['sharing', 'createCases'],
    who: ['other-customer'],
    async run(world) {
      const { record, word, secret, with: whom, first } = await toBeShared(world);
      const preview = answerOf('previewGrant', first);
      demand(!first.text.includes(secret), first, 'No internal note is in the preview of a customer.');
      const other = world.as('other-customer');
      await demandAbsent(world, other, { record, word });
      const body = grantBody(whom.kind, whom.id);
      const { items } = await world.agent.ok('createGrants', { id: record.id, body });
      const read = await other.send('getCase', { id: record.id });
      const theirs: Readonly<Record<string, unknown>> = answerOf('getCase', read);
      const previewed: Readonly<Record<string, unknown>> = preview.case;
      const names = [...new Set([...Object.keys(theirs), ...Object.keys(previewed)])];
      const others = names.filter(
        (name) => JSON.stringify(theirs[name] ?? null) !== JSON.stringify(previewed[name] ?? null),
      );
      demand(
        others.length === 0,
        first,
        `It is the case as they get it; these differ: ${others.join(', ')}.`,
      );
      const notes = await other.ok('listNotes', { id: record.id });
      demand(preview.visible.notes === notes.items.length, first, `They read ${notes.items.length} notes.`);
      await world.agent.ok('revokeGrant', { id: items[0]?.id ?? '' });
    },
  },
  {
    id: 'preview.refused',
    title: 'Who may not see a case is shown no preview of it',
    needs: ['sharing', 'createCases'],
    who: ['other-customer'],
    async run(world) {
      const { ask, word } = await toBeShared(world);
      const exchange = await world.as('other-customer').send('previewGrant', ask);
      problemOf(exchange, ['not_found', 'forbidden']);
      demand(!exchange.text.includes(word), exchange, 'A refusal tells nothing of what is hidden.');
    },
  },
];
