/**
 * Where the bytes of attachments live. Keys are random and come from the engine (`tenant/file_…`): a store never sees a
 * user's file name. What the store itself cannot do for a while is an `AttachmentStoreUnavailable`.
 */
export interface AttachmentStore {
  /**
   * Reads `content` to its end and keeps it under `key`: whole, or not at all. Throws `AttachmentTooLarge` as soon as
   * more than `limit` bytes have come, without reading on.
   */
  put(key: string, content: ReadableStream<Uint8Array>, limit: number): Promise<{ readonly size: number }>;
  /** The bytes under `key`; `null` when there are none. */
  get(key: string): Promise<ReadableStream<Uint8Array> | null>;
  /** Forgets `key`, and what an upload to it that broke off has left; does nothing when there is nothing. */
  delete(key: string): Promise<void>;
  /**
   * Tries whether files can be kept, by keeping one for a moment. Throws an `AttachmentStoreUnavailable` that says in
   * words for the operator what is in the way.
   */
  check?(): Promise<void>;
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

/** The store cannot keep or give files now: it is not there, refuses, or does not answer. */
export class AttachmentStoreUnavailable extends Error {
  override readonly name = 'AttachmentStoreUnavailable';
}

const KEY = /^(?:[a-z0-9_=-]{1,200}\/)?[a-z0-9_]{8,100}$/;

/** The key, when it is one: nothing else may become a path. */
export function requireKey(key: string): string {
  if (!KEY.test(key)) throw new TypeError(`Not an attachment key: ${JSON.stringify(key)}`);
  return key;
}
