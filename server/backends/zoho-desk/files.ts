import type { Attachment } from '../../../src/contract/attachments.js';
import type { CallContext, Download, Upload, WriteContext } from '../../backend.js';
import { BackendError } from '../../backend-error.js';
import { cleanFileName, endingOf, mediaTypeOf } from '../../engine/media-types.js';
import type { FieldErrors } from '../../input/validation.js';
import { readUpload } from '../read-upload.js';
import { seeTicket, type Desk } from './desk.js';
import { isShown } from './sight.js';
import type { Viewer } from './viewers.js';
import { commentSchema, fileSchema, isId, parseList, parseOne, requireId, type DeskFile } from './wire.js';

const loosePrefix = 'upload-';

/** A file of a comment, or of the ticket itself where no comment is named. Where it is stands in its id: Zoho finds it only there. */
export function attachmentOf(file: DeskFile, ticketId: string, commentId?: string): Attachment {
  const name = cleanFileName(file.name ?? '') || 'file';
  return {
    id: [ticketId, ...(commentId === undefined ? [] : [commentId]), file.id].join('-'),
    name,
    size: file.size ?? 0,
    mediaType: mediaTypeOf(name),
  };
}

/** Hands a file to Zoho, which keeps it for a while without a ticket. */
export function uploadAttachment(desk: Desk, upload: Upload, context: WriteContext): Promise<Attachment> {
  return desk.kept.once(context, async () => {
    const { actor } = await desk.viewers.of(context);
    const { limits } = desk.settings;
    const name = cleanFileName(upload.name);
    if (name === '' || !limits.attachmentExtensions.includes(endingOf(name))) {
      throw new BackendError('validation_failed', {
        errors: [{ field: 'name', code: 'blocked_type', message: 'Files of this kind are not accepted.' }],
      });
    }
    const bytes = await readUpload(upload, limits.attachmentBytes);
    const form = new FormData();
    form.set('file', new Blob([bytes], { type: mediaTypeOf(name) }), name);
    const made = parseOne(fileSchema, await desk.client.write('POST', '/uploads', { form }));
    const file = { id: `${loosePrefix}${made.id}`, name, size: bytes.length, mediaType: mediaTypeOf(name) };
    desk.loose.keep(actor, file);
    return file;
  });
}

/** The uploads that a note or a case names, as Zoho knows them; each bad one is told at its place. */
export function claimFiles(
  desk: Desk,
  { actor }: Viewer,
  ids: readonly string[] | undefined,
  fields: FieldErrors,
): string[] {
  const { attachmentsPerNote } = desk.settings.limits;
  const wanted = [...new Set(ids ?? [])];
  if (wanted.length > attachmentsPerNote)
    fields.add('attachmentIds', 'too_many', `At most ${attachmentsPerNote} files.`, attachmentsPerNote);
  return wanted.flatMap((id, index) => {
    const known = desk.loose.find(actor, id);
    if (!known) fields.add(`attachmentIds.${index}`, 'not_found', 'There is no such file to attach.');
    return known ? [id.slice(loosePrefix.length)] : [];
  });
}

/** Uploads that hang on something now are found there, by the ids they were uploaded under as well. */
export function hangFiles(
  desk: Desk,
  uploads: readonly string[],
  files: readonly DeskFile[],
  ticketId: string,
  commentId?: string,
): void {
  for (const [index, id] of uploads.entries()) {
    const file = files.find((each) => each.id === id) ?? files[index];
    if (file) desk.loose.hang(`${loosePrefix}${id}`, attachmentOf(file, ticketId, commentId).id);
  }
}

interface Found {
  readonly attachment: Attachment;
  readonly path: string;
}

/** @throws {BackendError} `not_found` for what is not there, and for what the viewer may not read. */
async function find(desk: Desk, id: string, context: CallContext): Promise<Found> {
  if (id.startsWith(loosePrefix)) {
    const hanging = desk.loose.hanging(id);
    if (hanging !== undefined) return find(desk, hanging, context);
    const { actor } = await desk.viewers.of(context);
    const file = desk.loose.find(actor, id);
    if (!file) throw new BackendError('not_found');
    return { attachment: file, path: `/uploads/${requireId(id.slice(loosePrefix.length))}/contents` };
  }
  const parts = id.split('-');
  if (!parts.every(isId)) throw new BackendError('not_found');
  const [ticketId = '', ...rest] = parts;
  const { viewer, ticket } = await seeTicket(desk, ticketId, context);
  const [first = '', second] = rest;
  if (rest.length === 1) {
    const files = parseList(
      fileSchema,
      await desk.client.read(`/tickets/${ticket.id}/attachments`, ticketFiles(viewer), context.signal),
    );
    return found(files, first, `/tickets/${ticket.id}/attachments/${first}/content`, (file) =>
      attachmentOf(file, ticket.id),
    );
  }
  if (rest.length !== 2 || second === undefined) throw new BackendError('not_found');
  const comment = parseOne(
    commentSchema,
    await desk.client.read(`/tickets/${ticket.id}/comments/${first}`, {}, context.signal),
  );
  if (!isShown(viewer, comment)) throw new BackendError('not_found');
  const path = `/tickets/${ticket.id}/comments/${comment.id}/attachments/${second}/content`;
  return found(comment.attachments ?? [], second, path, (file) => attachmentOf(file, ticket.id, comment.id));
}

/** Customers see the public files of a ticket alone. */
export function ticketFiles(viewer: Viewer) {
  return { limit: 100, ...(viewer.kind === 'customer' && { isPublic: true }) };
}

function found(
  files: readonly DeskFile[],
  id: string,
  path: string,
  toAttachment: (file: DeskFile) => Attachment,
): Found {
  const file = files.find((each) => each.id === id);
  if (!file) throw new BackendError('not_found');
  return { attachment: toAttachment(file), path };
}

export async function getAttachment(desk: Desk, id: string, context: CallContext): Promise<Attachment> {
  return (await find(desk, id, context)).attachment;
}

export async function downloadAttachment(desk: Desk, id: string, context: CallContext): Promise<Download> {
  const { attachment, path } = await find(desk, id, context);
  const answer = await desk.client.open(path, context.signal);
  // Of what was packed for the way, the length says nothing.
  const length = answer.headers.has('content-encoding') ? null : answer.headers.get('content-length');
  const size = Number(length ?? attachment.size);
  return {
    attachment: { ...attachment, size },
    content: answer.body ?? new ReadableStream({ start: (controller) => controller.close() }),
  };
}
