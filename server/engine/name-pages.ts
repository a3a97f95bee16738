import { sql, type RawBuilder } from 'kysely';

import type { Page } from '../../src/contract/common.js';
import { decodeCursor, encodeCursor } from '../input/cursor.js';
import { limits } from './settings-defaults.js';
import { FieldErrors } from '../input/validation.js';

/** What a list by name is asked for. */
export interface NamePageQuery {
  readonly q?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
  readonly count?: 'true' | 'false' | undefined;
}

/** What every row of such a list carries for the order. */
export interface NamedRow {
  readonly id: string;
  /** The name in small letters. */
  readonly sort: string;
}

/** The column `sort` of a table `c`. */
export const nameOrder = sql<string>`lower(c.name)`;

interface Rows<R> {
  where(condition: RawBuilder<boolean>): Rows<R>;
  orderBy(expression: RawBuilder<unknown>): { limit(limit: number): { execute(): Promise<R[]> } };
}

/** Refuses words to look for that are too long or stand nowhere. */
export function checkWords({ q }: NamePageQuery): void {
  const fields = new FieldErrors();
  fields.text('q', q, limits.search, false);
  fields.throwIfAny();
}

/** One page of `rows`, a question about a table `c`, by name and id; `total` is asked only when the query wants it. */
export async function pageByName<R extends NamedRow, T>(
  list: string,
  query: NamePageQuery,
  rows: Rows<R>,
  total: () => Promise<{ total: number }>,
  toItems: (rows: readonly R[]) => T[] | Promise<T[]>,
): Promise<Page<T>> {
  const cursor = decodeCursor(
    list,
    query.cursor,
    ({ value, id }) => typeof value === 'string' && typeof id === 'string',
  );
  const limit = query.limit ?? 25;
  const beyond = cursor
    ? rows.where(sql<boolean>`(${nameOrder}, c.id) > (${cursor.value}, ${cursor.id})`)
    : rows;
  const found = await beyond
    .orderBy(sql`${nameOrder}, c.id`)
    .limit(limit + 1)
    .execute();
  const shown = found.slice(0, limit);
  const last = found.length > limit ? shown.at(-1) : undefined;
  return {
    items: await toItems(shown),
    next: last ? encodeCursor(list, { value: last.sort, id: last.id }) : null,
    ...(query.count === 'true' && (await total())),
  };
}
