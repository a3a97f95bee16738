import { caseEventSchema } from '../../../../src/contract/events.js';
import type { ConformanceCase } from '../conformance-case.js';
import { followEvents, type EventStream } from '../event-stream.js';
import { theExhibit } from '../exhibit.js';
import { Broken } from '../failure.js';
import type { Role } from '../roles.js';
import type { World } from '../world.js';

/** Follows, does something, and leaves whatever comes. */
async function following(
  world: World,
  role: Role,
  act: (stream: EventStream) => Promise<void>,
  lastEventId?: string,
): Promise<void> {
  const stream = await followEvents(world.as(role), world.patience, lastEventId);
  try {
    await act(stream);
  } finally {
    stream.close();
  }
}

const ofNote = (noteId: string) => (one: { event: { noteId?: string | undefined } }) =>
  one.event.noteId === noteId;

/** Live events: ids and kinds, to whom may see what they are about. */
export const eventCases: readonly ConformanceCase[] = [
  {
    id: 'events.delivered',
    title: 'Whoever follows is told of a new case, of a note and of a change, each with its position',
    needs: ['events', 'createCases'],
    async run(world) {
      await following(world, 'agent', async (stream) => {
        const record = await world.aCase({ subject: world.subject('told of') });
        const about = (kind: string) => (one: { event: { kind: string; caseId?: string | undefined } }) =>
          one.event.kind === kind && one.event.caseId === record.id;
        const created = await stream.until(`case.created of ${record.id}`, about('case.created'));
        if (created.id === '') throw new Broken('Each event has a position, its id.', '', created.data);
        const note = await world.aNote(record.id);
        await stream.until(`note.created of ${note.id}`, ofNote(note.id));
        if (!(await world.capabilities()).editCases) return;
        const { id, version } = await world.agent.ok('getCase', { id: record.id });
        await world.agent.ok('updateCase', {
          id,
          version,
          body: { subject: world.subject('told of a change') },
        });
        await stream.until(`case.updated of ${id}`, about('case.updated'));
      });
    },
  },
  {
    id: 'events.ids-only',
    title: 'Events carry ids and kinds, and no word of what was written',
    needs: ['events', 'createCases'],
    async run(world) {
      const known = Object.keys(caseEventSchema.shape);
      await following(world, 'agent', async (stream) => {
        const { id } = await world.aCase({ subject: world.subject('wordless') });
        const note = await world.aNote(id, { text: `Not to be told, wordless${world.mark}.` });
        await stream.until(`note.created of ${note.id}`, ofNote(note.id));
        for (const { data } of stream.received) {
          const unknown = Object.keys(JSON.parse(data) as object).filter((key) => !known.includes(key));
          if (unknown.length > 0 || data.includes(world.mark))
            throw new Broken(`An event has ${known.join(', ')} and nothing else.`, 'GET /v1/events', data);
        }
      });
    },
  },
  {
    id: 'events.resume',
    title: 'Whoever comes back with Last-Event-ID is told what happened meanwhile, once, and nothing older',
    needs: ['events', 'createCases'],
    async run(world) {
      const { id } = await world.aCase({ subject: world.subject('followed with a break') });
      let position = '';
      let first = '';
      await following(world, 'agent', async (stream) => {
        first = (await world.aNote(id)).id;
        position = (await stream.until(`note.created of ${first}`, ofNote(first))).id;
      });
      const missed = (await world.aNote(id)).id;
      const resumed = async (stream: EventStream) => {
        await stream.until(`note.created of ${missed}, written meanwhile`, ofNote(missed));
        const last = (await world.aNote(id)).id;
        await stream.until(`note.created of ${last}`, ofNote(last));
        const times = (noteId: string) => stream.received.filter(ofNote(noteId)).length;
        const came = stream.received.map(({ data }) => data).join('\n');
        const asked = `GET /v1/events Last-Event-ID: ${position}`;
        if (times(first) > 0) throw new Broken('Nothing from before the position comes again.', asked, came);
        if (times(missed) !== 1) throw new Broken('What was missed comes once.', asked, came);
      };
      await following(world, 'agent', resumed, position);
    },
  },
  {
    id: 'events.hidden',
    title: 'A customer is told of no case that is not theirs to see',
    needs: ['events', 'createCases'],
    who: ['customer', 'other-customer'],
    async run(world) {
      const { record } = await theExhibit(world);
      const own = await world.aCaseOf('other-customer', { subject: world.subject('their own') });
      await following(world, 'other-customer', async (stream) => {
        const hidden = await world.aNote(record.id);
        const shown = await world.aNote(own.id);
        // What comes later has come: so what was before it would have, too.
        await stream.until(`note.created of ${shown.id}, on a case of theirs`, ofNote(shown.id));
        const told = stream.received.find(
          ({ event }) => event.caseId === record.id || event.noteId === hidden.id,
        );
        if (told) throw new Broken('Each is told of what they may see.', 'GET /v1/events', told.data);
      });
    },
  },
  {
    id: 'events.internal',
    title: 'A customer is told of the public notes of their case, and of no internal one',
    needs: ['events', 'createCases', 'internalNotes'],
    who: ['customer'],
    async run(world) {
      const { record } = await theExhibit(world);
      await following(world, 'customer', async (stream) => {
        const hidden = await world.aNote(record.id, { visibility: 'internal' });
        const shown = await world.aNote(record.id);
        await stream.until(`note.created of ${shown.id}, a public note`, ofNote(shown.id));
        const told = stream.received.find(ofNote(hidden.id));
        if (told) throw new Broken('Customers are told of no internal note.', 'GET /v1/events', told.data);
      });
    },
  },
];
