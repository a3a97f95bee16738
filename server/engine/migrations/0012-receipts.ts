import { sql, type Kysely } from 'kysely';

const statements = [
  `create table receipts (
    tenant text collate "C" not null,
    case_id text collate "C" not null,
    person_id text collate "C" not null,
    first_at timestamptz(3) not null,
    last_at timestamptz(3) not null,
    primary key (tenant, case_id, person_id))`,
  `create index receipts_last on receipts (last_at)`,
  // Where a customer started a new conversation: the moment, and the last note before it in the order of writing.
  `alter table grants add column history_from timestamptz(3), add column history_after bigint`,
  // The end that was told of in advance: another end is told of again.
  `alter table grants add column reminded_of timestamptz(3)`,
  `create index grants_expiring on grants (expires_at) where revoked_at is null and expires_at is not null`,
];

/** Who opened a case, from where on customers read, and what ends by itself. */
export const receipts = {
  async up(db: Kysely<never>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
