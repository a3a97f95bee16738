import { isConflictError, isForbiddenError, isGoneError, isNotFoundError } from '../../src/errors.js';

/** What is shown is out of date: somebody was faster, or a right was lost. */
export function isOutdated(error: unknown): boolean {
  return isConflictError(error) || isGoneError(error) || isNotFoundError(error) || isForbiddenError(error);
}
