import * as z from 'zod/mini';

/**
 * Every error code the contract knows, with its HTTP status, title and family (spec: Errors).
 *
 * A code is stable API: texts may change, codes never do.
 */
export const problemCodes = {
  // E-VAL: the request says something that cannot be.
  validation_failed: { status: 422, title: 'Some fields need attention', family: 'validation' },
  malformed_request: { status: 400, title: 'The request could not be read', family: 'validation' },
  idempotency_key_reused: {
    status: 422,
    title: 'The idempotency key belongs to another request',
    family: 'validation',
  },
  unsupported_media_type: { status: 415, title: 'The media type is not accepted', family: 'validation' },
  method_not_allowed: { status: 405, title: 'The method is not supported here', family: 'validation' },
  uri_too_long: { status: 414, title: 'The address is too long', family: 'validation' },
  headers_too_large: { status: 431, title: 'The headers are too large', family: 'validation' },
  request_timeout: { status: 408, title: 'The request came too slowly', family: 'validation' },
  version_required: { status: 428, title: 'The version read must be sent in If-Match', family: 'validation' },
  // The actor is unknown.
  unauthenticated: { status: 401, title: 'Sign-in needed', family: 'authentication' },
  // E-FORB
  forbidden: { status: 403, title: 'Not allowed', family: 'forbidden' },
  // E-404: the same for absent and hidden.
  not_found: { status: 404, title: 'Not available', family: 'not-found' },
  // E-CONF
  case_closed: { status: 409, title: 'The case is closed', family: 'conflict' },
  case_open: { status: 409, title: 'The case is open', family: 'conflict' },
  // Earlier public notes would be disclosed to a customer; `current` says how many, since when and to whom so far (CU-06).
  history_disclosure_unconfirmed: {
    status: 409,
    title: 'Earlier public notes would become readable',
    family: 'conflict',
  },
  request_in_progress: { status: 409, title: 'The same request is still being handled', family: 'conflict' },
  version_conflict: { status: 412, title: 'Somebody changed this meanwhile', family: 'conflict' },
  // The case is in an inbox already; `current` is that entry (IB-03).
  already_in_inbox: { status: 409, title: 'The case is in an inbox already', family: 'conflict' },
  // `by` owns it; `current` is the entry (IB-07, decision 8).
  entry_owned: { status: 409, title: 'Somebody else owns this', family: 'conflict' },
  entry_not_owned: { status: 409, title: 'Take it first', family: 'conflict' },
  // What was done is not the last thing done, not the caller's, or too long ago.
  undo_impossible: { status: 409, title: 'This cannot be undone any more', family: 'conflict' },
  // E-GONE
  gone: { status: 410, title: 'No longer there', family: 'gone' },
  // E-LIMIT
  too_large: { status: 413, title: 'Too large', family: 'limit' },
  rate_limited: { status: 429, title: 'Too many requests', family: 'limit' },
  // The server's own trouble.
  capability_missing: { status: 501, title: 'The case backend cannot do this', family: 'unavailable' },
  unavailable: { status: 503, title: 'Not available for the moment', family: 'unavailable' },
  internal: { status: 500, title: 'Something went wrong', family: 'unavailable' },
} as const;

/** A stable error code of the contract. */
export type ProblemCode = keyof typeof problemCodes;

/** What kind of trouble a code is; the SDK throws one error class per family. */
export type ProblemFamily = (typeof problemCodes)[ProblemCode]['family'];

/** The codes that may stand at one field of a refused request. */
export const fieldErrorCodes = [
  'required',
  'invalid',
  'too_long',
  'too_many',
  'not_a_date',
  'empty_range',
  'unknown_value',
  'unknown_field',
  'retired_value',
  'not_found',
  'blocked_type',
  'duplicate',
  'self_share',
  'principal_out_of_scope',
  'already_shared',
  'in_the_past',
  'no_address',
  'external_recipient',
  'not_a_member',
  'needs_read',
  'same_inbox',
  'date_not_expected',
] as const;

/** Why one field was refused. */
export type FieldErrorCode = (typeof fieldErrorCodes)[number];

export const fieldErrorSchema = z.object({
  field: z.string(),
  code: z.string(),
  message: z.string(),
  /** The limit that was passed, where there is one (characters, bytes or entries). */
  limit: z.optional(z.number()),
});
/**
 * One refused field: `field` is a dotted path into the body, or the name of a query parameter or header.
 *
 * @interface
 */
export type FieldError = z.infer<typeof fieldErrorSchema>;

export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.optional(z.string()),
  code: z.string(),
  errors: z.optional(z.array(fieldErrorSchema)),
  /** The id of the policy rule that refused. */
  rule: z.optional(z.string()),
  /** The limit that was passed, for `too_large` (bytes) and `rate_limited` (requests a minute, or streams at once). */
  limit: z.optional(z.number()),
  /** Which limit that is, such as `json-body` or `writes`. */
  limitName: z.optional(z.string()),
  by: z.optional(z.nullable(z.object({ id: z.string(), name: z.string() }))),
  at: z.optional(z.nullable(z.string())),
  current: z.optional(z.unknown()),
  /** What to name when asking the operator about it; also in `X-Request-Id` and in each line of the log. */
  requestId: z.optional(z.string()),
});
/**
 * RFC 9457 problem details: the one error body of the contract.
 *
 * `current` is the record as it stands now, for a conflict; `by` and `at` say who moved it and when.
 *
 * @interface
 */
export type Problem = z.infer<typeof problemSchema>;
