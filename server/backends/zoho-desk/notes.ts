import type { NewNote, Note, NoteQuery } from '../../../src/contract/notes.js';
import type { Page } from '../../../src/contract/common.js';
import type { CallContext, WriteContext } from '../../backend.js';
import { BackendError } from '../../backend-error.js';
import { FieldErrors } from '../../input/validation.js';
import { encodePlace, readPlace } from '../cursors.js';
import { caseOf } from './case-record.js';
import { readTicket, requireOpen, requireRight, seeTicket, type Desk, type Seen } from './desk.js';
import { agentRef } from './directory.js';
import { attachmentOf, claimFiles, hangFiles } from './files.js';
import { isClosed, isShown } from './sight.js';
import { readComment, signed, statusText } from './signature.js';
import type { Viewer } from './viewers.js';
import { commentSchema, parseList, parseOne, type DeskComment } from './wire.js';

const largest = 100;

/** The comments the viewer may read, by time. Customers are told of the public ones alone. */
export async function listNotes(
  desk: Desk,
  caseId: string,
  query: NoteQuery,
  context: CallContext,
): Promise<Page<Note>> {
  const { viewer, ticket } = await seeTicket(desk, caseId, context);
  const { limit = 25, order = 'desc', cursor } = query;
  const list = `zoho-notes:${ticket.id}:${viewer.kind}:${order}`;
  const start = readPlace(list, cursor, 0);
  const items: Note[] = [];
  let place = start;
  let next: string | null = null;
  reading: for (let from = start; ; from += largest) {
    const rows = await readComments(desk, ticket.id, order, from, context.signal);
    for (const comment of rows) {
      if (items.length === limit && isShown(viewer, comment)) {
        next = encodePlace(list, place);
        break reading;
      }
      place += 1;
      if (isShown(viewer, comment)) items.push(await noteOf(desk, ticket.id, comment));
    }
    if (rows.length < largest) break;
  }
  const total =
    query.count !== 'true'
      ? undefined
      : viewer.kind === 'agent'
        ? (ticket.commentCount ?? 0)
        : await desk.replies.count(ticket);
  return { items, next, ...(total !== undefined && { total }) };
}

export async function readComments(
  desk: Desk,
  ticketId: string,
  order: 'asc' | 'desc',
  from: number,
  signal?: AbortSignal,
): Promise<DeskComment[]> {
  const sortBy = order === 'asc' ? 'commentedTime' : '-commentedTime';
  const query = { from, limit: largest, sortBy };
  return parseList(commentSchema, await desk.client.read(`/tickets/${ticketId}/comments`, query, signal));
}

/** A comment as a note; who wrote it in Zoho, or who signed it here. */
export async function noteOf(desk: Desk, caseId: string, comment: DeskComment): Promise<Note> {
  const said = readComment(comment, await desk.directory.serviceId(), desk.settings);
  return {
    id: comment.id,
    caseId,
    visibility: said.visibility,
    subject: said.subject,
    text: said.text,
    by: said.signer ?? (await commenterOf(desk, comment)),
    at: comment.commentedTime ?? null,
    attachments: (comment.attachments ?? []).map((file) => attachmentOf(file, caseId, comment.id)),
  };
}

async function commenterOf(desk: Desk, { commenter, commenterId }: DeskComment): Promise<Note['by']> {
  if (commenterId === null || commenterId === undefined) return null;
  const agent = await desk.directory.agent(commenterId);
  if (agent) return agentRef(agent);
  const name = commenter?.name?.trim();
  return {
    id: commenterId,
    name: name === undefined || name === '' ? commenterId : name,
    kind: commenter?.type === 'END_USER' ? 'customer' : 'agent',
  };
}

/** CC-35 to CC-37: adds a comment, signed with who wrote it. */
export function createNote(desk: Desk, caseId: string, input: NewNote, context: WriteContext): Promise<Note> {
  return desk.kept.once(context, async () => {
    const seen = await seeTicket(desk, caseId, context);
    const { viewer, ticket } = seen;
    requireRight(desk, seen, input.visibility === 'public' ? 'reply' : 'addInternalNote');
    if (input.attachmentIds?.length) requireRight(desk, seen, 'attach');
    const reopens = viewer.kind === 'customer' && desk.settings.reopenOnCustomerReply && isClosed(ticket);
    if (!reopens) await requireOpen(seen, () => caseOf(desk, seen));
    const { subject, text, files } = checkNote(desk, viewer, input);
    if (reopens) await reopenFor(desk, seen);
    return writeComment(desk, seen, {
      text: signed(viewer, text, subject, desk.settings),
      isPublic: input.visibility === 'public',
      files,
    });
  });
}

function checkNote(desk: Desk, viewer: Viewer, input: NewNote) {
  const { settings } = desk;
  const fields = new FieldErrors();
  let subject: string | null = null;
  if (viewer.kind === 'agent')
    subject = fields.choice('subject', input.subject, settings.noteSubjects, input.action === undefined);
  else if (input.subject) fields.add('subject', 'invalid', 'A reply has no subject.');
  const text = fields.text('text', input.text, settings.limits.noteText, true);
  if (input.action && input.visibility !== 'internal')
    fields.add('action', 'invalid', 'Such a note is internal.');
  const files = claimFiles(desk, viewer, input.attachmentIds, fields);
  fields.throwIfAny();
  return { subject, text: input.action ? `${actionLine(input.action)}\n${text}` : text, files };
}

/** What became of an action of the host, in words: Zoho has no place for it. */
function actionLine({ label, outcome, reference }: NonNullable<NewNote['action']>): string {
  const known = reference === undefined || reference === '' ? '' : ` (${reference})`;
  return `${label.replace(/\s+/g, ' ')}: ${outcome}${known}`;
}

interface Written {
  readonly text: string;
  readonly isPublic: boolean;
  readonly files: readonly string[];
}

export async function writeComment(desk: Desk, { ticket }: Seen, written: Written): Promise<Note> {
  const answer = await desk.client.write('POST', `/tickets/${ticket.id}/comments`, {
    json: {
      content: written.text,
      contentType: 'plainText',
      isPublic: written.isPublic,
      ...(written.files.length > 0 && { attachmentIds: written.files }),
    },
  });
  const comment = parseOne(commentSchema, answer);
  hangFiles(desk, written.files, comment.attachments ?? [], ticket.id, comment.id);
  return noteOf(desk, ticket.id, comment);
}

/** Writes the note of closing or reopening. */
export function writeStatusNote(
  desk: Desk,
  seen: Seen,
  kind: 'closure' | 'reopening',
  { reason, text, isPublic }: { readonly reason: string; readonly text: string; readonly isPublic: boolean },
): Promise<Note> {
  const words = statusText(kind, reason, text, desk.settings);
  return writeComment(desk, seen, {
    text: signed(seen.viewer, words, null, desk.settings),
    isPublic,
    files: [],
  });
}

/** Decision 4: a customer's reply opens the case again, where the settings say so. */
async function reopenFor(desk: Desk, { ticket }: Seen): Promise<void> {
  const status = desk.options.statuses?.reopened ?? 'Open';
  await desk.client.write('PATCH', `/tickets/${ticket.id}`, { json: { status } });
  const now = await readTicket(desk, ticket.id);
  if (isClosed(now)) throw refusedStatus();
}

/** A change of status that Zoho answered with 200 and did not make. */
export function refusedStatus(): BackendError {
  return new BackendError('validation_failed', {
    detail: 'Zoho Desk kept the status it had: a rule of its own may forbid this change.',
    errors: [{ field: 'status', code: 'invalid', message: 'Zoho Desk kept the status it had.' }],
  });
}
