import type { Upload } from '../backend.js';
import { BackendError } from '../backend-error.js';
import { readWithin } from '../input/read-within.js';

/**
 * The bytes of an upload, for a vendor that takes a file whole.
 *
 * @throws {BackendError} `too_large` for more than `most` bytes.
 */
export function readUpload({ content }: Upload, most: number): Promise<Uint8Array<ArrayBuffer>> {
  return readWithin(
    content,
    most,
    () => new BackendError('too_large', { limit: most, limitName: 'attachment' }),
  );
}
