import { AttachmentStoreUnavailable } from '../attachments/store.js';
import { BackendError } from '../backend-error.js';

/** PostgreSQL's five-letter code of an error, if it has one. */
export function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** The name of the constraint an error is about, if any. */
export function violatedConstraint(error: unknown): string | undefined {
  if (sqlState(error) !== '23505' || !(error instanceof Error) || !('constraint' in error)) return undefined;
  return typeof error.constraint === 'string' ? error.constraint : undefined;
}

const OUTAGES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  // The disk of the attachments, or the process, has nothing left to give, or is closed to us.
  'ENOSPC',
  'EDQUOT',
  'EROFS',
  'EIO',
  'ENOTDIR',
  'EACCES',
  'EPERM',
  'EMFILE',
  'ENFILE',
  // A statement was cancelled.
  '57014',
]);

/** Whatever went wrong, as the one error a backend throws. */
export function asBackendError(error: unknown): BackendError {
  if (error instanceof BackendError) return error;
  if (error instanceof AttachmentStoreUnavailable) return new BackendError('unavailable', { cause: error });
  const state = sqlState(error);
  if (state !== undefined && isUnavailable(state)) return new BackendError('unavailable', { cause: error });
  // A value the database cannot hold came from the caller.
  if (state?.startsWith('22') && state.length === 5)
    return new BackendError('malformed_request', { cause: error });
  if (error instanceof Error && /connection|terminated|timeout exceeded|closed/i.test(error.message)) {
    return new BackendError('unavailable', { cause: error });
  }
  return new BackendError('internal', { cause: error });
}

/** Whether it went wrong because something was away or overloaded, and may go well another time with nothing changed. */
export function isOutage(error: unknown): boolean {
  // A fault of our own may name a connection in its words.
  if (error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError) return false;
  return asBackendError(error).code === 'unavailable';
}

function isUnavailable(state: string): boolean {
  // 40: a deadlock or a lost serialisation that trying again did not end.
  return OUTAGES.has(state) || ['08', '40', '53', '57P'].some((family) => state.startsWith(family));
}
