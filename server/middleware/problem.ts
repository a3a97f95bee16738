import { problemCodes, type Problem } from '../../src/contract/problem.js';
import type { BackendError } from '../backend-error.js';

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

/** What the answer to a refused request says besides the error. */
export interface ProblemResponseOptions {
  readonly requestId?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The answer to a refused request. */
export function problemResponse(
  error: BackendError,
  { requestId, headers }: ProblemResponseOptions = {},
): Response {
  const problem = problemOf(error, requestId);
  const { retryAfter } = error.options;
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      'content-type': 'application/problem+json',
      // Names the scheme to a caller without a usable token, as RFC 6750 asks.
      ...(error.code === 'unauthenticated' && { 'www-authenticate': 'Bearer error="invalid_token"' }),
      ...(retryAfter !== undefined && { 'retry-after': String(Math.max(1, Math.ceil(retryAfter))) }),
      // What is left of a body that came too slowly would be taken for the next request.
      ...(error.code === 'request_timeout' && { connection: 'close' }),
      ...headers,
    },
  });
}
