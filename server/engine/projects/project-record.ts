import { projectActions, type Project } from '../../../src/contract/projects.js';
import { BackendError } from '../../backend-error.js';
import type { Actor } from '../../backend.js';
import { namedOf, personOf } from '../case-record.js';
import { notFound, type Executor, type Tx } from '../context.js';
import { lockRow } from '../lock-row.js';
import { nameOrder } from '../name-pages.js';
import { announce } from '../outbox.js';
import { hasCaseRole, type CaseFacts, type NamedGrant } from '../policy/facts.js';
import { decideProject, type ProjectFacts, type ProjectQuestion } from '../policy/projects.js';
import { loadScope, type Scope } from '../scope.js';
import { isStorable } from '../../input/text.js';

/** Projects with the names they show. Conditions speak of `c`. */
export function selectProjects(db: Executor) {
  return db
    .selectFrom('projects as c')
    .select([
      'c.tenant',
      'c.id',
      'c.version',
      'c.name',
      'c.department_id',
      'c.created_at',
      'c.changed_at',
      nameOrder.as('sort'),
      namedOf('departments', 'c', 'department_id').as('department'),
      personOf('c', 'changed_by').as('changer'),
    ]);
}

export type ProjectRow = Awaited<ReturnType<ReturnType<typeof selectProjects>['executeTakeFirstOrThrow']>>;

export function projectFacts({ id, tenant, department_id: departmentId }: ProjectRow): ProjectFacts {
  return { id, tenant, departmentId };
}

/** What the policy is asked about this project. */
export function projectQuestion(row: ProjectRow, { actor, settings, grants }: Scope): ProjectQuestion {
  return [actor, projectFacts(row), settings, grants];
}

/** What a case of the project is to those it is shared with; whose it is does not matter here. */
export function itemOf({ id, tenant, department_id: departmentId }: ProjectRow): CaseFacts {
  const nobody = { customerId: '', requesterId: null, assigneeId: null };
  return { ...nobody, id: '', tenant, status: 'open', projectId: id, departmentId };
}

/** The project as the actor may see it, with a verdict for each action. */
export function toProject(row: ProjectRow, scope: Scope): Project {
  const question = projectQuestion(row, scope);
  return {
    id: row.id,
    version: String(row.version),
    name: row.name,
    ...(scope.actor.kind === 'agent' && { department: row.department }),
    createdAt: row.created_at,
    permissions: Object.fromEntries(
      projectActions.map((action) => [action, decideProject(action, ...question)]),
    ),
  };
}

/** Reads a project the actor may see; `not_found` for what is absent and what is hidden alike. */
export async function findProject(db: Executor, id: string, scope: Scope): Promise<ProjectRow> {
  const { actor } = scope;
  const row = isStorable(id)
    ? await selectProjects(db).where('c.tenant', '=', actor.tenant).where('c.id', '=', id).executeTakeFirst()
    : undefined;
  if (row && decideProject('view', ...projectQuestion(row, scope)).allowed) return row;
  if (actor.kind === 'agent' && !hasCaseRole(actor)) {
    throw new BackendError('forbidden', { rule: 'cases.role', detail: 'Your role does not work on cases.' });
  }
  throw notFound();
}

/** Like `findProject`, and nobody else changes it, or who follows it, until the transaction ends. */
export async function lockProject(
  tx: Tx,
  id: string,
  actor: Actor,
  now: string,
): Promise<{ readonly row: ProjectRow; readonly scope: Scope }> {
  await lockRow(tx, 'projects', actor.tenant, id);
  const scope = await loadScope(tx, actor, now);
  return { row: await findProject(tx, id, scope), scope };
}

/** What there is to tell of a project. */
export interface ProjectNews {
  /** Grants that the write ended. */
  readonly ended?: readonly NamedGrant[];
  /** Departments it belonged to before. */
  readonly before?: readonly (string | null)[];
  /** A message that was posted. */
  readonly messageId?: string;
}

/** Tells those who see the project that something about it changed; `ended` are those who no longer follow. */
export async function tellOfProject(
  tx: Tx,
  row: ProjectRow,
  at: string,
  { ended = [], before = [], messageId }: ProjectNews = {},
): Promise<void> {
  const departments = [...new Set([row.department_id, ...before])];
  await announce(tx, row.tenant, at, [
    {
      kind: messageId === undefined ? 'project.updated' : 'project.message',
      ...(messageId !== undefined && { noteId: messageId }),
      project: { id: row.id, departments, ended },
    },
  ]);
}
