import type { Case, NewCase } from '../../src/contract/cases.js';
import { BackendError } from '../backend-error.js';
import type { WriteContext } from '../backend.js';
import {
  checkAssignee,
  checkDepartment,
  checkStatusChange,
  findPerson,
  priorityRank,
  type CheckedStatusChange,
} from './case-input.js';
import { selectCases, toCase } from './case-record.js';
import { checkAttachments, claimAttachments } from './claim-attachments.js';
import { inTransaction, now, toJson, type EngineContext, type Tx } from './context.js';
import { takeNumbers } from './counters.js';
import { violatedConstraint } from './failures.js';
import { writeLine, writeNote, type Deed } from './history.js';
import { claimKey, keepResult } from './idempotency.js';
import { newId } from './ids.js';
import { checkLinks } from './links.js';
import { putByRules } from './inboxes/rules.js';
import { withoutMasked } from './masks.js';
import { noticeOf } from './notices/at-share.js';
import { announce } from './outbox.js';
import { hiddenFromCustomers, nothingMasked } from './policy/masks.js';
import { refusedFeature } from './policy/portal.js';
import { decideTenant } from './policy/tenant.js';
import { loadScope, type Scope } from './scope.js';
import { searchVector } from './search.js';
import { limits } from './settings-defaults.js';
import { tellSettings } from './settings-told.js';
import { checkGrantees } from './sharing/check-grantees.js';
import { giveGrants } from './sharing/give-grants.js';
import { requireSharing } from './sharing/grant-record.js';
import { checkProject } from './projects/items.js';
import { isStorable } from '../input/text.js';
import { FieldErrors } from '../input/validation.js';

/** CC-25 to CC-30: stores a case, open, or closed in the same step. */
export async function createCase(context: EngineContext, input: NewCase, call: WriteContext): Promise<Case> {
  try {
    return await inTransaction(context, async (tx) => {
      const at = now(context);
      const key = await claimKey<Case>(tx, call, at);
      const scope = await loadScope(tx, call.actor, at);
      checkRight(input, scope);
      const masked = call.actor.kind === 'customer' ? hiddenFromCustomers(scope.settings) : nothingMasked;
      if (key.replay) return withoutMasked(key.result, masked, call.actor);
      const checked = await check(tx, input, scope, at);
      const created = await store(context, tx, checked, scope, at);
      for (const { expiresAt } of checked.shareWith) if (expiresAt !== null) context.expiring?.(expiresAt);
      await keepResult(tx, call, created);
      return created;
    });
  } catch (error) {
    if (violatedConstraint(error) === 'cases_external_reference') throw referenceTaken();
    throw error;
  }
}

function checkRight(input: NewCase, { actor, settings }: Scope): void {
  const forbid = (rule: string, detail: string): never => {
    throw new BackendError('forbidden', { rule, detail });
  };
  const verdict = decideTenant(actor, 'createCase', settings);
  if (!verdict.allowed) forbid(verdict.rule, verdict.reason ?? '');
  if (actor.kind === 'agent') return;
  if (input.customerId !== actor.customer)
    forbid('cases.own-customer', 'You can submit cases of your own customer only.');
  if (input.close !== undefined) forbid('customer.status', 'Only agents can close a case.');
  if (input.projectId !== undefined) forbid('projects.move', 'Only agents can put a case into a project.');
  if (input.departmentId !== undefined || input.assigneeId !== undefined) {
    forbid('customer.assign', 'Only agents can assign a case.');
  }
  const unticked = input.attachmentIds?.length ? refusedFeature('attach', settings) : null;
  if (unticked) forbid(unticked.rule, unticked.reason ?? '');
  if (input.links !== undefined) forbid('customer.links', 'Only agents can link a case.');
  // Whether one is taken would tell about cases the customer may not see.
  if (input.externalReference !== undefined) {
    forbid('customer.external-reference', 'Only agents can set an external reference.');
  }
  if (input.requesterId !== undefined && input.requesterId !== actor.id) {
    forbid('customer.requester', 'You submit cases for yourself.');
  }
}

async function check(tx: Tx, input: NewCase, scope: Scope, at: string) {
  const { actor, settings, grants } = scope;
  const fields = new FieldErrors();
  // Nobody is asked for what they are not shown.
  const mandatory = new Set<string>(tellSettings(settings, actor).requiredFields.newCase);
  const customer = isStorable(input.customerId)
    ? await tx
        .selectFrom('customers')
        .select(['id', 'organisation_id', 'main_contact_id'])
        .where('tenant', '=', actor.tenant)
        .where('id', '=', input.customerId)
        .executeTakeFirst()
    : undefined;
  if (!customer) fields.add('customerId', 'not_found', 'There is no such customer.');

  const subject = fields.line('subject', input.subject, limits.subject, mandatory.has('subject'));
  const description = fields.text(
    'description',
    input.description,
    limits.description,
    mandatory.has('description'),
  );
  const type = fields.choice('type', input.type, settings.caseTypes, mandatory.has('type'));
  // CC-28: a default that cannot be chosen any more is no default.
  const usual = settings.priorities.find(
    ({ id, retired }) => id === settings.defaultPriority && !retired,
  )?.id;
  const wanted = input.priority === undefined ? usual : input.priority;
  const priority = fields.choice('priority', wanted, settings.priorities, mandatory.has('priority'));
  const contactMethod = fields.choice(
    'contactMethod',
    input.contactMethod,
    settings.contactMethods,
    mandatory.has('contactMethod'),
  );
  const deadline = fields.date('deadline', input.deadline);
  if (deadline === null && mandatory.has('deadline')) fields.required('deadline');
  const tags = fields.tags('tags', input.tags, limits);
  if (tags.length === 0 && mandatory.has('tags')) fields.required('tags');

  let requesterId = actor.kind === 'customer' ? actor.id : (customer?.main_contact_id ?? null);
  if (actor.kind === 'agent' && input.requesterId !== undefined) {
    const person = await findPerson(tx, actor.tenant, input.requesterId);
    requesterId = input.requesterId;
    if (!person || person.former) fields.add('requesterId', 'not_found', 'There is no such person.');
    else if (customer && person.customer_id !== customer.id) {
      const organisation =
        customer.organisation_id !== null && person.organisation_id === customer.organisation_id;
      if (!organisation) fields.add('requesterId', 'invalid', 'This person does not belong to the customer.');
    }
  }
  const department = await checkDepartment(tx, actor.tenant, input.departmentId, fields);
  const assignee = await checkAssignee(tx, actor.tenant, input.assigneeId, fields);
  const attachments = await checkAttachments(tx, actor, input.attachmentIds, fields);
  const externalReference =
    input.externalReference === undefined
      ? null
      : fields.line('externalReference', input.externalReference, 200, true);
  const links = checkLinks(input.links ?? [], fields);
  const closure = input.close && checkStatusChange(input.close, settings.closureReasons, fields, 'close.');
  const departmentId = department?.id ?? null;
  const assigneeId = assignee?.id ?? null;
  const facts = {
    id: '',
    tenant: actor.tenant,
    status: 'open',
    projectId: null,
    customerId: input.customerId,
    requesterId,
    assigneeId,
    departmentId,
  };
  const project = await checkProject(tx, input.projectId ?? undefined, facts, scope, fields);
  const shareWith = await sharing();
  fields.throwIfAny();
  return {
    customerId: input.customerId,
    subject,
    description,
    type,
    priority,
    contactMethod,
    deadline,
    tags,
    requesterId,
    departmentId,
    projectId: project?.id ?? null,
    assigneeId,
    attachments,
    externalReference,
    links,
    closure,
    shareWith,
  };

  /** CO-02: by the rules that hold once the case is there. */
  async function sharing() {
    if (!input.shareWith?.length) return [];
    const kinds = input.shareWith.map(({ kind }) => kind);
    requireSharing('share', kinds, [actor, facts, settings, grants]);
    const known = new Set<string>();
    const check = { actor, settings, facts, known, at };
    return (await checkGrantees(tx, 'shareWith', input.shareWith, check, fields)).wanted;
  }
}

type Checked = Awaited<ReturnType<typeof check>>;

async function store(
  context: EngineContext,
  tx: Tx,
  checked: Checked,
  scope: Scope,
  at: string,
): Promise<Case> {
  const { actor, settings } = scope;
  const { tenant } = actor;
  const deed: Deed = { tenant, caseId: newId('case'), by: actor.id, at };
  await tx
    .insertInto('cases')
    .values({
      tenant,
      id: deed.caseId,
      number: await takeNumbers(tx, tenant, 1),
      status: 'open',
      customer_id: checked.customerId,
      subject: checked.subject,
      description: checked.description,
      type: checked.type,
      priority: checked.priority,
      priority_rank: priorityRank(settings, checked.priority),
      initial_priority: checked.priority,
      deadline: checked.deadline,
      contact_method: checked.contactMethod,
      tags: checked.tags,
      requester_id: checked.requesterId,
      assignee_id: checked.assigneeId,
      department_id: checked.departmentId,
      project_id: checked.projectId,
      external_reference: checked.externalReference,
      links: toJson(checked.links),
      created_by: actor.id,
      created_at: at,
      updated_at: at,
      public_updated_at: at,
      changed_by: actor.id,
      changed_at: at,
      search: searchVector(tenant, `${checked.subject}\n${checked.description}`),
    })
    .execute();
  await claimAttachments(tx, tenant, checked.attachments, { caseId: deed.caseId, noteId: null });
  await writeLine(tx, deed, { kind: 'creation' });
  const event = { caseId: deed.caseId, customerId: checked.customerId };
  await announce(tx, tenant, at, [{ kind: 'case.created', ...event }]);
  const told = checked.shareWith.map((one) => ({ ...one, ...noticeOf(one, context, settings) }));
  await giveGrants(tx, deed, checked.customerId, told);
  if (checked.closure) {
    const noteId = await closeRow(tx, deed, checked.closure);
    const internal = checked.closure.visibility === 'internal';
    await announce(tx, tenant, at, [
      { kind: 'note.created', ...event, noteId, internal },
      { kind: 'case.closed', ...event },
    ]);
  } else {
    const { customerId } = checked;
    await putByRules(tx, { caseId: deed.caseId, customerId }, null, checked, scope, at);
  }
  const row = await selectCases(tx)
    .where('c.tenant', '=', tenant)
    .where('c.id', '=', deed.caseId)
    .executeTakeFirstOrThrow();
  return toCase(row, scope);
}

/** Writes the closure with its note and line; the version is the caller's to move. */
export async function closeRow(tx: Tx, deed: Deed, closure: CheckedStatusChange): Promise<string> {
  const noteId = await writeNote(tx, deed, { ...closure, subject: null });
  await writeLine(tx, deed, { kind: 'closure', noteId, reason: closure.reason });
  await tx
    .updateTable('cases')
    .set((eb) => ({
      status: 'closed',
      closed_by: deed.by,
      closed_at: deed.at,
      closed_reason: closure.reason,
      closed_note_id: noteId,
      reopened_by: null,
      reopened_at: null,
      reopened_reason: null,
      reopened_note_id: null,
      reply_count: eb('reply_count', '+', closure.visibility === 'public' ? 1 : 0),
    }))
    .where('tenant', '=', deed.tenant)
    .where('id', '=', deed.caseId)
    .execute();
  return noteId;
}

function referenceTaken(): BackendError {
  return new BackendError('validation_failed', {
    errors: [
      {
        field: 'externalReference',
        code: 'invalid',
        message: 'Another case has this external reference already.',
      },
    ],
  });
}
