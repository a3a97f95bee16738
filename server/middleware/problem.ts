import type { BackendError } from '../backend-error.js';
import { problemOf } from '../problem-of.js';

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
