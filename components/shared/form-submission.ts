import type { LitElement } from 'lit';

import type { FieldError } from '../../src/contract/problem.js';
import { isAbortError, isConflictError, isValidationError } from '../../src/errors.js';
import { fieldErrorText, type FieldErrors, type Sentence } from './field-errors.js';
import { focusFirstInvalid } from './fields.js';

/** What was sent, and the idempotency key it was sent under. */
export interface Attempt {
  readonly fingerprint: string;
  readonly key: string;
}

/** How one form sends what it holds. */
export interface Sending<T> {
  /** What is sent: the same again carries the same idempotency key, so a repeated press writes once (E-DUP). */
  readonly values: unknown;
  /** The rest of what is sent, where it must be waited for. */
  readonly complete?: () => Promise<unknown>;
  /** Keeps the attempt before it is made, for `resume` after a reload that nobody knows the answer of. */
  readonly keep?: (attempt: Attempt) => Promise<void>;
  /** Where the server's word about a field belongs in this form; `undefined` for one it does not show. */
  readonly place: (field: string) => string | undefined;
  /** That word in this form's own words; those of every form unless told. */
  readonly say?: (error: FieldError) => string;
  readonly write: (idempotencyKey: string) => Promise<T>;
}

/** One form's sending: one request at a time, refusals under their fields, anything else as `failure`. */
export class FormSubmission {
  readonly #host: LitElement;
  #attempt: Attempt | undefined;
  #errors: FieldErrors = {};
  #failure: unknown;
  #busy = false;

  constructor(host: LitElement) {
    this.#host = host;
  }

  /** What is wrong, by field. */
  get errors(): FieldErrors {
    return this.#errors;
  }

  /** Why the last attempt failed, where no field is to blame. */
  get failure(): unknown {
    return this.#failure;
  }

  /** A request is under way. */
  get busy(): boolean {
    return this.#busy;
  }

  /** The last attempt that nobody knows to have succeeded. */
  get attempt(): Attempt | undefined {
    return this.#attempt;
  }

  /** Goes on after `attempt`, made before a reload: what is sent unchanged carries its key again. */
  resume(attempt: Attempt | undefined): void {
    this.#attempt = attempt;
  }

  /** Shows what the client could tell by itself, with the focus on the first; answers whether nothing was wrong. */
  accept(errors: FieldErrors): boolean {
    this.#errors = errors;
    this.#failure = undefined;
    this.#host.requestUpdate();
    if (Object.keys(errors).length === 0) return true;
    void this.#focusFirst();
    return false;
  }

  /** A field was edited: what was said about it no longer holds. */
  touch(...fields: readonly string[]): void {
    if (fields.some((field) => this.#errors[field]))
      this.#errors = Object.fromEntries(
        Object.entries(this.#errors).filter(([field]) => !fields.includes(field)),
      );
  }

  /** Forgets errors and failure. */
  reset(): void {
    this.#errors = {};
    this.#failure = undefined;
    this.#host.requestUpdate();
  }

  /** Sends, unless a request is under way already; answers the result, or `undefined` when it failed. */
  async send<T>({ values, place, say, write, complete, keep }: Sending<T>): Promise<T | undefined> {
    if (this.#busy) return undefined;
    this.#busy = true;
    this.#failure = undefined;
    this.#host.requestUpdate();
    try {
      const attempt = this.#attemptFor(complete ? [values, await complete()] : values);
      await keep?.(attempt);
      const result = await write(attempt.key);
      this.#attempt = undefined;
      return result;
    } catch (error) {
      if (!isAbortError(error)) this.#refuse(error, place, say);
      return undefined;
    } finally {
      this.#busy = false;
      this.#host.requestUpdate();
    }
  }

  #attemptFor(values: unknown): Attempt {
    const fingerprint = JSON.stringify(values);
    if (this.#attempt?.fingerprint !== fingerprint) this.#attempt = { fingerprint, key: crypto.randomUUID() };
    return this.#attempt;
  }

  #refuse(error: unknown, place: Sending<unknown>['place'], say = fieldErrorText): void {
    if (!isValidationError(error)) {
      this.#failure = error;
      // Something else was sent under this key: it would be refused for ever.
      if (isConflictError(error) && error.code === 'idempotency_key_reused') this.#attempt = undefined;
      return;
    }
    const errors: Record<string, Sentence> = {};
    for (const fieldError of error.errors) {
      const field = place(fieldError.field);
      if (field) errors[field] ??= () => say(fieldError);
    }
    this.#errors = errors;
    if (error.errors.length === 0 || error.errors.some(({ field }) => !place(field))) this.#failure = error;
    void this.#focusFirst();
  }

  async #focusFirst(): Promise<void> {
    // Drawn anew first: a field that waited for the answer cannot take the focus yet.
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    focusFirstInvalid(this.#host.renderRoot);
  }
}
