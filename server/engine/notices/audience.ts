import { sql, type RawBuilder } from 'kysely';

/*
 * Queries of ids of people, each answered by an index: whom something is told to is found among those it can concern. A
 * condition on everybody would read the whole tenant, while what happens elsewhere waits to be told.
 */

/** The people of the customers and organisations that have a grant. `which` is a condition on `grants as g`. */
export function peopleOfGrantees(which: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select p.id from grants g join people p on p.tenant = g.tenant and p.customer_id = g.grantee_id
      where ${which} and g.grantee_kind = 'customer' and p.kind = 'customer'
    union select p.id from grants g join people p on p.tenant = g.tenant and p.organisation_id = g.grantee_id
      where ${which} and g.grantee_kind = 'organisation' and p.kind = 'customer'`;
}

/** The agents of any of these departments. */
export function agentsOf(tenant: string, departments: readonly string[]): RawBuilder<unknown> {
  return sql`select p.id from people p
    where p.tenant = ${tenant} and p.kind = 'agent' and p.departments && ${[...departments]}::text[]`;
}

/** These people; nobody for `null`. */
export function these(...ids: readonly (string | null)[]): RawBuilder<unknown> {
  return sql`select unnest(${[...ids]}::text[])`;
}

/** Whoever has said that they want to be told of replies, or that they do not. */
export function whoWants(
  replies: boolean,
  tenant: string,
  unit: 'case' | 'project',
  unitId: string,
): RawBuilder<unknown> {
  return sql`select w.person_id from notice_preferences w
    where w.tenant = ${tenant} and w.unit = ${unit} and w.unit_id = ${unitId} and w.replies = ${replies}`;
}

/** Everybody of any of them. */
export function anyOf(...queries: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql.join([...queries], sql` union `);
}
