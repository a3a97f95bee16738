import { sql, type Kysely } from 'kysely';

const statements = [
  // Mail that comes back names the message, and no tenant.
  `create index notices_id on notices (id)`,
];

/** Finds the message that has come back. */
export const bounces = {
  async up(db: Kysely<never>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
