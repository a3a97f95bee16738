import { sql, type Kysely } from 'kysely';

// Lists by their usual orders are answered way by way (policy/visibility.ts): each way needs its order in an index.
const statements = [
  `create index cases_shared_updated on cases (tenant, updated_at, id) where department_id is null`,
  `create index cases_shared_created on cases (tenant, created_at, id) where department_id is null`,
  `create index cases_department_created on cases (tenant, department_id, created_at, id)
    where department_id is not null`,
  `create index cases_assignee_created on cases (tenant, assignee_id, created_at, id)
    where assignee_id is not null`,
];

export const ways = {
  async up(db: Kysely<never>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
