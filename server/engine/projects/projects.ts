import { sql } from 'kysely';

import type { Page } from '../../../src/contract/common.js';
import type { GranteeKind } from '../../../src/contract/grants.js';
import type { NewProject, Project, ProjectChange, ProjectQuery } from '../../../src/contract/projects.js';
import { BackendError } from '../../backend-error.js';
import type { CallContext, GuardedContext, WriteContext } from '../../backend.js';
import { requireCustomer } from '../case-list.js';
import { checkDepartment } from '../case-input.js';
import { inTransaction, notFound, now, type EngineContext, type Tx } from '../context.js';
import { claimKey, keepResult } from '../idempotency.js';
import { newId } from '../ids.js';
import { checkWords, pageByName } from '../name-pages.js';
import { hasCaseRole, isAdministrator } from '../policy/facts.js';
import { decideProject, visibleProjects } from '../policy/projects.js';
import { loadScope, requireTenant, type Scope } from '../scope.js';
import { requireAllowed } from '../sharing/grant-record.js';
import { isStorable } from '../../input/text.js';
import { FieldErrors } from '../../input/validation.js';
import {
  findProject,
  lockProject,
  projectQuestion,
  selectProjects,
  tellOfProject,
  toProject,
} from './project-record.js';

const longestName = 120;

/** The projects the actor may see, by name: those agents look after, those a customer follows. */
export async function listProjects(
  context: EngineContext,
  query: ProjectQuery,
  { actor }: CallContext,
): Promise<Page<Project>> {
  const scope = await loadScope(context.db, actor, now(context));
  requireTenant(scope, 'listProjects');
  return pageOfProjects(context, 'projects', query, scope);
}

/** CU-15: the projects shared with a customer or organisation now, as far as the actor may know of them. */
export async function listSharedProjects(
  context: EngineContext,
  grantee: { readonly kind: GranteeKind & ('customer' | 'organisation'); readonly id: string },
  query: ProjectQuery,
  { actor }: CallContext,
): Promise<Page<Project>> {
  const { db } = context;
  const at = now(context);
  const scope = await loadScope(db, actor, at);
  requireTenant(scope, 'listProjects');
  if (grantee.kind === 'customer') await requireCustomer(db, grantee.id, scope);
  else await requireOrganisation(context, grantee.id, scope);
  const shared = sql<boolean>`exists (select from grants g where g.tenant = c.tenant and g.unit = 'project'
    and g.unit_id = c.id and g.grantee_kind = ${grantee.kind} and g.grantee_id = ${grantee.id}
    and g.revoked_at is null and (g.expires_at is null or g.expires_at > ${at}::timestamptz))`;
  return pageOfProjects(context, `projects:${grantee.kind}`, query, scope, shared);
}

async function requireOrganisation({ db }: EngineContext, id: string, { actor }: Scope): Promise<void> {
  const known = hasCaseRole(actor) || actor.organisation === id;
  const found =
    known && isStorable(id)
      ? await db
          .selectFrom('organisations')
          .select('id')
          .where('tenant', '=', actor.tenant)
          .where('id', '=', id)
          .executeTakeFirst()
      : undefined;
  if (!found) throw notFound();
}

function pageOfProjects(
  { db }: EngineContext,
  list: string,
  query: ProjectQuery,
  scope: Scope,
  also = sql<boolean>`true`,
): Promise<Page<Project>> {
  checkWords(query);
  const { actor, settings, grants } = scope;
  const words = (query.q ?? '').trim().split(/\s+/u).filter(Boolean);
  const conditions = [
    sql<boolean>`c.tenant = ${actor.tenant}`,
    visibleProjects(actor, settings, grants),
    also,
    ...words.map((word) => sql<boolean>`position(' ' || lower(${word}::text) in ' ' || lower(c.name)) > 0`),
  ];
  const where = sql<boolean>`${sql.join(conditions, sql` and `)}`;
  const total = () =>
    db
      .selectFrom('projects as c')
      .select((eb) => eb.fn.countAll<number>().as('total'))
      .where(where)
      .executeTakeFirstOrThrow();
  return pageByName(list, query, selectProjects(db).where(where), total, (rows) =>
    rows.map((row) => toProject(row, scope)),
  );
}

export async function getProject(
  context: EngineContext,
  id: string,
  { actor }: CallContext,
): Promise<Project> {
  const scope = await loadScope(context.db, actor, now(context));
  return toProject(await findProject(context.db, id, scope), scope);
}

export async function createProject(
  context: EngineContext,
  input: NewProject,
  call: WriteContext,
): Promise<Project> {
  return inTransaction(context, async (tx) => {
    const at = now(context);
    const key = await claimKey<Project>(tx, call, at);
    const { actor } = call;
    const scope = await loadScope(tx, actor, at);
    requireTenant(scope, 'createProject');
    if (key.replay) return key.result;
    const fields = new FieldErrors();
    const name = fields.line('name', input.name, longestName, true);
    const department = await checkOwner(tx, input.departmentId, scope, fields);
    fields.throwIfAny();
    const id = newId('project');
    const deed = { created_by: actor.id, created_at: at, changed_by: actor.id, changed_at: at };
    await tx
      .insertInto('projects')
      .values({ tenant: actor.tenant, id, name, department_id: department?.id ?? null, ...deed })
      .execute();
    const row = await findProject(tx, id, scope);
    await tellOfProject(tx, row, at);
    const project = toProject(row, scope);
    await keepResult(tx, call, project);
    return project;
  });
}

export async function updateProject(
  context: EngineContext,
  id: string,
  change: ProjectChange,
  { actor, version }: GuardedContext,
): Promise<Project> {
  return inTransaction(context, async (tx) => {
    const at = now(context);
    const { row, scope } = await lockProject(tx, id, actor, at);
    requireAllowed(decideProject('edit', ...projectQuestion(row, scope)));
    if (String(row.version) !== version) {
      throw new BackendError('version_conflict', {
        by: row.changer && { id: row.changer.id, name: row.changer.name },
        at: row.changed_at,
        current: toProject(row, scope),
      });
    }
    const fields = new FieldErrors();
    const name = change.name === undefined ? row.name : fields.line('name', change.name, longestName, true);
    const department =
      change.departmentId === undefined || change.departmentId === row.department_id
        ? row.department
        : await checkOwner(tx, change.departmentId, scope, fields);
    fields.throwIfAny();
    const departmentId = department?.id ?? null;
    if (name === row.name && departmentId === row.department_id) return toProject(row, scope);
    await tx
      .updateTable('projects')
      .set({
        name,
        department_id: departmentId,
        version: row.version + 1,
        changed_by: actor.id,
        changed_at: at,
      })
      .where('tenant', '=', actor.tenant)
      .where('id', '=', id)
      .execute();
    const changed = { ...row, name, department, department_id: departmentId, version: row.version + 1 };
    await tellOfProject(tx, changed, at, { before: [row.department_id] });
    return toProject(changed, scope);
  });
}

/** A department the actor belongs to: a project is not given away to people who then decide over what is in it. */
async function checkOwner(
  tx: Tx,
  id: string | null | undefined,
  { actor }: Scope,
  fields: FieldErrors,
): Promise<{ id: string; name: string } | null> {
  if (id !== undefined && id !== null && !isAdministrator(actor) && !actor.departments.includes(id)) {
    fields.add('departmentId', 'not_found', 'Choose a department of your own.');
    return null;
  }
  return checkDepartment(tx, actor.tenant, id, fields);
}
