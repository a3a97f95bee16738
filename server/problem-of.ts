import { problemCodes, type Problem } from '../src/contract/problem.js';
import type { BackendError } from './backend-error.js';

// More bad fields than any form has: an answer must not grow far beyond its request.
const mostErrors = 100;

/** The RFC 9457 body of an error: what the caller may know, and nothing else. */
export function problemOf(error: BackendError, requestId?: string): Problem {
  const { status, title } = problemCodes[error.code];
  const { detail, errors, rule, limit, limitName, by, at, current } = error.options;
  return {
    type: `urn:casement:problem:${error.code}`,
    title,
    status,
    code: error.code,
    ...(detail !== undefined && { detail }),
    ...(errors !== undefined && { errors: errors.slice(0, mostErrors) }),
    ...(rule !== undefined && { rule }),
    ...(limit !== undefined && { limit }),
    ...(limitName !== undefined && { limitName }),
    ...(by !== undefined && { by }),
    ...(at !== undefined && { at }),
    ...(current !== undefined && { current }),
    ...(requestId !== undefined && { requestId }),
  };
}
