import { sql, type Kysely } from 'kysely';

const statements = [
  `create table loose_files (
    tenant text collate "C", storage_key text collate "C", since timestamptz(3) not null,
    sweeping_since timestamptz(3), primary key (tenant, storage_key))`,
  `create index loose_files_since on loose_files (since)`,
];

/** Files in the store that no attachment stands for (yet). */
export const looseFiles = {
  async up(db: Kysely<never>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
