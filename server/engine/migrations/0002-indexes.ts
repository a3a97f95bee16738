import { sql, type Kysely } from 'kysely';

// The expressions stand so in the queries of lists: a case without deadline or priority comes last in both directions.
const statements = [
  `create index cases_updated on cases (tenant, updated_at, id)`,
  `create index cases_created on cases (tenant, created_at, id)`,
  `create index cases_deadline on cases (tenant, coalesce(deadline, '9999-12-31'::date), id)`,
  `create index cases_deadline_desc on cases (tenant, coalesce(deadline, '0001-01-01'::date), id)`,
  `create index cases_priority on cases (tenant, coalesce(priority_rank, 1000000), id)`,
  `create index cases_priority_desc on cases (tenant, coalesce(priority_rank, -1), id)`,
  `create index cases_customer_created on cases (tenant, customer_id, status, created_at, id)`,
  `create index cases_customer_updated on cases (tenant, customer_id, updated_at, id)`,
  `create index cases_requester on cases (tenant, requester_id, updated_at, id)`,
  `create index cases_assignee on cases (tenant, assignee_id, updated_at, id) where assignee_id is not null`,
  `create index cases_department on cases (tenant, department_id, updated_at, id)`,
  `create index cases_project on cases (tenant, project_id) where project_id is not null`,
  `create index cases_tags on cases using gin (tags)`,
  `create index cases_search on cases using gin (search)`,
  `create index people_name on people (tenant, lower(name), id)`,
  `create index people_search on people using gin (search)`,
  `create index customers_name on customers (tenant, lower(name), id)`,
  `create index customers_search on customers using gin (search)`,
  `create index notes_case on notes (tenant, case_id, at, seq)`,
  `create index history_case on history (tenant, case_id, at, seq)`,
  `create index attachments_case on attachments (tenant, case_id) where case_id is not null`,
  `create index attachments_unclaimed on attachments (uploaded_at) where case_id is null`,
  `create index grants_unit on grants (tenant, unit, unit_id)`,
  `create index grants_live on grants (tenant, grantee_kind, grantee_id) where revoked_at is null`,
  `create index outbox_order on outbox (xid, seq)`,
  `create index outbox_at on outbox (at)`,
  `create index idempotency_created on idempotency (created_at)`,
];

export const indexes = {
  async up(db: Kysely<never>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
