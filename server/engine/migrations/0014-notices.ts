import { sql, type Kysely } from 'kysely';

const statements = [
  // What a notice to them must know and their token alone said until now; `null`: nobody has said it yet.
  `alter table people add column roles text[], add column locale text`,
  `alter table grants add column notified text not null default 'off'
      check (notified in ('pending', 'sent', 'failed', 'off')),
    add column notified_at timestamptz(3), add column portal_only boolean not null default false`,
  `create table notices (
    tenant text collate "C", id text collate "C", key text collate "C" not null,
    event text not null, channel text not null,
    unit text not null check (unit in ('case', 'project')), unit_id text collate "C" not null,
    grant_id text collate "C", about_id text collate "C", recipient_id text collate "C" not null,
    by_id text collate "C",
    state text not null check (state in ('waiting', 'sent', 'failed', 'dropped')),
    attempts integer not null default 0, due_at timestamptz(3) not null, claimed_until timestamptz(3),
    created_at timestamptz(3) not null, done_at timestamptz(3), reason text,
    primary key (tenant, id), constraint notices_once unique (tenant, key))`,
  `create index notices_due on notices (due_at) where state = 'waiting'`,
  `create index notices_done on notices (done_at) where done_at is not null`,
  `create index notices_grant on notices (tenant, grant_id) where grant_id is not null`,
  `create index notices_about on notices (tenant, about_id) where about_id is not null`,
  `create index notices_told on notices (tenant, unit_id, recipient_id) where event = 'share'`,
  // How far the outbox has been read for notices; one row.
  `create table casement_notice_position (name text primary key, xid xid8 not null, seq bigint not null)`,
  `create table notice_preferences (
    tenant text collate "C", unit text not null, unit_id text collate "C", person_id text collate "C",
    replies boolean not null, changed_at timestamptz(3) not null,
    primary key (tenant, unit, unit_id, person_id))`,
];

/** Whom to tell of what, how far that has come, and who does not want to be told. */
export const notices = {
  async up(db: Kysely<never>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
