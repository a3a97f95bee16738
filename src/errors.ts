import type { FieldError, Problem } from './contract/problem.js';

/** What an error of the SDK may carry besides its message. */
export interface CaseErrorOptions {
  readonly code: string;
  /** The HTTP status, where a server answered. */
  readonly status?: number | undefined;
  /** The server's problem details, where it sent some. */
  readonly problem?: Problem | undefined;
  /** How long the server asks to wait, in seconds. */
  readonly retryAfter?: number | undefined;
  readonly cause?: unknown;
}

/**
 * What every call of the SDK rejects with, one subclass per family (spec: Errors).
 *
 * A call cancelled through its `signal`, or by `logout()` and `dispose()`, rejects with the platform's
 * `AbortError` instead.
 */
export class CaseError extends Error {
  override readonly name: string = 'CaseError';
  /** Stable, snake_case; of the contract where a server answered. */
  readonly code: string;
  readonly status: number | undefined;
  readonly problem: Problem | undefined;
  /** How long the server asks to wait before the next try, in seconds. */
  readonly retryAfter: number | undefined;

  constructor(message: string, { code, status, problem, retryAfter, cause }: CaseErrorOptions) {
    super(message, { cause });
    this.code = code;
    this.status = status;
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

/** E-VAL: the request says something that cannot be; `errors` names every refused field. */
export class ValidationError extends CaseError {
  override readonly name = 'ValidationError';
  get errors(): readonly FieldError[] {
    return this.problem?.errors ?? [];
  }
}

/** Nobody is signed in, the token was refused twice, or `getToken` failed (see `cause`). */
export class AuthenticationError extends CaseError {
  override readonly name = 'AuthenticationError';
}

/** E-FORB: the policy refused, by `rule`. */
export class ForbiddenError extends CaseError {
  override readonly name = 'ForbiddenError';
  get rule(): string | undefined {
    return this.problem?.rule;
  }
}

/** E-404: absent, or hidden from the actor; the two cannot be told apart. */
export class NotFoundError extends CaseError {
  override readonly name = 'NotFoundError';
}

/** E-CONF: the record's state or version has moved. `current` is the record as it stands, as the server sent it. */
export class ConflictError extends CaseError {
  override readonly name = 'ConflictError';
  get current(): unknown {
    return this.problem?.current;
  }
  /** Who moved it. */
  get by(): Problem['by'] {
    return this.problem?.by;
  }
  /** When it was moved, RFC 3339. */
  get at(): Problem['at'] {
    return this.problem?.at;
  }
}

/** E-GONE: no longer there; `by` and `at` say who ended it and when. */
export class GoneError extends CaseError {
  override readonly name = 'GoneError';
  get by(): Problem['by'] {
    return this.problem?.by;
  }
  get at(): Problem['at'] {
    return this.problem?.at;
  }
}

/** E-LIMIT: too large or too many; `limit` says how much is accepted. */
export class LimitError extends CaseError {
  override readonly name = 'LimitError';
  get limit(): number | undefined {
    return this.problem?.limit;
  }
}

/** The server or the backend behind it is in trouble, or cannot do this at all (`capability_missing`). */
export class UnavailableError extends CaseError {
  override readonly name = 'UnavailableError';
}

/** No answer arrived: no connection (`network_failed`), or none in time (`timeout`). */
export class NetworkError extends CaseError {
  override readonly name = 'NetworkError';
}

/** The answer does not match the contract (`schema_mismatch`); `cause` says where. */
export class SchemaError extends CaseError {
  override readonly name = 'SchemaError';
}

/** E-CONFIG: the client was set up wrongly (`invalid_configuration`). */
export class ConfigError extends CaseError {
  override readonly name = 'ConfigError';
}

// By name: two copies of the package on one page have two sets of classes.
function named(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}

/** Whether `error` is any error of the SDK. */
export function isCaseError(error: unknown): error is CaseError {
  return error instanceof Error && 'code' in error && 'problem' in error;
}
/** Whether `error` is a {@link ValidationError}, of this or of another copy of the package. */
export function isValidationError(error: unknown): error is ValidationError {
  return named(error, 'ValidationError');
}
/** Whether `error` is a {@link AuthenticationError}, of this or of another copy of the package. */
export function isAuthenticationError(error: unknown): error is AuthenticationError {
  return named(error, 'AuthenticationError');
}
/** Whether `error` is a {@link ForbiddenError}, of this or of another copy of the package. */
export function isForbiddenError(error: unknown): error is ForbiddenError {
  return named(error, 'ForbiddenError');
}
/** Whether `error` is a {@link NotFoundError}, of this or of another copy of the package. */
export function isNotFoundError(error: unknown): error is NotFoundError {
  return named(error, 'NotFoundError');
}
/** Whether `error` is a {@link ConflictError}, of this or of another copy of the package. */
export function isConflictError(error: unknown): error is ConflictError {
  return named(error, 'ConflictError');
}
/** Whether `error` is a {@link GoneError}, of this or of another copy of the package. */
export function isGoneError(error: unknown): error is GoneError {
  return named(error, 'GoneError');
}
/** Whether `error` is a {@link LimitError}, of this or of another copy of the package. */
export function isLimitError(error: unknown): error is LimitError {
  return named(error, 'LimitError');
}
/** Whether `error` is a {@link UnavailableError}, of this or of another copy of the package. */
export function isUnavailableError(error: unknown): error is UnavailableError {
  return named(error, 'UnavailableError');
}
/** Whether `error` is a {@link NetworkError}, of this or of another copy of the package. */
export function isNetworkError(error: unknown): error is NetworkError {
  return named(error, 'NetworkError');
}
/** Whether `error` is a {@link SchemaError}, of this or of another copy of the package. */
export function isSchemaError(error: unknown): error is SchemaError {
  return named(error, 'SchemaError');
}
/** Whether `error` is a {@link ConfigError}, of this or of another copy of the package. */
export function isConfigError(error: unknown): error is ConfigError {
  return named(error, 'ConfigError');
}
/** Whether a call was cancelled rather than failed. */
export function isAbortError(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
