import type { CaseQuery, CaseSort } from '../../../src/contract/cases.js';
import { wordsOf } from '../../input/text.js';
import { deadlineOf, typeOf } from './case-record.js';
import type { Desk } from './desk.js';
import type { DeskQuery } from './desk-client.js';
import { textOf } from './texts.js';
import type { Viewer } from './viewers.js';
import { isId, type DeskTicket } from './wire.js';

/** How Zoho is asked for the cases of a list. */
export interface TicketSearch {
  /** One question each: Zoho takes one department at a time. Empty: nothing can match. */
  readonly questions: readonly DeskQuery[];
  /** What Zoho cannot be asked, looked at afterwards; absent where it answers the whole question. */
  readonly keep?: (ticket: DeskTicket) => boolean;
  /** Zoho's order; absent where it has none such, and the rows are put in order here. */
  readonly sortBy?: string;
}

const orders: Partial<Record<CaseSort, string>> = {
  updated: 'modifiedTime',
  '-updated': '-modifiedTime',
  created: 'createdTime',
  '-created': '-createdTime',
  // Numbers are given in the order of creation.
  number: 'createdTime',
  '-number': '-createdTime',
};

const earliest = '1970-01-01T00:00:00.000Z';
const latest = '2099-12-31T23:59:59.000Z';

/** What the viewer's question is in Zoho's search, narrowed to what they see. */
export async function ticketSearch(desk: Desk, viewer: Viewer, query: CaseQuery): Promise<TicketSearch> {
  const scopes = await scopesOf(desk, viewer, query);
  const asked = await conditionsOf(desk, query);
  if (asked === null || scopes.length === 0) return { questions: [] };
  // Who sees only their own asks in vain for those of others.
  if (
    scopes.some(
      ({ assigneeId }) => assigneeId !== undefined && assigneeId !== (query.assigneeId ?? assigneeId),
    )
  )
    return { questions: [] };
  const sortBy = orders[query.sort ?? '-updated'];
  return {
    questions: scopes.map((scope) => ({ ...asked.conditions, ...scope })),
    ...(asked.keep && { keep: asked.keep }),
    ...(sortBy !== undefined && { sortBy }),
  };
}

/** The departments of an agent, or the contact or account of a customer; nothing wider is ever asked. */
async function scopesOf(desk: Desk, viewer: Viewer, { customerId }: CaseQuery): Promise<DeskQuery[]> {
  if (customerId !== undefined && !isId(customerId)) return [];
  if (viewer.kind === 'customer') {
    if (viewer.accountId === null)
      return customerId === undefined || customerId === viewer.id ? [{ contactId: viewer.id }] : [];
    return [{ accountId: viewer.accountId, ...(customerId !== undefined && { contactId: customerId }) }];
  }
  const own = {
    ...(customerId !== undefined && { contactId: customerId }),
    ...(viewer.onlyOwn && { assigneeId: viewer.id }),
  };
  const all = await desk.directory.departments();
  if (all.length > 1 && all.every(({ id }) => viewer.departments.has(id))) return [own];
  return [...viewer.departments].map((departmentId) => ({ ...own, departmentId }));
}

async function conditionsOf(desk: Desk, query: CaseQuery) {
  const { values } = desk;
  const { status, type, priority, tag, assigneeId, link, projectId, deadline, dueAfter, dueBy, overdueOn } =
    query;
  // What Zoho does not have, no ticket has.
  if (link?.length || projectId !== undefined) return null;
  if (query.sharedWithCustomerId !== undefined || query.sharedWithOrganisationId !== undefined) return null;
  if (assigneeId !== undefined && !isId(assigneeId)) return null;
  // A shorter tag cannot be.
  const tags = tag?.filter((each) => each.length >= 3 && !/[,*${}]/.test(each));
  if (tag?.length && tags?.length === 0) return null;
  const tests: ((ticket: DeskTicket) => boolean)[] = [];
  const conditions: Record<string, string> = {};

  const open = overdueOn !== undefined || (status?.includes('open') && !status.includes('closed'));
  if (open && status && !status.includes('open')) return null;
  if (open) conditions['status'] = '${open},${onhold}';
  else if (status?.includes('closed') && !status.includes('open')) conditions['status'] = '${closed}';
  if (priority?.length) {
    const wanted = priority.map((id) => values.priority.there(id));
    if (wanted.some((value) => value.includes(',')))
      tests.push((ticket) => wanted.includes(ticket.priority ?? ''));
    else conditions['priority'] = wanted.join(',');
  }
  if (type?.length) {
    const wanted = type.map((id) => values.type.there(id));
    const [only = ''] = wanted;
    const { typeField } = values;
    if (wanted.length === 1 && typeField.startsWith('cf_') && !/[,*${}]/.test(only))
      conditions['customField1'] = `${typeField}:${only}`;
    tests.push((ticket) => wanted.includes(typeOf(desk, ticket) ?? ''));
  }
  if (tags?.length) conditions['tag'] = tags.join(',');
  if (assigneeId !== undefined) conditions['assigneeId'] = assigneeId;

  const raised = rangeOf(momentOf(query.raisedAfter), before(momentOf(query.raisedBefore)));
  if (raised === null) return null;
  if (raised) conditions['createdTimeRange'] = raised;
  const ends = [dueBy, overdueOn && dayBefore(overdueOn)].filter((day) => day !== undefined).sort();
  const hasDeadline = deadline === 'set' || dueAfter !== undefined || ends.length > 0;
  if (hasDeadline && deadline === 'none') return null;
  const due = rangeOf(dueAfter && `${dueAfter}T00:00:00.000Z`, ends[0] && `${ends[0]}T23:59:59.000Z`);
  if (due === null) return null;
  if (hasDeadline) conditions['dueDateRange'] = due ?? `${earliest},${latest}`;
  if (deadline === 'none') tests.push((ticket) => deadlineOf(ticket.dueDate) === null);

  const words = wordsOf(query.q ?? '');
  if (words.length > 0) {
    const [longest = ''] = [...words].sort((a, b) => b.length - a.length);
    if (longest.length >= 3) conditions['_all'] = `${longest.slice(0, 90)}*`;
    tests.push((ticket) => holds(ticket, words));
  }
  return {
    conditions,
    ...(tests.length > 0 && { keep: (ticket: DeskTicket) => tests.every((test) => test(ticket)) }),
  };
}

/** CC-11: each word begins one of the subject or the description; what else Zoho looked at does not count. */
function holds(ticket: DeskTicket, words: readonly string[]): boolean {
  const there = wordsOf(`${ticket.subject ?? ''}\n${textOf(ticket.description)}`);
  return words.every((word) => there.some((each) => each.startsWith(word)));
}

/** Two instants as Zoho takes them; `undefined` without either, `null` where nothing can lie between. */
function rangeOf(from: string | undefined, to: string | undefined): string | null | undefined {
  if (from === undefined && to === undefined) return undefined;
  const [least, most] = [from ?? earliest, to ?? latest];
  if (least > most) return null;
  return `${least < earliest ? earliest : least},${most > latest ? latest : most}`;
}

function momentOf(value: string | undefined): string | undefined {
  return value === undefined ? undefined : new Date(value).toISOString();
}

function before(moment: string | undefined): string | undefined {
  return moment === undefined ? undefined : new Date(Date.parse(moment) - 1).toISOString();
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) - 86_400_000).toISOString().slice(0, 10);
}

/** The order of a list, for rows that Zoho cannot put in order. */
export function compareBy(desk: Desk, sort: CaseSort): (a: DeskTicket, b: DeskTicket) => number {
  const field = sort.replace(/^-/, '');
  const sign = sort.startsWith('-') ? -1 : 1;
  return (a, b) => {
    const [left, right] = [rank(a), rank(b)];
    if (left === right) return Number(b.ticketNumber ?? 0) - Number(a.ticketNumber ?? 0);
    // Those without come last, whatever the direction.
    if (left === null) return 1;
    if (right === null) return -1;
    return (left < right ? -1 : 1) * sign;
  };

  function rank(ticket: DeskTicket): string | number | null {
    if (field === 'deadline') return deadlineOf(ticket.dueDate);
    if (field === 'number') return Number(ticket.ticketNumber ?? 0);
    if (field === 'created') return ticket.createdTime ?? null;
    if (field === 'updated') return ticket.modifiedTime ?? null;
    const id = desk.values.priority.here(ticket.priority);
    const place = desk.settings.priorities.findIndex((choice) => choice.id === id);
    return place === -1 ? null : place;
  }
}
