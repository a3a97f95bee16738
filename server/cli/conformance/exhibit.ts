import type { Attachment } from '../../../src/contract/attachments.js';
import type { Case } from '../../../src/contract/cases.js';
import type { Note } from '../../../src/contract/notes.js';
import { skip } from './failure.js';
import { aWord, type World } from './world.js';

/** A case of the customer, with something of everything that others must not see. */
export interface Exhibit {
  readonly record: Case;
  /** A word that stands in its subject and nowhere else, where the run has made the case. */
  readonly word: string;
  readonly publicNote: Note | undefined;
  /** Its words stand in no public note; `undefined` where there are no internal notes. */
  readonly internalNote: Note | undefined;
  readonly secret: string;
}

/** Files on the exhibit's notes. */
export interface ExhibitFiles {
  readonly onPublicNote: Attachment;
  readonly onInternalNote: Attachment | undefined;
}

export const theExhibit = (world: World): Promise<Exhibit> =>
  world.once('exhibit', async () => {
    const { createCases, internalNotes, tags } = await world.capabilities();
    if (!createCases) return foundExhibit(world);
    const [word, secret] = [aWord(), aWord()];
    const record = await world.aCaseOf('customer', {
      subject: `${world.subject('of the customer')} ${word}`,
    });
    const publicNote = await world.aNote(record.id, { text: `Said in public, ${word}.` });
    const internalNote = internalNotes
      ? await world.aNote(record.id, { visibility: 'internal', text: `Said among agents, ${secret}.` })
      : undefined;
    if (!tags || !(await world.capabilities()).editCases)
      return { record, word, publicNote, internalNote, secret };
    const now = await world.agent.ok('getCase', { id: record.id });
    const ask = { id: now.id, version: now.version, body: { tags: [`tag${word}`] } };
    return { record: await world.agent.ok('updateCase', ask), word, publicNote, internalNote, secret };
  });

/** A case of the customer that is there already, for backends that are read alone. */
async function foundExhibit(world: World): Promise<Exhibit> {
  const { items } = await world.as('customer').ok('listCases', { query: { limit: 20 } });
  for (const { id } of items) {
    const record = await world.agent.ok('getCase', { id });
    const notes = (await world.agent.ok('listNotes', { id })).items;
    const of = (visibility: string) =>
      notes.find((note) => note.visibility === visibility && note.text !== '');
    const internalNote = of('internal');
    if (internalNote === undefined && items.at(-1)?.id !== id) continue;
    const secret = internalNote?.text ?? '';
    return { record, word: record.subject, publicNote: of('public'), internalNote, secret };
  }
  return skip('nothing can be created, and the customer has no case');
}

export const theExhibitFiles = (world: World): Promise<ExhibitFiles> =>
  world.once('exhibit files', async () => {
    const { record, internalNote } = await theExhibit(world);
    const onNote = async (visibility: string, name: string) => {
      const raw = new TextEncoder().encode(name);
      const { id } = await world.agent.ok('uploadAttachment', { query: { name }, raw });
      const note = await world.aNote(record.id, { visibility, text: 'With a file.', attachmentIds: [id] });
      // Some vendors give a file another id once it belongs to something.
      return note.attachments[0] ?? skip('the note of a file does not name it');
    };
    return {
      onPublicNote: await onNote('public', 'for the customer.txt'),
      onInternalNote: internalNote ? await onNote('internal', 'for agents.txt') : undefined,
    };
  });

/** The internal note of the exhibit, for cases that stand on one. */
export async function theInternalNote(world: World): Promise<Exhibit & { readonly internalNote: Note }> {
  const exhibit = await theExhibit(world);
  const { internalNote } = exhibit;
  if (internalNote === undefined) skip('there is no internal note on a case of the customer');
  return { ...exhibit, internalNote };
}
