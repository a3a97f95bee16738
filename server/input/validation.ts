import type { FieldError, FieldErrorCode } from '../../src/contract/problem.js';
import type { Choice } from '../../src/contract/settings.js';
import { BackendError } from '../backend-error.js';
import { characters, distinct, isStorable } from './text.js';

/** Collects what is wrong with an input, so that every bad field is told at once. */
export class FieldErrors {
  readonly #errors: FieldError[];
  readonly #path: string;

  constructor(errors: FieldError[] = [], path = '') {
    this.#errors = errors;
    this.#path = path;
  }

  /** Collects what is wrong with a part of the input, beside what is wrong with the rest. */
  below(path: string): FieldErrors {
    return new FieldErrors(this.#errors, `${this.#path}${path}.`);
  }

  add(name: string, code: FieldErrorCode, message: string, limit?: number): void {
    const field = `${this.#path}${name}`;
    this.#errors.push({ field, code, message, ...(limit !== undefined && { limit }) });
  }

  required(field: string, message = 'This is needed.'): void {
    this.add(field, 'required', message);
  }

  /** Throws `validation_failed` when anything was added. */
  throwIfAny(): void {
    if (this.#errors.length > 0) throw new BackendError('validation_failed', { errors: this.#errors });
  }

  /** A text of at most `limit` characters; blank counts as missing. */
  text(field: string, value: string | undefined, limit: number, mandatory: boolean): string {
    const text = value ?? '';
    if (text.trim() === '') {
      if (mandatory) this.required(field);
      else if (!isStorable(text)) this.#unstorable(field);
      return mandatory ? '' : text.trim();
    }
    if (!isStorable(text)) this.#unstorable(field);
    if (characters(text) > limit) {
      this.add(field, 'too_long', `At most ${limit} characters; this has ${characters(text)}.`, limit);
    }
    return text;
  }

  /** A text of one line, without blanks around it. */
  line(field: string, value: string | undefined, limit: number, mandatory: boolean): string {
    const text = this.text(field, value, limit, mandatory).trim();
    // NUL and lone surrogates have been told already.
    if (/[\x01-\x1f\x7f-\x9f\u2028\u2029]/.test(text)) {
      this.add(field, 'invalid', 'Line breaks and control characters are not allowed here.');
    }
    return text;
  }

  /** A value of a configured list. `kept` is what the record holds now: it may stay although it is retired. */
  choice(
    field: string,
    value: string | null | undefined,
    list: readonly Choice[],
    mandatory: boolean,
    kept?: string | null,
  ): string | null {
    if (value === undefined || value === null || value.trim() === '') {
      if (mandatory) this.required(field, 'Choose one.');
      return null;
    }
    if (value === kept) return value;
    const choice = list.find(({ id }) => id === value);
    if (!choice) this.add(field, 'unknown_value', `There is no such choice: choose one of the list.`);
    else if (choice.retired) this.add(field, 'retired_value', `“${choice.label}” can no longer be chosen.`);
    return value;
  }

  /** Trimmed, each once whatever its case, in their order. */
  tags(field: string, value: readonly string[] | undefined, limits: { tag: number; tags: number }): string[] {
    const given = (value ?? []).map((raw, index) => this.line(`${field}.${index}`, raw, limits.tag, true));
    const tags = distinct(given.filter((tag) => tag !== ''));
    if (tags.length > limits.tags) this.add(field, 'too_many', `At most ${limits.tags} tags.`, limits.tags);
    return tags;
  }

  /** A calendar date the database can hold. */
  date(field: string, value: string | null | undefined): string | null {
    if (value === undefined || value === null) return null;
    if (parseMoment(value) === null) this.add(field, 'not_a_date', 'Not a date: write it as YYYY-MM-DD.');
    return value;
  }

  #unstorable(field: string): void {
    this.add(field, 'invalid', 'The text holds characters that cannot be stored.');
  }
}

/** A date or RFC 3339 instant as an instant in UTC; `null` when it is none, or of a year that cannot be stored. */
export function parseMoment(value: string): string | null {
  const time = new Date(value);
  if (Number.isNaN(time.getTime())) return null;
  // 30 February would silently become 2 March.
  const day = /^\d{4}-\d\d-\d\d/.exec(value)?.[0];
  if (day !== undefined && isoDay(day) !== day) return null;
  const year = time.getUTCFullYear();
  return year >= 1 && year <= 9999 ? time.toISOString() : null;
}

function isoDay(day: string): string | undefined {
  const time = new Date(day);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString().slice(0, 10);
}
