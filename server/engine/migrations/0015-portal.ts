import { sql, type Kysely } from 'kysely';

// The cases of an organisation are those of its customers, who are found first.
const statements = [
  `create index customers_organisation on customers (tenant, organisation_id) where organisation_id is not null`,
];

export const portal = {
  async up(db: Kysely<never>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
