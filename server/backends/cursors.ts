import { decodeCursor, encodeCursor } from '../input/cursor.js';

/**
 * Where the next page of a vendor's list begins: a page number, an offset, or the vendor's own cursor. `list` names the list
 * with everything that narrows and sorts it, so that a cursor of another is refused.
 */
export function encodePlace(list: string, place: string | number): string {
  return encodeCursor(list, { value: place, id: 0 });
}

/**
 * The place a cursor names, `first` without one.
 *
 * @throws {BackendError} `validation_failed` for a cursor of another list, or for a place it cannot have.
 */
export function readPlace(list: string, cursor: string | undefined, first: number): number;
export function readPlace(list: string, cursor: string | undefined): string | undefined;
export function readPlace(list: string, cursor: string | undefined, first?: number) {
  const valid = ({ value }: { value: unknown }) =>
    first === undefined ? typeof value === 'string' : Number.isSafeInteger(value) && Number(value) >= first;
  return decodeCursor(list, cursor, valid)?.value ?? first;
}
