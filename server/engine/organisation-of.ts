import { sql, type RawBuilder } from 'kysely';

/** The organisation of the customer of `cases`, by the name the question has for them. */
export function organisationOf(cases: string): RawBuilder<string | null> {
  return sql<string | null>`(select o.organisation_id from customers o
    where o.tenant = ${sql.ref(`${cases}.tenant`)} and o.id = ${sql.ref(`${cases}.customer_id`)})`;
}
