import type { Context, Hono } from 'hono';

import { assigneeOf, departmentRef, listRow, ticketAnswer, ticketDetail } from './answers.js';
import { readJson, type Body } from './body.js';
import { listAnswer, Query, sorted } from './query.js';
import { badField, invalidData, notThere, type RefusedField } from './refusals.js';
import { sortValue } from './search.js';
import { priorities, statusTypes, type DeskEvent, type DeskTicket, type DeskWorld } from './world.js';

const included = ['contacts', 'products', 'departments', 'team', 'assignee', 'contract', 'isRead', 'skills'];
const writable = [
  ...['subject', 'description', 'status', 'priority', 'classification', 'category', 'subCategory', 'channel'],
  ...['dueDate', 'departmentId', 'contactId', 'assigneeId', 'cf', 'customFields', 'sharedDepartments'],
  ...['uploads', 'productId', 'phone', 'email', 'language', 'resolution', 'contact', 'accountId', 'teamId'],
  ...['secondaryContacts', 'webUrl', 'layoutId', 'responseDueDate', 'entitySkills', 'sourceTicket'],
];

export function ticketOf(world: DeskWorld, context: Context): DeskTicket {
  const ticket = world.tickets.get(context.req.param('ticketId') ?? '');
  if (!ticket) throw notThere();
  return ticket;
}

export function mountTickets(desk: Hono, world: DeskWorld): void {
  desk.get('/tickets', (context) => {
    const query = new Query(context, [
      ...[
        'include',
        'departmentId',
        'departmentIds',
        'priority',
        'limit',
        'from',
        'channel',
        'sortBy',
        'filters',
      ],
      ...['assignee', 'teamIds', 'receivedInDays', 'status', 'viewId', 'fields'],
    ]);
    const include = query.set('include', included);
    const departments = query.list('departmentIds') ?? query.list('departmentId');
    const by = query.sortBy(['dueDate', 'createdTime', 'recentThread']);
    const rows = [...world.tickets.values()].filter(
      (ticket) =>
        !ticket.isTrashed &&
        (departments?.includes(ticket.departmentId) ?? true) &&
        (query.list('status')?.includes(ticket.status) ?? true) &&
        (query.list('priority')?.includes(ticket.priority ?? '') ?? true) &&
        (query.list('assignee')?.includes(ticket.assigneeId ?? 'Unassigned') ?? true),
    );
    return page(context, world, query, sorted(rows, by, sortValue), include);
  });

  desk.get('/contacts/:contactId/tickets', (context) => {
    const query = new Query(context, ['include', 'departmentId', 'limit', 'from', 'sortBy', 'isSpam']);
    const include = query.set('include', ['products', 'departments', 'team', 'assignee', 'isRead']);
    const id = context.req.param('contactId');
    if (!world.contacts.has(id)) throw notThere();
    const rows = [...world.tickets.values()].filter(
      ({ contactId, isSpam }) => contactId === id && isSpam === (query.flag('isSpam') ?? false),
    );
    return page(
      context,
      world,
      query,
      sorted(rows, query.sortBy(['createdTime', 'modifiedTime']), sortValue),
      include,
    );
  });

  desk.get('/associatedTickets', (context) => {
    const query = new Query(context, [
      ...['include', 'follower', 'departmentId', 'limit', 'sharedDepartmentId', 'from', 'assignee'],
      ...['receivedInDays', 'isShared', 'status', 'commenter'],
    ]);
    const [owner, receiver] = [query.text('departmentId'), query.text('sharedDepartmentId')];
    const follower = query.text('follower');
    const rows = [...world.tickets.values()].filter(
      (ticket) =>
        (follower === undefined || ticket.followers.includes(follower)) &&
        (owner === undefined || ticket.departmentId === owner) &&
        (receiver === undefined || ticket.sharedDepartments.some(({ id }) => id === receiver)) &&
        (query.flag('isShared') !== true || ticket.sharedDepartments.length > 0) &&
        (query.list('status')?.includes(ticket.status) ?? true),
    );
    return page(context, world, query, rows, query.set('include', ['contacts', 'products', 'assignee']));
  });

  desk.post('/tickets', async (context) => {
    new Query(context, []);
    const body = await readJson(context, writable, { sharedDepartments: 'texts' });
    const missing = ['departmentId', 'contactId', 'subject'].filter((name) => !body[name]);
    const errors = [...missing.map((name) => badField(name, 'missing')), ...wrong(world, body)];
    if (errors.length > 0) throw invalidData(...errors);
    const { uploads = [], sharedDepartments: _, ...given } = body as Body & { uploads?: string[] };
    const ticket = world.addTicket(given as unknown as DeskTicket);
    for (const id of uploads) {
      const file = world.uploads.get(id);
      if (!file) throw invalidData(badField('uploads'));
      world.uploads.delete(id);
      ticket.attachments.push({ ...file, isPublic: true });
    }
    return context.json(ticketAnswer(world, ticket));
  });

  desk.get('/tickets/:ticketId', (context) => {
    const include = new Query(context, ['include']).set('include', included);
    return context.json(ticketDetail(world, ticketOf(world, context), include));
  });

  desk.patch('/tickets/:ticketId', async (context) => {
    new Query(context, ['disableClosureNotification']);
    const ticket = ticketOf(world, context);
    const body = await readJson(context, writable, { sharedDepartments: 'objects' });
    const errors = wrong(world, body);
    if (errors.length > 0) throw invalidData(...errors);
    change(world, ticket, body);
    return context.json(ticketAnswer(world, ticket));
  });

  desk.post('/tickets/:ticketId/move', (context) => {
    const departmentId = new Query(context, ['departmentId']).text('departmentId') ?? '';
    const ticket = ticketOf(world, context);
    if (!world.departments.has(departmentId)) throw invalidData(badField('departmentId'));
    change(world, ticket, { departmentId });
    return context.body(null, 200);
  });

  desk.post('/closeTickets', async (context) => {
    const { ids } = (await readJson(context, ['ids'])) as { ids?: string[] };
    if (!ids) throw invalidData(badField('ids', 'missing'));
    for (const id of ids) {
      const ticket = world.tickets.get(id);
      if (ticket) change(world, ticket, { status: 'Closed' });
    }
    return context.body(null, 200);
  });
}

function page(
  context: Context,
  world: DeskWorld,
  query: Query,
  rows: readonly DeskTicket[],
  include: ReadonlySet<string>,
): Response {
  const [from, limit] = [query.whole('from', 0, 0), query.whole('limit', 25, 1, 100)];
  return listAnswer(
    context,
    rows.slice(from, from + limit).map((ticket) => listRow(world, ticket, include)),
  );
}

function wrong(world: DeskWorld, body: Body): RefusedField[] {
  const known: Readonly<Record<string, (value: string) => boolean>> = {
    status: (value) => value in statusTypes,
    priority: (value) => priorities.includes(value),
    departmentId: (value) => world.departments.has(value),
    contactId: (value) => world.contacts.has(value),
    assigneeId: (value) => world.agents.get(value)?.status === 'ACTIVE',
    dueDate: (value) => /^(19|20)\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/.test(value),
    subject: (value) => value.length > 0 && value.length <= 1000,
    description: (value) => value.length <= 65_535,
  };
  const fields = Object.entries(known).flatMap(([name, isValid]) => {
    const value = body[name];
    if (value === undefined || (value === null && name !== 'status' && name !== 'subject')) return [];
    return typeof value === 'string' && isValid(value) ? [] : [badField(name)];
  });
  const shares = (body['sharedDepartments'] ?? []) as { id: string }[];
  const unknown = shares.some((share) => typeof share === 'object' && !world.departments.has(share.id));
  return unknown ? [...fields, badField('sharedDepartments')] : fields;
}

const labels: Readonly<Record<string, string>> = {
  subject: 'Subject',
  description: 'Description',
  status: 'Status',
  priority: 'Priority',
  classification: 'Classification',
  category: 'Category',
  channel: 'Channel',
  dueDate: 'Due Date',
  assigneeId: 'Case Owner',
  departmentId: 'Department',
};

/** Applies a change as the service account, and writes down what became different. */
export function change(
  world: DeskWorld,
  ticket: DeskTicket,
  { sharedDepartments, cf, ...fields }: Body,
): void {
  const info: DeskEvent['eventInfo'] = [];
  const record = ticket as unknown as Record<string, unknown>;
  for (const [name, value] of Object.entries(fields)) {
    if (record[name] === value) continue;
    info.push({
      propertyName: labels[name] ?? name,
      propertyType: 'ValueTransition',
      propertyValue: {
        previousValue: shown(world, name, record[name]),
        updatedValue: shown(world, name, value),
      },
    });
    record[name] = value;
  }
  if (cf) Object.assign(ticket.cf, cf);
  if (fields['status'] !== undefined) {
    ticket.closedTime = statusTypes[ticket.status] === 'Closed' ? (ticket.closedTime ?? world.now()) : null;
  }
  if (sharedDepartments) share(world, ticket, sharedDepartments as DeskTicket['sharedDepartments']);
  if (info.length > 0) world.record(ticket, 'TicketUpdated', info);
  if (info.length > 0 || cf || sharedDepartments) world.touch(ticket);
}

function shown(world: DeskWorld, name: string, value: unknown): unknown {
  if (typeof value !== 'string') return value ?? null;
  if (name === 'departmentId') return { ...departmentRef(world, value), type: 'Department' };
  if (name !== 'assigneeId') return value;
  const agent = assigneeOf(world, value);
  return agent && { id: value, name: `${agent.firstName} ${agent.lastName}`, type: 'Agent' };
}

function share(world: DeskWorld, ticket: DeskTicket, wanted: DeskTicket['sharedDepartments']): void {
  const before = new Map(ticket.sharedDepartments.map(({ id, type }) => [id, type]));
  const after = new Map(wanted.map(({ id, type }) => [id, type]));
  const tell = (eventName: string, id: string) =>
    world.record(ticket, eventName, [
      {
        propertyName: 'Department',
        propertyType: 'Entity',
        propertyValue: { ...departmentRef(world, id), type: 'Department' },
      },
    ]);
  for (const [id, type] of after) {
    if (!before.has(id)) tell('TicketShared', id);
    else if (before.get(id) !== type) tell('TicketShareModeUpdated', id);
  }
  for (const id of before.keys()) if (!after.has(id)) tell('TicketShareRevoked', id);
  ticket.sharedDepartments = wanted.map(({ id, type }) => ({ id, type }));
}
