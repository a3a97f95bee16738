import type { Attachment } from '../../../src/contract/attachments.js';
import type { Limits } from '../../../src/contract/settings.js';
import type { Actor, Upload } from '../../backend.js';
import { BackendError } from '../../backend-error.js';
import { cleanFileName, endingOf, mediaTypeOf } from '../../engine/media-types.js';
import { newId } from '../../engine/ids.js';
import { readUpload } from '../read-upload.js';

const keptMs = 24 * 60 * 60_000;
/** Bytes that wait for a note in one process, and of one person. */
const room = { all: 256 * 1024 * 1024, person: 64 * 1024 * 1024 };

/** A file that waits for the note it belongs to. */
export interface Waiting {
  readonly attachment: Attachment;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly owner: string;
  readonly at: number;
}

/** Files that were uploaded before the note that names them: Request Tracker takes both only together. */
export interface Uploads {
  keep(upload: Upload, actor: Actor): Promise<Attachment>;
  /** A file of this person; `undefined` for all others. */
  find(id: string, actor: Actor): Waiting | undefined;
  drop(ids: readonly string[]): void;
}

/** Keeps them in the memory of this process, for a day at most. */
export function createUploads(limits: Limits, clock: () => number): Uploads {
  const waiting = new Map<string, Waiting>();
  const ownerOf = ({ tenant, id }: Actor) => JSON.stringify([tenant, id]);

  function forgetOld(): void {
    const since = clock() - keptMs;
    for (const [id, { at }] of waiting) if (at < since) waiting.delete(id);
  }

  function sizeOf(files: Iterable<Waiting>): number {
    let size = 0;
    for (const { bytes } of files) size += bytes.byteLength;
    return size;
  }

  return {
    async keep(upload, actor) {
      const name = checkedName(upload.name, limits);
      const bytes = await readUpload(upload, limits.attachmentBytes);
      forgetOld();
      const owner = ownerOf(actor);
      const own = [...waiting.values()].filter((file) => file.owner === owner);
      if (sizeOf(own) + bytes.byteLength > room.person || sizeOf(waiting.values()) > room.all) {
        throw new BackendError('too_large', {
          detail: 'Too many files wait to be sent. Send or leave what was begun first.',
          limit: room.person,
          limitName: 'waiting-files',
        });
      }
      const attachment = {
        id: newId('file'),
        name,
        size: bytes.byteLength,
        mediaType: mediaTypeOf(name),
      };
      waiting.set(attachment.id, { attachment, bytes, owner, at: clock() });
      return attachment;
    },
    find(id, actor) {
      const file = waiting.get(id);
      return file?.owner === ownerOf(actor) && file.at >= clock() - keptMs ? file : undefined;
    },
    drop(ids) {
      for (const id of ids) waiting.delete(id);
    },
  };
}

function checkedName(given: string, { attachmentExtensions }: Limits): string {
  const name = cleanFileName(given);
  if (name !== '' && attachmentExtensions.includes(endingOf(name))) return name;
  const code = name === '' ? 'invalid' : 'blocked_type';
  const message = name === '' ? 'The file needs a name.' : 'Files of this type are not accepted.';
  throw new BackendError('validation_failed', { errors: [{ field: 'name', code, message }] });
}
