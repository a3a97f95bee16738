import type { NewNote, Note } from '../../../src/contract/notes.js';
import { BackendError } from '../../backend-error.js';
import type { WriteContext } from '../../backend.js';
import { FieldErrors } from '../../input/validation.js';
import { caseOf, readTicket, summaryOf } from './case-record.js';
import { requireVerdict } from './case-rights.js';
import { instantOf } from './dates.js';
import { readerOf, type Desk, type Reader } from './desk.js';
import { attachmentsToSend } from './files.js';
import { historyOf, type Line } from './history.js';
import { writeMessage } from './messages.js';
import { customersOf, personOf } from './names.js';
import { messagesOf } from './texts.js';
import type { TicketRow } from './wire.js';

/** Writes a note: a reply where it is public, a comment where it is not. */
export function createNote(desk: Desk, caseId: string, input: NewNote, call: WriteContext): Promise<Note> {
  return desk.answers.once(call, async () => {
    const reader = await readerOf(desk, call);
    const { row } = await readTicket(desk, reader, caseId);
    return addNote(desk, reader, row, input, new FieldErrors());
  });
}

/** Checks a note of a ticket and writes it. */
export async function addNote(
  desk: Desk,
  reader: Reader,
  row: TicketRow,
  input: NewNote,
  fields: FieldErrors,
): Promise<Note> {
  const { actor } = reader;
  const isAgent = actor.kind === 'agent';
  const { action } = input;
  const visibility = action ? 'internal' : input.visibility;
  const { status, permissions } = summaryOf(desk, reader, row);
  const verdict = permissions[visibility === 'public' ? 'reply' : 'addInternalNote'];
  if (status === 'closed' && verdict?.rule === 'case.closed') {
    const ticket = await readTicket(desk, reader, row.id);
    throw new BackendError('case_closed', { current: await caseOf(desk, reader, ticket) });
  }
  requireVerdict(verdict);

  const { noteSubjects } = desk.settings;
  const subject = isAgent && !action ? fields.choice('subject', input.subject, noteSubjects, true) : null;
  const written = fields.text('text', input.text, desk.limits.noteText, true);
  const text = action ? `${actionLine(action)}\n\n${written}` : written;
  const files = attachmentsToSend(desk, actor, input.attachmentIds, 'attachmentIds', fields);
  fields.throwIfAny();

  const label = noteSubjects.find(({ id }) => id === subject)?.label;
  const before = await newestLine(desk, reader, row.id);
  await writeMessage(desk, reader, row.id, visibility, {
    Content: text,
    ContentType: 'text/plain',
    ...(label !== undefined && { Subject: label }),
    ...(files.sent.length > 0 && { Attachments: files.sent }),
  });
  desk.uploads.drop(files.ids);
  const line = await lineAfter(desk, reader, row.id, before, visibility);
  const message = (await messagesOf(desk, reader, [line.id])).get(line.id);
  return {
    id: line.id,
    caseId: row.id,
    visibility,
    subject,
    text: message?.text ?? text,
    by: personOf(desk, reader, line.Creator, customersOf(row)),
    at: instantOf(line.Created),
    attachments: message?.attachments ?? [],
    ...(action && { action }),
  };
}

function actionLine({ label, outcome, reference }: NonNullable<NewNote['action']>): string {
  return `${label}: ${outcome}${reference === undefined ? '' : ` (${reference})`}`;
}

async function newestLine(desk: Desk, reader: Reader, ticketId: string): Promise<number> {
  for await (const { id } of historyOf(desk, reader, ticketId)) return Number(id);
  return 0;
}

/** The answer to a message does not say which line it became: it is the first of its kind and author after those read before. */
async function lineAfter(
  desk: Desk,
  reader: Reader,
  ticketId: string,
  before: number,
  visibility: Note['visibility'],
): Promise<Line> {
  const type = visibility === 'public' ? 'Correspond' : 'Comment';
  let found: Line | undefined;
  for await (const line of historyOf(desk, reader, ticketId)) {
    if (Number(line.id) <= before) break;
    if (line.Type === type && line.Creator?.id === reader.user) found = line;
  }
  if (found) return found;
  throw new BackendError('unavailable', { detail: 'The note was sent, and is not in the history yet.' });
}
