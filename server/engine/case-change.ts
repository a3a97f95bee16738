import { sql } from 'kysely';

import type { Case, CaseAction, CaseChange, ChangedCase } from '../../src/contract/cases.js';
import type { FieldChange } from '../../src/contract/notes.js';
import { BackendError } from '../backend-error.js';
import type { CallContext, WriteContext } from '../backend.js';
import { checkAssignee, checkDepartment, priorityRank } from './case-input.js';
import { factsOf, lockCase, maskedOf, selectCases, toCase, toPerson, type CaseRow } from './case-record.js';
import { inTransaction, now, toJson, type EngineContext, type Tx } from './context.js';
import { writeLine } from './history.js';
import { claimKey, keepResult } from './idempotency.js';
import { entriesOfCase } from './inboxes/case-entries.js';
import { putByRules } from './inboxes/rules.js';
import { checkLinks, plainLink } from './links.js';
import { withoutMasked } from './masks.js';
import { announce } from './outbox.js';
import { decideRight, decideState } from './policy/decide.js';
import { checkProject } from './projects/items.js';
import type { Scope } from './scope.js';
import { searchVector } from './search.js';
import { limits } from './settings-defaults.js';
import { checkRequester, requireRequesterChange } from './sharing/requester.js';
import { FieldErrors } from '../input/validation.js';

/** The version that was read; without one, whatever the record is now will do. */
export interface Guard {
  readonly version: string | undefined;
}

/** The change of a case, or how it follows from the case as it stands. */
type Change = CaseChange | ((row: CaseRow) => CaseChange);

/** CC-47 to CC-50: edits an open case. What changes nothing writes nothing. A call with a key is carried out once. */
export async function updateCase(
  context: EngineContext,
  id: string,
  asked: Change,
  call: CallContext & Guard & Partial<WriteContext>,
): Promise<ChangedCase> {
  return inTransaction(context, async (tx) => {
    const at = now(context);
    const keyed = isKeyed(call) ? call : undefined;
    const key = keyed && (await claimKey<ChangedCase>(tx, keyed, at));
    const { row, scope } = await lockCase(tx, id, call.actor, at);
    const change = typeof asked === 'function' ? asked(row) : asked;
    requireRight(row, scope, 'edit');
    if (change.assigneeId !== undefined || change.departmentId !== undefined)
      requireRight(row, scope, 'assign');
    if (change.requesterId !== undefined) requireRequesterChange(scope);
    if (key?.replay) return withoutMasked(key.result, maskedOf(row, scope), call.actor);
    requireState(row, scope, 'edit');
    requireVersion(row, scope, call.version);
    const { values, changes } = await check(tx, row, change, scope);
    // CU-03
    const needless = change.requesterId !== undefined && change.requesterId === row.requester_id;
    const notice = needless && { ignored: [{ field: 'requesterId', code: 'already_requester' }] };
    if (changes.length === 0) return { ...toCase(row, scope), ...notice };
    const { tenant } = scope.actor;
    await tx
      .updateTable('cases')
      .set({
        ...values,
        ...moveVersion(scope, at),
        search: searchVector(tenant, `${values.subject}\n${values.description}`),
      })
      .where('tenant', '=', tenant)
      .where('id', '=', id)
      .execute();
    const deed = { tenant, caseId: id, by: scope.actor.id, at };
    // What a project is called is not for every customer of the case: such a move has a line of its own.
    for (const moved of [false, true]) {
      const some = changes.filter(({ field }) => (field === 'project') === moved);
      if (some.length > 0)
        await writeLine(tx, deed, { kind: moved ? 'project-move' : 'change', changes: some });
    }
    const shifted = changes.some(({ field }) => visibilityFields.has(field));
    await announce(tx, tenant, at, [
      {
        kind: 'case.updated',
        caseId: id,
        customerId: row.customer_id,
        ...(shifted && { before: factsOf(row) }),
      },
    ]);
    const was = { type: row.type, priority: row.priority, departmentId: row.department_id };
    const is = { type: values.type, priority: values.priority, departmentId: values.department_id };
    await putByRules(tx, { caseId: id, customerId: row.customer_id }, was, is, scope, at);
    const result = { ...(await readBack(tx, id, scope)), ...notice };
    if (keyed) await keepResult(tx, keyed, result);
    return result;
  });
}

/** What changes who may see the case. */
const visibilityFields: ReadonlySet<string> = new Set(['assignee', 'department', 'requester', 'project']);

function isKeyed(call: CallContext & Partial<WriteContext>): call is WriteContext {
  return call.idempotencyKey !== undefined && call.fingerprint !== undefined;
}

/** The columns that every versioned change moves. */
export function moveVersion({ actor }: Scope, at: string) {
  return {
    version: sql<number>`version + 1`,
    changed_by: actor.id,
    changed_at: at,
    updated_at: at,
    public_updated_at: at,
  };
}

/** The record after the write, as the actor may see it; also when the write has just moved it out of their view. */
export async function readBack(tx: Tx, id: string, scope: Scope): Promise<Case> {
  const row = await selectCases(tx)
    .select(entriesOfCase(scope.actor).as('entries'))
    .where('c.tenant', '=', scope.actor.tenant)
    .where('c.id', '=', id)
    .executeTakeFirstOrThrow();
  return toCase(row, scope);
}

export function requireRight(row: CaseRow, { actor, settings, grants }: Scope, action: CaseAction): void {
  const verdict = decideRight(actor, action, factsOf(row), settings, grants);
  if (!verdict.allowed)
    throw new BackendError('forbidden', { rule: verdict.rule, detail: verdict.reason ?? '' });
}

/** CC-37, CC-38, CC-43, CC-47: refuses by the state the case is in, naming who put it there and when. */
export function requireState(row: CaseRow, scope: Scope, action: CaseAction): void {
  const verdict = decideState(scope.actor, action, factsOf(row), scope.settings);
  if (!verdict) return;
  const closed = verdict.rule === 'case.closed';
  const person = closed ? row.closer : (row.reopener ?? row.creator);
  throw new BackendError(closed ? 'case_closed' : 'case_open', {
    detail: verdict.reason ?? '',
    rule: verdict.rule,
    by: person && { id: person.id, name: person.name },
    at: closed ? row.closed_at : (row.reopened_at ?? row.created_at),
    current: toCase(row, scope),
  });
}

/** CC-50 */
export function requireVersion(row: CaseRow, scope: Scope, version: string | undefined): void {
  if (version === undefined || String(row.version) === version) return;
  throw new BackendError('version_conflict', {
    by: row.changer && { id: row.changer.id, name: row.changer.name },
    at: row.changed_at,
    current: toCase(row, scope),
  });
}

async function check(tx: Tx, row: CaseRow, change: CaseChange, scope: Scope) {
  const { actor, settings } = scope;
  const fields = new FieldErrors();
  const required = new Set<string>(settings.requiredFields.newCase);
  const mandatory = (field: keyof CaseChange): boolean => required.has(field);
  const given = <K extends keyof CaseChange, T>(field: K, kept: T, read: (value: CaseChange[K]) => T): T =>
    change[field] === undefined ? kept : read(change[field]);

  const subject = given('subject', row.subject, (value) =>
    fields.line('subject', value, limits.subject, mandatory('subject')),
  );
  const description = given('description', row.description, (value) =>
    fields.text('description', value, limits.description, mandatory('description')),
  );
  const type = given('type', row.type, (value) =>
    fields.choice('type', value, settings.caseTypes, mandatory('type'), row.type),
  );
  const priority = given('priority', row.priority, (value) =>
    fields.choice('priority', value, settings.priorities, mandatory('priority'), row.priority),
  );
  const contactMethod = given('contactMethod', row.contact_method, (value) =>
    fields.choice(
      'contactMethod',
      value,
      settings.contactMethods,
      mandatory('contactMethod'),
      row.contact_method,
    ),
  );
  const deadline = given('deadline', row.deadline, (value) => fields.date('deadline', value));
  if (change.deadline === null && mandatory('deadline')) fields.required('deadline');
  const tags = given('tags', row.tags, (value) => fields.tags('tags', value, limits));
  if (change.tags !== undefined && tags.length === 0 && mandatory('tags')) fields.required('tags');
  const links = given('links', row.links, (value = []) => checkLinks(value, fields));
  const oldDepartment = row.department;
  const department =
    change.departmentId === undefined || change.departmentId === row.department_id
      ? oldDepartment
      : await checkDepartment(tx, actor.tenant, change.departmentId, fields);
  const oldAssignee = toPerson(row.assignee);
  const assignee =
    change.assigneeId === undefined || change.assigneeId === row.assignee_id
      ? oldAssignee && { id: oldAssignee.id, name: oldAssignee.name }
      : await checkAssignee(tx, actor.tenant, change.assigneeId, fields);
  const oldRequester = toPerson(row.requester);
  const requester =
    change.requesterId === undefined || change.requesterId === row.requester_id
      ? oldRequester && { id: oldRequester.id, name: oldRequester.name }
      : await checkRequester(tx, row, change.requesterId, fields);
  const project =
    change.projectId === undefined || change.projectId === row.project_id
      ? row.project
      : await checkProject(tx, change.projectId, factsOf(row), scope, fields);
  fields.throwIfAny();

  const changes: FieldChange[] = [];
  const compare = (field: string, from: unknown, to: unknown): void => {
    if (JSON.stringify(from) !== JSON.stringify(to)) changes.push({ field, from, to });
  };
  compare('subject', row.subject, subject);
  compare('description', row.description, description);
  compare('type', row.type, type);
  compare('priority', row.priority, priority);
  compare('deadline', row.deadline, deadline);
  compare('contactMethod', row.contact_method, contactMethod);
  compare('tags', row.tags, tags);
  compare('links', row.links.map(plainLink), links.map(plainLink));
  const departmentId = change.departmentId === undefined ? row.department_id : (department?.id ?? null);
  const assigneeId = change.assigneeId === undefined ? row.assignee_id : change.assigneeId;
  if (departmentId !== row.department_id) compare('department', oldDepartment, department);
  if (assigneeId !== row.assignee_id) {
    compare('assignee', oldAssignee && { id: oldAssignee.id, name: oldAssignee.name }, assignee);
  }
  const projectId = change.projectId === undefined ? row.project_id : (project?.id ?? null);
  if (projectId !== row.project_id) compare('project', row.project, project);
  const requesterId = change.requesterId ?? row.requester_id;
  if (requesterId !== row.requester_id) {
    compare('requester', oldRequester && { id: oldRequester.id, name: oldRequester.name }, requester);
  }
  return {
    changes,
    values: {
      subject,
      description,
      type,
      priority,
      priority_rank: priorityRank(settings, priority),
      deadline,
      contact_method: contactMethod,
      tags,
      links: toJson(links),
      department_id: departmentId,
      project_id: projectId,
      assignee_id: assigneeId,
      requester_id: requesterId,
    },
  };
}
