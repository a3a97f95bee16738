import { sql, type Kysely } from 'kysely';

/** What the files of each tenant add up to: a quota asks for it at every upload. */
export const storedBytes = {
  async up(db: Kysely<never>): Promise<void> {
    await sql`
      insert into counters (tenant, name, value)
      select tenant, 'attachment_bytes', sum(size) from attachments group by tenant`.execute(db);
  },
};
