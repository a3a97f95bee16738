import type { CaseSummary } from '../../../../src/contract/cases.js';
import type { ConformanceCase } from '../conformance-case.js';
import { answerOf, demand, problemOf } from '../exchange.js';
import { theExhibitFiles, theInternalNote } from '../exhibit.js';
import { walk } from '../walk.js';

/** What is said among agents is never in an answer to a customer. */
export const internalCases: readonly ConformanceCase[] = [
  {
    id: 'internal.notes',
    title: 'Customers read no internal note among the notes of their case',
    needs: ['internalNotes'],
    who: ['customer'],
    async run(world) {
      const { record, internalNote, secret } = await theInternalNote(world);
      for (const order of ['desc', 'asc']) {
        const exchange = await world.as('customer').send('listNotes', {
          id: record.id,
          query: { order, limit: 100, count: 'true' },
        });
        const { items, total, next } = answerOf('listNotes', exchange);
        demand(!exchange.text.includes(secret), exchange, 'No word of an internal note reaches a customer.');
        demand(
          !items.some(({ id }) => id === internalNote.id),
          exchange,
          'No internal note reaches a customer.',
        );
        const internal = items.some(({ visibility }) => visibility === 'internal');
        demand(!internal, exchange, 'Customers have public notes alone.');
        const counted = next === null && total !== undefined && total !== items.length;
        demand(!counted, exchange, 'Nor is an internal note counted.');
      }
    },
  },
  {
    id: 'internal.timeline',
    title: 'Customers read no internal note in the history of their case',
    needs: ['internalNotes'],
    who: ['customer'],
    async run(world) {
      const { record, secret } = await theInternalNote(world);
      for (const query of [{}, { order: 'asc' }, { kind: 'note' }]) {
        const exchange = await world.as('customer').send('listTimeline', { id: record.id, query });
        const { items } = answerOf('listTimeline', exchange);
        demand(!exchange.text.includes(secret), exchange, 'No word of an internal note reaches a customer.');
        const internal = items.some(({ visibility }) => visibility === 'internal');
        demand(!internal, exchange, 'Customers have public notes alone.');
      }
    },
  },
  {
    id: 'internal.case',
    title: 'Neither the case nor a list of a customer has a word of an internal note',
    needs: ['internalNotes'],
    who: ['customer'],
    async run(world) {
      const { record, secret } = await theInternalNote(world);
      const customer = world.as('customer');
      const read = await customer.send('getCase', { id: record.id });
      demand(!read.text.includes(secret), read, 'No word of an internal note reaches a customer.');
      const { last } = await walk<CaseSummary>(
        customer,
        'listCases',
        { query: { sort: '-created' } },
        { most: 1 },
      );
      demand(!last.text.includes(secret), last, 'No word of an internal note reaches a customer.');
    },
  },
  {
    id: 'internal.search',
    title: 'Words of an internal note find nothing for a customer',
    needs: ['createCases', 'internalNotes', 'search'],
    who: ['customer'],
    async run(world) {
      const { secret } = await theInternalNote(world);
      const exchange = await world.as('customer').send('listCases', { query: { q: secret } });
      demand(
        answerOf('listCases', exchange).items.length === 0,
        exchange,
        'A search never looks into notes.',
      );
    },
  },
  {
    id: 'internal.closure',
    title: 'A case closed with an internal explanation shows customers no word of it',
    needs: ['closeCases', 'internalNotes'],
    who: ['customer'],
    async run(world) {
      const record = await world.aCaseOf('customer', { subject: world.subject('closed among agents') });
      const note = `Closed among agents, hidden${world.mark}.`;
      await world.close(await world.agent.ok('getCase', { id: record.id }), { note, visibility: 'internal' });
      const customer = world.as('customer');
      const read = await customer.send('getCase', { id: record.id });
      demand(answerOf('getCase', read).status === 'closed', read, 'The customer sees that it is closed.');
      for (const exchange of [
        read,
        await customer.send('listNotes', { id: record.id }),
        await customer.send('listTimeline', { id: record.id }),
      ]) {
        demand(
          !exchange.text.includes(`hidden${world.mark}`),
          exchange,
          'No word of an internal explanation reaches a customer.',
        );
      }
    },
  },
  {
    id: 'internal.write',
    title: 'Customers cannot write an internal note',
    needs: ['createCases', 'internalNotes'],
    who: ['customer'],
    async run(world) {
      const { record } = await theInternalNote(world);
      const body = { visibility: 'internal', text: `Among agents, by a customer, ${world.mark}.` };
      const exchange = await world.as('customer').send('createNote', { id: record.id, body });
      problemOf(exchange, ['forbidden', 'validation_failed']);
    },
  },
  {
    id: 'internal.attachments',
    title: 'Files of internal notes are not there for customers',
    needs: ['createCases', 'internalNotes', 'attachments'],
    who: ['customer'],
    async run(world) {
      const { onInternalNote } = await theExhibitFiles(world);
      if (!onInternalNote) return;
      for (const routeId of ['getAttachment', 'downloadAttachment'] as const)
        await world.as('customer').refused(routeId, { id: onInternalNote.id }, 'not_found');
    },
  },
];
