import type { Note } from '../../../../src/contract/notes.js';
import type { ConformanceCase } from '../conformance-case.js';
import { answerOf, demand } from '../exchange.js';
import { walk } from '../walk.js';
import type { World } from '../world.js';

/** A case with three notes, in the order written. */
const aTalk = (world: World) =>
  world.once('talk', async () => {
    const record = await world.aCase({ subject: world.subject('talked about') });
    const notes: Note[] = [];
    for (const text of ['First words', 'Second words', 'Third words'])
      notes.push(await world.aNote(record.id, { text: `${text} of ${world.mark}.` }));
    return { record, notes };
  });

/** What is said on a case, and its history. */
export const noteCases: readonly ConformanceCase[] = [
  {
    id: 'notes.create',
    title: 'A note is answered as it was sent, by who wrote it, and read the same',
    needs: ['createCases'],
    async run(world) {
      const { id } = await world.aCase({ subject: world.subject('with a note') });
      const text = `Two lines <i>as text</i> & "quoted"\nfor ${world.mark}`;
      const body = await world.newNote({ text });
      const exchange = await world.agent.send('createNote', { id, body });
      const note = answerOf('createNote', exchange);
      demand(note.text === text, exchange, `The text is ${JSON.stringify(text)}.`);
      demand(note.visibility === 'public', exchange, 'The visibility is the one sent.');
      demand(note.caseId === id, exchange, 'It names its case.');
      const list = await world.agent.send('listNotes', { id });
      const [found, ...others] = answerOf('listNotes', list).items.filter((one) => one.id === note.id);
      demand(found !== undefined && others.length === 0, list, 'The note is in the list, once.');
      demand(found.text === text, list, `The text is ${JSON.stringify(text)}.`);
      demand(found.visibility === 'public', list, 'The visibility is the one sent.');
    },
  },
  {
    id: 'notes.order',
    title: 'Notes come newest first, with order=asc the other way round, page by page',
    needs: ['createCases'],
    async run(world) {
      const { record, notes } = await aTalk(world);
      const wanted = notes.map(({ id }) => id);
      for (const order of ['asc', 'desc'] as const) {
        const ask = { id: record.id, query: { order } };
        const read = await walk<Note>(world.agent, 'listNotes', ask, { limit: 1 });
        const ids = read.items.map(({ id }) => id).filter((id) => wanted.includes(id));
        const expected = order === 'asc' ? wanted : wanted.toReversed();
        demand(
          JSON.stringify(ids) === JSON.stringify(expected),
          read.last,
          `order=${order} gives each note once, ${order === 'asc' ? 'oldest' : 'newest'} first: ${expected.join(', ')}; it gave ${ids.join(', ')}.`,
        );
      }
    },
  },
  {
    id: 'notes.internal',
    title: 'An internal note is internal when agents read it',
    needs: ['createCases', 'internalNotes'],
    async run(world) {
      const { id } = await world.aCase({ subject: world.subject('with an internal note') });
      const { id: noteId } = await world.aNote(id, { visibility: 'internal' });
      const list = await world.agent.send('listNotes', { id });
      const found = answerOf('listNotes', list).items.find((one) => one.id === noteId);
      demand(found?.visibility === 'internal', list, 'The visibility is the one sent.');
    },
  },
  {
    id: 'notes.reply-count',
    title: 'Public notes are counted, internal ones not',
    needs: ['createCases', 'internalNotes'],
    async run(world) {
      const { id, replyCount } = await world.aCase({ subject: world.subject('counted') });
      await world.aNote(id);
      await world.aNote(id, { visibility: 'internal' });
      const exchange = await world.agent.send('getCase', { id });
      const wanted = replyCount + 1;
      demand(answerOf('getCase', exchange).replyCount === wanted, exchange, `"replyCount" is ${wanted}.`);
    },
  },
  {
    id: 'notes.reply',
    title: 'A customer reads public notes and replies; the agent reads the reply',
    needs: ['createCases'],
    who: ['customer'],
    async run(world) {
      const customer = world.as('customer');
      const { id } = await world.aCaseOf('customer', { subject: world.subject('answered') });
      const { id: noteId } = await world.aNote(id);
      const seen = await customer.send('listNotes', { id });
      const isSeen = answerOf('listNotes', seen).items.some((one) => one.id === noteId);
      demand(isSeen, seen, 'Customers read the public notes of their cases.');
      const text = `The reply of ${world.mark}.`;
      const reply = await customer.ok('createNote', { id, body: { visibility: 'public', text } });
      const exchange = await world.agent.send('listNotes', { id });
      const found = answerOf('listNotes', exchange).items.find((one) => one.id === reply.id);
      demand(found?.text === text && found.visibility === 'public', exchange, 'The agent reads the reply.');
      const { actor } = await world.session('customer');
      demand(found.by?.kind === 'customer', exchange, `It is by the customer, ${actor.name}.`);
    },
  },
  {
    id: 'notes.by-nobody-else',
    title: 'Nothing in a body changes who acts',
    needs: ['createCases'],
    async run(world) {
      const { id } = await world.aCase({ subject: world.subject('signed') });
      const body = await world.newNote({ by: { id: 'somebody-else', name: 'Somebody Else', kind: 'agent' } });
      const exchange = await world.agent.send('createNote', { id, body });
      const { by } = answerOf('createNote', exchange);
      const { by: usual } = await world.aNote(id);
      demand(by?.id === usual?.id, exchange, 'The author is who is signed in, whatever the body says.');
    },
  },
  {
    id: 'timeline.notes',
    title: 'The timeline has every note with its text, and each line once',
    needs: ['createCases'],
    async run(world) {
      const { record, notes } = await aTalk(world);
      const read = await walk<{ id: string; text?: string }>(
        world.agent,
        'listTimeline',
        { id: record.id },
        { limit: 2 },
      );
      const ids = read.items.map(({ id }) => id);
      demand(new Set(ids).size === ids.length, read.last, 'No line comes twice.');
      const missing = notes.filter(({ text }) => !read.items.some((line) => line.text === text));
      demand(
        missing.length === 0,
        read.last,
        `All notes are in it; these are not: ${missing.map(({ text }) => text).join(' ')}`,
      );
    },
  },
  {
    id: 'timeline.order',
    title: 'The timeline comes newest first, and order=asc is the same the other way round',
    needs: ['createCases'],
    async run(world) {
      const { record } = await aTalk(world);
      const [descending, ascending] = [
        await walk<{ id: string }>(world.agent, 'listTimeline', { id: record.id }, { limit: 2 }),
        await walk<{ id: string }>(world.agent, 'listTimeline', { id: record.id, query: { order: 'asc' } }),
      ];
      const ids = ascending.items.map(({ id }) => id).toReversed();
      demand(
        JSON.stringify(ids) === JSON.stringify(descending.items.map(({ id }) => id)),
        ascending.last,
        'Both orders have the same lines.',
      );
    },
  },
  {
    id: 'timeline.closure',
    title: 'The timeline tells of closing with its explanation',
    needs: ['createCases', 'closeCases'],
    async run(world) {
      const note = `Explained by ${world.mark}.`;
      const { id } = await world.close(await world.aCase({ subject: world.subject('explained') }), { note });
      const exchange = await world.agent.send('listTimeline', { id });
      const lines = answerOf('listTimeline', exchange).items;
      const told = lines.some(({ text }) => text?.includes(note));
      demand(told, exchange, 'A line has the explanation of the closure.');
    },
  },
  {
    id: 'timeline.kinds',
    title: 'Where there is a history, it tells of creation and changes, and kind= leaves lines of that kind',
    needs: ['createCases', 'editCases'],
    async run(world) {
      const made = await world.aCase({ subject: world.subject('before') });
      const subject = world.subject('after');
      await world.agent.ok('updateCase', { id: made.id, version: made.version, body: { subject } });
      await world.aNote(made.id);
      const exchange = await world.agent.send('listTimeline', { id: made.id });
      const lines = answerOf('listTimeline', exchange).items;
      // A vendor without a history has the notes alone.
      if (lines.some(({ kind }) => kind !== 'note')) {
        demand(
          lines.some(({ kind }) => kind === 'creation'),
          exchange,
          'A line tells of the creation.',
        );
        const told = lines.some(({ changes }) =>
          changes?.some(({ field, to }) => field === 'subject' && to === subject),
        );
        demand(told, exchange, 'A line tells of the changed subject, with its new value.');
      }
      const filtered = await world.agent.send('listTimeline', { id: made.id, query: { kind: 'note' } });
      const notes = answerOf('listTimeline', filtered).items;
      demand(
        notes.length > 0 && notes.every(({ kind }) => kind === 'note'),
        filtered,
        'kind=note leaves notes, and leaves those.',
      );
    },
  },
];
