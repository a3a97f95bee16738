import type * as z from 'zod/mini';

import type { FieldError } from '../../src/contract/problem.js';
import type { WholeRoute } from '../../src/contract/inputs.js';
import type { RouteId } from '../../src/contract/routes.js';
import type { Actor, CaseBackend } from '../backend.js';
import { BackendError } from '../backend-error.js';
import { fieldErrorsOf, isUnstorable, unstorableFields } from '../middleware/field-errors.js';
import { readJson } from '../middleware/read-body.js';
import type { ReceivedRequest } from '../middleware/received-body.js';
import { fingerprintOf, idempotencyKeyErrors, versionOf } from '../middleware/write-headers.js';
import { crossFieldErrors, missingFields } from './extra-checks.js';

/** A parsed request, before its operation is known to the types. */
export interface ParsedCall {
  readonly id: string;
  readonly query: unknown;
  readonly body: unknown;
  readonly context: {
    readonly actor: Actor;
    readonly signal: AbortSignal;
    readonly idempotencyKey?: string;
    readonly fingerprint?: string;
    readonly version?: string;
  };
  readonly request: ReceivedRequest;
}

/**
 * Reads a request by its route: path, query, headers and body, every bad field reported at once.
 *
 * @throws {BackendError} of the `validation` or `limit` family, or `not_found` for an id that cannot exist.
 */
export async function parseCall(
  routeId: RouteId,
  route: WholeRoute,
  pathId: string | undefined,
  request: ReceivedRequest,
  actor: Actor,
  backend: CaseBackend,
): Promise<ParsedCall> {
  const id = pathId ?? '';
  if (id.length > 200 || isUnstorable(id)) throw new BackendError('not_found');
  const { signal, headers } = request;

  const query = checked(queryOf(request), route.query, 'query');
  const body = checked(route.body && (await readJson(request)), route.body, 'body');
  const keyErrors = route.method === 'POST' ? idempotencyKeyErrors(headers.get('idempotency-key')) : [];
  const errors = [...keyErrors, ...query.errors, ...crossFieldErrors(query.value), ...body.errors];
  if (errors.length > 0) {
    const more =
      body.errors.length > 0 ? await missingFields(routeId, body.input, { actor, signal }, backend) : [];
    throw new BackendError('validation_failed', { errors: merged(errors, more) });
  }

  return {
    id,
    query: query.value,
    body: body.value,
    request,
    context: {
      actor,
      signal,
      ...(route.method === 'POST' && {
        idempotencyKey: headers.get('idempotency-key') ?? '',
        fingerprint: await fingerprintOf(routeId, id, route.content === 'bytes' ? query.value : body.value),
      }),
      ...(route.guarded && { version: versionOf(headers.get('if-match')) }),
    },
  };
}

interface Checked {
  readonly input: unknown;
  readonly value: unknown;
  readonly errors: readonly FieldError[];
}

function checked(input: unknown, schema: z.ZodMiniType | undefined, whole: string): Checked {
  if (schema === undefined) return { input, value: undefined, errors: [] };
  const result = schema.safeParse(input);
  const issues = result.error?.issues ?? [];
  // A repeated parameter is refused under its name, whichever of its values is wrong.
  const located =
    whole === 'query' ? issues.map((issue) => ({ ...issue, path: issue.path.slice(0, 1) })) : issues;
  const errors = fieldErrorsOf(located, input, whole);
  return { input, value: result.data, errors: merged(errors, unstorableFields(input)) };
}

function queryOf(request: ReceivedRequest): Record<string, string | string[]> {
  const parameters = new URL(request.url).searchParams;
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((key) => {
      const values = parameters.getAll(key);
      return [key, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}

/** The first error of each field. */
function merged(errors: readonly FieldError[], more: readonly FieldError[]): FieldError[] {
  const fields = new Set(errors.map(({ field }) => field));
  return [...errors, ...more.filter(({ field }) => !fields.has(field) && fields.add(field))];
}
