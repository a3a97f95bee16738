import type { Hono } from 'hono';

import { agentAnswer, contactDetail, contactRow, departmentAnswer } from './answers.js';
import { listAnswer, Query } from './query.js';
import { notThere } from './refusals.js';
import { statusTypes, type DeskWorld } from './world.js';

const views = [
  ['1892000000000101', 'All Cases', 'All Tickets', 'all-cases'],
  ['1892000000000102', 'Open Cases', 'Open Tickets', 'open-cases'],
  ['1892000000000103', 'Closed Cases', 'Closed Tickets', 'closed-cases'],
  ['1892000000000104', 'My Open Cases', 'My Open Tickets', 'my-open-cases'],
  ['1892000000000105', 'OverDue Cases', 'Overdue Tickets', 'overdue-cases'],
] as const;

/** Agents, departments, contacts and views. */
export function mountDirectory(desk: Hono, world: DeskWorld): void {
  desk.get('/myinfo', (context) => {
    new Query(context, ['include']);
    const me = world.agents.get(world.serviceId);
    if (!me) throw notThere();
    return context.json(agentAnswer(me));
  });
  desk.get('/agents/email/:email', (context) => {
    new Query(context, []);
    const email = context.req.param('email').toLowerCase();
    const agent = [...world.agents.values()].find(({ emailId }) => emailId.toLowerCase() === email);
    return agent ? context.json(agentAnswer(agent)) : context.body(null, 204);
  });
  desk.get('/agents', (context) => {
    const query = new Query(context, [
      ...['include', 'roleIds', 'searchStr', 'fieldName', 'isLightAgent', 'sortOrder', 'limit', 'from'],
      ...['rolePermissionType', 'profileIds', 'isConfirmed', 'departmentIds', 'status'],
    ]);
    const [from, limit] = [query.whole('from', 0, 0), query.whole('limit', 10, 0, 200)];
    const departments = query.list('departmentIds');
    const found = [...world.agents.values()].filter(
      ({ status, associatedDepartmentIds }) =>
        (query.text('status') ?? status) === status &&
        (departments?.some((id) => associatedDepartmentIds.includes(id)) ?? true),
    );
    return listAnswer(context, found.slice(from, from + limit).map(agentAnswer));
  });
  desk.get('/agents/:agentId', (context) => {
    new Query(context, ['include']);
    const agent = world.agents.get(context.req.param('agentId'));
    if (!agent) throw notThere();
    return context.json(agentAnswer(agent));
  });
  desk.get('/departments', (context) => {
    const query = new Query(context, ['chatStatus', 'searchStr', 'isEnabled', 'limit', 'from']);
    const enabled = query.flag('isEnabled');
    const [from, limit] = [query.whole('from', 0, 0), query.whole('limit', 10, 0, 200)];
    const found = [...world.departments.values()].filter(
      ({ isEnabled }) => enabled === undefined || isEnabled === enabled,
    );
    return listAnswer(
      context,
      found.slice(from, from + limit).map((each) => departmentAnswer(world, each)),
    );
  });
  desk.get('/contacts', (context) => {
    const query = new Query(context, ['include', 'limit', 'from', 'sortBy', 'viewId', 'fields', 'isSpam']);
    const [from, limit] = [query.whole('from', 0, 0), query.whole('limit', 10, 1, 100)];
    const found = [...world.contacts.values()].slice(from, from + limit);
    return listAnswer(
      context,
      found.map((contact) => contactRow(world, contact)),
    );
  });
  desk.get('/contacts/:contactId', (context) => {
    const include = new Query(context, ['include']).set('include', ['accounts', 'owner']);
    const contact = world.contacts.get(context.req.param('contactId'));
    if (!contact) throw notThere();
    return context.json(contactDetail(world, contact, include));
  });
  desk.get('/views', (context) => {
    const query = new Query(context, ['module', 'departmentId']);
    const isTickets = query.text('module') === 'tickets';
    const data = views.map(([id, name, displayLabel, sanitizedName]) => ({
      id,
      name,
      viewName: name,
      displayLabel,
      sanitizedName,
      isCustomView: false,
      isLocked: false,
      deprecatedViewId: null,
    }));
    return listAnswer(context, isTickets ? data : []);
  });
  desk.get('/ticketQueueView/count', (context) => {
    const query = new Query(context, ['agentId', 'viewId', 'departmentId']);
    const name = views.find(([id]) => id === query.text('viewId'))?.[3];
    if (name === undefined) throw notThere();
    const count = [...world.tickets.values()].filter(
      ({ departmentId, status }) =>
        ['allDepartment', departmentId].includes(query.text('departmentId') ?? '') &&
        (name === 'all-cases' || (statusTypes[status] === 'Closed') === (name === 'closed-cases')),
    ).length;
    return context.json({ count: String(count) });
  });
}
