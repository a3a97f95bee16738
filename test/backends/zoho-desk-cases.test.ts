import { beforeEach, describe, expect, it } from 'vitest';

import type { BulkAnswer } from '../../src/contract/bulk.js';
import { caseSchema, caseSummarySchema, type Case, type CaseSummary } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Problem } from '../../src/contract/problem.js';
import type { Caller } from '../support/app.js';
import { aDeskScene, type DeskScene } from '../support/fake-zoho-desk/scene.js';

let scene: DeskScene;
beforeEach(async () => {
  scene = await aDeskScene();
});

async function listed(by: Caller, query = ''): Promise<CaseSummary[]> {
  const { status, body } = await by.get<Page<CaseSummary>>(`/v1/cases${query}`);
  expect(status).toBe(200);
  for (const item of body.items) caseSummarySchema.parse(item);
  return body.items;
}

const subjects = async (by: Caller, query = '') => (await listed(by, query)).map(({ subject }) => subject);

describe('A ticket of Zoho Desk as a case', () => {
  it('is told in the words of the contract, with its HTML as text', async () => {
    const { lea, contacts, accounts, agents, departments, aTicket } = scene;
    const ticket = aTicket({
      description: '<div>It is <b>dead</b>.<script>alert(1)</script><br>Since 1 &lt; 2.</div>',
      assigneeId: agents.lea.id,
      classification: 'Technical',
      channel: 'Email',
      dueDate: '2026-03-04T23:59:59.000Z',
      tags: ['fibre'],
    });
    const { body } = await lea.get<Case>(`/v1/cases/${ticket.id}`);
    expect(caseSchema.parse(body)).toMatchObject({
      id: ticket.id,
      number: ticket.ticketNumber,
      status: 'open',
      subject: 'No dial tone',
      description: 'It is dead.\nSince 1 < 2.',
      type: 'technical',
      priority: 'high',
      contactMethod: 'e-mail',
      deadline: '2026-03-04',
      tags: ['fibre'],
      customer: { id: contacts.cara.id, name: 'Cara Aldous' },
      organisation: { id: accounts.aldermill.id, name: 'Aldermill' },
      requester: { id: contacts.cara.id, name: 'Cara Aldous', kind: 'customer' },
      assignee: { id: agents.lea.id, name: 'Lea Brandt', kind: 'agent' },
      department: { id: departments.support.id, name: 'Support' },
      createdBy: { id: agents.lea.id, name: 'Lea Brandt', kind: 'agent' },
      closure: null,
      replyCount: 0,
    });
  });

  it('counts its public comments alone', async () => {
    const { lea, cara, world, aTicket } = scene;
    const ticket = aTicket();
    world.addComment(ticket, { content: 'For you', isPublic: true });
    world.addComment(ticket, { content: 'For us', isPublic: false });
    for (const by of [lea, cara]) {
      expect((await by.get<Case>(`/v1/cases/${ticket.id}`)).body.replyCount).toBe(1);
      expect((await listed(by))[0]?.replyCount).toBe(1);
    }
  });

  it('is created with everything that was said, and is found at once', async () => {
    const { lea, cara, world, agents, departments, aNewCase } = scene;
    const { status, body } = await lea.post<Case>(
      '/v1/cases',
      aNewCase({
        description: 'Two <b>debits</b>\nof 48.00',
        priority: 'low',
        deadline: '2026-05-06',
        tags: ['refund'],
        assigneeId: agents.lea.id,
      }),
    );
    expect(status).toBe(201);
    expect(body).toMatchObject({
      subject: 'Charged twice for February',
      description: 'Two <b>debits</b>\nof 48.00',
      type: 'billing',
      priority: 'low',
      contactMethod: 'phone',
      deadline: '2026-05-06',
      tags: ['refund'],
      assignee: { id: agents.lea.id },
      department: { id: departments.support.id },
    });
    const made = world.tickets.get(body.id);
    expect(made).toMatchObject({ classification: 'Billing', priority: 'Low', channel: 'Phone' });
    // As it will stand in a page of Zoho.
    expect(made?.description).toBe('Two &lt;b&gt;debits&lt;/b&gt;<br />of 48.00');
    expect(await subjects(cara)).toEqual(['Charged twice for February']);
  });

  it('is created once for one key, and refused for another body under it', async () => {
    const { lea, world, aNewCase } = scene;
    const key = crypto.randomUUID();
    const twice = await Promise.all([1, 2].map(() => lea.post<Case>('/v1/cases', aNewCase(), { key })));
    expect(new Set(twice.map(({ body }) => body.id)).size).toBe(1);
    expect(world.tickets.size).toBe(1);
    const other = await lea.post<Problem>('/v1/cases', aNewCase({ subject: 'Another' }), { key });
    expect(other.body.code).toBe('idempotency_key_reused');
  });

  it('tells every field that is missing or wrong at once, ours before Zoho is asked', async () => {
    const { lea, desk, departments } = scene;
    const { status, body } = await lea.post<Problem>('/v1/cases', {
      customerId: '1892000000999999',
      type: 'unheard-of',
      tags: ['ab'],
      links: [{ type: 'invoice', id: 'INV-1' }],
      departmentId: departments.billing.id,
      externalReference: 'X-1',
    });
    expect(status).toBe(422);
    expect(body.errors?.map(({ field, code }) => [field, code])).toEqual(
      expect.arrayContaining([
        ['customerId', 'not_found'],
        ['subject', 'required'],
        ['description', 'required'],
        ['type', 'unknown_value'],
        ['contactMethod', 'required'],
        ['tags.0', 'invalid'],
        ['links', 'unknown_field'],
        ['externalReference', 'unknown_field'],
        ['departmentId', 'not_found'],
      ]),
    );
    expect(desk.calls.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it('is created by a customer for themselves, in the department that is configured', async () => {
    const { cara, dan, contacts, departments, aNewCase } = scene;
    const { status, body } = await cara.post<Case>('/v1/cases', aNewCase());
    expect([status, body.department?.id, body.requester?.id]).toEqual([
      201,
      departments.support.id,
      contacts.cara.id,
    ]);
    const refused = await dan.post<Problem>('/v1/cases', aNewCase());
    expect([refused.status, refused.body.rule]).toEqual([403, 'cases.own-customer']);
    expect((await dan.get(`/v1/cases/${body.id}`)).status).toBe(404);
  });

  it('changes only what differs, and answers with what Zoho made of it', async () => {
    const { lea, desk, aTicket } = scene;
    const ticket = aTicket();
    const { body: before } = await lea.get<Case>(`/v1/cases/${ticket.id}`);
    const { status, body } = await lea.patch<Case>(
      `/v1/cases/${ticket.id}`,
      { subject: 'Dial tone is back', priority: 'high', tags: ['fibre', 'line'] },
      { version: before.version },
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({ subject: 'Dial tone is back', tags: ['fibre', 'line'] });
    expect(body.version).not.toBe(before.version);
    const patches = desk.calls.filter(({ method }) => method === 'PATCH');
    expect(patches).toHaveLength(1);
    const fewer = await lea.patch<Case>(
      `/v1/cases/${ticket.id}`,
      { tags: ['line'], deadline: '2026-01-02' },
      { version: body.version },
    );
    expect(fewer.body).toMatchObject({ tags: ['line'], deadline: '2026-01-02' });
  });

  it('is refused with the record as it stands to whoever read an older one, also within the same second', async () => {
    const { lea, ivy, world, aTicket } = scene;
    const ticket = aTicket();
    const { version } = (await lea.get<Case>(`/v1/cases/${ticket.id}`)).body;
    expect((await ivy.patch(`/v1/cases/${ticket.id}`, { subject: 'First' }, { version })).status).toBe(200);
    const late = await lea.patch<Problem>(`/v1/cases/${ticket.id}`, { subject: 'Second' }, { version });
    expect([late.status, late.body.code]).toEqual([412, 'version_conflict']);
    expect(late.body.current).toMatchObject({ subject: 'First' });
    expect(world.tickets.get(ticket.id)?.subject).toBe('First');
  });

  it('lets one of two win who change it through this gateway at the same moment', async () => {
    const { lea, ivy, aTicket } = scene;
    const ticket = aTicket();
    const { version } = (await lea.get<Case>(`/v1/cases/${ticket.id}`)).body;
    const answers = await Promise.all(
      [lea, ivy].map((by, index) =>
        by.patch(`/v1/cases/${ticket.id}`, { subject: `Change ${index}` }, { version }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it('says so when Zoho answers 200 and keeps the old value', async () => {
    const { lea, desk, aTicket } = scene;
    const ticket = aTicket();
    const { version } = (await lea.get<Case>(`/v1/cases/${ticket.id}`)).body;
    let writes = 0;
    desk.before = ({ method }) => {
      if (method === 'PATCH') writes += 1;
      // A rule of Zoho's own puts it back at once.
      else if (writes > 0) ticket.subject = 'No dial tone';
    };
    const { status, body } = await lea.patch<Problem>(
      `/v1/cases/${ticket.id}`,
      { subject: 'Another' },
      { version },
    );
    expect([status, body.code, body.errors?.[0]?.field]).toEqual([422, 'validation_failed', 'subject']);
  });

  it('tells which of our fields Zoho refused', async () => {
    const { lea, aTicket } = await aDeskScene({ values: {} });
    const ticket = aTicket({ priority: null });
    const { version } = (await lea.get<Case>(`/v1/cases/${ticket.id}`)).body;
    const { status, body } = await lea.patch<Problem>(
      `/v1/cases/${ticket.id}`,
      { priority: 'normal' },
      { version },
    );
    expect(status).toBe(422);
    expect(body.errors).toEqual([expect.objectContaining({ field: 'priority', code: 'invalid' })]);
  });

  it('moves to another department', async () => {
    const { lea, ben, departments, aTicket } = scene;
    const ticket = aTicket();
    const { version } = (await lea.get<Case>(`/v1/cases/${ticket.id}`)).body;
    const moved = await lea.patch<Case>(
      `/v1/cases/${ticket.id}`,
      { departmentId: departments.billing.id },
      { version },
    );
    expect([moved.status, moved.body.department?.name]).toEqual([200, 'Billing']);
    expect((await lea.get(`/v1/cases/${ticket.id}`)).status).toBe(404);
    expect((await ben.get(`/v1/cases/${ticket.id}`)).status).toBe(200);
  });

  it('keeps type and external reference in the custom fields that are configured', async () => {
    const { lea, world, aNewCase } = await aDeskScene({
      fields: { type: 'cf_type', externalReference: 'cf_reference' },
      values: { priorities: { normal: 'Medium' } },
    });
    const { body } = await lea.post<Case>('/v1/cases', aNewCase({ externalReference: 'R-7' }));
    expect(body).toMatchObject({ type: 'billing', externalReference: 'R-7' });
    expect(world.tickets.get(body.id)?.cf).toEqual({ cf_type: 'Billing', cf_reference: 'R-7' });
    expect(await subjects(lea, '?type=billing')).toHaveLength(1);
    expect(await subjects(lea, '?type=complaint')).toHaveLength(0);
  });
});

describe('Closing and reopening', () => {
  const why = { reason: 'resolved', note: 'Returned the second debit.' };

  it('sets the status and says why in a comment that people can read in Zoho', async () => {
    const { lea, agents, world, aTicket } = scene;
    const ticket = aTicket();
    const { version } = (await lea.get<Case>(`/v1/cases/${ticket.id}`)).body;
    const closed = await lea.post<Case>(`/v1/cases/${ticket.id}/close`, why, { version });
    expect(closed.status).toBe(200);
    expect(closed.body).toMatchObject({
      status: 'closed',
      closure: {
        reason: 'resolved',
        note: 'Returned the second debit.',
        by: { id: agents.lea.id, name: 'Lea Brandt', kind: 'agent' },
      },
    });
    expect(world.tickets.get(ticket.id)?.comments[0]).toMatchObject({
      isPublic: false,
      content: `Closed: Resolved.\nReturned the second debit.\n\n— Lea Brandt (agent ${agents.lea.id})`,
    });
    const again = await lea.post<Problem>(`/v1/cases/${ticket.id}/close`, why, {
      version: closed.body.version,
    });
    expect([again.status, again.body.code, again.body.by?.name]).toEqual([409, 'case_closed', 'Lea Brandt']);
    const edit = await lea.patch<Problem>(
      `/v1/cases/${ticket.id}`,
      { subject: 'x' },
      { version: closed.body.version },
    );
    expect(edit.body.code).toBe('case_closed');
    const opened = await lea.post<Case>(
      `/v1/cases/${ticket.id}/reopen`,
      { reason: 'not-solved', note: 'It came again.', visibility: 'public' },
      { version: closed.body.version },
    );
    expect(opened.body).toMatchObject({
      status: 'open',
      closure: null,
      reopening: { reason: 'not-solved', note: 'It came again.' },
    });
    const open = await lea.post<Problem>(`/v1/cases/${ticket.id}/reopen`, why, {
      version: opened.body.version,
    });
    expect(open.body.code).toBe('case_open');
  });

  it('keeps an internal explanation from the customer', async () => {
    const { lea, cara, aTicket } = scene;
    const ticket = aTicket();
    const { version } = (await lea.get<Case>(`/v1/cases/${ticket.id}`)).body;
    await lea.post(`/v1/cases/${ticket.id}/close`, { ...why, note: 'Never trust them.' }, { version });
    const { body } = await cara.get<Case>(`/v1/cases/${ticket.id}`);
    expect(body.closure).toMatchObject({ reason: 'resolved' });
    expect(JSON.stringify(body)).not.toContain('Never trust');
    expect(body.replyCount).toBe(0);
  });

  it('needs both reason and explanation, and tells what a case closed in Zoho says', async () => {
    const { lea, aTicket } = scene;
    const ticket = aTicket();
    const { version } = (await lea.get<Case>(`/v1/cases/${ticket.id}`)).body;
    const { body } = await lea.post<Problem>(`/v1/cases/${ticket.id}/close`, {}, { version });
    expect(body.errors?.map(({ field }) => field).sort()).toEqual(['note', 'reason']);
    const there = aTicket({ status: 'Closed', closedTime: '2026-01-01T00:00:00.000Z' });
    const closed = await lea.get<Case>(`/v1/cases/${there.id}`);
    expect(closed.body.closure).toEqual({ reason: 'Closed', by: null, at: '2026-01-01T00:00:00.000Z' });
  });

  it('is done to many at once, each for itself', async () => {
    const { lea, departments, aTicket } = scene;
    const mine = aTicket();
    const theirs = aTicket({ departmentId: departments.billing.id });
    const { body } = await lea.post<BulkAnswer>('/v1/cases/bulk', {
      action: 'close',
      ...why,
      cases: [{ id: mine.id }, { id: theirs.id }],
    });
    expect(body.results).toMatchObject([
      { id: mine.id, outcome: 'done', case: { status: 'closed' } },
      { id: theirs.id, outcome: 'refused', problem: { code: 'not_found' } },
    ]);
  });
});
