import type * as z from 'zod/mini';

import { problemSchema, type Problem } from '../contract/problem.js';
import {
  AuthenticationError,
  ConflictError,
  ForbiddenError,
  GoneError,
  LimitError,
  NetworkError,
  NotFoundError,
  SchemaError,
  UnavailableError,
  ValidationError,
  type CaseError,
  type CaseErrorOptions,
} from '../errors.js';

type ErrorClass = new (message: string, options: CaseErrorOptions) => CaseError;

// What a body that is not problem details is taken for: by its status alone.
const byStatus: Readonly<Record<number, readonly [ErrorClass, string]>> = {
  401: [AuthenticationError, 'unauthenticated'],
  403: [ForbiddenError, 'forbidden'],
  404: [NotFoundError, 'not_found'],
  409: [ConflictError, 'version_conflict'],
  410: [GoneError, 'gone'],
  412: [ConflictError, 'version_conflict'],
  413: [LimitError, 'too_large'],
  429: [LimitError, 'rate_limited'],
  501: [UnavailableError, 'capability_missing'],
};

/** The error that an answer with a status of 300 or more stands for. */
export async function errorOf(response: Response): Promise<CaseError> {
  const { status, headers } = response;
  const [Family, code] =
    byStatus[status] ??
    (status >= 400 && status < 500
      ? [ValidationError, 'malformed_request']
      : [UnavailableError, status === 500 ? 'internal' : 'unavailable']);
  const problem = parseProblem(await textOf(response));
  return new Family(problem?.detail ?? problem?.title ?? `The server answered ${status}.`, {
    code: problem?.code ?? code,
    status,
    problem,
    retryAfter: parseRetryAfter(headers.get('retry-after')),
  });
}

/** The body of an answer, matched against the contract. */
export async function parsedBy<S extends z.ZodMiniType>(schema: S, response: Response): Promise<z.infer<S>> {
  const text = await textOf(response);
  let cause: unknown;
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
    cause = parsed.error;
  } catch (error) {
    cause = error;
  }
  throw new SchemaError(`The answer of ${response.url} does not match the contract: ${String(cause)}`, {
    code: 'schema_mismatch',
    status: response.status,
    cause,
  });
}

/** A connection may break in the middle of an answer. */
export async function unbroken<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (cause) {
    throw new NetworkError('The server could not be reached.', { code: 'network_failed', cause });
  }
}

function textOf(response: Response): Promise<string> {
  return unbroken(response.text());
}

function parseProblem(text: string): Problem | undefined {
  try {
    return problemSchema.safeParse(JSON.parse(text)).data;
  } catch {
    // A proxy's page, for example: the status alone must do.
    return undefined;
  }
}

function parseRetryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = Number(header);
  const wait = Number.isNaN(seconds) ? (Date.parse(header) - Date.now()) / 1000 : seconds;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}
