import type { OneOrMany } from '../contract/common.js';

/** What every call takes. */
export interface CallOptions {
  /** Cancels the call: it rejects with the platform's `AbortError` and is not repeated. */
  readonly signal?: AbortSignal | undefined;
}

/** What a call that creates something takes. */
export interface WriteOptions extends CallOptions {
  /** Repeating a call with the same key writes nothing twice (E-DUP). A fresh one for each call unless given. */
  readonly idempotencyKey?: string | undefined;
}

/** What a change of a record takes. */
export interface GuardedOptions extends CallOptions {
  /** The `version` of the record as it was read; the change is refused when it has moved meanwhile (CC-50). */
  readonly version: string;
}

/** What a guarded command takes. */
export interface CommandOptions extends GuardedOptions, WriteOptions {}

/** A query of the contract as callers write it: `count` is a boolean, and a list of one may be just the one. */
export type QueryInput<Q> = {
  readonly [K in keyof Q]?:
    | (K extends 'count' ? boolean : NonNullable<Q[K]> extends readonly (infer T)[] ? OneOrMany<T> : Q[K])
    | undefined;
};
