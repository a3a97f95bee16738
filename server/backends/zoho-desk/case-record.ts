import type { Case, CaseSummary, StatusChange } from '../../../src/contract/cases.js';
import type { NamedRef, PersonRef } from '../../../src/contract/common.js';
import type { CallContext } from '../../backend.js';
import { readTicket, requireAccess, seeTicket, type Desk, type Seen } from './desk.js';
import { agentRef, contactRef, organisationOf, systemRef } from './directory.js';
import { isClosed, verdictsOf } from './sight.js';
import { readComment, type ReadComment } from './signature.js';
import { textOf } from './texts.js';
import { versionOf } from './version.js';
import type { Viewer } from './viewers.js';
import { commentSchema, fullName, parseList, tagSchema, type DeskComment, type DeskTicket } from './wire.js';

/** A ticket as a list shows it. Its tags are not told in lists: Zoho has them ticket by ticket. */
export async function summaryOf(desk: Desk, seen: Seen, replyCount?: number): Promise<CaseSummary> {
  const { viewer, ticket, access } = seen;
  const { contact } = ticket;
  const requester = contact ? contactRef(contact) : null;
  const [department, createdBy, replies] = await Promise.all([
    departmentOf(desk, ticket),
    creatorOf(desk, ticket, requester),
    replyCount ?? desk.replies.of(ticket),
  ]);
  return {
    id: ticket.id,
    number: ticket.ticketNumber ?? 0,
    version: versionOf(ticket),
    status: isClosed(ticket) ? 'closed' : 'open',
    customer: { id: ticket.contactId ?? '', name: requester?.name ?? ticket.contactId ?? '' },
    organisation: contact
      ? organisationOf({ ...contact, accountId: contact.accountId ?? ticket.accountId })
      : null,
    subject: ticket.subject ?? '',
    type: desk.values.type.here(typeOf(desk, ticket)),
    priority: desk.values.priority.here(ticket.priority),
    contactMethod: desk.values.contactMethod.here(ticket.channel),
    deadline: deadlineOf(ticket.dueDate),
    requester,
    assignee: await assigneeOf(desk, ticket),
    department,
    project: null,
    createdBy,
    createdAt: ticket.createdTime ?? null,
    updatedAt: ticket.modifiedTime ?? ticket.createdTime ?? null,
    replyCount: replies,
    permissions: verdictsOf(viewer, ticket, access, desk.settings.reopenOnCustomerReply),
  };
}

export function typeOf({ values }: Desk, ticket: DeskTicket): string | null {
  const { typeField } = values;
  if (typeField === 'classification' || typeField === 'category') return ticket[typeField] ?? null;
  return customField(ticket, typeField);
}

function customField({ cf }: DeskTicket, name: string): string | null {
  const value = cf?.[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Deadlines are days, and end with their day in UTC. */
export function deadlineOf(dueDate: string | null | undefined): string | null {
  const time = Date.parse(dueDate ?? '');
  return Number.isNaN(time) ? null : new Date(time).toISOString().slice(0, 10);
}

export function dueDateOf(deadline: string): string {
  return `${deadline}T23:59:59.000Z`;
}

async function departmentOf(desk: Desk, { department, departmentId }: DeskTicket): Promise<NamedRef | null> {
  const id = departmentId ?? department?.id;
  if (id === null || id === undefined) return null;
  return { id, name: department?.name ?? (await desk.directory.departmentName(id)) };
}

async function assigneeOf(desk: Desk, { assignee, assigneeId }: DeskTicket): Promise<PersonRef | null> {
  const id = assigneeId ?? assignee?.id;
  if (id === null || id === undefined) return null;
  if (assignee && fullName(assignee) !== '') return { id, name: fullName(assignee), kind: 'agent' };
  const agent = await desk.directory.agent(id);
  return agent ? agentRef(agent) : { id, name: id, kind: 'agent' };
}

/** Whoever raised it in Zoho itself. What came through the gateway has the gateway's agent there: the system is named instead. */
async function creatorOf(
  desk: Desk,
  { createdBy, contactId }: DeskTicket,
  requester: PersonRef | null,
): Promise<PersonRef | null> {
  if (createdBy === null || createdBy === undefined) return null;
  if (createdBy === (await desk.directory.serviceId())) return systemRef;
  if (createdBy === contactId) return requester;
  const agent = await desk.directory.agent(createdBy);
  return agent ? agentRef(agent) : null;
}

/** One case, whole. */
export async function getCase(desk: Desk, id: string, context: CallContext): Promise<Case> {
  return caseOf(desk, await seeTicket(desk, id, context), context.signal);
}

/** A case as it is after a write, asked anew. */
export async function readBack(desk: Desk, viewer: Viewer, id: string): Promise<Case> {
  const ticket = await readTicket(desk, id);
  return caseOf(desk, { viewer, ticket, access: requireAccess(viewer, ticket) });
}

export async function caseOf(desk: Desk, seen: Seen, signal?: AbortSignal): Promise<Case> {
  const { ticket, viewer } = seen;
  const [comments, tags, serviceId] = await Promise.all([
    newestComments(desk, ticket, signal),
    tagsOf(desk, ticket, signal),
    desk.directory.serviceId(),
  ]);
  const read = comments.map((comment) => ({
    comment,
    said: readComment(comment, serviceId, desk.settings),
  }));
  const isWhole = comments.length === (ticket.commentCount ?? 0);
  const replies = isWhole
    ? comments.filter(({ isPublic }) => isPublic === true).length
    : await desk.replies.count(ticket);
  const latest = read.find(({ said }) => said.status);
  const closed = isClosed(ticket);
  const changed = latest && statusChangeOf(viewer, latest.comment, latest.said);
  const kind = latest?.said.status?.kind;
  const { externalReference } = desk.options.fields ?? {};
  return {
    ...(await summaryOf(desk, seen, replies)),
    tags,
    description: textOf(ticket.description),
    externalReference: externalReference === undefined ? null : customField(ticket, externalReference),
    closure: !closed
      ? null
      : kind === 'closure' && changed
        ? changed
        : { reason: ticket.status ?? 'Closed', by: null, at: ticket.closedTime ?? null },
    reopening: !closed && kind === 'reopening' && changed ? changed : null,
  };
}

function statusChangeOf(viewer: Viewer, comment: DeskComment, said: ReadComment): StatusChange {
  const shown = viewer.kind === 'agent' || said.visibility === 'public';
  return {
    reason: said.status?.reason ?? '',
    by: said.signer ?? null,
    at: comment.commentedTime ?? null,
    ...(shown && { note: said.text }),
  };
}

async function newestComments(desk: Desk, ticket: DeskTicket, signal?: AbortSignal): Promise<DeskComment[]> {
  if ((ticket.commentCount ?? 0) === 0) return [];
  const query = { from: 0, limit: 100, sortBy: '-commentedTime' };
  return parseList(commentSchema, await desk.client.read(`/tickets/${ticket.id}/comments`, query, signal));
}

export async function tagsOf(desk: Desk, ticket: DeskTicket, signal?: AbortSignal): Promise<string[]> {
  if (ticket.tagCount === 0) return [];
  const found = await desk.client.read(`/tickets/${ticket.id}/tags`, {}, signal);
  return parseList(tagSchema, found, 'tags').flatMap(({ name }) => (name ? [name] : []));
}
