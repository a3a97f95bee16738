import type { Page } from '../../../src/contract/common.js';
import type { Note, NoteQuery, TimelineEntry, TimelineQuery } from '../../../src/contract/notes.js';
import type { CallContext } from '../../backend.js';
import { BackendError } from '../../backend-error.js';
import { encodePlace, readPlace } from '../cursors.js';
import { readTicket } from './case-record.js';
import { readerOf, type Desk, type Reader } from './desk.js';
import { historyOf, type Line } from './history.js';
import { customersOf } from './names.js';
import { closingsOf, isMessage, reach } from './status-changes.js';
import { messagesOf } from './texts.js';
import { isTold, toEntry } from './timeline-lines.js';
import type { TicketRow } from './wire.js';

/** Notes and changes of a case in one line of time. */
export async function listTimeline(
  desk: Desk,
  caseId: string,
  query: TimelineQuery,
  context: CallContext,
): Promise<Page<TimelineEntry>> {
  const reader = await readerOf(desk, context);
  const { row } = await readTicket(desk, reader, caseId);
  return timelinePage(desk, reader, row, query, 'timeline');
}

/** The notes of a case, those of closing and reopening among them. */
export async function listNotes(
  desk: Desk,
  caseId: string,
  query: NoteQuery,
  context: CallContext,
): Promise<Page<Note>> {
  const reader = await readerOf(desk, context);
  const { row } = await readTicket(desk, reader, caseId);
  const page = await timelinePage(desk, reader, row, query, 'notes');
  return { ...page, items: page.items.filter(isNote).map((entry) => noteOf(caseId, entry)) };
}

type NoteEntry = TimelineEntry & Required<Pick<TimelineEntry, 'visibility' | 'text'>>;

function isNote(entry: TimelineEntry): entry is NoteEntry {
  return entry.visibility !== undefined && entry.text !== undefined;
}

export function noteOf(caseId: string, entry: NoteEntry): Note {
  const { id, visibility, subject = null, text, by, at, attachments = [] } = entry;
  return { id, caseId, visibility, subject, text, by, at, attachments };
}

async function timelinePage(
  desk: Desk,
  reader: Reader,
  row: TicketRow,
  { limit = 25, cursor, order = 'desc', count, ...rest }: TimelineQuery,
  list: 'timeline' | 'notes',
): Promise<Page<TimelineEntry>> {
  const kinds = 'kind' in rest ? rest.kind : undefined;
  const name = JSON.stringify([list, row.id, order, kinds ?? null]);
  const after = placeOf(readPlace(name, cursor));
  const wanted = (entry: TimelineEntry) =>
    (kinds === undefined || kinds.some((kind) => kind === entry.kind)) &&
    (list === 'timeline' || isNote(entry));

  const found: { entry: TimelineEntry; line: Line }[] = [];
  const isWhole = order === 'asc' || count === 'true';
  const enough = () => !isWhole && found.length > limit;
  for await (const piece of pieces(desk, reader, row, isWhole ? 1 : after.page)) {
    for (const told of piece) {
      const isAfter = after.id === 0 || isWhole || Number(told.line.id) < after.id;
      if (isAfter && wanted(told.entry)) found.push(told);
    }
    if (enough()) break;
  }
  const total = count === 'true' ? { total: found.length } : {};
  const sorted = order === 'asc' ? found.reverse() : found;
  const rest_ = sorted.filter(({ line }) =>
    after.id === 0 ? true : order === 'asc' ? Number(line.id) > after.id : Number(line.id) < after.id,
  );
  const items = rest_.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(({ entry }) => entry),
    next:
      last && rest_.length > limit
        ? encodePlace(name, `${last.line.id}:${Math.max(1, last.line.page - 1)}`)
        : null,
    ...total,
  };
}

/** Where a page ended: the line, and a page of the history that comes before it. */
function placeOf(text: string | undefined): { id: number; page: number } {
  if (text === undefined) return { id: 0, page: 1 };
  const [id, page] = text.split(':').map(Number);
  if (!Number.isSafeInteger(id) || !Number.isSafeInteger(page) || !id || !page || page < 1) {
    throw new BackendError('validation_failed', {
      errors: [{ field: 'cursor', code: 'invalid', message: 'This is no cursor of this list.' }],
    });
  }
  return { id, page };
}

const pieceSize = 40;

/** What the history tells, newest first, in pieces: each with the texts of just its own lines. */
async function* pieces(desk: Desk, reader: Reader, row: TicketRow, firstPage: number) {
  // What explains a change of status may stand in the next piece, so a few lines are kept back.
  let lines: Line[] = [];
  let begin = 0;
  for await (const line of historyOf(desk, reader, row.id, firstPage)) {
    if (isTold(desk, line, reader)) lines.push(line);
    if (lines.length - begin < pieceSize + reach) continue;
    yield await toldOf(desk, reader, row, lines, begin, begin + pieceSize);
    // And what was explained, in the piece before.
    lines = lines.slice(begin + pieceSize - reach);
    begin = reach;
  }
  yield await toldOf(desk, reader, row, lines, begin, lines.length);
}

async function toldOf(
  desk: Desk,
  reader: Reader,
  row: TicketRow,
  lines: readonly Line[],
  begin: number,
  end: number,
): Promise<{ entry: TimelineEntry; line: Line }[]> {
  const messages = await messagesOf(
    desk,
    reader,
    lines.filter(({ Type }) => isMessage(Type)).map(({ id }) => id),
  );
  const closings = closingsOf(desk, lines, messages, customersOf(row));
  const told = await Promise.all(
    lines.slice(begin, end).map(async (line) => {
      const entry = await toEntry(desk, reader, row, line, messages.get(line.id), closings);
      return entry && { entry, line };
    }),
  );
  return told.filter((each) => each !== undefined);
}
