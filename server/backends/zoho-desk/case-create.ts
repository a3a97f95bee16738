import type { Case, NewCase } from '../../../src/contract/cases.js';
import type { WriteContext } from '../../backend.js';
import { BackendError } from '../../backend-error.js';
import { FieldErrors } from '../../input/validation.js';
import {
  checkAssignee,
  checkTags,
  departmentOf,
  isSameAccount,
  plainFields,
  refuseUnknown,
} from './case-input.js';
import { readBack } from './case-record.js';
import { readTicket, type Desk } from './desk.js';
import { claimFiles, hangFiles } from './files.js';
import { checkShares, writeShares } from './grants.js';
import { checkStatusChange, writeStatus } from './status.js';
import { writeTags } from './case-update.js';
import type { Viewer } from './viewers.js';
import { fileSchema, parseList, parseOne, ticketSchema, type DeskContact } from './wire.js';

/** CC-25 to CC-30: a new ticket, open, or closed in the same call. */
export function createCase(desk: Desk, input: NewCase, context: WriteContext): Promise<Case> {
  return desk.kept.once(context, async () => {
    const viewer = await desk.viewers.of(context);
    checkRight(viewer, input);
    const fields = new FieldErrors();
    const contact = await findContact(desk, viewer, input, fields);
    const mandatory = new Set<string>(desk.settings.requiredFields.newCase);
    const { priorities, defaultPriority } = desk.settings;
    const usual = priorities.find(({ id, retired }) => id === defaultPriority && !retired)?.id;
    const priority = input.priority === undefined ? usual : input.priority;
    const plain = plainFields(
      desk,
      { ...input, ...(priority !== undefined && { priority }) },
      mandatory,
      fields,
    );
    const tags = checkTags(desk, input.tags, fields);
    if (tags.length === 0 && mandatory.has('tags')) fields.required('tags');
    refuseUnknown(desk, input, fields);
    const departmentId = await departmentOf(desk, viewer, input.departmentId, fields);
    await checkAssignee(desk, input.assigneeId, departmentId, fields);
    const uploads = claimFiles(desk, viewer, input.attachmentIds, fields);
    const closing = input.close && checkStatusChange(desk, 'closure', input.close, fields.below('close'));
    const shares = await checkShares(desk, input.shareWith ?? [], departmentId, fields, 'shareWith');
    fields.throwIfAny();

    const { externalReference: place } = desk.options.fields ?? {};
    const cf = {
      ...(plain['cf'] as object | undefined),
      ...(place !== undefined &&
        input.externalReference !== undefined && { [place]: input.externalReference }),
    };
    const made = parseOne(
      ticketSchema,
      await desk.client.write('POST', '/tickets', {
        json: {
          ...withoutNulls(plain),
          ...(Object.keys(cf).length > 0 && { cf }),
          departmentId,
          contactId: contact?.id,
          ...(input.assigneeId && { assigneeId: input.assigneeId }),
          ...(uploads.length > 0 && { uploads }),
        },
      }),
    );
    if (uploads.length > 0) {
      const files = await desk.client.read(`/tickets/${made.id}/attachments`, { limit: 100 });
      hangFiles(desk, uploads, parseList(fileSchema, files), made.id);
    }
    if (tags.length > 0) await writeTags(desk, made.id, [], tags);
    if (shares.length > 0) await writeShares(desk, made.id, shares);
    if (closing) {
      const ticket = await readTicket(desk, made.id);
      await writeStatus(desk, { viewer, ticket, access: 'owner' }, 'closure', closing);
    }
    return readBack(desk, viewer, made.id);
  });
}

function withoutNulls(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => value !== null && value !== '' && name !== 'cf'),
  );
}

function checkRight(viewer: Viewer, input: NewCase): void {
  const forbid = (rule: string, detail: string): never => {
    throw new BackendError('forbidden', { rule, detail });
  };
  if (viewer.kind === 'agent') {
    if (viewer.isLight)
      forbid('backend.light-agent', 'Zoho Desk lets light agents read and note internally.');
    return;
  }
  if (input.customerId !== viewer.id)
    forbid('cases.own-customer', 'You can submit cases of your own customer only.');
  if (input.close !== undefined) forbid('customer.status', 'Only agents can close a case.');
  if (input.projectId !== undefined) forbid('projects.move', 'Only agents can put a case into a project.');
  if (input.departmentId !== undefined || input.assigneeId !== undefined)
    forbid('customer.assign', 'Only agents can assign a case.');
  if (input.links !== undefined) forbid('customer.links', 'Only agents can link a case.');
  if (input.shareWith?.length) forbid('customer.agents-only', 'Only agents can share a case here.');
  if (input.externalReference !== undefined)
    forbid('customer.external-reference', 'Only agents can set an external reference.');
  if (input.requesterId !== undefined && input.requesterId !== viewer.id)
    forbid('customer.requester', 'You submit cases for yourself.');
}

/** The contact it is for; another of the same account where the requester is named. */
async function findContact(
  desk: Desk,
  viewer: Viewer,
  { customerId, requesterId }: NewCase,
  fields: FieldErrors,
): Promise<DeskContact | undefined> {
  if (viewer.kind === 'customer') return viewer.contact;
  const customer = await desk.directory.contact(customerId);
  if (!customer) fields.add('customerId', 'not_found', 'There is no such customer.');
  if (requesterId === undefined || requesterId === customerId) return customer;
  const requester = await desk.directory.contact(requesterId);
  if (!requester) fields.add('requesterId', 'not_found', 'There is no such person.');
  else if (!isSameAccount(customer, requester))
    fields.add('requesterId', 'invalid', 'This person does not belong to the customer.');
  return requester;
}
