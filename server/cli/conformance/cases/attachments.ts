import type { ConformanceCase } from '../conformance-case.js';
import { answerOf, demand, problemOf } from '../exchange.js';
import { skip } from '../failure.js';
import type { World } from '../world.js';

// Every byte there is, so that nothing on the way takes the file for text.
const everyByte = Uint8Array.from({ length: 1_024 }, (_, place) => place % 256);
const name = "Beleg Nº 7 – März' 100%.pdf";

const aFile = (world: World) =>
  world.once('file', async () => {
    const { limits } = await world.settings();
    const ending = limits.attachmentExtensions.includes('pdf') ? 'pdf' : limits.attachmentExtensions[0];
    const wanted = name.replace('pdf', ending ?? 'txt');
    const exchange = await world.agent.send('uploadAttachment', { query: { name: wanted }, raw: everyByte });
    return { exchange, wanted, file: answerOf('uploadAttachment', exchange) };
  });

const aNoteWithIt = (world: World) =>
  world.once('note with a file', async () => {
    const { file } = await aFile(world);
    const { id } = await world.aCase({ subject: world.subject('with a file') });
    const note = await world.aNote(id, { attachmentIds: [file.id] });
    return { caseId: id, note };
  });

// Larger files than this are not made for a test.
const largest = 32 * 1024 * 1024;

/** Files. */
export const attachmentCases: readonly ConformanceCase[] = [
  {
    id: 'attachments.upload',
    title: 'An upload is answered with its name and its size in bytes',
    needs: ['attachments'],
    async run(world) {
      const { exchange, file, wanted } = await aFile(world);
      demand(file.name === wanted, exchange, `The name is ${wanted}.`);
      demand(file.size === everyByte.length, exchange, `The size is ${everyByte.length} bytes.`);
    },
  },
  {
    id: 'attachments.note',
    title: 'A note names its files, and each has the name and size it was uploaded with',
    needs: ['attachments', 'createCases'],
    async run(world) {
      const { caseId, note } = await aNoteWithIt(world);
      const { wanted } = await aFile(world);
      const exchange = await world.agent.send('listNotes', { id: caseId });
      const found = answerOf('listNotes', exchange).items.find(({ id }) => id === note.id)?.attachments ?? [];
      demand(found.length === 1, exchange, 'The note has its one file.');
      demand(found[0]?.name === wanted, exchange, `The name is ${wanted}.`);
      demand(found[0].size === everyByte.length, exchange, `The size is ${everyByte.length} bytes.`);
    },
  },
  {
    id: 'attachments.bytes',
    title: 'What comes down is what went up, byte for byte',
    needs: ['attachments', 'createCases'],
    async run(world) {
      const { note } = await aNoteWithIt(world);
      const exchange = await world.agent.send('downloadAttachment', { id: note.attachments[0]?.id ?? '' });
      demand(exchange.status === 200, exchange, 'The file is answered.');
      const { bytes } = exchange;
      const same =
        bytes.length === everyByte.length && bytes.every((byte, place) => byte === everyByte[place]);
      demand(same, exchange, `The ${everyByte.length} bytes are those that were sent; ${bytes.length} came.`);
    },
  },
  {
    id: 'attachments.headers',
    title: 'A file comes as a download under its own name, and runs in no page',
    needs: ['attachments', 'createCases'],
    async run(world) {
      const { note } = await aNoteWithIt(world);
      const { wanted } = await aFile(world);
      const exchange = await world.agent.send('downloadAttachment', { id: note.attachments[0]?.id ?? '' });
      const { headers } = exchange;
      const disposition = headers.get('content-disposition') ?? '';
      demand(/^attachment\b/i.test(disposition), exchange, 'Content-Disposition is "attachment".');
      const exact = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
      const told = exact === undefined ? undefined : decoded(exact);
      demand(told === wanted, exchange, `filename* is the name, ${wanted}; it was ${disposition}.`);
      demand(
        headers.get('x-content-type-options') === 'nosniff',
        exchange,
        'X-Content-Type-Options: nosniff.',
      );
    },
  },
  {
    id: 'attachments.blocked',
    title: 'A file of a type that is not accepted is refused',
    needs: ['attachments'],
    async run(world) {
      const { limits } = await world.settings();
      const ending = ['exe', 'html', 'svg'].find((one) => !limits.attachmentExtensions.includes(one));
      if (ending === undefined) skip('every type is accepted here');
      const ask = { query: { name: `file.${ending}` }, raw: everyByte };
      const exchange = await world.agent.send('uploadAttachment', ask);
      const { errors = [] } = problemOf(exchange, ['validation_failed']);
      demand(
        errors.some(({ code }) => code === 'blocked_type'),
        exchange,
        '"errors" says blocked_type.',
      );
    },
  },
  {
    id: 'attachments.too-large',
    title: 'A file beyond the limit of the settings is refused with that limit',
    needs: ['attachments'],
    async run(world) {
      const { attachmentBytes } = (await world.settings()).limits;
      if (attachmentBytes >= largest) skip(`the limit is ${attachmentBytes} bytes: more than a run sends`);
      const { wanted } = await aFile(world);
      const ask = { query: { name: wanted }, raw: new Uint8Array(attachmentBytes + 1) };
      const exchange = await world.agent.send('uploadAttachment', ask);
      const { limit } = problemOf(exchange, ['too_large']);
      demand(limit === attachmentBytes, exchange, `"limit" is ${attachmentBytes}.`);
    },
  },
  {
    id: 'attachments.unknown',
    title: 'A file that is not there is 404, and a note cannot name one',
    needs: ['attachments', 'createCases'],
    async run(world) {
      const id = `no-such-${world.mark}`;
      for (const routeId of ['getAttachment', 'downloadAttachment'] as const)
        await world.agent.refused(routeId, { id }, 'not_found');
      const record = await world.aCase({ subject: world.subject('with a missing file') });
      const body = await world.newNote({ attachmentIds: [id] });
      await world.agent.refused('createNote', { id: record.id, body }, 'validation_failed');
    },
  },
];

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
