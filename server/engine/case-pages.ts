import { sql, type RawBuilder } from 'kysely';

/** One page of cases, as conditions on `cases as c`. */
export interface PageAsked {
  /** What the index of every order answers: the tenant, and where the page before ended. */
  readonly range: readonly RawBuilder<boolean>[];
  /** Everything else that is asked. */
  readonly conditions: readonly RawBuilder<boolean>[];
  /** What leaves the cases the actor may see. */
  readonly visible: RawBuilder<boolean>;
  readonly value: RawBuilder<unknown>;
  readonly direction: RawBuilder<unknown>;
  readonly limit: number;
}

// Enough to fill a page with what one case in forty matches, in a millisecond or two.
const seekRows = 1_000;

/** All of the conditions. */
export function allOf(conditions: readonly RawBuilder<boolean>[]): RawBuilder<boolean> {
  return sql<boolean>`${sql.join([...conditions], sql` and `)}`;
}

/**
 * The ids of a page: the first cases in order by each way of seeing them alone, then together. For orders in which each
 * way has an index of its own, and for who sees little of much: they would otherwise have the whole order walked in search
 * of it.
 */
export function idsByWays(
  ways: readonly RawBuilder<boolean>[],
  { range, conditions, value, direction, limit }: PageAsked,
): RawBuilder<unknown> {
  const each = ways.map(
    (way) => sql`(select c.id, ${value} as place from cases c where ${allOf([...range, ...conditions, way])}
      order by ${value} ${direction}, c.id ${direction} limit ${limit})`,
  );
  return sql`select w.id from (${sql.join(each, sql` union `)}) w
    order by w.place ${direction}, w.id ${direction} limit ${limit}`;
}

/**
 * The ids of a page: from the beginning of the order where that is enough, and otherwise from everything that matches,
 * sorted. How much matches is found out rather than estimated: the planner takes words for independent of each other,
 * and would walk a whole order for two that are frequent and never meet.
 */
export function idsBySeeking({
  range,
  conditions,
  visible,
  value,
  direction,
  limit,
}: PageAsked): RawBuilder<unknown> {
  const wanted = [...conditions, visible];
  const ordered = sql`order by ${value} ${direction}, c.id ${direction}`;
  return sql`with sought as materialized (
      select c.id from (select c.* from cases c where ${allOf(range)} ${ordered} limit ${seekRows}) c
      where ${allOf(wanted)} ${ordered} limit ${limit}),
    matching as materialized (
      select c.id, ${value} as place from cases c where ${allOf([...range, ...wanted])})
    select s.id from sought s
    union all
    (select m.id from matching m where (select count(*) from sought) < ${limit}
      order by m.place ${direction}, m.id ${direction} limit ${limit})`;
}
