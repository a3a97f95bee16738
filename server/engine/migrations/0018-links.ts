import { sql, type Kysely } from 'kysely';

const statements = [
  `alter table cases add column links jsonb not null default '[]'::jsonb`,
  // Few cases are linked: whoever asks for those of one invoice need not look at the others.
  `create index cases_links on cases using gin (links jsonb_path_ops) where links <> '[]'::jsonb`,
  `alter table notes add column action jsonb`,
];

/** Objects of the host that a case is about, and what its actions came to. */
export const links = {
  async up(db: Kysely<never>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
