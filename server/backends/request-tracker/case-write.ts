import type { Case, CaseChange, ChangedCase, NewCase } from '../../../src/contract/cases.js';
import { BackendError } from '../../backend-error.js';
import type { GuardedContext, WriteContext } from '../../backend.js';
import { FieldErrors } from '../../input/validation.js';
import { jsonOf } from '../vendor-client.js';
import { refuseUnheld, wantedFields, wantedOwner, wantedQueue } from './case-input.js';
import { caseOf, readTicket, summaryOf, type Ticket } from './case-record.js';
import { requireVerdict } from './case-rights.js';
import { bodyOf, refusedWith, requireCurrent, wantedField, writeTicket, type Wanted } from './changes.js';
import { checkStatusInput, explainStatus } from './case-status.js';
import { readerOf, type Desk, type Reader } from './desk.js';
import { attachmentsToSend } from './files.js';
import { checkGrantees } from './grantees.js';
import { knownCustomer, requireAgent, userOf } from './names.js';
import { vendor } from './tracker.js';
import { createdSchema } from './wire.js';

/** Creates a ticket with all its fields, files and shares in one request. */
export function createCase(desk: Desk, input: NewCase, call: WriteContext): Promise<Case> {
  return desk.answers.once(call, async () => {
    const reader = await readerOf(desk, call);
    const { actor } = call;
    const fields = new FieldErrors();
    const { requiredFields, defaultPriority } = desk.settings;
    const mandatory = (name: string) => requiredFields.newCase.includes(name);
    const { limits } = desk;
    refuseUnheld(desk, input, fields);
    if (actor.kind === 'customer') refuseForCustomers(input);
    const described = fields.text(
      'description',
      input.description,
      limits.description,
      mandatory('description'),
    );
    const given = { ...input, ...(input.priority === undefined && { priority: defaultPriority }) };
    const wanted = wantedFields(desk, given, fields, mandatory);
    wanted.push(...(await wantedPeople(desk, reader, input, fields)));
    if (input.departmentId != null) {
      const queue = await wantedQueue(desk, reader, input.departmentId, fields);
      if (queue) wanted.push(queue);
    }
    if (input.assigneeId != null) wanted.push(wantedOwner(desk, reader, input.assigneeId));
    if (input.shareWith) wanted.push(...(await checkGrantees(desk, reader, input.shareWith, fields)));
    const closing = input.close && checkStatusInput(desk, 'close', input.close, fields.below('close'));
    const files = attachmentsToSend(desk, actor, input.attachmentIds, 'attachmentIds', fields);
    fields.throwIfAny();

    const id = await post(desk, reader, {
      Queue: desk.setup.queue,
      ...bodyOf(wanted),
      ...((described !== '' || files.sent.length > 0) && {
        Content: described,
        ContentType: 'text/plain',
        ...(files.sent.length > 0 && { Attachments: files.sent }),
      }),
    });
    desk.uploads.drop(files.ids);
    let ticket: Ticket = await readTicket(desk, reader, id);
    if (closing) ticket = await explainStatus(desk, reader, ticket, 'close', closing);
    return caseOf(desk, reader, ticket);
  });
}

async function post({ tracker }: Desk, { context }: Reader, json: unknown): Promise<string> {
  const answer = await tracker.send({ method: 'POST', path: '/ticket', json }, context);
  const body = await jsonOf(answer, vendor);
  const created = answer.status === 201 ? createdSchema.safeParse(body) : undefined;
  if (created?.success) return created.data.id;
  throw refusedWith(body);
}

function refuseForCustomers(input: NewCase): void {
  const names = ['assigneeId', 'close', 'shareWith', 'links', 'departmentId', 'projectId'] as const;
  if (names.some((name) => input[name] != null)) {
    throw new BackendError('forbidden', {
      rule: 'customer.agents-only',
      detail: 'Only agents can say who works on a case, or share or close it.',
    });
  }
}

/** Who asks, and which customer it is about. Customers ask for themselves: the server knows who they are. */
async function wantedPeople(
  desk: Desk,
  reader: Reader,
  input: NewCase,
  fields: FieldErrors,
): Promise<Wanted[]> {
  const { customers = { by: 'requestor' } } = desk.setup;
  const { customerId, requesterId } = input;
  const isField = customers.by === 'field';
  const wanted = isField ? [wantedField('customerId', customers.field, [customerId])] : [];
  if (reader.actor.kind === 'customer') {
    const own = isField ? reader.actor.customer : reader.user;
    const isOwn = customerId === own || (!isField && customerId === reader.actor.id);
    if (!isOwn || (requesterId !== undefined && userOf(desk, reader, requesterId) !== reader.user)) {
      throw new BackendError('forbidden', {
        rule: 'cases.own-customer',
        detail: 'You can ask for yourself only.',
      });
    }
    // Who creates a ticket is not its requestor unless that is said.
    return [...wanted, { field: 'requesterId', sent: { Requestor: [reader.user] }, holds: () => true }];
  }
  if (isField && customers.known && !knownCustomer(desk, customerId)) {
    fields.add('customerId', 'not_found', 'There is no such customer.');
    return wanted;
  }
  const contact = isField ? knownCustomer(desk, customerId)?.mainContact : customerId;
  const requestor = requesterId === undefined ? contact : userOf(desk, reader, requesterId);
  if (requestor === undefined) {
    fields.required('requesterId', 'Say who asks: this customer has no main contact.');
    return wanted;
  }
  const field = requesterId === undefined ? 'customerId' : 'requesterId';
  await requireUser(desk, reader, requestor, field, fields);
  return [...wanted, { field, sent: { Requestor: [requestor] }, holds: () => true }];
}

/** Request Tracker makes a user of any address it does not know: here nobody comes to be by being named. */
async function requireUser(desk: Desk, reader: Reader, name: string, field: string, fields: FieldErrors) {
  const user = await desk.directory.user(name, reader.context);
  if (user?.Name !== name) fields.add(field, 'not_found', 'There is nobody called so.');
}

/** Changes fields of a ticket that is as the caller read it. */
export async function updateCase(
  desk: Desk,
  id: string,
  change: CaseChange,
  call: GuardedContext,
): Promise<ChangedCase> {
  const reader = await readerOf(desk, call);
  const ticket = await readTicket(desk, reader, id);
  requireAgent(call.actor);
  const { status, permissions } = summaryOf(desk, reader, ticket.row);
  if (status === 'closed') {
    throw new BackendError('case_closed', { current: await caseOf(desk, reader, ticket) });
  }
  requireVerdict(permissions['edit']);
  await requireCurrent(desk, reader, ticket, call);

  const fields = new FieldErrors();
  refuseUnheld(desk, change, fields);
  if (change.description !== undefined) {
    fields.add(
      'description',
      'unknown_field',
      `${vendor} keeps the first text of a ticket as it was written.`,
    );
  }
  const mandatory = (name: string) => desk.settings.requiredFields.newCase.includes(name);
  const wanted = wantedFields(desk, change, fields, mandatory, ticket.row);
  if (change.assigneeId !== undefined) wanted.push(wantedOwner(desk, reader, change.assigneeId));
  if (change.departmentId !== undefined) {
    const queue = await wantedQueue(desk, reader, change.departmentId, fields);
    if (queue) wanted.push(queue);
  }
  if (change.requesterId !== undefined) {
    const user = userOf(desk, reader, change.requesterId);
    await requireUser(desk, reader, user, 'requesterId', fields);
    wanted.push({
      field: 'requesterId',
      sent: { Requestor: [user] },
      holds: ({ Requestor }) => Requestor.length === 1 && Requestor[0]?.id === user,
    });
  }
  fields.throwIfAny();
  const changed = wanted.filter(({ holds }) => !holds(ticket.row));
  const now = await writeTicket(desk, reader, ticket, changed);
  return caseOf(desk, reader, now);
}
