import { afterEach, describe, expect, it } from 'vitest';

import type { Ticket } from '../../demo/third-party-api/records.js';
import { aTicket, now, ticketsWorld, type TicketsWorld } from './support/tickets-world.js';

let world: TicketsWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

async function open(...given: Parameters<typeof ticketsWorld>): Promise<TicketsWorld> {
  world = await ticketsWorld(...given);
  return world;
}

/** Every id of a list, page by page. */
async function allIds({ as }: TicketsWorld, path: string): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const place: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { status, body } = await as('nadia', 'GET', `${path}${place}`);
    expect(status).toBe(200);
    ids.push(...body.items.map(({ id }) => id));
    cursor = body.next;
  } while (cursor !== null);
  return ids;
}

const many = (count: number, given: (no: number) => Partial<Ticket> = () => ({})) =>
  Array.from({ length: count }, (_, index) => aTicket(index + 1, given(index + 1)));

const descending = (from: number) => Array.from({ length: from }, (_, index) => String(from - index));

describe('a mapped API: lists', () => {
  it('reads to the end, each case once, whatever the size of a page', async () => {
    const { as, asked } = await open(many(45));
    expect(await allIds({ as } as TicketsWorld, '/cases?limit=7')).toEqual(descending(45));
    expect(await allIds({ as } as TicketsWorld, '/cases?limit=100')).toEqual(descending(45));
    expect(
      asked.filter((line) => line.includes('/tickets?')).every((line) => /limit=(7|20)(&|$)/.test(line)),
    ).toBe(true);
  });

  it('tells a total when it is asked for, and only then', async () => {
    const { as } = await open(many(45));
    expect((await as('nadia', 'GET', '/cases?limit=5&count=true')).body.total).toBe(45);
    expect((await as('nadia', 'GET', '/cases?limit=5')).body).not.toHaveProperty('total');
  });

  it('asks for statuses, types, accounts and dates in the words of the API', async () => {
    const { as, asked } = await open([
      aTicket(1, { state: 'new' }),
      aTicket(2, { state: 'on_hold', category: 'TEC' }),
      aTicket(3, { state: 'dropped' }),
      aTicket(4, { accountNo: 1033 }),
    ]);
    const ids = async (query: string) =>
      (await as('nadia', 'GET', `/cases?sort=number&${query}`)).body.items.map(({ id }) => id);
    expect(await ids('status=open')).toEqual(['1', '2', '4']);
    expect(asked.at(-1)).not.toContain('whoami');
    expect(asked.some((line) => line.includes('state_in=new%2Cin_work%2Con_hold'))).toBe(true);
    expect(await ids('status=closed')).toEqual(['3']);
    expect(await ids('status=open&status=closed')).toEqual(['1', '2', '3', '4']);
    expect(await ids('type=technical')).toEqual(['2']);
    expect(await ids('customerId=c-1033')).toEqual(['4']);
    expect(await ids('customerId=1033')).toEqual([]);
    expect(await ids(`raisedAfter=${new Date((now - 10_000 + 3) * 1000).toISOString()}`)).toEqual(['3', '4']);
    expect(await ids('q=ticket%202')).toEqual(['2']);
  });

  it('looks itself at what the API cannot be asked for, through all pages', async () => {
    const { as } = await open(
      many(45, (no) => ({ severity: no % 9 === 0 ? 1 : 3, labels: no === 2 ? ['VIP'] : [] })),
    );
    expect(await allIds({ as } as TicketsWorld, '/cases?priority=high&limit=2')).toEqual([
      '45',
      '36',
      '27',
      '18',
      '9',
    ]);
    expect(await allIds({ as } as TicketsWorld, '/cases?tag=vip')).toEqual(['2']);
    const counted = await as('nadia', 'GET', '/cases?priority=high&count=true');
    expect(counted.body).not.toHaveProperty('total');
  });

  it('filters by deadlines, which are seconds there and days here', async () => {
    const at = (day: string) => Date.parse(day) / 1000;
    const { as } = await open([
      aTicket(1, { due: at('2026-11-20') }),
      aTicket(2, { due: at('2026-11-25') }),
      aTicket(3),
    ]);
    const { body } = await as('nadia', 'GET', '/cases?dueBy=2026-11-20');
    expect(body.items).toMatchObject([{ id: '1', deadline: '2026-11-20' }]);
    expect((await as('nadia', 'GET', '/cases?deadline=none')).body.items).toMatchObject([
      { id: '3', deadline: null },
    ]);
    expect((await as('nadia', 'GET', '/cases?overdueOn=2026-11-25')).body.items).toMatchObject([{ id: '1' }]);
  });

  it('makes an order the API has not, and pages through it', async () => {
    const { as } = await open(many(25, (no) => ({ severity: 1 + (no % 3) })));
    const ids = await allIds({ as } as TicketsWorld, '/cases?sort=-priority&limit=4');
    const severities = ids.map((id) => 1 + (Number(id) % 3));
    expect(ids).toHaveLength(25);
    expect(severities).toEqual([...severities].sort());
  });

  it('refuses an order it would have to make of more cases than it will', async () => {
    const { as } = await open(many(520));
    expect((await as('nadia', 'GET', '/cases?sort=deadline')).body.code).toBe('capability_missing');
    expect((await as('nadia', 'GET', '/cases?sort=-created&limit=1')).status).toBe(200);
  });

  it('refuses a cursor of another list, and one that was made up', async () => {
    const { as } = await open(many(9));
    const { body } = await as('nadia', 'GET', '/cases?limit=2');
    const next = encodeURIComponent(String(body.next));
    expect((await as('nadia', 'GET', `/cases?limit=2&status=open&cursor=${next}`)).body.code).toBe(
      'validation_failed',
    );
    expect((await as('nadia', 'GET', '/cases?limit=2&cursor=abc')).body.code).toBe('validation_failed');
    expect((await as('nadia', 'GET', '/people?cursor=7.abc')).body.code).toBe('validation_failed');
  });

  it('lists agents and then people of accounts, and finds them by name', async () => {
    const world = await open([]);
    expect(await allIds(world, '/people?limit=1')).toEqual(['staff-1', 'staff-2', 'contact-1', 'contact-2']);
    expect(await allIds(world, '/people?q=raf')).toEqual(['contact-2']);
    expect(await allIds(world, '/people?customerId=c-1018')).toEqual(['contact-1']);
    expect(await allIds(world, '/customers?q=1033')).toEqual(['c-1033']);
    expect((await world.as('nadia', 'GET', '/customers/c-1033')).body.mainContact).toEqual({
      id: 'contact-2',
      name: 'Rafael Costa',
      kind: 'customer',
    });
  });
});

describe('a mapped API: cases', () => {
  it('tells a ticket as a case, with names the ticket has not and values in our words', async () => {
    const { as } = await open([aTicket(7, { due: Date.parse('2026-12-01') / 1000, lock: 4 })]);
    const { body, headers } = await as('nadia', 'GET', '/cases/7');
    expect(body).toMatchObject({
      id: '7',
      number: 7,
      version: '4',
      status: 'open',
      type: 'billing',
      priority: 'normal',
      contactMethod: 'phone',
      deadline: '2026-12-01',
      customer: { id: 'c-1018', name: 'Eleanor Finch' },
      requester: { id: 'contact-1', name: 'Eleanor Finch', kind: 'customer' },
      assignee: { id: 'staff-1', name: 'Nadia Brandt', kind: 'agent' },
      createdAt: new Date((now - 10_000 + 7) * 1000).toISOString(),
    });
    expect(headers.get('etag')).toBe('"4"');
  });

  it('writes a new case in the words of the API', async () => {
    const { as, tickets } = await open([]);
    const { status, body } = await as('nadia', 'POST', '/cases', {
      customerId: 'c-1033',
      subject: 'Charged twice',
      description: 'In October.',
      type: 'complaint',
      priority: 'high',
      contactMethod: 'e-mail',
      deadline: '2026-12-24',
      tags: ['refund'],
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({ id: '1', type: 'complaint', priority: 'high', deadline: '2026-12-24' });
    expect(tickets[0]).toMatchObject({
      accountNo: 1033,
      contactNo: 2,
      category: 'CPL',
      severity: 1,
      channel: 'mail',
      due: Date.parse('2026-12-24') / 1000,
      labels: ['refund'],
    });
  });

  it('names every field that is missing or wrong before anything is sent', async () => {
    const { as, tickets } = await open([]);
    const input = { customerId: 'c-1033', subject: 'x'.repeat(81), type: 'nonsense', departmentId: 'd1' };
    const { status, body } = await as('nadia', 'POST', '/cases', input);
    expect(status).toBe(422);
    const fields = body.errors.map(({ field, code }) => `${field} ${code}`);
    expect(fields.sort()).toEqual(
      [
        'contactMethod required',
        'departmentId unknown_field',
        'description required',
        'subject too_long',
        'type unknown_value',
      ].sort(),
    );
    expect(tickets).toHaveLength(0);
  });

  it('names a field the API refuses by our name', async () => {
    const { as } = await open([aTicket(1)]);
    const { body } = await as('nadia', 'PATCH', '/cases/1', { assigneeId: 'staff-3' }, '1');
    expect(body).toMatchObject({
      code: 'validation_failed',
      errors: [{ field: 'assigneeId', code: 'invalid' }],
    });
  });

  it('changes what is named and leaves the rest, null included', async () => {
    const { as, tickets } = await open([aTicket(1, { due: 5, labels: ['kept'] })]);
    const { status, body } = await as('nadia', 'PATCH', '/cases/1', { priority: 'low', deadline: null }, '1');
    expect(status).toBe(200);
    expect(body).toMatchObject({ priority: 'low', deadline: null, version: '2' });
    expect(tickets[0]).toMatchObject({ severity: 3, due: null, labels: ['kept'], title: 'Ticket 1' });
  });

  it('refuses an old version with the case as it stands, found before or by the API itself', async () => {
    const { as, tickets } = await open([aTicket(1, { lock: 5 })]);
    const old = await as('nadia', 'PATCH', '/cases/1', { priority: 'low' }, '4');
    expect(old.body).toMatchObject({ code: 'version_conflict', current: { id: '1', version: '5' } });
    expect(tickets[0]?.severity).toBe(2);
  });

  it('is told by the API that a case moved between the look and the write', async () => {
    const ticket = aTicket(1);
    const { as } = await open([ticket], undefined, async ({ method }) => {
      if (method === 'PATCH') ticket.lock += 1;
      return undefined;
    });
    const { body } = await as('nadia', 'PATCH', '/cases/1', { priority: 'low' }, '1');
    expect(body).toMatchObject({ code: 'version_conflict', current: { version: '2' } });
    expect(ticket.severity).toBe(2);
  });

  it('finds a change that was passed over without a word', async () => {
    const { as } = await open([aTicket(1, { ownerNo: 2 })]);
    const { status, body } = await as('theo', 'PATCH', '/cases/1', { assigneeId: 'staff-1' }, '1');
    expect(status).toBe(403);
    expect(body).toMatchObject({ rule: 'backend.refused' });
    expect(body.detail).toContain('assigneeId');
  });

  it('closes with reason and explanation, once, and opens again', async () => {
    const { as, tickets } = await open([aTicket(1)]);
    const closing = { reason: 'duplicate', note: 'The same as #7.' };
    const closed = await as('nadia', 'POST', '/cases/1/close', closing, '1');
    expect(closed.body).toMatchObject({
      status: 'closed',
      closure: { reason: 'duplicate', by: { id: 'staff-1', name: 'Nadia Brandt' } },
    });
    expect(tickets[0]).toMatchObject({ state: 'dropped', outcome: { code: 'double' } });
    expect(tickets[0]?.comments).toMatchObject([
      { isPrivate: true, text: 'Closed: Duplicate. The same as #7.' },
    ]);
    const again = await as('nadia', 'POST', '/cases/1/close', closing, String(closed.body.version));
    expect(again.body).toMatchObject({ code: 'case_closed', by: { name: 'Nadia Brandt' } });
    const missing = await as('nadia', 'POST', '/cases/1/reopen', {}, String(closed.body.version));
    expect(missing.body.errors).toHaveLength(2);
    const opening = { reason: 'not-solved', note: 'It is not.', visibility: 'public' };
    const opened = await as('nadia', 'POST', '/cases/1/reopen', opening, String(closed.body.version));
    expect(opened.body).toMatchObject({ status: 'open', closure: null });
    expect(tickets[0]?.comments.at(-1)).toMatchObject({
      isPrivate: false,
      text: 'Reopened: Not solved. It is not.',
    });
  });

  it('reads the closure out of the notes where the case does not tell it', async () => {
    const { as } = await open([aTicket(1)], {
      'cases.fields.closure': undefined,
      'cases.close.body.resolution': 'fixed',
    });
    const { body } = await as(
      'nadia',
      'POST',
      '/cases/1/close',
      { reason: 'resolved', note: 'All good.' },
      '1',
    );
    const closure = { reason: 'resolved', note: 'All good.', by: { name: 'Nadia Brandt' } };
    expect(body).toMatchObject({ status: 'closed', closure });
    expect((await as('nadia', 'GET', '/cases/1')).body).toMatchObject({ closure });
  });

  it('shows a status that nobody mapped as it is, and lets nobody act on it', async () => {
    const { as } = await open([aTicket(1, { state: 'frozen' as never })]);
    const { body } = await as('nadia', 'GET', '/cases/1');
    expect(body.status).toBe('frozen');
    expect(
      body.permissions['edit']?.allowed ||
        body.permissions['close']?.allowed ||
        body.permissions['reply']?.allowed,
    ).toBe(false);
  });

  it('does one thing to many cases, each for itself', async () => {
    const { as } = await open([aTicket(1), aTicket(2, { state: 'solved', outcome: null }), aTicket(3)]);
    const { body } = await as('nadia', 'POST', '/cases/bulk', {
      action: 'close',
      cases: [{ id: '1' }, { id: '2' }, { id: '3', version: '9' }],
      reason: 'resolved',
      note: 'Done.',
    });
    expect(body.results).toMatchObject([
      { id: '1', outcome: 'done' },
      { id: '2', outcome: 'refused', problem: { code: 'case_closed' } },
      { id: '3', outcome: 'refused', problem: { code: 'version_conflict' } },
    ]);
  });

  it('E-DUP writes once for a repeated key', async () => {
    const { app, tickets } = await open([]);
    const { signToken } = await import('../../server/sign-token.js');
    const claims = {
      sub: 'n',
      tenant: 'default',
      kind: 'agent',
      email: 'nadia@larkwell.example',
      roles: ['customer-service'],
    } as const;
    const token = await signToken(claims, { secret: 'a secret that only the tests know, 32+' });
    const body = JSON.stringify({
      customerId: 'c-1018',
      subject: 'Once',
      description: 'x',
      type: 'billing',
      contactMethod: 'phone',
    });
    const headers = {
      authorization: `Bearer ${token}`,
      'idempotency-key': 'k',
      'content-type': 'application/json',
    };
    const send = () => app.request('/v1/cases', { method: 'POST', headers, body });
    expect((await Promise.all([send(), send()])).map(({ status }) => status)).toEqual([201, 201]);
    expect(tickets).toHaveLength(1);
  });
});
