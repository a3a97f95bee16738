import { isValidationError } from '../../src/errors.js';

/** Whom no e-mail reaches, by the names that `keyAt` gives the places of what was sent (CU-04). */
export function unreachableIn(
  error: unknown,
  keyAt: (field: string) => string | undefined,
): readonly string[] {
  if (!isValidationError(error)) return [];
  return error.errors.filter(({ code }) => code === 'no_address').flatMap(({ field }) => keyAt(field) ?? []);
}
