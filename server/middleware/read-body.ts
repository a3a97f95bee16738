import { BackendError } from '../backend-error.js';
import { readWithin } from '../input/read-within.js';
import type { ReceivedRequest } from './received-body.js';

/** The most a JSON body may hold, in bytes. */
export const jsonLimit = 2 * 1024 * 1024;

/**
 * The JSON a request carries.
 *
 * @throws {BackendError} `unsupported_media_type`, `too_large` with the limit, `request_timeout`, or `malformed_request`.
 */
export async function readJson(request: ReceivedRequest): Promise<unknown> {
  const mediaType = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (mediaType !== 'application/json') {
    throw new BackendError('unsupported_media_type', { detail: 'Send the body as application/json.' });
  }
  const bytes = await readUpTo(request, jsonLimit);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch (cause) {
    throw new BackendError('malformed_request', { detail: 'The body is not JSON in UTF-8.', cause });
  }
}

async function readUpTo(request: ReceivedRequest, limit: number): Promise<Uint8Array> {
  const tooLarge = () =>
    new BackendError('too_large', {
      detail: `The body may hold ${limit} bytes at most.`,
      limit,
      limitName: 'json-body',
    });
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge();
  return readWithin(request.body, limit, tooLarge);
}
