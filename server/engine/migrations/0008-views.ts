import { sql, type Kysely } from 'kysely';

const statements = [
  // Without `roles` a view is its owner's alone.
  `create table views (
    tenant text collate "C", id text collate "C", version bigint not null default 1, name text not null,
    filters jsonb not null, sorted_by text, columns text[], roles text[], owner_id text collate "C" not null,
    updated_at timestamptz(3) not null, updated_by text collate "C" not null,
    primary key (tenant, id))`,
  `create index views_owner on views (tenant, owner_id)`,
  // Whom an event about a view may reach: a private one is nobody else's to hear of.
  `alter table outbox add column view jsonb`,
];

/** Saved views, and events about them. */
export const views = {
  async up(db: Kysely<never>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
