import { sql, type Kysely } from 'kysely';

// An internal note moves `updated_at`: a customer who saw that would know of it.
const statements = [
  `alter table cases add column public_updated_at timestamptz(3)`,
  `update cases c set public_updated_at = greatest(c.created_at, c.changed_at, (
    select max(n.at) from notes n where n.tenant = c.tenant and n.case_id = c.id and n.visibility = 'public'))`,
  `alter table cases alter column public_updated_at set not null`,
  `drop index cases_requester`,
  `create index cases_requester on cases (tenant, requester_id, public_updated_at, id)`,
];

/** When a case last changed as far as customers may know. */
export const publicUpdates = {
  async up(db: Kysely<never>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
