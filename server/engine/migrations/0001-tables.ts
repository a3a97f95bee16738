import { sql, type Kysely } from 'kysely';

/** Ids compare by bytes, whatever the database's language. */
const statements = [
  `create table settings (
    tenant text collate "C" primary key, version bigint not null, data jsonb not null,
    updated_at timestamptz(3) not null, updated_by text collate "C")`,
  `create table settings_history (
    tenant text collate "C", version bigint, change jsonb not null, at timestamptz(3) not null, by_id text collate "C",
    primary key (tenant, version))`,
  `create table organisations (
    tenant text collate "C", id text collate "C", name text not null, primary key (tenant, id))`,
  `create table departments (
    tenant text collate "C", id text collate "C", name text not null, primary key (tenant, id))`,
  `create table people (
    tenant text collate "C", id text collate "C", name text not null, kind text not null, email text,
    customer_id text collate "C", organisation_id text collate "C", departments text[] not null default '{}',
    former boolean not null default false, search tsvector not null,
    primary key (tenant, id))`,
  `create table customers (
    tenant text collate "C", id text collate "C", name text not null, number text,
    organisation_id text collate "C", main_contact_id text collate "C", search tsvector not null,
    primary key (tenant, id))`,
  `create table cases (
    tenant text collate "C", id text collate "C", number bigint not null, version bigint not null default 1,
    status text not null check (status in ('open', 'closed')),
    customer_id text collate "C" not null, project_id text collate "C",
    subject text not null, description text not null, type text, priority text, priority_rank integer,
    initial_priority text, deadline date, contact_method text, tags text[] not null,
    requester_id text collate "C", assignee_id text collate "C", department_id text collate "C",
    external_reference text collate "C", created_by text collate "C",
    created_at timestamptz(3) not null, updated_at timestamptz(3) not null,
    changed_by text collate "C", changed_at timestamptz(3) not null,
    closed_by text collate "C", closed_at timestamptz(3), closed_reason text, closed_note_id text collate "C",
    reopened_by text collate "C", reopened_at timestamptz(3), reopened_reason text, reopened_note_id text collate "C",
    reply_count integer not null default 0, search tsvector not null,
    primary key (tenant, id),
    constraint cases_number unique (tenant, number),
    constraint cases_external_reference unique (tenant, external_reference))`,
  `create table notes (
    tenant text collate "C", id text collate "C", case_id text collate "C" not null,
    seq bigint generated always as identity,
    visibility text not null check (visibility in ('internal', 'public')), subject text, text text not null,
    by_id text collate "C", at timestamptz(3) not null,
    primary key (tenant, id),
    foreign key (tenant, case_id) references cases (tenant, id))`,
  `create table history (
    tenant text collate "C", id text collate "C", case_id text collate "C" not null,
    seq bigint generated always as identity,
    kind text not null, note_id text collate "C", reason text, changes jsonb, by_id text collate "C",
    at timestamptz(3) not null,
    primary key (tenant, id),
    foreign key (tenant, case_id) references cases (tenant, id))`,
  `create table attachments (
    tenant text collate "C", id text collate "C", name text not null, size bigint not null, media_type text not null,
    storage_key text not null, uploaded_by text collate "C" not null, uploaded_at timestamptz(3) not null,
    case_id text collate "C", note_id text collate "C", position integer,
    primary key (tenant, id),
    foreign key (tenant, case_id) references cases (tenant, id))`,
  `create table grants (
    tenant text collate "C", id text collate "C",
    unit text not null check (unit in ('case', 'project')), unit_id text collate "C" not null,
    grantee_kind text not null check (grantee_kind in ('person', 'department', 'customer', 'organisation')),
    grantee_id text collate "C" not null, level text not null,
    given_by text collate "C", given_at timestamptz(3) not null, expires_at timestamptz(3),
    revoked_at timestamptz(3), revoked_by text collate "C",
    primary key (tenant, id))`,
  `create table outbox (
    tenant text collate "C", xid xid8 not null default pg_current_xact_id(), seq bigint generated always as identity,
    kind text not null, case_id text collate "C", customer_id text collate "C", note_id text collate "C",
    internal boolean not null default false, before jsonb, at timestamptz(3) not null,
    primary key (tenant, xid, seq))`,
  `create table idempotency (
    tenant text collate "C", actor_id text collate "C", key text collate "C", fingerprint text not null, result jsonb,
    created_at timestamptz(3) not null,
    primary key (tenant, actor_id, key))`,
  `create table counters (
    tenant text collate "C", name text collate "C", value bigint not null, primary key (tenant, name))`,
  `create function refuse_change() returns trigger language plpgsql as $$
    begin raise exception 'history is append-only' using errcode = 'restrict_violation'; end $$`,
  `create trigger history_append_only before update or delete on history
    for each row execute function refuse_change()`,
  `create trigger settings_history_append_only before update or delete on settings_history
    for each row execute function refuse_change()`,
];

export const tables = {
  async up(db: Kysely<never>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
