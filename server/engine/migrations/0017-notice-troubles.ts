import { sql, type Kysely } from 'kysely';

const statements = [
  // What happened and could not be told to anybody at its time: tried again by itself, until it is set aside.
  `create table postponed_notices (
    tenant text collate "C", xid xid8, seq bigint, kind text not null,
    case_id text collate "C", note_id text collate "C", internal boolean not null,
    attempts integer not null, due_at timestamptz(3) not null, set_aside_at timestamptz(3),
    primary key (tenant, xid, seq))`,
  `create index postponed_notices_due on postponed_notices (due_at) where set_aside_at is null`,
  `create index postponed_notices_done on postponed_notices (set_aside_at) where set_aside_at is not null`,
  // Attempts that failed because nothing answered at all: they are not held against the message.
  `alter table notices add column uncounted integer not null default 0`,
  // Who is told of a reply is found among those it can concern, and not among everybody.
  `create index people_customer on people (tenant, customer_id) where customer_id is not null`,
  `create index people_agents on people (tenant) where kind = 'agent'`,
];

/** One event that cannot be told, and one server that does not answer, keep no other notice waiting and lose none. */
export const noticeTroubles = {
  async up(db: Kysely<never>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
