import { beforeAll, describe, expect, it } from 'vitest';

import type { Case } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Problem } from '../../src/contract/problem.js';
import type { Settings } from '../../src/contract/settings.js';
import { aClosure, aNewCase, aTenant, type TestTenant } from '../support/app.js';
import { theApp } from '../support/shared-app.js';

let tenant: TestTenant;

beforeAll(async () => {
  tenant = await aTenant(await theApp());
});

describe('a new case', () => {
  it('CC-25 CC-26 is refused to who may not add one', async () => {
    const caller = await tenant.as({ roles: ['finance'] });
    expect((await caller.post<Problem>('/v1/cases', aNewCase())).body).toMatchObject({
      code: 'forbidden',
      rule: expect.any(String) as string,
    });
  });

  it('CC-27 names every missing field at once', async () => {
    const { status, body } = await tenant.agent.post<Problem>('/v1/cases', {
      customerId: 'cust_quist',
      subject: '  \n ',
      description: '\t',
    });
    expect(status).toBe(422);
    expect(body.errors?.map(({ field, code }) => `${field} ${code}`).sort()).toEqual([
      'contactMethod required',
      'description required',
      'subject required',
      'type required',
    ]);
  });

  it('CC-27 names the missing customer with them', async () => {
    const { body } = await tenant.agent.post<Problem>('/v1/cases', {});
    expect(body.errors?.map(({ field, code }) => `${field} ${code}`).sort()).toEqual([
      'contactMethod required',
      'customerId required',
      'description required',
      'subject required',
      'type required',
    ]);
  });

  it('CC-27 asks for what the settings ask for', async () => {
    const own = await aTenant(await theApp());
    const { body: settings } = await own.administrator.get<Settings>('/v1/settings');
    await own.administrator.patch(
      '/v1/settings',
      { requiredFields: { newCase: ['tags', 'deadline'] } },
      settings,
    );
    const refused = await own.agent.post<Problem>('/v1/cases', {
      customerId: 'cust_quist',
      subject: 'x',
      description: 'x',
    });
    expect(refused.body.errors?.map(({ field }) => field).sort()).toEqual(['deadline', 'tags']);
  });

  it('CC-28 starts with the default priority of the settings', async () => {
    expect(await tenant.aCase()).toMatchObject({ priority: 'normal', initialPriority: 'normal' });
  });

  it('CC-28 starts without one when the default is retired', async () => {
    const own = await aTenant(await theApp());
    const { body: settings } = await own.administrator.get<Settings>('/v1/settings');
    const priorities = settings.priorities.map((each) => ({ ...each, retired: each.id === 'normal' }));
    const { status } = await own.administrator.patch('/v1/settings', { priorities }, settings);
    expect(status).toBe(200);
    expect(await own.aCase()).toMatchObject({ priority: null });
  });

  it('CC-29 is stored on the account and stays open', async () => {
    const created = await tenant.aCase({ customerId: 'cust_quist' });
    expect(created).toMatchObject({
      status: 'open',
      customer: { id: 'cust_quist', name: 'Quist & Daughters' },
    });
  });

  it('CC-30 is stored and closed in one step, or not at all', async () => {
    const own = await aTenant(await theApp());
    const refused = await own.agent.post<Problem>('/v1/cases', aNewCase({ close: {} }));
    expect(refused.status).toBe(422);
    expect(refused.body.errors?.map(({ field }) => field).sort()).toEqual(['close.note', 'close.reason']);
    expect((await own.agent.get<Page<Case>>('/v1/cases?count=true')).body.total).toBe(0);

    const closed = await own.aCase({ close: aClosure() });
    expect(closed).toMatchObject({
      status: 'closed',
      closure: { reason: 'resolved', note: 'Returned the second debit.' },
    });
  });

  it.each([
    ['subject', 'x'.repeat(201), 'too_long', 200],
    ['description', 'x'.repeat(20_001), 'too_long', 20_000],
    ['subject', 'two\nlines', 'invalid', undefined],
    ['type', 'no-such-type', 'unknown_value', undefined],
    ['priority', 'urgent', 'unknown_value', undefined],
    ['contactMethod', 'telepathy', 'unknown_value', undefined],
    ['customerId', 'cust_absent', 'not_found', undefined],
    ['requesterId', 'person_absent', 'not_found', undefined],
    ['assigneeId', 'person_absent', 'not_found', undefined],
    ['departmentId', 'dept_absent', 'not_found', undefined],
    ['attachmentIds', ['att_absent'], 'not_found', undefined],
  ])('refuses a bad %s', async (field, value, code, limit) => {
    const { status, body } = await tenant.agent.post<Problem>('/v1/cases', aNewCase({ [field]: value }));
    expect(status).toBe(422);
    expect(body.errors).toHaveLength(1);
    expect(body.errors?.[0]).toMatchObject({ code, ...(limit && { limit }) });
    expect(body.errors?.[0]?.field.split('.')[0]).toBe(field);
  });

  it('keeps tags trimmed, once and in order', async () => {
    expect((await tenant.aCase({ tags: [' refund ', 'Refund', 'bank'] })).tags).toEqual(['refund', 'bank']);
  });
});

describe('an edit', () => {
  it('CC-47 is refused on a closed case, with the case as it stands', async () => {
    const closed = await tenant.aClosedCase();
    const answer = await tenant.agent.patch<Problem>(`/v1/cases/${closed.id}`, { subject: 'x' }, closed);
    expect(answer).toMatchObject({
      status: 409,
      body: { code: 'case_closed', current: { status: 'closed' } },
    });
    expect(closed.permissions['edit']).toMatchObject({ allowed: false, rule: 'case.closed' });
    expect(closed.permissions['reopen']).toMatchObject({ allowed: true });
  });

  it('CC-49 refuses to empty a mandatory field, all at once', async () => {
    const open = await tenant.aCase();
    const change = { subject: ' ', description: '', type: null, contactMethod: null };
    const { status, body } = await tenant.agent.patch<Problem>(`/v1/cases/${open.id}`, change, open);
    expect(status).toBe(422);
    expect(body.errors?.map(({ field, code }) => `${field} ${code}`).sort()).toEqual([
      'contactMethod required',
      'description required',
      'subject required',
      'type required',
    ]);
  });

  it('CC-50 applies what is there and leaves the rest', async () => {
    const open = await tenant.aCase({ deadline: '2030-01-01', tags: ['one'] });
    const { body } = await tenant.agent.patch<Case>(
      `/v1/cases/${open.id}`,
      { deadline: null, tags: [], priority: 'high', assigneeId: 'person_tomas' },
      open,
    );
    expect(body).toMatchObject({
      deadline: null,
      tags: [],
      priority: 'high',
      assignee: { id: 'person_tomas' },
      subject: open.subject,
      type: open.type,
    });
  });

  it('is refused to customers and to who cannot see the case', async () => {
    const own = await tenant.aCase({ requesterId: 'person_pia' });
    const customer = await tenant.customer.patch<Problem>(`/v1/cases/${own.id}`, { subject: 'x' }, own);
    expect(customer).toMatchObject({
      status: 403,
      body: { code: 'forbidden', rule: expect.any(String) as string },
    });
    const stranger = await tenant.outsider.patch<Problem>(`/v1/cases/${own.id}`, { subject: 'x' }, own);
    expect(stranger).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });
});
