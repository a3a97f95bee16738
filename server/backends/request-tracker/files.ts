import type { Attachment } from '../../../src/contract/attachments.js';
import { BackendError } from '../../backend-error.js';
import type { Actor, CallContext, Download } from '../../backend.js';
import type { FieldErrors } from '../../input/validation.js';
import { jsonOf } from '../vendor-client.js';
import { readTicket } from './case-record.js';
import { readerOf, type Desk } from './desk.js';
import { attachmentOf, isFile, partsOf } from './texts.js';
import { vendor } from './tracker.js';
import { attachmentRowSchema, refSchema, transactionSchema } from './wire.js';

/** Files as they are sent with the text they belong to. */
export interface Sent {
  readonly ids: readonly string[];
  readonly sent: readonly { FileName: string; FileType: string; FileContent: string }[];
}

/** The files that a note names, which this person uploaded before. */
export function attachmentsToSend(
  { uploads, limits }: Desk,
  actor: Actor,
  ids: readonly string[] = [],
  field: string,
  fields: FieldErrors,
): Sent {
  const most = limits.attachmentsPerNote;
  if (ids.length > most) fields.add(field, 'too_many', `At most ${most} files.`, most);
  const sent = [];
  for (const [place, id] of [...new Set(ids)].entries()) {
    const file = uploads.find(id, actor);
    if (!file) {
      fields.add(`${field}.${place}`, 'not_found', 'There is no such file: upload it again.');
      continue;
    }
    const { name, mediaType } = file.attachment;
    // Request Tracker takes no file without content.
    if (file.bytes.byteLength === 0) fields.add(`${field}.${place}`, 'invalid', 'The file is empty.');
    sent.push({ FileName: octetsOf(name), FileType: mediaType, FileContent: base64Of(file.bytes) });
  }
  return { ids, sent };
}

export async function getAttachment(desk: Desk, id: string, context: CallContext): Promise<Attachment> {
  const waiting = desk.uploads.find(id, context.actor);
  return waiting ? waiting.attachment : findFile(desk, id, context);
}

export async function downloadAttachment(desk: Desk, id: string, context: CallContext): Promise<Download> {
  const waiting = desk.uploads.find(id, context.actor);
  if (waiting) return { attachment: waiting.attachment, content: streamOf(waiting.bytes) };
  const attachment = await findFile(desk, id, context);
  const answer = await desk.tracker.send({ path: `/attachment/${id}` }, context);
  const found = attachmentRowSchema.safeParse(await jsonOf(answer, vendor));
  if (answer.status !== 200 || !found.success) throw new BackendError('not_found');
  const bytes = bytesOf(found.data.Content ?? '');
  return { attachment: { ...attachment, size: bytes.byteLength }, content: streamOf(bytes) };
}

/** A file of a ticket the reader sees, written with a line they see. */
async function findFile(desk: Desk, id: string, context: CallContext): Promise<Attachment> {
  if (!/^[1-9]\d{0,17}$/.test(id)) throw new BackendError('not_found');
  const reader = await readerOf(desk, context);
  const [part] = await partsOf(desk, reader, 'id', [id]);
  if (!part || !isFile(part)) throw new BackendError('not_found');
  const line = await desk.tracker.read(transactionSchema, `/transaction/${part.TransactionId}`, {}, context);
  const ticket = refSchema.safeParse(line['Object']);
  if (!ticket.success || ticket.data.type !== 'ticket') throw new BackendError('not_found');
  if (line.Type === 'Comment' && context.actor.kind !== 'agent') throw new BackendError('not_found');
  await readTicket(desk, reader, ticket.data.id);
  return attachmentOf(part);
}

function streamOf(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      if (bytes.byteLength > 0) controller.enqueue(bytes);
      controller.close();
    },
  });
}

/** Request Tracker reads the name of a file as UTF-8 that was not decoded, and breaks down at letters that are no bytes. */
function octetsOf(name: string): string {
  return Array.from(new TextEncoder().encode(name), (byte) => String.fromCharCode(byte)).join('');
}

function base64Of(bytes: Uint8Array): string {
  let text = '';
  // A call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(text);
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64.replace(/\s+/g, ''));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
