import type { CaseChange, ChangedCase } from '../../../src/contract/cases.js';
import type { GuardedContext } from '../../backend.js';
import { BackendError } from '../../backend-error.js';
import { isAdministrator } from '../../engine/policy/facts.js';
import { FieldErrors } from '../../input/validation.js';
import {
  checkAssignee,
  checkTags,
  heldBy,
  isSameAccount,
  plainFields,
  refuseUnknown,
  type TicketFields,
} from './case-input.js';
import { caseOf, readBack, tagsOf, typeOf } from './case-record.js';
import { readTicket, requireOpen, requireRight, seeTicket, type Desk, type Seen } from './desk.js';
import { textOf } from './texts.js';
import { versionOf } from './version.js';
import type { DeskTicket } from './wire.js';

/** CC-47 to CC-50: changes what differs, as far as the ticket is still the one that was read. */
export async function updateCase(
  desk: Desk,
  id: string,
  change: CaseChange,
  context: GuardedContext,
): Promise<ChangedCase> {
  const seen = await seeTicket(desk, id, context);
  requireRight(desk, seen, 'edit');
  if (change.assigneeId !== undefined || change.departmentId !== undefined)
    requireRight(desk, seen, 'assign');
  if (change.requesterId !== undefined) requireAdministrator(seen);
  await requireOpen(seen, () => caseOf(desk, seen));
  await requireVersion(desk, seen, context.version);

  const { ticket, viewer } = seen;
  const fields = new FieldErrors();
  const held = heldBy(desk, ticket, typeOf(desk, ticket));
  const mandatory = new Set<string>(desk.settings.requiredFields.newCase);
  const wanted = plainFields(desk, change, mandatory, fields, held);
  refuseUnknown(desk, change, fields);
  const tags = change.tags && checkTags(desk, change.tags, fields);
  const moves = await checkMove(desk, ticket, change, fields);
  await checkAssignee(desk, change.assigneeId, moves ?? ticket.departmentId ?? undefined, fields);
  if (change.assigneeId !== undefined) wanted['assigneeId'] = change.assigneeId;
  const ignored = await checkRequester(desk, ticket, change, wanted, fields);
  fields.throwIfAny();

  const differing = differences(desk, ticket, wanted);
  if (Object.keys(differing).length > 0)
    await desk.client.write('PATCH', `/tickets/${ticket.id}`, { json: differing });
  if (tags) await writeTags(desk, ticket.id, await tagsOf(desk, ticket), tags);
  // Last: where it goes may be out of the sight of who sends it there.
  if (moves !== undefined) {
    await desk.client.write('POST', `/tickets/${ticket.id}/move`, { query: { departmentId: moves } });
  }
  await checkTaken(desk, ticket.id, differing);
  const record =
    moves === undefined
      ? await readBack(desk, viewer, ticket.id)
      : await caseOf(desk, { ...seen, ticket: await readTicket(desk, ticket.id) });
  return { ...record, ...ignored };
}

/** CC-50: Zoho has no guard of its own, so what was read is compared just before the write. */
export async function requireVersion(desk: Desk, seen: Seen, version: string): Promise<void> {
  if (version === '' || versionOf(seen.ticket) === version) return;
  throw new BackendError('version_conflict', {
    by: null,
    at: seen.ticket.modifiedTime ?? null,
    current: await caseOf(desk, seen),
  });
}

function requireAdministrator({ viewer }: Seen): void {
  if (viewer.kind === 'agent' && isAdministrator(viewer.actor)) return;
  throw new BackendError('forbidden', {
    rule: 'cases.requester-change',
    detail: 'Only administrators give a case to somebody else.',
  });
}

async function checkMove(
  desk: Desk,
  ticket: DeskTicket,
  { departmentId }: CaseChange,
  fields: FieldErrors,
): Promise<string | undefined> {
  if (departmentId === undefined || departmentId === ticket.departmentId) return undefined;
  if (departmentId === null) {
    fields.required('departmentId', 'Every ticket has a department.');
    return undefined;
  }
  const all = await desk.directory.departments();
  if (!all.some(({ id }) => id === departmentId))
    fields.add('departmentId', 'not_found', 'There is no such department.');
  return departmentId;
}

async function checkRequester(
  desk: Desk,
  ticket: DeskTicket,
  { requesterId }: CaseChange,
  wanted: TicketFields,
  fields: FieldErrors,
): Promise<Pick<ChangedCase, 'ignored'>> {
  if (requesterId === undefined) return {};
  if (requesterId === ticket.contactId)
    return { ignored: [{ field: 'requesterId', code: 'already_requester' }] };
  const [before, after] = await Promise.all([
    desk.directory.contact(ticket.contactId ?? ''),
    desk.directory.contact(requesterId),
  ]);
  if (!after) fields.add('requesterId', 'not_found', 'There is no such person.');
  else if (!isSameAccount(before, after))
    fields.add('requesterId', 'principal_out_of_scope', 'Only somebody of the same account.');
  wanted['contactId'] = requesterId;
  return {};
}

/** Only what differs is sent: everything else may have been changed by somebody meanwhile. */
function differences(desk: Desk, ticket: DeskTicket, wanted: TicketFields): TicketFields {
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => !isHeld(ticket, name, value)));
}

function isHeld(ticket: DeskTicket, name: string, value: unknown): boolean {
  if (name === 'cf')
    return Object.entries(value as object).every(([field, each]) => (ticket.cf?.[field] ?? null) === each);
  const now = (ticket as Readonly<Record<string, unknown>>)[name] ?? null;
  const [held, wanted] = [stringOf(now), stringOf(value)];
  if (name === 'description') return textOf(held) === textOf(wanted);
  if (name === 'dueDate' && held !== '' && wanted !== '') return Date.parse(held) === Date.parse(wanted);
  return now === value;
}

function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Reads what Zoho made of a change: what a rule of its own turned down, it answers with 200 all the same. */
async function checkTaken(desk: Desk, id: string, sent: TicketFields): Promise<void> {
  if (Object.keys(sent).length === 0) return;
  const now = await readTicket(desk, id);
  const fields = new FieldErrors();
  for (const [name, value] of Object.entries(sent)) {
    if (isHeld(now, name, value)) continue;
    fields.add(ourNames(desk)[name] ?? name, 'invalid', 'Zoho Desk kept what it had, or changed it again.');
  }
  fields.throwIfAny();
}

function ourNames({ values }: Desk): Readonly<Record<string, string>> {
  return {
    channel: 'contactMethod',
    dueDate: 'deadline',
    contactId: 'requesterId',
    cf: 'type',
    [values.typeField]: 'type',
  };
}

/** Makes the tags of a ticket the wanted ones. */
export async function writeTags(
  desk: Desk,
  id: string,
  before: readonly string[],
  after: readonly string[],
): Promise<void> {
  const has = (list: readonly string[], tag: string) =>
    list.some((each) => each.toLowerCase() === tag.toLowerCase());
  const gone = before.filter((tag) => !has(after, tag));
  const added = after.filter((tag) => !has(before, tag));
  if (gone.length > 0)
    await desk.client.write('POST', `/tickets/${id}/dissociateTag`, { json: { tags: gone } });
  if (added.length > 0)
    await desk.client.write('POST', `/tickets/${id}/associateTag`, { json: { tags: added } });
}
