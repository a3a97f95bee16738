import type { FieldError } from '../../src/contract/problem.js';
import { BackendError } from '../backend-error.js';
import { fieldError } from './field-errors.js';

/** What is wrong with the `Idempotency-Key` of a write; nothing when it can be used. */
export function idempotencyKeyErrors(key: string | null): FieldError[] {
  if (key === null || key.trim() === '') return [fieldError('Idempotency-Key', 'required')];
  if (key.length > 200) return [fieldError('Idempotency-Key', 'too_long', 200)];
  return /^[\x20-\x7e]+$/.test(key) ? [] : [fieldError('Idempotency-Key', 'invalid')];
}

/**
 * The version in `If-Match`, as `ETag` gave it.
 *
 * @throws {BackendError} `version_required` when there is none, `validation_failed` when it is not one version in quotes.
 */
export function versionOf(ifMatch: string | null): string {
  if (ifMatch === null) {
    throw new BackendError('version_required', {
      detail: 'Send the version you read in If-Match, in quotes.',
    });
  }
  const version = /^(?:W\/)?"([\x21\x23-\x7e]{1,200})"$/.exec(ifMatch.trim())?.[1];
  if (version === undefined) {
    throw new BackendError('validation_failed', { errors: [fieldError('If-Match', 'invalid')] });
  }
  return version;
}

/** Digest of operation, record and body: what makes two requests the same request. */
export async function fingerprintOf(operation: string, id: string, body: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(canonical([operation, id, body]));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** JSON with the keys of every object in order, so that their order on the wire does not count. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
