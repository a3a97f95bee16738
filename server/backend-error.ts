import type { NamedRef } from '../src/contract/common.js';
import type { FieldError, ProblemCode } from '../src/contract/problem.js';

/** What a refusal tells besides its code. */
export interface BackendErrorOptions {
  readonly detail?: string;
  readonly errors?: readonly FieldError[];
  readonly rule?: string;
  readonly limit?: number;
  /** Which limit that is, such as `json-body`. */
  readonly limitName?: string;
  /** Seconds after which asking again may help; sent in `Retry-After`. */
  readonly retryAfter?: number;
  /** Who moved the record, for a conflict. */
  readonly by?: NamedRef | null;
  /** When, RFC 3339. */
  readonly at?: string | null;
  /** The record as it stands now. */
  readonly current?: unknown;
  readonly cause?: unknown;
}

/** The one error a backend throws; the app turns it into problem details. */
export class BackendError extends Error {
  override readonly name = 'BackendError';
  readonly code: ProblemCode;
  readonly options: BackendErrorOptions;

  constructor(code: ProblemCode, options: BackendErrorOptions = {}) {
    super(options.detail ?? code, { cause: options.cause });
    this.code = code;
    this.options = options;
  }
}
