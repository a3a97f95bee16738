import type * as z from 'zod/mini';

import type { FieldError, FieldErrorCode } from '../../src/contract/problem.js';

const messages: Record<FieldErrorCode, string> = {
  required: 'Required.',
  invalid: 'Not a value this field can have.',
  too_long: 'Too long.',
  too_many: 'Too many entries.',
  not_a_date: 'Not a date.',
  empty_range: 'The end must not be before the beginning.',
  unknown_value: 'Not one of the values to choose from.',
  unknown_field: 'There is no such field here.',
  retired_value: 'This value can no longer be chosen.',
  not_found: 'Not available.',
  blocked_type: 'Files of this type are not accepted.',
  duplicate: 'Named twice.',
  self_share: 'A case cannot be shared with whom it belongs to.',
  principal_out_of_scope: 'The case cannot be shared with this person.',
  already_shared: 'Has access already.',
  in_the_past: 'Choose a moment in the future.',
  no_address: 'No e-mail address is known of them.',
  external_recipient: 'Cases are forwarded to agents only.',
  not_a_member: 'Choose a member of the inbox who may read it.',
  needs_read: 'Whoever forwards or cancels has to read as well.',
  same_inbox: 'Choose another inbox: it is in this one.',
  date_not_expected: 'This due type has no date.',
};

/** One refused field with the sentence for its code. */
export function fieldError(field: string, code: FieldErrorCode, limit?: number): FieldError {
  if (limit === undefined) return { field, code, message: messages[code] };
  const message =
    code === 'too_long'
      ? `Too long: at most ${limit} characters.`
      : code === 'too_many'
        ? `Too many: at most ${limit}.`
        : messages[code];
  return { field, code, message, limit };
}

type Issue = z.core.$ZodIssue;

/** Every refused field of `input`, as its schema saw it. */
export function fieldErrorsOf(issues: readonly Issue[], input: unknown, whole: string): FieldError[] {
  const errors = issues.flatMap((found) => {
    const issue = { ...found, path: withinInput(input, found.path) };
    const field = issue.path.map(String).join('.') || whole;
    if (issue.code === 'unrecognized_keys') {
      const prefix = issue.path.length > 0 ? `${field}.` : '';
      return issue.keys.map((key) => fieldError(prefix + key.slice(0, 100), 'unknown_field'));
    }
    return [toFieldError(field, issue, input)];
  });
  const seen = new Set<string>();
  return errors.filter(({ field }) => !seen.has(field) && seen.add(field));
}

/** A list of one may be sent as just the one: then that is what is wrong, and has no place in a list. */
function withinInput(input: unknown, path: readonly PropertyKey[]): PropertyKey[] {
  const owner = path.slice(0, -1);
  return typeof valueAt(input, owner) === 'string' ? owner : [...path];
}

function toFieldError(field: string, issue: Issue, input: unknown): FieldError {
  if (valueAt(input, issue.path) === undefined) return fieldError(field, 'required');
  if (issue.message === 'not_a_date') return fieldError(field, 'not_a_date');
  if (issue.code === 'invalid_value') return fieldError(field, 'unknown_value');
  if (issue.code === 'too_big') {
    const limit = Number(issue.maximum);
    if (issue.origin === 'string') return fieldError(field, 'too_long', limit);
    if (issue.origin === 'array') return fieldError(field, 'too_many', limit);
    return fieldError(field, 'invalid', limit);
  }
  if (issue.code === 'too_small' && issue.origin === 'string') return fieldError(field, 'required');
  return fieldError(field, 'invalid');
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    input,
  );
}

const unstorable = /\u0000|\p{Surrogate}/u;

/** Whether a text holds what no database keeps: NUL, or half of a surrogate pair. */
export function isUnstorable(text: string): boolean {
  return unstorable.test(text);
}

// Nothing in the contract nests deeper: what does has been refused by its schema.
const deepest = 10;

/** The fields of `input` whose text cannot be kept. */
export function unstorableFields(input: unknown, path = '', depth = 0): FieldError[] {
  if (typeof input === 'string') return isUnstorable(input) ? [fieldError(path, 'invalid')] : [];
  if (typeof input !== 'object' || input === null || depth > deepest) return [];
  return Object.entries(input).flatMap(([key, value]) =>
    unstorableFields(value, path === '' ? key : `${path}.${key}`, depth + 1),
  );
}
