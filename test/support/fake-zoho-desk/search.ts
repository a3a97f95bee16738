import type { Context, Hono } from 'hono';

import { contactDetail, searchRow } from './answers.js';
import { listAnswer, Query, sorted } from './query.js';
import { unprocessable } from './refusals.js';
import { statusTypes, type DeskTicket, type DeskWorld } from './world.js';

const ticketParameters = [
  ...['id', 'ticketNumber', 'email', 'phone', 'subject', 'description', '_all', 'status', 'priority'],
  ...['departmentId', 'contactId', 'accountId', 'accountName', 'assigneeId', 'productId', 'productName'],
  ...['channel', 'category', 'contactName', 'tag', 'from', 'limit', 'sortBy'],
  ...['createdTimeRange', 'modifiedTimeRange', 'dueDateRange', 'customerResponseTimeRange'],
  ...Array.from({ length: 10 }, (_, index) => `customField${index + 1}`),
];

/** Matches as Zoho's search does: whole values, or what begins or ends with them where a `*` stands. */
function matcher(wanted: readonly string[]): (value: string | null | undefined) => boolean {
  const patterns = wanted.map((each) => {
    const escaped = each
      .toLowerCase()
      .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*');
    return new RegExp(`^${escaped}$`, 'su');
  });
  return (value) => patterns.some((pattern) => pattern.test((value ?? '').toLowerCase()));
}

/** The same for each word of a text. */
function wordMatcher(wanted: readonly string[]) {
  const matches = matcher(wanted);
  return (value: string | null | undefined) =>
    (value ?? '').match(/[\p{L}\p{N}@._-]+/gu)?.some(matches) ?? false;
}

function long(query: Query, name: string): string[] | undefined {
  const text = query.text(name);
  if (text !== undefined && text.length < 3) {
    throw unprocessable(`The value passed for the '${name}' query parameter is invalid.`);
  }
  return query.list(name);
}

const statusGroups: Readonly<Record<string, string>> = {
  '${open}': 'Open',
  '${onhold}': 'On Hold',
  '${closed}': 'Closed',
};

export function ticketFilter(world: DeskWorld, query: Query): (ticket: DeskTicket) => boolean {
  const tests: ((ticket: DeskTicket) => boolean)[] = [];
  const exact = (name: string, of: (ticket: DeskTicket) => string | null) => {
    const values = query.list(name)?.map((each) => each.toLowerCase());
    if (values) tests.push((ticket) => values.includes((of(ticket) ?? '').toLowerCase()));
  };
  exact('id', ({ id }) => id);
  exact('ticketNumber', ({ ticketNumber }) => String(ticketNumber));
  exact('priority', ({ priority }) => priority);
  exact('departmentId', ({ departmentId }) => departmentId);
  exact('contactId', ({ contactId }) => contactId);
  exact('assigneeId', ({ assigneeId }) => assigneeId);
  exact('channel', ({ channel }) => channel);
  exact('accountId', ({ contactId }) => world.contacts.get(contactId)?.accountId ?? null);
  const status = query.list('status')?.map((each) => each.toLowerCase());
  if (status) {
    tests.push((ticket) =>
      status.some((each) =>
        each in statusGroups
          ? statusTypes[ticket.status] === statusGroups[each]
          : each === ticket.status.toLowerCase(),
      ),
    );
  }
  const words = (name: string, of: (ticket: DeskTicket) => string | null) => {
    const wanted = long(query, name);
    if (!wanted) return;
    const matches = wordMatcher(wanted);
    tests.push((ticket) => matches(of(ticket)));
  };
  words('subject', ({ subject }) => subject);
  words('description', ({ description }) => description);
  words('category', ({ category }) => category);
  words('_all', (ticket) => everythingOf(world, ticket));
  const tags = long(query, 'tag');
  if (tags) {
    const matches = matcher(tags);
    tests.push((ticket) => ticket.tags.some(matches));
  }
  for (let place = 1; place <= 10; place += 1) {
    const given = query.text(`customField${place}`);
    if (given === undefined) continue;
    const colon = given.indexOf(':');
    const matches = matcher([given.slice(colon + 1)]);
    tests.push((ticket) => matches(ticket.cf[given.slice(0, colon)]));
  }
  for (const [name, field] of Object.entries(ranges)) {
    const within = query.range(name);
    if (within) tests.push((ticket) => within(ticket[field]));
  }
  return (ticket) => !ticket.isTrashed && tests.every((test) => test(ticket));
}

const ranges = {
  createdTimeRange: 'createdTime',
  modifiedTimeRange: 'modifiedTime',
  dueDateRange: 'dueDate',
} as const satisfies Record<string, keyof DeskTicket>;

function everythingOf(world: DeskWorld, ticket: DeskTicket): string {
  const contact = world.contacts.get(ticket.contactId);
  const texts = [ticket.subject, ticket.description, ticket.status, ticket.priority, ticket.channel];
  return [...texts, contact?.email, contact?.lastName, ...Object.values(ticket.cf)].join(' ');
}

const contactParameters = [
  ...['_all', 'email', 'firstName', 'lastName', 'fullName', 'id', 'phone', 'mobile', 'accountName'],
  ...['from', 'limit', 'sortBy', 'createdTimeRange', 'modifiedTimeRange'],
];

export function mountSearch(desk: Hono, world: DeskWorld): void {
  desk.get('/tickets/search', (context) => {
    const query = new Query(context, ticketParameters);
    const [from, limit] = [query.whole('from', 0, 0, 999), query.whole('limit', 10, 1, 100)];
    const by = query.sortBy(['relevance', 'modifiedTime', 'createdTime', 'customerResponseTime']);
    const found = [...world.tickets.values()].filter(ticketFilter(world, query));
    const rows = sorted(found, by?.field === 'relevance' ? undefined : by, sortValue);
    const data = rows.slice(from, from + limit).map((ticket) => searchRow(world, ticket));
    return listAnswer(context, data, { count: found.length });
  });
  desk.get('/contacts/search', (context: Context) => {
    const query = new Query(context, contactParameters);
    const [from, limit] = [query.whole('from', 0, 0, 999), query.whole('limit', 10, 1, 100)];
    const email = query.list('email');
    const all = long(query, '_all');
    const found = [...world.contacts.values()].filter(
      (contact) =>
        (!email || matcher(email)(contact.email)) &&
        (!all || wordMatcher(all)(`${contact.firstName ?? ''} ${contact.lastName} ${contact.email ?? ''}`)),
    );
    const data = found
      .slice(from, from + limit)
      .map((contact) => contactDetail(world, contact, new Set(['accounts'])));
    return listAnswer(context, data, { count: found.length });
  });
}

export function sortValue(ticket: DeskTicket, field: string): string {
  if (field === 'modifiedTime') return `${ticket.modifiedTime} ${ticket.id}`;
  if (field === 'dueDate') return `${ticket.dueDate ?? ''} ${ticket.id}`;
  return `${ticket.createdTime} ${ticket.id}`;
}
