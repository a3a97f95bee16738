import { expect, test } from 'vitest';

import type { Case, CaseSummary } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Problem } from '../../src/contract/problem.js';
import type { Session } from '../../src/contract/session.js';
import { aTicket, aTrackerWorld, created } from '../support/request-tracker-world.js';

test('a case created by an agent for a customer is that customer’s ticket, with every field in its place', async () => {
  const { agent1, aCustomer, direct, queue } = await aTrackerWorld();
  const customer = await aCustomer('Petra Nowak');
  const { status, body } = await agent1.caller.post<Case>(
    '/v1/cases',
    aTicket(customer, { priority: 'high', deadline: '2031-03-01', tags: ['vpn', 'Berlin office'] }),
  );
  expect(status).toBe(201);
  expect(body).toMatchObject({
    status: 'open',
    subject: 'VPN down',
    description: 'It fails since 9:00.',
    type: 'technical',
    contactMethod: 'phone',
    priority: 'high',
    deadline: '2031-03-01',
    customer: { id: customer.user, name: 'Petra Nowak' },
    requester: { id: customer.user, name: 'Petra Nowak', kind: 'customer' },
    assignee: null,
    createdBy: { id: 'person_agent1', name: 'Ines Calder', kind: 'agent' },
    department: { id: await queue('support'), name: 'support' },
    closure: null,
    reopening: null,
  });
  expect(new Set(body.tags)).toEqual(new Set(['vpn', 'Berlin office']));
  const ticket = await direct('agent1', 'GET', `/ticket/${body.id}`);
  expect(ticket.body).toMatchObject({
    Subject: 'VPN down',
    Priority: '100',
    Requestor: [{ id: customer.user }],
  });
  expect(ticket.headers.get('etag')).toBe(`"${body.version}"`);

  const read = await agent1.caller.get<Case>(`/v1/cases/${body.id}`);
  expect(read.body).toEqual(body);
});

test('a customer asks for help and sees their own cases alone, with no right that is the agents’', async () => {
  const { agent1, aCustomer } = await aTrackerWorld();
  const [one, other] = [await aCustomer(), await aCustomer()];
  const mine = await created(one, one);
  expect(mine).toMatchObject({
    type: 'technical',
    createdBy: { id: `person_${one.user}`, kind: 'customer' },
  });
  const refused = Object.entries(mine.permissions)
    .filter(([, { allowed }]) => allowed)
    .map(([action]) => action);
  expect(refused.sort()).toEqual(['attach', 'reply', 'view']);

  expect((await other.caller.get<Problem>(`/v1/cases/${mine.id}`)).status).toBe(404);
  const list = await other.caller.get<Page<CaseSummary>>('/v1/cases?count=true');
  expect(list.body).toEqual({ items: [], next: null, total: 0 });
  const own = await one.caller.get<Page<CaseSummary>>('/v1/cases?count=true');
  expect(own.body.items.map(({ id }) => id)).toEqual([mine.id]);
  expect(own.body.total).toBe(1);
  expect((await agent1.caller.get(`/v1/cases/${mine.id}`)).status).toBe(200);

  const forOther = await one.caller.post<Problem>('/v1/cases', aTicket(other));
  expect([forOther.status, forOther.body.rule]).toEqual([403, 'cases.own-customer']);
  const edited = await one.caller.patch<Problem>(
    `/v1/cases/${mine.id}`,
    { subject: 'x' },
    { version: mine.version },
  );
  expect(edited.body.code).toBe('forbidden');
});

test('every mandatory field that is missing is told at once, and nothing is created', async () => {
  const { agent1, aCustomer, seen } = await aTrackerWorld();
  const customer = await aCustomer();
  seen.length = 0;
  const { status, body } = await agent1.caller.post<Problem>('/v1/cases', {
    customerId: customer.user,
    links: [{ type: 'invoice', id: '1' }],
    type: 'nonsense',
  });
  expect(status).toBe(422);
  expect(new Map(body.errors?.map(({ field, code }) => [field, code]))).toEqual(
    new Map([
      ['contactMethod', 'required'],
      ['subject', 'required'],
      ['description', 'required'],
      ['links', 'unknown_field'],
      ['type', 'unknown_value'],
    ]),
  );
  expect(seen.filter(({ path }) => path.endsWith('/ticket'))).toEqual([]);
});

test('the same key creates one ticket and answers it again; with another body it is refused', async () => {
  const { agent1, aCustomer } = await aTrackerWorld();
  const customer = await aCustomer();
  const key = crypto.randomUUID();
  const [one, two] = await Promise.all([
    agent1.caller.post<Case>('/v1/cases', aTicket(customer), { key }),
    agent1.caller.post<Case>('/v1/cases', aTicket(customer), { key }),
  ]);
  expect(two.body).toEqual(one.body);
  const list = await agent1.caller.get<Page<CaseSummary>>(`/v1/cases?customerId=${customer.user}&count=true`);
  expect(list.body.total).toBe(1);
  const other = await agent1.caller.post<Problem>('/v1/cases', aTicket(customer, { subject: 'x' }), { key });
  expect(other.body.code).toBe('idempotency_key_reused');
});

test('an edit is written with the version that was read, and a stale one is refused with the case as it stands', async () => {
  const { agent1, agent2, aCustomer, seen, direct } = await aTrackerWorld();
  const customer = await aCustomer();
  const before = await created(agent1, customer, { tags: ['a', 'b'] });
  seen.length = 0;
  const changed = await agent1.caller.patch<Case>(
    `/v1/cases/${before.id}`,
    {
      subject: 'VPN down in Berlin',
      priority: 'high',
      tags: ['b', 'c'],
      type: 'billing',
      deadline: '2031-05-05',
    },
    { version: before.version },
  );
  expect(changed.body).toMatchObject({
    subject: 'VPN down in Berlin',
    priority: 'high',
    deadline: '2031-05-05',
    type: 'billing',
  });
  expect(new Set(changed.body.tags)).toEqual(new Set(['b', 'c']));
  expect(changed.body.version).not.toBe(before.version);
  const written = seen.find(({ method }) => method === 'PUT');
  expect(written?.headers.get('if-match')).toBe(`"${before.version}"`);
  expect(Object.keys(JSON.parse(written?.body ?? '{}') as object).sort()).toEqual([
    'CustomFields',
    'Due',
    'Priority',
    'Subject',
  ]);

  const stale = await agent2.caller.patch<Problem>(
    `/v1/cases/${before.id}`,
    { subject: 'Mine' },
    { version: before.version },
  );
  expect([stale.status, stale.body.code]).toEqual([412, 'version_conflict']);
  expect(stale.body.by?.name).toBe('Ines Calder');
  expect(stale.body.current).toMatchObject({ subject: 'VPN down in Berlin', version: changed.body.version });

  const cleared = await agent1.caller.patch<Case>(
    `/v1/cases/${before.id}`,
    { deadline: null, tags: [] },
    { version: changed.body.version },
  );
  expect(cleared.body).toMatchObject({ deadline: null, tags: [] });
  const ticket = await direct('agent1', 'GET', `/ticket/${before.id}`);
  expect((ticket.body as { Due: string }).Due).toMatch(/^1970/);
});

test('a change that Request Tracker lets another win between the reading and the writing is a conflict, too', async () => {
  const { agent1, aCustomer, interfere, direct } = await aTrackerWorld();
  const customer = await aCustomer();
  const before = await created(agent1, customer);
  interfere(async ({ method }) => {
    if (method !== 'PUT') return undefined;
    interfere(undefined);
    await direct('agent2', 'PUT', `/ticket/${before.id}`, { Subject: 'Quicker' });
    return undefined;
  });
  const { body } = await agent1.caller.patch<Problem>(
    `/v1/cases/${before.id}`,
    { subject: 'Slower' },
    { version: before.version },
  );
  expect([body.code, (body.current as Case).subject]).toEqual(['version_conflict', 'Quicker']);
});

test('a change that is refused with 200 and a sentence is found by reading again', async () => {
  const { agent1, aCustomer } = await aTrackerWorld();
  const customer = await aCustomer();
  const before = await created(agent1, customer);
  const { status, body } = await agent1.caller.patch<Problem>(
    `/v1/cases/${before.id}`,
    { assigneeId: customer.user },
    { version: before.version },
  );
  expect([status, body.code]).toEqual([422, 'validation_failed']);
  expect(body.errors?.map(({ field }) => field)).toEqual(['assigneeId']);
  const description = await agent1.caller.patch<Problem>(
    `/v1/cases/${before.id}`,
    { description: 'another' },
    { version: before.version },
  );
  expect(description.body.errors?.[0]).toMatchObject({ field: 'description', code: 'unknown_field' });
});

test('a case is given to a colleague, by the id the list of people has, and moved to another department', async () => {
  const { agent1, agent2, engineer1, aCustomer, queue } = await aTrackerWorld();
  const customer = await aCustomer();
  const before = await created(agent1, customer);
  const people = await agent1.caller.get<Page<{ id: string; name: string }>>('/v1/people?kind=agent&q=tom');
  expect(people.body.items).toMatchObject([{ id: 'agent2', name: 'Tom Okafor', kind: 'agent' }]);
  const given = await agent1.caller.patch<Case>(
    `/v1/cases/${before.id}`,
    { assigneeId: 'agent2' },
    { version: before.version },
  );
  expect(given.body.assignee).toEqual({ id: 'agent2', name: 'Tom Okafor', kind: 'agent' });
  expect((await agent2.caller.get<Case>(`/v1/cases/${before.id}`)).body.assignee?.id).toBe('person_agent2');
  const mine = await agent2.caller.get<Page<CaseSummary>>(
    `/v1/cases?assigneeId=person_agent2&customerId=${customer.user}`,
  );
  expect(mine.body.items.map(({ id }) => id)).toEqual([before.id]);

  expect((await engineer1.caller.get(`/v1/cases/${before.id}`)).status).toBe(404);
  const unseen = await engineer1.caller.get<Page<CaseSummary>>(
    `/v1/cases?customerId=${customer.user}&count=true`,
  );
  expect(unseen.body).toEqual({ items: [], next: null, total: 0 });
  const moved = await agent1.caller.patch<Case>(
    `/v1/cases/${before.id}`,
    { departmentId: await queue('billing') },
    { version: given.body.version },
  );
  expect(moved.body.department?.name).toBe('billing');
});

test('closing takes reason and explanation, and reopening too; each is told once in the history', async () => {
  const { agent1, aCustomer, direct } = await aTrackerWorld();
  const customer = await aCustomer();
  const open = await created(agent1, customer);
  const incomplete = await agent1.caller.post<Problem>(
    `/v1/cases/${open.id}/close`,
    {},
    { version: open.version },
  );
  expect(incomplete.body.errors?.map(({ field }) => field).sort()).toEqual(['note', 'reason']);

  const closed = await agent1.caller.post<Case>(
    `/v1/cases/${open.id}/close`,
    { reason: 'resolved', note: 'A new gateway.\nIt works.' },
    { version: open.version },
  );
  expect(closed.status).toBe(200);
  expect(closed.body).toMatchObject({
    status: 'closed',
    closure: { reason: 'resolved', note: 'A new gateway.\nIt works.', by: { id: 'person_agent1' } },
    permissions: { edit: { allowed: false, rule: 'case.closed' }, reopen: { allowed: true } },
  });
  const ticket = await direct('agent1', 'GET', `/ticket/${open.id}`);
  expect((ticket.body as { Status: string }).Status).toBe('resolved');
  const again = await agent1.caller.post<Problem>(
    `/v1/cases/${open.id}/close`,
    { reason: 'resolved', note: 'Again.' },
    { version: closed.body.version },
  );
  expect([again.body.code, again.body.by?.name]).toEqual(['case_closed', 'Ines Calder']);
  const edit = await agent1.caller.patch<Problem>(
    `/v1/cases/${open.id}`,
    { subject: 'x' },
    { version: closed.body.version },
  );
  expect(edit.body.code).toBe('case_closed');

  const theirs = await customer.caller.get<Case>(`/v1/cases/${open.id}`);
  expect(theirs.body.closure).toMatchObject({ reason: 'resolved', by: { name: 'Ines Calder' } });
  expect(JSON.stringify(theirs.body)).not.toContain('A new gateway');

  const reopened = await agent1.caller.post<Case>(
    `/v1/cases/${open.id}/reopen`,
    { reason: 'not-solved', note: 'It fails again.', visibility: 'public' },
    { version: closed.body.version },
  );
  expect(reopened.body).toMatchObject({
    status: 'open',
    closure: null,
    reopening: { reason: 'not-solved', note: 'It fails again.' },
  });
  const lines = await agent1.caller.get<Page<{ kind: string; text?: string; reason?: string }>>(
    `/v1/cases/${open.id}/timeline?order=asc`,
  );
  expect(
    lines.body.items
      .filter(({ kind }) => kind !== 'change')
      .map(({ kind, reason, text }) => [kind, reason, text]),
  ).toEqual([
    ['creation', undefined, undefined],
    ['closure', 'resolved', 'A new gateway.\nIt works.'],
    ['reopening', 'not-solved', 'It fails again.'],
  ]);
  const told = await customer.caller.get<Page<{ kind: string; text?: string }>>(
    `/v1/cases/${open.id}/timeline?order=asc`,
  );
  expect(told.body.items.map(({ kind, text }) => [kind, text])).toEqual([
    ['creation', undefined],
    ['closure', undefined],
    ['reopening', 'It fails again.'],
  ]);
});

test('what people did in Request Tracker itself is read: other statuses, and closing without a reason', async () => {
  const { agent1, aCustomer, direct } = await aTrackerWorld();
  const customer = await aCustomer();
  const open = await created(agent1, customer);
  await direct('agent2', 'PUT', `/ticket/${open.id}`, { Status: 'stalled' });
  expect((await agent1.caller.get<Case>(`/v1/cases/${open.id}`)).body.status).toBe('open');
  await direct('agent2', 'PUT', `/ticket/${open.id}`, { Status: 'rejected' });
  const closed = await agent1.caller.get<Case>(`/v1/cases/${open.id}`);
  expect(closed.body).toMatchObject({
    status: 'closed',
    closure: { reason: 'rejected', by: { id: 'agent2', name: 'Tom Okafor', kind: 'agent' } },
  });
  const found = await agent1.caller.get<Page<CaseSummary>>(
    `/v1/cases?customerId=${customer.user}&status=closed`,
  );
  expect(found.body.items.map(({ id }) => id)).toEqual([open.id]);
});

test('the session says what the gateway can do, and the lists it was configured with', async () => {
  const { agent1, aCustomer } = await aTrackerWorld();
  const { body } = await agent1.caller.get<Session>('/v1/session');
  expect(body.capabilities).toMatchObject({
    versions: 'checked',
    events: false,
    projects: false,
    inboxes: true,
    sharing: { kinds: ['department'], levels: { department: ['full', 'read-only'] }, expiry: false },
  });
  expect(body.permissions['createCase']?.allowed).toBe(true);
  expect(body.permissions['editSettings']).toMatchObject({ allowed: false, rule: 'backend.capability' });
  const customer = await aCustomer();
  const theirs = await customer.caller.get<Session>('/v1/session');
  expect(theirs.body.permissions['listInboxes']?.allowed).toBe(false);
  expect((await agent1.caller.get('/v1/events')).status).toBe(204);
});

test('many cases are closed at once, each for itself', async () => {
  const { agent1, aCustomer } = await aTrackerWorld();
  const customer = await aCustomer();
  const [one, two] = [await created(agent1, customer), await created(agent1, customer)];
  const list = await agent1.caller.get<Page<CaseSummary>>(`/v1/cases?customerId=${customer.user}`);
  const { body } = await agent1.caller.post<{ results: { id: string; outcome: string }[] }>(
    '/v1/cases/bulk',
    {
      action: 'close',
      reason: 'resolved',
      note: 'All done.',
      cases: [
        { id: one.id, version: list.body.items.find(({ id }) => id === one.id)?.version },
        { id: two.id, version: '1' },
        { id: '999999' },
      ],
    },
  );
  expect(body.results).toMatchObject([
    { id: one.id, outcome: 'done', case: { status: 'closed' } },
    { id: two.id, outcome: 'refused', problem: { code: 'version_conflict' } },
    { id: '999999', outcome: 'refused', problem: { code: 'not_found' } },
  ]);
});

test('nobody comes to be by being named: a case is for a customer who is there', async () => {
  const { agent1, aCustomer, direct } = await aTrackerWorld();
  const customer = await aCustomer();
  const address = `${crypto.randomUUID()}@nowhere.test`;
  const unknown = await agent1.caller.post<Problem>('/v1/cases', {
    ...aTicket(customer),
    customerId: address,
  });
  expect(unknown.body.errors).toMatchObject([{ field: 'customerId', code: 'not_found' }]);
  const before = await created(agent1, customer);
  const given = await agent1.caller.patch<Problem>(
    `/v1/cases/${before.id}`,
    { requesterId: address },
    { version: before.version },
  );
  expect(given.body.errors).toMatchObject([{ field: 'requesterId', code: 'not_found' }]);
  const ticket = await direct('agent1', 'GET', `/ticket/${before.id}`);
  expect(ticket.body).toMatchObject({ Requestor: [{ id: customer.user }] });
  expect((await direct('root', 'GET', `/user/${address}`)).status).toBe(404);
});

test('where a custom field names the customer, cases are found and made by the id the host knows', async () => {
  const id = `account-${crypto.randomUUID()}`;
  const {
    agent1: agent,
    direct,
    aCustomer,
  } = await aTrackerWorld({
    customers: {
      by: 'field',
      field: 'Customer',
      known: { [id]: { name: 'Aldermill Ltd', number: 'A-7' } },
    },
  });
  const contact = await aCustomer();
  const customers = await agent.caller.get<Page<{ id: string }>>('/v1/customers?q=alder');
  expect(customers.body.items).toMatchObject([{ id, name: 'Aldermill Ltd', number: 'A-7' }]);
  const body = { ...aTicket(contact), customerId: id, requesterId: 'agent2' };
  const made = await agent.caller.post<Case>('/v1/cases', body);
  expect(made.body).toMatchObject({
    customer: { id, name: 'Aldermill Ltd' },
    requester: { name: 'Tom Okafor' },
  });
  const ticket = await direct('agent1', 'GET', `/ticket/${made.body.id}`);
  expect(JSON.stringify(ticket.body)).toContain(id);
  const list = await agent.caller.get<Page<CaseSummary>>(`/v1/cases?customerId=${id}`);
  expect(list.body.items.map((each) => each.id)).toEqual([made.body.id]);
  const unknown = await agent.caller.post<Problem>('/v1/cases', { ...body, customerId: 'account-x' });
  expect(unknown.body.errors).toMatchObject([{ field: 'customerId', code: 'not_found' }]);
});
