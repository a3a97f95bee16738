import type { Attachment } from '../contract/attachments.js';
import { attachmentRoutes as routes } from '../contract/attachment-routes.js';
import type { CallOptions, WriteOptions } from '../http/request-options.js';
import type { Transport } from '../http/transport.js';

/** How far an upload has come, in bytes. */
export interface UploadProgress {
  readonly loaded: number;
  readonly total: number;
}

/** What an upload takes. */
export interface UploadOptions extends WriteOptions {
  /** The file's name, with the ending its type follows from. */
  readonly name: string;
  /** Called when sending starts and when it has ended: `fetch` tells nothing between. */
  readonly onProgress?: ((progress: UploadProgress) => void) | undefined;
}

/** Stores and fetches files. Reached as `client.attachments`. */
export class AttachmentsResource {
  readonly #http: Transport;

  constructor(http: Transport) {
    this.#http = http;
  }

  /**
   * Stores a file. Only its uploader sees it until a note or a new case names it in `attachmentIds`.
   *
   * A stream is read to its end first, so that a lost connection can be made good.
   *
   * @throws {LimitError} `too_large`, with the limit in bytes.
   * @throws {ValidationError} `validation_failed`: `blocked_type` at `name`.
   *
   * @example
   * ```ts
   * const { id } = await client.attachments.upload(file, { name: file.name });
   * await client.notes.create(caseId, { visibility: 'public', subject: 'information', text, attachmentIds: [id] });
   * ```
   */
  async upload(
    file: Blob | ReadableStream<Uint8Array>,
    { name, onProgress, ...options }: UploadOptions,
  ): Promise<Attachment> {
    const body = file instanceof Blob ? file : await new Response(file).blob();
    onProgress?.({ loaded: 0, total: body.size });
    const stored = await this.#http.call(routes.uploadAttachment, {
      ...options,
      body,
      query: { name },
    });
    onProgress?.({ loaded: body.size, total: body.size });
    return stored;
  }

  /**
   * A file's name, size and type.
   *
   * @throws {NotFoundError} `not_found`: absent, or on a case hidden from the actor.
   *
   * @example
   * ```ts
   * const { name, size } = await client.attachments.get(attachmentId);
   * ```
   */
  get(id: string, options: CallOptions = {}): Promise<Attachment> {
    return this.#http.call(routes.getAttachment, { ...options, id });
  }

  /**
   * A file's bytes.
   *
   * @throws {NotFoundError} `not_found`.
   *
   * @example
   * ```ts
   * const blob = await client.attachments.download(attachmentId);
   * ```
   */
  download(id: string, options: CallOptions = {}): Promise<Blob> {
    return this.#http.download(routes.downloadAttachment, { ...options, id });
  }
}
