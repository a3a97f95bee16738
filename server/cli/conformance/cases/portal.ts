import type { CaseSummary } from '../../../../src/contract/cases.js';
import { portalFields } from '../../../../src/contract/portal.js';
import type { ConformanceCase } from '../conformance-case.js';
import { answerOf, demand } from '../exchange.js';
import { skip } from '../failure.js';
import { aWord, dayFromNow, type World } from '../world.js';

// Those that a run can fill, and that name nothing else of a case.
const fillable = ['description', 'priority', 'deadline', 'tags', 'contactMethod'] as const;

async function choicesOf(world: World) {
  const { portal } = await world.capabilities();
  return portal ?? skip('the portal has no settings here');
}

/** What an administrator keeps from customers, or does not offer them. */
export const portalCases: readonly ConformanceCase[] = [
  {
    id: 'portal.fields',
    title:
      'A field that the portal does not show is in nothing that a customer is answered, and found by no search',
    needs: ['portal', 'editSettings', 'createCases', 'editCases'],
    who: ['administrator', 'customer'],
    async run(world) {
      const { fields } = await choicesOf(world);
      const hidden = fillable.filter((field) => fields.includes(field));
      const shown = portalFields.filter(
        (field) => fields.includes(field) && !hidden.some((name) => name === field),
      );
      if (hidden.length === 0) skip('the portal can hide nothing that a run can fill');
      const [word, tag] = [aWord(), `tag${world.mark}portal`];
      const { priorities, contactMethods } = await world.settings();
      const { deadlines, tags, search } = await world.capabilities();
      const made = await world.aCaseOf('customer', { description: `Described as ${word}.` });
      const body = {
        ...(priorities[0] && { priority: priorities[0].id }),
        ...(contactMethods[0] && { contactMethod: contactMethods[0].id }),
        ...(deadlines && { deadline: dayFromNow(20) }),
        ...(tags && { tags: [tag] }),
      };
      const { id } = await world.agent.ok('updateCase', { id: made.id, version: made.version, body });
      const customer = world.as('customer');
      await world.during({ portal: { fields: shown } }, async () => {
        const read = await customer.send('getCase', { id });
        const list = await customer.send('listCases', { query: { sort: '-created', limit: 100 } });
        const row = answerOf('listCases', list).items.find((one: CaseSummary) => one.id === id);
        const timeline = await customer.send('listTimeline', { id });
        for (const [exchange, told] of [
          [read, answerOf('getCase', read)],
          [list, row],
        ] as const) {
          const leaked = hidden.filter((field) => Object.hasOwn(told ?? {}, field));
          demand(leaked.length === 0, exchange, `The portal hides ${leaked.join(', ')}.`);
        }
        for (const exchange of [read, list, timeline])
          for (const secret of [
            ...(hidden.includes('description') ? [word] : []),
            ...(hidden.includes('tags') ? [tag] : []),
          ])
            demand(!exchange.text.includes(secret), exchange, 'What the portal hides is in no answer.');
        if (!search || !hidden.includes('description')) return;
        const found = await customer.send('listCases', { query: { q: word } });
        demand(
          answerOf('listCases', found).items.length === 0,
          found,
          'What is hidden is found by no search.',
        );
        const agents = await world.agent.send('listCases', { query: { q: word } });
        demand(
          answerOf('listCases', agents).items.length === 1,
          agents,
          'Agents find it by its description.',
        );
      });
      const again = await customer.send('getCase', { id });
      demand(again.text.includes(word), again, 'What the portal shows again is there again.');
    },
  },
  {
    id: 'portal.features',
    title: 'What the portal does not offer is said in the verdicts, and refused',
    needs: ['portal', 'editSettings', 'createCases'],
    who: ['administrator', 'customer'],
    async run(world) {
      const { features } = await choicesOf(world);
      if (!['reply', 'createCase'].every((feature) => features.includes(feature)))
        skip('the portal cannot withhold answers and new cases');
      const { id } = await world.aCaseOf('customer', { subject: world.subject('not to be answered') });
      const customer = world.as('customer');
      await world.during({ portal: { features: { reply: false, createCase: false } } }, async () => {
        const session = await customer.send('getSession');
        const { permissions } = answerOf('getSession', session);
        demand(permissions['createCase']?.allowed === false, session, 'No case can be submitted.');
        const read = await customer.send('getCase', { id });
        const { permissions: verdicts } = answerOf('getCase', read);
        demand(verdicts['reply']?.allowed === false, read, 'The case cannot be answered.');
        await customer.refused('createCase', { body: await world.newCase() }, 'forbidden');
        const text = `Not offered, ${world.mark}.`;
        await customer.refused('createNote', { id, body: { visibility: 'public', text } }, 'forbidden');
        const notes = await world.agent.send('listNotes', { id });
        demand(!notes.text.includes(text), notes, 'What is refused changes nothing.');
      });
      await customer.ok('createNote', { id, body: { visibility: 'public', text: 'Offered again.' } });
    },
  },
];
