import type { Attachment } from '../../../src/contract/attachments.js';
import type { Settings } from '../../../src/contract/settings.js';
import type { Download, Upload } from '../../backend.js';
import { BackendError } from '../../backend-error.js';
import { mediaTypeOf } from '../../engine/media-types.js';
import { readUpload } from '../read-upload.js';
import { jsonOf } from '../vendor-client.js';
import { recordIn } from './api.js';
import type { MappedRestOptions } from './options.js';
import { at } from './pointers.js';
import { fillPath } from './templates.js';
import { ourId, theirId } from './values.js';
import type { View } from './view.js';

/** Hands a file on, once it is known to be none that is too large. */
export async function uploadFile(
  { api }: View,
  { attachments, ids, name: vendor }: MappedRestOptions,
  { limits }: Settings,
  { name, content }: Upload,
): Promise<Attachment> {
  const upload = attachments?.upload;
  if (!upload) throw new BackendError('capability_missing', { detail: `${vendor} takes no files.` });
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  if (!limits.attachmentExtensions.includes(ending)) {
    throw new BackendError('validation_failed', {
      errors: [{ field: 'name', code: 'blocked_type', message: 'Files of this type are not accepted.' }],
    });
  }
  const mediaType = mediaTypeOf(name);
  const bytes = await readUpload({ name, content }, limits.attachmentBytes);
  const file = new Blob([bytes], { type: mediaType });
  const request = { method: 'POST', path: upload.path } as const;
  let answer: Response;
  if (upload.as === 'raw') {
    const headers = { 'content-type': mediaType };
    const query = new URLSearchParams({ [upload.field]: name });
    answer = await api.raw({ ...request, headers, query, body: file });
  } else {
    const form = new FormData();
    form.set(upload.field, file, name);
    answer = await api.raw({ ...request, body: form });
  }
  const id = ourId(at(await jsonOf(answer, vendor), upload.id), 'attachment', ids);
  if (id === undefined) {
    throw new BackendError('unavailable', {
      detail: `${vendor} took the file and does not say which it is.`,
    });
  }
  return { id, name, size: bytes.byteLength, mediaType };
}

/** What is known of a file. */
export async function readFile(
  { api, records }: View,
  { attachments, ids }: MappedRestOptions,
  id: string,
): Promise<Attachment> {
  const theirs = theirId(id, 'attachment', ids);
  if (!attachments?.get || theirs === undefined) throw new BackendError('not_found');
  const found = records.attachmentOf(
    recordIn(await api.get(attachments.get, { id: theirs }), attachments.get),
  );
  if (!found) throw new BackendError('not_found');
  return found;
}

/** The bytes of a file, as they come. */
export async function downloadFile(view: View, options: MappedRestOptions, id: string): Promise<Download> {
  const { attachments, ids, name } = options;
  const path = attachments && fillPath(attachments.download, { id: theirId(id, 'attachment', ids) });
  if (path === undefined) throw new BackendError('not_found');
  const attachment = await readFile(view, options, id);
  const answer = await view.api.raw({ path, headers: { accept: '*/*' } });
  if (!answer.body) throw new BackendError('unavailable', { detail: `${name} sent no file.` });
  return { attachment, content: answer.body };
}
