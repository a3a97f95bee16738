import { beforeAll, describe, expect, it } from 'vitest';

import type { Case, CaseSummary } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Problem } from '../../src/contract/problem.js';
import type { Settings } from '../../src/contract/settings.js';
import { aNewCase, aTenant, type Caller, type TestTenant } from '../support/app.js';
import { sampleCases } from '../support/sample-tenant.js';
import { theApp } from '../support/shared-app.js';

let tenant: TestTenant;
/** Has the sample cases and is only read. */
let sample: TestTenant;

beforeAll(async () => {
  const testApp = await theApp();
  tenant = await aTenant(testApp);
  sample = await aTenant(testApp, { cases: sampleCases ?? [] });
});

const double = 'Charged twice for the February line rental';
const terminals = 'Card terminals drop off every evening';
const address = 'Invoice address is still the old bakery';
const notice = 'Question about the notice period';

async function subjects(query: string, by: Caller = sample.administrator): Promise<string[]> {
  const { status, body } = await by.get<Page<CaseSummary>>(`/v1/cases?${query}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body.items.map(({ subject }) => subject).sort();
}

async function fieldErrors(query: string): Promise<Record<string, string>> {
  const { status, body } = await sample.agent.get<Problem>(`/v1/cases?${query}`);
  expect(status).toBe(422);
  return Object.fromEntries((body.errors ?? []).map(({ field, code }) => [field, code]));
}

describe('who may see cases', () => {
  it.each(['system-administrator', 'customer-service', 'sales-agent'])('CC-01 lets %s in', async (role) => {
    const caller = await sample.as({ sub: `person_${role}`, roles: [role] });
    expect((await caller.get('/v1/cases')).status).toBe(200);
    const { body } = await caller.get<{ permissions: Record<string, { allowed: boolean }> }>('/v1/session');
    expect(body.permissions['listCases']?.allowed).toBe(true);
  });

  it.each([[['finance']], [['something-else']], [[]]])(
    'CC-01 refuses an agent with the roles %j',
    async (roles) => {
      const caller = await sample.as({ sub: 'person_other', roles });
      for (const answer of [
        await caller.get<Problem>('/v1/cases'),
        await caller.post<Problem>('/v1/cases', aNewCase()),
      ]) {
        expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden', rule: 'cases.role' } });
      }
      const { body } = await caller.get<{
        permissions: Record<string, { allowed: boolean; reason?: string }>;
      }>('/v1/session');
      expect(body.permissions['listCases']).toMatchObject({
        allowed: false,
        reason: expect.any(String) as string,
      });
    },
  );

  it('shows agents the cases without department, of theirs and assigned to them', async () => {
    expect(await subjects('', sample.administrator)).toHaveLength(4);
    expect(await subjects('', sample.agent)).toEqual([double, address, notice].sort());
    expect(await subjects('', sample.technician)).toEqual([terminals, address, notice].sort());
    const assigned = await sample.as({
      sub: 'person_mara',
      roles: ['customer-service'],
      departments: ['dept_network'],
    });
    expect(await subjects('', assigned)).toContain(double);
  });

  it('shows customers the cases they submitted, and no other', async () => {
    expect(await subjects('', sample.customer)).toEqual([double, address].sort());
    expect(await subjects('', sample.colleague)).toEqual([terminals]);
    expect(await subjects('', sample.outsider)).toEqual([notice]);
    expect(await subjects('q=terminals', sample.customer)).toEqual([]);
    const { body } = await sample.customer.get<Page<unknown>>('/v1/cases?count=true');
    expect(body.total).toBe(2);
  });
});

describe('the list', () => {
  it('CC-02 gives a widget the newest open cases of a customer', async () => {
    expect(await subjects('customerId=cust_aldermill&status=open&sort=-created')).toEqual(
      [double, terminals].sort(),
    );
    expect(await subjects('customerId=cust_harbour&status=open')).toEqual([]);
  });

  it('CC-04 gives all cases of a customer, and answers 404 for a foreign one', async () => {
    expect(await subjects('customerId=cust_aldermill')).toHaveLength(3);
    for (const path of [
      '/v1/cases?customerId=cust_of_somebody_else',
      '/v1/customers/cust_of_somebody_else',
    ]) {
      expect(await sample.agent.get(path)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    }
  });

  it('CC-05 filters by raised after', async () => {
    expect(await subjects('raisedAfter=2025-02-20')).toEqual([terminals, notice].sort());
    expect(await subjects('raisedAfter=2025-02-20T17:40:00Z')).toEqual([terminals, notice].sort());
    expect(await subjects('raisedAfter=2025-02-20T18:40:01%2B01:00')).toEqual([notice]);
    expect(await fieldErrors('raisedAfter=20.2.2025')).toEqual({ raisedAfter: 'not_a_date' });
  });

  it('CC-06 filters by raised before', async () => {
    expect(await subjects('raisedBefore=2025-02-10')).toEqual([address]);
    expect(await fieldErrors('raisedBefore=2025-02-29')).toEqual({ raisedBefore: 'not_a_date' });
  });

  it('CC-07 filters by a range, and refuses one that ends before it begins', async () => {
    expect(await subjects('raisedAfter=2025-02-01&raisedBefore=2025-03-01')).toEqual(
      [double, terminals].sort(),
    );
    expect(await fieldErrors('raisedAfter=2025-03-01&raisedBefore=2025-02-01')).toEqual({
      raisedBefore: 'empty_range',
    });
  });

  it('CC-08 filters by type, a retired one too', async () => {
    expect(await subjects('type=billing&type=question')).toEqual([double, notice].sort());
    const own = await aTenant(await theApp(), { cases: sampleCases ?? [] });
    const { body: settings } = await own.administrator.get<Settings>('/v1/settings');
    const caseTypes = settings.caseTypes.map((type) => ({ ...type, retired: type.id === 'billing' }));
    expect((await own.administrator.patch('/v1/settings', { caseTypes }, settings)).status).toBe(200);
    expect(await subjects('type=billing', own.administrator)).toEqual([double]);
    expect((await own.agent.post<Problem>('/v1/cases', aNewCase())).body.errors).toEqual([
      expect.objectContaining({ field: 'type', code: 'retired_value' }),
    ]);
  });

  it('CC-09 filters by status, and refuses another', async () => {
    expect(await subjects('status=closed')).toEqual([address]);
    expect(await subjects('status=open&status=closed')).toHaveLength(4);
    expect(await fieldErrors('status=pending')).toEqual({ status: 'unknown_value' });
  });

  it('CC-10 filters by the current priority and keeps the first', async () => {
    expect(await subjects('priority=high')).toEqual([double]);
    const created = await tenant.aCase({ priority: 'high' });
    const { body } = await tenant.agent.patch<Case>(`/v1/cases/${created.id}`, { priority: 'low' }, created);
    expect(body).toMatchObject({ priority: 'low', initialPriority: 'high' });
    expect(await fieldErrors('priority=urgent')).toEqual({ priority: 'unknown_value' });
  });

  it('CC-11 searches subject and description, not notes', async () => {
    expect(await subjects('q=february')).toEqual([double]);
    expect(await subjects('q=DEBITS%20statement')).toEqual([double]);
    expect(await subjects('q=mandate')).toEqual([]);
    expect(await subjects('q=february%20terminals')).toEqual([]);
  });

  it.each(['%', '_', '*', '"', '<', '>', "'", '\\', '%25', ':', '&|!', '()', 'a:*', '-'])(
    'CC-11 takes %s as a word like any other',
    async (text) => {
      const { status } = await sample.agent.get(`/v1/cases?q=${encodeURIComponent(text)}`);
      expect(status).toBe(200);
    },
  );

  it('CC-11 refuses a search of more than 200 characters', async () => {
    expect(await fieldErrors(`q=${'x'.repeat(201)}`)).toEqual({ q: 'too_long' });
    expect(await subjects(`q=${'x'.repeat(200)}`)).toEqual([]);
  });

  it('CC-12 filters by tag; an unknown one has no rows', async () => {
    expect(await subjects('tag=refund')).toEqual([double]);
    expect(await subjects('tag=never-used')).toEqual([]);
  });

  it('CC-13 filters by deadline, due by and overdue', async () => {
    expect(await subjects('deadline=set')).toEqual([double]);
    expect(await subjects('deadline=none')).toHaveLength(3);
    expect(await subjects('dueBy=2025-03-01')).toEqual([double]);
    expect(await subjects('dueBy=2025-02-28')).toEqual([]);
    expect(await subjects('dueAfter=2025-03-01')).toEqual([double]);
    expect(await subjects('dueAfter=2025-03-02')).toEqual([]);
    expect(await subjects('dueAfter=2025-02-25&dueBy=2025-03-04')).toEqual([double]);
    expect(await fieldErrors('dueAfter=2025-03-02&dueBy=2025-03-01')).toEqual({ dueBy: 'empty_range' });
    expect(await fieldErrors('dueAfter=never')).toEqual({ dueAfter: 'not_a_date' });
    expect(await subjects('overdueOn=2025-03-01')).toEqual([]);
    expect(await subjects('overdueOn=2025-03-02')).toEqual([double]);
    expect(await fieldErrors('dueBy=soon&overdueOn=tomorrow')).toEqual({
      dueBy: 'not_a_date',
      overdueOn: 'not_a_date',
    });
  });

  it('CC-14 asks that all filters match, and knows no others', async () => {
    expect(
      await subjects('status=open&type=billing&priority=high&tag=refund&q=february&deadline=set'),
    ).toEqual([double]);
    expect(await subjects('status=closed&type=billing')).toEqual([]);
    expect(await fieldErrors('favourite=yes')).toEqual({ favourite: 'unknown_field' });
  });
});

describe('one case', () => {
  it('CC-03 CC-15 is not available once it cannot be seen', async () => {
    const { body } = await sample.technician.get<Page<CaseSummary>>('/v1/cases?q=terminals');
    const id = body.items[0]?.id ?? '';
    expect((await sample.technician.get(`/v1/cases/${id}`)).status).toBe(200);
    for (const caller of [sample.agent, sample.customer, sample.outsider]) {
      const named = { headers: { 'x-request-id': 'the-same-request' } };
      const hidden = await caller.get(`/v1/cases/${id}`, named);
      const absent = await caller.get('/v1/cases/case_absent', named);
      expect(hidden.status).toBe(404);
      expect(hidden.body).toEqual(absent.body);
    }
  });

  it('CC-16 CC-17 CC-18 CC-19 CC-20 CC-21 CC-22 CC-23 carries what the detail shows', async () => {
    const created = await tenant.aCase({ deadline: '2030-05-01', description: '<b>bold</b> & "quotes"' });
    const { body } = await tenant.agent.get<Case>(`/v1/cases/${created.id}`);
    expect(body).toMatchObject({
      status: 'open',
      type: 'billing',
      priority: 'normal',
      deadline: '2030-05-01',
      contactMethod: 'phone',
      createdBy: { id: 'person_mara', name: 'Mara Lindqvist' },
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
      description: '<b>bold</b> & "quotes"',
    });
  });

  it('CC-18 CC-19 says null where priority and deadline are not set', async () => {
    const created = await tenant.aCase({ priority: null });
    expect(created).toMatchObject({ priority: null, deadline: null });
  });

  it('CC-21 marks an author who has left', async () => {
    const own = await aTenant(await theApp(), {
      cases: [
        {
          externalReference: 'F-1',
          customerId: 'cust_quist',
          subject: 'Old',
          description: 'Old',
          createdBy: 'person_former',
          createdAt: '2024-01-01T00:00:00Z',
        },
      ],
    });
    const { body } = await own.agent.get<Page<CaseSummary>>('/v1/cases');
    expect(body.items[0]?.createdBy).toMatchObject({ id: 'person_former', former: true });
  });

  it('says by rule and reason why an action is refused', async () => {
    const { body } = await sample.customer.get<Page<CaseSummary>>('/v1/cases?q=february');
    const permissions = body.items[0]?.permissions ?? {};
    expect(permissions['reply']).toMatchObject({ allowed: true });
    expect(permissions['attach']).toMatchObject({ allowed: true });
    for (const action of ['edit', 'close', 'addInternalNote', 'assign']) {
      const verdict = permissions[action];
      expect(verdict).toMatchObject({ allowed: false });
      expect(verdict?.rule).not.toBe('');
      expect(verdict?.reason).toBeTruthy();
    }
  });
});
