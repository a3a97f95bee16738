import { sql, type Kysely } from 'kysely';

const statements = [
  `create table projects (
    tenant text collate "C", id text collate "C", version bigint not null default 1, name text not null,
    department_id text collate "C",
    created_by text collate "C", created_at timestamptz(3) not null,
    changed_by text collate "C", changed_at timestamptz(3) not null,
    primary key (tenant, id))`,
  `create index projects_name on projects (tenant, lower(name), id)`,
  `create table project_messages (
    tenant text collate "C", id text collate "C", project_id text collate "C" not null,
    seq bigint generated always as identity, text text not null, by_id text collate "C", at timestamptz(3) not null,
    primary key (tenant, id),
    foreign key (tenant, project_id) references projects (tenant, id))`,
  `create index project_messages_order on project_messages (tenant, project_id, at, seq)`,
  // Whom an event about a project may reach.
  `alter table outbox add column project jsonb`,
];

/** Projects, the messages to their followers, and events about them. */
export const projects = {
  async up(db: Kysely<never>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
