import type {
  AssignEntry,
  CompleteEntry,
  ForwardEntry,
  InboxEntry,
  NewInboxEntry,
} from '../../../src/contract/inbox-entries.js';
import type { NamedRef } from '../../../src/contract/common.js';
import { BackendError } from '../../backend-error.js';
import type { CallContext, WriteContext } from '../../backend.js';
import { refuse } from '../../engine/policy/verdict.js';
import { FieldErrors } from '../../input/validation.js';
import { readTicket, summaryOf, type Ticket } from './case-record.js';
import { requireVerdict } from './case-rights.js';
import { checkStatusInput, explainStatus } from './case-status.js';
import { bodyOf, conflict, denied, isDenial, put, wantedField, type Wanted } from './changes.js';
import { readerOf, type Desk, type Reader } from './desk.js';
import { entryOf, openEntry } from './entries.js';
import { inboxOf } from './inboxes.js';
import { writeMessage } from './messages.js';
import { requireAgent, userOf } from './names.js';
import { addNote } from './notes.js';

/** Makes the reader the owner: Request Tracker lets one of several win, and tells the others so with a sentence. */
export function takeEntry(desk: Desk, id: string, call: WriteContext): Promise<InboxEntry> {
  return desk.answers.once(call, async () => {
    const { reader, ticket } = await openForWrite(desk, id, call);
    const { user } = reader;
    if (!isFree(ticket) && !isOwn(ticket, reader)) throw owned(desk, reader, ticket);
    await put(desk, reader, `/ticket/${id}/take`, {});
    const now = await readTicket(desk, reader, id);
    if (now.row.Owner?.id === user) return entryOf(desk, reader, now.row, now.version);
    throw isFree(now) ? denied() : owned(desk, reader, now);
  });
}

/** Gives it back. Request Tracker would let others do that, too: here only the owner. */
export function releaseEntry(desk: Desk, id: string, call: WriteContext): Promise<InboxEntry> {
  return desk.answers.once(call, async () => {
    const { reader, ticket } = await openForWrite(desk, id, call);
    requireOwner(desk, reader, ticket);
    const answer = await put(desk, reader, `/ticket/${id}/untake`, {}, ticket.version);
    const now = await readTicket(desk, reader, id);
    if (answer === 'stale') throw await conflict(desk, reader, now);
    if (isOwn(now, reader)) throw denied();
    return entryOf(desk, reader, now.row, now.version);
  });
}

/** Gives it to somebody else; to oneself by stealing it where it is somebody's. */
export function assignEntry(
  desk: Desk,
  id: string,
  { personId }: AssignEntry,
  call: WriteContext,
): Promise<InboxEntry> {
  return desk.answers.once(call, async () => {
    const { reader, ticket } = await openForWrite(desk, id, call);
    if (personId === undefined) {
      const fields = new FieldErrors();
      fields.required('personId', 'Say whose it is to be.');
      fields.throwIfAny();
      return entryOf(desk, reader, ticket.row, ticket.version);
    }
    const user = userOf(desk, reader, personId);
    const steals = user === reader.user && !isFree(ticket);
    const sentences = steals
      ? await put(desk, reader, `/ticket/${id}/steal`, {}, ticket.version)
      : await put(desk, reader, `/ticket/${id}`, { Owner: user }, ticket.version);
    const now = await readTicket(desk, reader, id);
    if (sentences === 'stale') throw await conflict(desk, reader, now);
    if (now.row.Owner?.id === user) return entryOf(desk, reader, now.row, now.version);
    if (sentences.some(isDenial)) throw denied();
    const message = 'They cannot own what waits in this inbox.';
    throw new BackendError('validation_failed', {
      errors: [{ field: 'personId', code: 'not_a_member', message }],
    });
  });
}

/** A ticket leaves its queue by being closed, so that is what completing does; a note first, where there is one. */
export function completeEntry(
  desk: Desk,
  id: string,
  { note, closeCase }: CompleteEntry,
  call: WriteContext,
): Promise<InboxEntry> {
  return desk.answers.once(call, async () => {
    const { reader, ticket } = await openForWrite(desk, id, call);
    if (isFree(ticket)) throw new BackendError('entry_not_owned', { detail: 'Take it first.' });
    if (!isOwn(ticket, reader)) throw owned(desk, reader, ticket);
    requireVerdict(summaryOf(desk, reader, ticket.row).permissions['close']);
    const fields = new FieldErrors();
    if (!closeCase)
      fields.required('closeCase', 'In Request Tracker a case leaves its inbox by being closed.');
    const closing = checkStatusInput(desk, 'close', closeCase ?? {}, fields.below('closeCase'));
    if (note) await addNote(desk, reader, ticket.row, note, fields);
    else fields.throwIfAny();
    const now = await explainStatus(desk, reader, ticket, 'close', closing);
    return entryOf(desk, reader, now.row, now.version);
  });
}

/** Into another queue, where nobody owns it yet. */
export function forwardEntry(
  desk: Desk,
  id: string,
  input: ForwardEntry,
  call: WriteContext,
): Promise<InboxEntry> {
  return desk.answers.once(call, async () => {
    const { reader, ticket, inbox } = await openForWrite(desk, id, call);
    if (input.fromInboxId !== undefined && input.fromInboxId !== inbox.id) throw gone(ticket);
    requireVerdict(summaryOf(desk, reader, ticket.row).permissions['edit']);
    if (!isFree(ticket) && !isOwn(ticket, reader)) throw owned(desk, reader, ticket);
    const target = await checkedTarget(desk, input, call, inbox);
    return move(desk, reader, ticket, target, input, inbox);
  });
}

/** A case that is in no inbox is moved into one. */
export function createEntry(desk: Desk, input: NewInboxEntry, call: WriteContext): Promise<InboxEntry> {
  return desk.answers.once(call, async () => {
    const reader = await readerOf(desk, call);
    requireAgent(call.actor);
    if (input.caseId === undefined) {
      const fields = new FieldErrors();
      fields.required('caseId', 'Request Tracker keeps cases in inboxes, and no customer alone.');
      fields.throwIfAny();
    }
    const ticket = await readTicket(desk, reader, input.caseId ?? '');
    const inboxes = await desk.directory.inboxes(call);
    if (inboxes.some(({ id }) => id === ticket.row.Queue?.id)) {
      throw new BackendError('already_in_inbox', {
        current: entryOf(desk, reader, ticket.row, ticket.version),
      });
    }
    requireVerdict(summaryOf(desk, reader, ticket.row).permissions['putInInbox']);
    const target = await checkedTarget(desk, input, call);
    return move(desk, reader, ticket, target, input, null);
  });
}

async function checkedTarget(
  desk: Desk,
  input: ForwardEntry,
  context: CallContext,
  from?: NamedRef,
): Promise<NamedRef> {
  const fields = new FieldErrors();
  const { dueTypes } = desk.settings;
  fields.text('message', input.message, desk.limits.noteText, from !== undefined);
  const type = fields.choice('dueType', input.dueType, dueTypes, false);
  const day = fields.date('dueOn', input.dueOn);
  const needsDate = dueTypes.find(({ id }) => id === type)?.dateRequired;
  if (needsDate === true && day === null) fields.required('dueOn', 'Choose a date.');
  if (needsDate !== true && day !== null) fields.add('dueOn', 'date_not_expected', 'This needs no date.');
  if (input.inboxId === undefined) fields.required('inboxId', 'Choose an inbox.');
  else if (input.inboxId === from?.id) fields.add('inboxId', 'same_inbox', 'It is in this inbox already.');
  fields.throwIfAny();
  try {
    return await inboxOf(desk, input.inboxId ?? '', context);
  } catch (error) {
    if (!(error instanceof BackendError) || error.code !== 'not_found') throw error;
    fields.add('inboxId', 'not_found', 'There is no such inbox.');
    fields.throwIfAny();
    throw error;
  }
}

async function move(
  desk: Desk,
  reader: Reader,
  ticket: Ticket,
  target: NamedRef,
  { message = '', dueOn }: ForwardEntry,
  from: NamedRef | null,
): Promise<InboxEntry> {
  const { id } = ticket.row;
  const field = desk.setup.fields?.inboxMessage;
  const wanted: Wanted[] = [
    { field: 'inboxId', sent: { Queue: target.id }, holds: ({ Queue }) => Queue?.id === target.id },
    { field: 'owner', sent: { Owner: 'Nobody' }, holds: ({ Owner }) => Owner?.id === 'Nobody' },
    ...(field === undefined ? [] : [wantedField('message', field, message === '' ? [] : [message])]),
    ...(dueOn == null ? [] : [{ field: 'dueOn', sent: { Due: `${dueOn}T12:00:00Z` }, holds: () => true }]),
  ];
  const before = await written(desk, reader, ticket, target, message);
  const sentences = await put(desk, reader, `/ticket/${id}`, bodyOf(wanted), before.version);
  const now = await stillReadable(desk, reader, id);
  if (sentences === 'stale') throw now ? await conflict(desk, reader, now) : gone(ticket);
  if (!now) {
    const unseen = hidden(entryOf(desk, reader, before.row, before.version));
    return { ...unseen, inbox: target, from, owner: null, message };
  }
  if (now.row.Queue?.id !== target.id) throw denied();
  return { ...entryOf(desk, reader, now.row, now.version), from };
}

/** The message is written while the ticket can still be read, and changes its version. */
async function written(desk: Desk, reader: Reader, ticket: Ticket, target: NamedRef, message: string) {
  if (message.trim() === '') return ticket;
  await writeMessage(desk, reader, ticket.row.id, 'internal', {
    Content: `For ${target.name}:\n\n${message.trim()}`,
    ContentType: 'text/plain',
  });
  const now = await readTicket(desk, reader, ticket.row.id);
  if (!isFree(now) && !isOwn(now, reader)) throw owned(desk, reader, now);
  return now;
}

/** Where it went the reader may see nothing: what was known of it stays, and nothing more can be done. */
function hidden(entry: InboxEntry): InboxEntry {
  const unseen = refuse('backend.right', 'It is in an inbox that you do not see.');
  const permissions = Object.fromEntries(Object.keys(entry.permissions).map((action) => [action, unseen]));
  return { ...entry, case: null, permissions };
}

async function stillReadable(desk: Desk, reader: Reader, id: string): Promise<Ticket | undefined> {
  try {
    return await readTicket(desk, reader, id);
  } catch (error) {
    if (error instanceof BackendError && error.code === 'not_found') return undefined;
    throw error;
  }
}

async function openForWrite(desk: Desk, id: string, call: WriteContext) {
  const found = await openEntry(desk, id, call);
  if (entryOf(desk, found.reader, found.ticket.row).state !== 'open') throw gone(found.ticket);
  return found;
}

function isFree({ row }: Ticket): boolean {
  return row.Owner === null || row.Owner.id === 'Nobody';
}

function isOwn({ row }: Ticket, { user }: Reader): boolean {
  return row.Owner?.id === user;
}

function requireOwner(desk: Desk, reader: Reader, ticket: Ticket): void {
  if (isOwn(ticket, reader)) return;
  throw isFree(ticket)
    ? new BackendError('entry_not_owned', { detail: 'Nobody owns this.' })
    : owned(desk, reader, ticket);
}

function owned(desk: Desk, reader: Reader, { row, version }: Ticket): BackendError {
  const current = entryOf(desk, reader, row, version);
  const by = current.owner && { id: current.owner.id, name: current.owner.name };
  return new BackendError('entry_owned', { by, current });
}

function gone({ row }: Ticket): BackendError {
  const { LastUpdatedBy, LastUpdated } = row;
  const by = LastUpdatedBy && { id: LastUpdatedBy.id, name: LastUpdatedBy.RealName || LastUpdatedBy.id };
  return new BackendError('gone', { by, at: LastUpdated || null });
}
