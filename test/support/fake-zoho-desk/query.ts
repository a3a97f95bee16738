import type { Context } from 'hono';

import { unprocessable } from './refusals.js';

/** The query of a request, with nothing in it that the description does not name. */
export class Query {
  readonly #values: URLSearchParams;

  constructor(context: Context, allowed: readonly string[]) {
    this.#values = new URL(context.req.url).searchParams;
    for (const name of this.#values.keys()) {
      if (name !== 'orgId' && !allowed.includes(name)) {
        throw unprocessable(`Extra query parameter '${name}' is present in the input.`);
      }
    }
  }

  text(name: string): string | undefined {
    return this.#values.get(name) ?? undefined;
  }

  /** Comma-separated values. */
  list(name: string, of?: readonly string[]): string[] | undefined {
    const values = this.text(name)?.split(',').filter(Boolean);
    if (of && values?.some((value) => !of.includes(value))) throw this.#bad(name);
    return values;
  }

  set(name: string, of: readonly string[]): ReadonlySet<string> {
    return new Set(this.list(name, of));
  }

  whole(name: string, usual: number, least: number, most = Infinity): number {
    const value = this.text(name);
    if (value === undefined) return usual;
    if (!/^\d+$/.test(value) || Number(value) < least || Number(value) > most) throw this.#bad(name);
    return Number(value);
  }

  flag(name: string): boolean | undefined {
    const value = this.text(name);
    if (value !== undefined && value !== 'true' && value !== 'false') throw this.#bad(name);
    return value === undefined ? undefined : value === 'true';
  }

  sortBy(of: readonly string[]): { field: string; sign: 1 | -1 } | undefined {
    const value = this.text('sortBy');
    if (value === undefined) return undefined;
    const field = value.replace(/^-/, '');
    if (!of.includes(field)) throw this.#bad('sortBy');
    return { field, sign: value.startsWith('-') ? -1 : 1 };
  }

  /** Two instants, both included. */
  range(name: string): ((instant: string | null) => boolean) | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const [from = '', to = '', ...more] = value.split(',');
    const valid = /^(19|20)\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/;
    if (!valid.test(from) || !valid.test(to) || more.length > 0) throw this.#bad(name);
    return (instant) =>
      instant !== null && Date.parse(instant) >= Date.parse(from) && Date.parse(instant) <= Date.parse(to);
  }

  #bad(name: string) {
    return unprocessable(`The value passed for the '${name}' query parameter is invalid.`);
  }
}

/** A page as every list answers it: 204 where there is nothing. */
export function listAnswer(context: Context, data: readonly unknown[], more: object = {}): Response {
  return data.length === 0 ? context.body(null, 204) : context.json({ data, ...more });
}

export function sorted<T>(
  rows: readonly T[],
  by: { field: string; sign: 1 | -1 } | undefined,
  valueOf: (row: T, field: string) => string,
): T[] {
  if (!by) return [...rows];
  return [...rows].sort((a, b) => {
    const [left, right] = [valueOf(a, by.field), valueOf(b, by.field)];
    return left === right ? 0 : (left < right ? -1 : 1) * by.sign;
  });
}
