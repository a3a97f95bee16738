import { BackendError } from '../backend-error.js';

/** What a page ended with: the value it was sorted by, and the id that tells equal ones apart. */
export interface Cursor {
  readonly value: string | number;
  readonly id: string | number;
}

/** Opaque to callers. `list` names the list and its order, so that a cursor of another is refused. */
export function encodeCursor(list: string, cursor: Cursor): string {
  const bytes = new TextEncoder().encode(JSON.stringify([list, cursor.value, cursor.id]));
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** Reads a cursor of the same list; `valid` tells whether the value is one the list can have. */
export function decodeCursor(
  list: string,
  text: string | undefined,
  valid: (cursor: { value: unknown; id: unknown }) => boolean,
): Cursor | null {
  if (text === undefined) return null;
  const parts = parse(text);
  if (!Array.isArray(parts) || parts.length !== 3 || parts[0] !== list) throw brokenCursor();
  const [, value, id] = parts as [string, unknown, unknown];
  if (!isPart(value) || !isPart(id) || !valid({ value, id })) throw brokenCursor();
  return { value, id };
}

function isPart(part: unknown): part is string | number {
  return typeof part === 'string' ? !/[\0\p{Surrogate}]/u.test(part) : Number.isSafeInteger(part);
}

function parse(text: string): unknown {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}

function brokenCursor(): BackendError {
  return new BackendError('validation_failed', {
    errors: [{ field: 'cursor', code: 'invalid', message: 'The cursor does not belong to this list.' }],
  });
}

/** Whether a value of a cursor is an instant as the engine writes them. */
export function isInstant(value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) && isTime(value);
}

/** Whether a value of a cursor is a calendar date. */
export function isDate(value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && isTime(value);
}

function isTime(value: string): boolean {
  const time = new Date(value);
  return (
    !Number.isNaN(time.getTime()) &&
    time.getUTCFullYear() >= 1 &&
    time.toISOString().startsWith(value.slice(0, 10))
  );
}
