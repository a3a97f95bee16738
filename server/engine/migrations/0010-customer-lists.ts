import { sql, type Kysely } from 'kysely';

// What a customer's page asks for first: the order is then in the index, and only the cases shown are read.
const statements = [
  `create index cases_customer_status_updated on cases (tenant, customer_id, status, updated_at, id)`,
];

export const customerLists = {
  async up(db: Kysely<never>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
