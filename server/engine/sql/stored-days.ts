import { sql, type RawBuilder } from 'kysely';

/**
 * A number of days as the settings of a tenant hold it, in `jsonb`, for a question about all tenants: `usual` where nothing
 * is said. What cannot be meant is `null`, as no limit is: it must neither fail for everybody nor take anything away.
 */
export function storedDays(
  value: RawBuilder<unknown>,
  usual: number | null,
  most: number,
): RawBuilder<number> {
  return sql<number>`case when ${value} is null then ${usual}::integer
    when jsonb_typeof(${value}) <> 'number' then null
    when (${value})::numeric between 1 and ${most}::integer and (${value})::numeric = trunc((${value})::numeric)
      then (${value})::numeric::integer end`;
}
