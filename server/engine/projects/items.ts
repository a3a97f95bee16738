import { sql } from 'kysely';

import type { EventKind } from '../../../src/contract/events.js';
import type { NamedRef } from '../../../src/contract/common.js';
import { toJson, type Executor, type Tx } from '../context.js';
import type { CaseFacts, NamedGrant } from '../policy/facts.js';
import { decideProject } from '../policy/projects.js';
import { decideMove } from '../policy/sharing.js';
import type { Scope } from '../scope.js';
import { requireAllowed } from '../sharing/grant-record.js';
import { isStorable } from '../../input/text.js';
import type { FieldErrors } from '../../input/validation.js';
import { projectQuestion, selectProjects, type ProjectRow } from './project-record.js';

/**
 * CU-19: tells of every case of a project, in one statement, that who has access to it changed. With `ended`, those who
 * had a case by these grants alone hear that it is hidden.
 */
export async function tellOfItems(
  tx: Tx,
  { tenant, id }: ProjectRow,
  at: string,
  kind: Extract<EventKind, 'case.shared' | 'case.unshared' | 'case.access-changed'>,
  ended?: readonly NamedGrant[],
): Promise<void> {
  const before = ended
    ? sql`jsonb_build_object('id', c.id, 'tenant', c.tenant, 'status', c.status, 'projectId', c.project_id,
        'customerId', c.customer_id, 'requesterId', c.requester_id, 'assigneeId', c.assignee_id,
        'departmentId', c.department_id, 'ended', ${toJson(ended)}::jsonb)`
    : sql`null::jsonb`;
  await sql`insert into outbox (tenant, kind, case_id, customer_id, before, at)
    select c.tenant, ${kind}, c.id, c.customer_id, ${before}, ${at}::timestamptz
    from cases c where c.tenant = ${tenant} and c.project_id = ${id} order by c.number`.execute(tx);
}

/** The project a case is to be moved into: one the actor may see, or none. Whoever may not move it is refused first. */
export async function checkProject(
  db: Executor,
  id: string | null | undefined,
  facts: CaseFacts,
  scope: Scope,
  fields: FieldErrors,
): Promise<NamedRef | null> {
  if (id === undefined) return null;
  requireAllowed(decideMove(scope.actor, facts, scope.settings));
  if (id === null) return null;
  const row = await findVisible(db, id, scope);
  if (!row) fields.add('projectId', 'not_found', 'There is no such project.');
  return row ? { id: row.id, name: row.name } : null;
}

/** A list of the cases of a project that is not there, or not the actor's to see, cannot be meant. */
export async function checkProjectFilter(
  db: Executor,
  id: string | undefined,
  scope: Scope,
  fields: FieldErrors,
): Promise<void> {
  if (id !== undefined && !(await findVisible(db, id, scope)))
    fields.add('projectId', 'not_found', 'There is no such project.');
}

async function findVisible(db: Executor, id: string, scope: Scope): Promise<ProjectRow | undefined> {
  if (!isStorable(id)) return undefined;
  const row = await selectProjects(db)
    .where('c.tenant', '=', scope.actor.tenant)
    .where('c.id', '=', id)
    .executeTakeFirst();
  return row && decideProject('view', ...projectQuestion(row, scope)).allowed ? row : undefined;
}
