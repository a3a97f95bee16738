import { sql, type Kysely } from 'kysely';

const statements = [
  `create table inboxes (
    tenant text collate "C", id text collate "C", version bigint not null default 1, name text not null,
    retired boolean not null default false, opens_cases boolean not null default true,
    changed_by text collate "C", changed_at timestamptz(3) not null,
    primary key (tenant, id))`,
  `create unique index inboxes_name on inboxes (tenant, lower(name))`,
  `create table inbox_members (
    tenant text collate "C", inbox_id text collate "C", person_id text collate "C", rights text[] not null,
    primary key (tenant, inbox_id, person_id),
    foreign key (tenant, inbox_id) references inboxes (tenant, id))`,
  `create index inbox_members_person on inbox_members (tenant, person_id)`,
  // `undo` is what the last change of an entry took away, and whose that change was.
  `create table inbox_entries (
    tenant text collate "C", id text collate "C", version bigint not null default 1,
    inbox_id text collate "C" not null, from_inbox_id text collate "C",
    case_id text collate "C", customer_id text collate "C",
    message text not null, due_type text collate "C", due_on date,
    state text not null default 'open' check (state in ('open', 'completed', 'cancelled')),
    owner_id text collate "C", owned_at timestamptz(3),
    sent_by text collate "C", sent_at timestamptz(3) not null,
    ended_by text collate "C", ended_at timestamptz(3),
    changed_by text collate "C", changed_at timestamptz(3) not null, undo jsonb,
    primary key (tenant, id),
    foreign key (tenant, inbox_id) references inboxes (tenant, id),
    check (case_id is not null or customer_id is not null))`,
  `create index inbox_entries_due on inbox_entries (tenant, inbox_id, state, due_on, id)`,
  `create index inbox_entries_sent on inbox_entries (tenant, inbox_id, state, sent_at, id)`,
  `create index inbox_entries_owner on inbox_entries (tenant, owner_id) where state = 'open'`,
  `create index inbox_entries_case on inbox_entries (tenant, case_id) where case_id is not null`,
  // Whom an event about an inbox or an entry may reach.
  `alter table outbox add column inbox jsonb`,
];

/** Inboxes, their members, what is in them, and events about them. */
export const inboxes = {
  async up(db: Kysely<never>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
