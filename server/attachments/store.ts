/**
 * Where the bytes of attachments live. Keys are random and come from the engine: a store never sees a user's file name.
 */
export interface AttachmentStore {
  /**
   * Reads `content` to its end and keeps it under `key`: whole, or not at all. Throws `AttachmentTooLarge` as soon as
   * more than `limit` bytes have come, without reading on.
   */
  put(key: string, content: ReadableStream<Uint8Array>, limit: number): Promise<{ readonly size: number }>;
  /** The bytes under `key`; `null` when there are none. */
  get(key: string): Promise<ReadableStream<Uint8Array> | null>;
  /** Forgets `key`; does nothing when it is not there. */
  delete(key: string): Promise<void>;
}

/** More bytes came than the limit allows. */
export class AttachmentTooLarge extends Error {
  override readonly name = 'AttachmentTooLarge';
  readonly limit: number;

  constructor(limit: number) {
    super(`The file is larger than ${limit} bytes.`);
    this.limit = limit;
  }
}
