import { sql, type Kysely } from 'kysely';

/** A trigger for each row does not see a table being emptied. */
const statements = ['history', 'settings_history'].map(
  (table) => `create trigger ${table}_not_emptied before truncate on ${table}
    for each statement execute function refuse_change()`,
);

export const appendOnly = {
  async up(db: Kysely<never>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
