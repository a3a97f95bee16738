import { problemCodes, type FieldError, type ProblemCode } from '../../../src/contract/problem.js';
import { BackendError } from '../../backend-error.js';
import { fieldError } from '../../middleware/field-errors.js';
import { at, textAt } from './pointers.js';
import type { ErrorMap } from './options.js';

const usual: Readonly<Record<number, ProblemCode>> = {
  400: 'validation_failed',
  403: 'forbidden',
  404: 'not_found',
  409: 'version_conflict',
  410: 'gone',
  412: 'version_conflict',
  413: 'too_large',
  422: 'validation_failed',
};

/** Whether a status says that something was done. */
export function isDone(status: number): boolean {
  return status >= 200 && status < 300;
}

/**
 * What a refusal of the API means. Its own words stay where they are: they may say more than its reader may know.
 *
 * @param ours Their names of fields and ours.
 */
export async function refusalOf(
  answer: Response,
  name: string,
  { code, codes = {}, statuses = {}, fields }: ErrorMap,
  ours: ReadonlyMap<string, string>,
): Promise<BackendError> {
  const body: unknown = await answer.json().catch(() => undefined);
  const word = textAt(body, code);
  const named = word !== undefined && Object.hasOwn(codes, word) ? codes[word] : undefined;
  const found = named ?? statuses[String(answer.status)] ?? usual[answer.status];
  if (found === undefined || found === 'unavailable') return unavailable(answer.status, name);
  if (found === 'validation_failed') {
    const errors = fields ? fieldErrors(at(body, fields.at), fields, ours) : [];
    return new BackendError(found, {
      detail: `${name} did not take what was sent.`,
      ...(errors.length > 0 && { errors }),
    });
  }
  if (found === 'forbidden') {
    return new BackendError(found, { rule: 'backend.refused', detail: `${name} does not let you do this.` });
  }
  return new BackendError(found, { detail: problemCodes[found].title });
}

function unavailable(status: number, name: string): BackendError {
  // Not the caller's doing: their token was good, and what this server signs in with was not.
  const detail =
    status === 401 || status === 407
      ? `${name} does not let this server in.`
      : `${name} answered with ${status}, which nobody expected.`;
  return new BackendError('unavailable', { detail });
}

function fieldErrors(
  found: unknown,
  { name, names = {} }: NonNullable<ErrorMap['fields']>,
  ours: ReadonlyMap<string, string>,
): FieldError[] {
  const theirs = Array.isArray(found)
    ? found.map((entry) => (typeof entry === 'string' ? entry : textAt(entry, name)))
    : typeof found === 'object' && found !== null
      ? Object.keys(found)
      : [];
  return theirs
    .filter((field) => field !== undefined)
    .map((field) => fieldError(names[field] ?? ours.get(field) ?? field, 'invalid'));
}

/** The names the API has for what is sent in a body, each with the placeholder that stands there. */
export function namesInBody(body: unknown): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    for (const [name, value] of Object.entries(part)) {
      const slot = typeof value === 'string' ? /^\{(\w+)\}$/.exec(value)?.[1] : undefined;
      if (slot !== undefined && !names.has(name)) names.set(name, slot);
      visit(value);
    }
  };
  visit(body);
  return names;
}
