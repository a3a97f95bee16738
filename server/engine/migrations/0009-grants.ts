import { sql, type Kysely } from 'kysely';

const statements = [
  `alter table grants add column version bigint not null default 1`,
  // Who last changed it, and when: for whoever comes second.
  `alter table grants add column changed_by text collate "C", add column changed_at timestamptz(3)`,
  `update grants set changed_by = given_by, changed_at = given_at`,
  // Where a person has to belong for the grant to hold: who leaves, loses.
  `alter table grants add column member_of text collate "C"`,
  `update grants g set revoked_at = g.given_at where g.revoked_at is null and exists (
    select from grants o where o.tenant = g.tenant and o.unit = g.unit and o.unit_id = g.unit_id
      and o.grantee_kind = g.grantee_kind and o.grantee_id = g.grantee_id and o.revoked_at is null and o.id > g.id)`,
  `create unique index grants_once on grants (tenant, unit, unit_id, grantee_kind, grantee_id)
    where revoked_at is null`,
  `create index people_organisation on people (tenant, organisation_id, lower(name), id)
    where organisation_id is not null`,
];

/** What sharing needs besides: versions, memberships, and one grant in force for each grantee. */
export const grants = {
  async up(db: Kysely<never>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
