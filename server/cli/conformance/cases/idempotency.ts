import type { CaseSummary } from '../../../../src/contract/cases.js';
import type { ConformanceCase } from '../conformance-case.js';
import { answerOf, broken, demand, problemOf } from '../exchange.js';
import { walk } from '../walk.js';

/** `Idempotency-Key`: a write that is sent twice happens once. */
export const idempotencyCases: readonly ConformanceCase[] = [
  {
    id: 'idempotency.create',
    title: 'The same key and body twice create one case, answered twice the same',
    needs: ['createCases'],
    async run(world) {
      const body = await world.newCase({ subject: world.subject('sent twice') });
      const key = crypto.randomUUID();
      const first = await world.agent.ok('createCase', { body, key });
      world.created(first.id);
      const again = await world.agent.send('createCase', { body, key });
      const second = answerOf('createCase', again);
      if (second.id !== first.id) world.created(second.id);
      demand(second.id === first.id, again, `The first answer comes again: the case ${first.id}.`);
      const ask = { query: { customerId: body['customerId'] as string, sort: '-created' } };
      const list = await walk<CaseSummary>(world.agent, 'listCases', ask, { most: 1 });
      const found = list.items.filter(({ subject }) => subject === body['subject']);
      demand(
        found.length === 1,
        list.last,
        `There is one case "${String(body['subject'])}"; there are ${found.length}.`,
      );
    },
  },
  {
    id: 'idempotency.note',
    title: 'The same key and body twice write one note',
    needs: ['createCases'],
    async run(world) {
      const { id } = await world.aCase({ subject: world.subject('written to twice') });
      const body = await world.newNote({ text: `Once only, ${world.mark}.` });
      const key = crypto.randomUUID();
      const first = await world.agent.ok('createNote', { id, body, key });
      const again = await world.agent.send('createNote', { id, body, key });
      demand(
        answerOf('createNote', again).id === first.id,
        again,
        `The first answer comes again: the note ${first.id}.`,
      );
      const list = await world.agent.send('listNotes', { id });
      const found = answerOf('listNotes', list).items.filter(({ text }) => text === body['text']);
      demand(found.length === 1, list, `There is one such note; there are ${found.length}.`);
    },
  },
  {
    id: 'idempotency.close',
    title: 'Closing twice with the same key is answered twice the same, and not refused as closed',
    needs: ['createCases', 'closeCases'],
    async run(world) {
      const { id, version } = await world.aCase({ subject: world.subject('closed once') });
      const ask = { id, version, body: await world.statusChange('closureReasons'), key: crypto.randomUUID() };
      const first = await world.agent.ok('closeCase', ask);
      const again = await world.agent.send('closeCase', ask);
      const second = answerOf('closeCase', again);
      demand(
        second.status === 'closed' && second.version === first.version,
        again,
        'The first answer comes again.',
      );
    },
  },
  {
    id: 'idempotency.other-body',
    title: 'A key that comes with another body is refused, and nothing is written',
    needs: ['createCases'],
    async run(world) {
      const { id } = await world.aCase({ subject: world.subject('written to with one key') });
      const key = crypto.randomUUID();
      await world.agent.ok('createNote', { id, body: await world.newNote(), key });
      const text = `Other words, ${world.mark}.`;
      const other = { id, body: await world.newNote({ text }), key };
      await world.agent.refused('createNote', other, 'idempotency_key_reused');
      const list = await world.agent.send('listNotes', { id });
      const found = answerOf('listNotes', list).items.some((note) => note.text === text);
      demand(!found, list, 'What is refused changes nothing.');
    },
  },
  {
    id: 'idempotency.at-once',
    title: 'The same key and body at the same moment write one note',
    needs: ['createCases'],
    async run(world) {
      const { id } = await world.aCase({ subject: world.subject('written to at once') });
      const body = await world.newNote({ text: `At the same moment, ${world.mark}.` });
      const key = crypto.randomUUID();
      const exchanges = await Promise.all(
        [1, 2, 3].map(() => world.agent.send('createNote', { id, body, key })),
      );
      const written = new Set<string>();
      for (const exchange of exchanges) {
        if (exchange.status === 409) problemOf(exchange, ['request_in_progress']);
        else written.add(answerOf('createNote', exchange).id);
      }
      const list = await world.agent.send('listNotes', { id });
      const found = answerOf('listNotes', list).items.filter(({ text }) => text === body['text']);
      const says = `There is one such note, and one answer; there are ${found.length} and ${written.size}.`;
      if (found.length !== 1 || written.size !== 1) throw broken(list, says);
    },
  },
  {
    id: 'idempotency.per-person',
    title: 'A key is one person’s own: for somebody else it is a new one',
    needs: ['createCases'],
    who: ['customer'],
    async run(world) {
      const { id } = await world.aCaseOf('customer', { subject: world.subject('written to by two') });
      const key = crypto.randomUUID();
      const text = `By two people, ${world.mark}.`;
      const first = await world.agent.ok('createNote', { id, body: await world.newNote({ text }), key });
      const body = { visibility: 'public', text };
      const exchange = await world.as('customer').send('createNote', { id, body, key });
      const second = answerOf('createNote', exchange);
      demand(second.id !== first.id, exchange, 'The customer’s note is a note of its own.');
    },
  },
  {
    id: 'idempotency.required',
    title: 'A write without a key is refused',
    needs: ['createCases'],
    async run(world) {
      const body = await world.newCase({ subject: world.subject('without a key') });
      const wanted = [{ field: 'Idempotency-Key', code: 'required' }];
      await world.agent.refused('createCase', { body, key: null }, 'validation_failed', wanted);
    },
  },
];
