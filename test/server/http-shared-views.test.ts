import { beforeAll, describe, expect, it } from 'vitest';

import type { Case } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Tag } from '../../src/contract/tags.js';
import type { View } from '../../src/contract/views.js';
import { aTenant, type Caller, type TestTenant } from '../support/app.js';
import { aGrant, moreToShareWith, setSharing } from '../support/sharing.js';
import { theApp } from '../support/shared-app.js';

const NETWORK = { kind: 'department', id: 'dept_network' } as const;
const forService = { kind: 'roles', roles: ['customer-service'] };

let tenant: TestTenant;
let record: Case;

beforeAll(async () => {
  tenant = await aTenant(await theApp(), moreToShareWith);
  await setSharing(tenant, {
    departmentRoles: ['customer-service'],
    masks: { department: { restricted: ['priority', 'project'] } },
  });
  record = await tenant.aCase({
    departmentId: 'dept_care',
    subject: 'Fibre cut',
    tags: ['fibre'],
    priority: 'high',
  });
});

async function ids(by: Caller, query: string): Promise<string[]> {
  const { status, body } = await by.get<Page<Case>>(`/v1/cases?${query}&count=true&limit=100`);
  expect(status, JSON.stringify(body)).toBe(200);
  expect(body.total).toBe(body.items.length);
  return body.items.map(({ id }) => id);
}

async function aView(by: Caller, view: Record<string, unknown>): Promise<View> {
  const { status, body } = await by.post<View>('/v1/views', { name: 'Shared', ...view });
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
}

const read = async (by: Caller, { id }: View) => (await by.get<View>(`/v1/views/${id}`)).body;
const queryOf = ({ filters }: View) =>
  new URLSearchParams(
    Object.entries(filters).flatMap(([name, value]) => [value].flat().map((one) => [name, one])),
  ).toString();

describe('what is shared between departments', () => {
  it('DE-16, DE-22 is one case: no new number, no second row, no higher count, and in the Shared view alone', async () => {
    const { agent, technician, administrator } = tenant;
    const before = await ids(administrator, '');
    await aGrant(agent, record.id, { ...NETWORK, level: 'full' });
    expect(await ids(administrator, '')).toEqual(before);
    expect(await ids(technician, 'shared=with-me')).toEqual([record.id]);
    const seen = await technician.get<Case>(`/v1/cases/${record.id}`);
    expect(seen.body.number).toBe(record.number);
    for (const query of [
      '',
      'q=fibre',
      'tag=fibre',
      'priority=high',
      'status=open',
      'customerId=cust_aldermill',
      `assigneeId=person_mara`,
      'shared=by-us',
    ])
      expect(await ids(technician, query), query).not.toContain(record.id);
    const tags = await technician.get<Page<Tag>>('/v1/tags?q=fibre');
    expect(tags.body.items).toEqual([]);
    const file = await technician.get<string>('/v1/cases/export');
    expect(file.body).not.toContain('Fibre cut');
    // Who works for both departments has it once, as their own.
    const both = await tenant.as({
      sub: 'person_both',
      roles: ['customer-service'],
      departments: ['dept_care', 'dept_network'],
    });
    expect((await ids(both, '')).filter((id) => id === record.id)).toHaveLength(1);
    expect(await ids(both, 'shared=with-me')).toEqual([]);
  });

  it('DE-28 keeps a view of who loses the right to see it, which then finds nothing', async () => {
    const gil = (departments: string[]) =>
      tenant.as({ sub: 'person_gil', name: 'Gil', roles: ['customer-service'], departments });
    const view = await aView(await gil(['dept_care']), {
      name: 'Shared with others, open',
      filters: { shared: 'by-us', status: ['open'] },
    });
    expect(await ids(await gil(['dept_care']), queryOf(view))).toContain(record.id);
    const moved = await gil(['dept_legal']);
    expect(await read(moved, view)).toMatchObject({ filters: { shared: 'by-us', status: 'open' } });
    expect(await ids(moved, queryOf(view))).toEqual([]);
  });

  it.each([
    [{ deadline: 'none', dueBy: '2030-01-01' }, 'dueBy'],
    [{ deadline: 'none', due: 'overdue' }, 'due'],
    [{ status: ['closed'], due: 'overdue' }, 'due'],
    [{ status: ['closed'], overdueOn: '2030-01-01' }, 'overdueOn'],
  ])('DE-29 warns of conditions that rule each other out, and finds nothing: %j', async (filters, field) => {
    const view = await aView(tenant.agent, { filters: { shared: 'by-us', ...filters } });
    expect(view.warnings).toMatchObject([{ code: 'contradictory', field }]);
    // The list reckons the day from where its reader is.
    const { due, ...asked } = view.filters;
    const query = queryOf({ ...view, filters: { ...asked, ...(due && { overdueOn: '2999-01-01' }) } });
    expect(await ids(tenant.agent, query)).toEqual([]);
    await tenant.agent.delete(`/v1/views/${view.id}`, { version: view.version });
  });

  it('DE-29 warns of no condition that can be met', async () => {
    for (const filters of [
      { shared: 'by-us', status: ['open', 'closed'], due: 'overdue' },
      { deadline: 'set', dueBy: '2030-01-01' },
      { status: ['closed'], due: 'today' },
    ]) {
      expect((await aView(tenant.otherAgent, { filters })).warnings).toEqual([]);
    }
  });

  it('DE-30 is seen by whom it is set for, and reveals no condition about what they may not see', async () => {
    const { administrator, agent, technician, otherAgent } = tenant;
    const masked = await tenant.aCase({ departmentId: 'dept_care', priority: 'high', tags: ['fibre'] });
    const grant = await aGrant(agent, masked.id, { ...NETWORK, level: 'restricted' });
    const view = await aView(administrator, {
      name: 'Urgent from others',
      filters: { shared: 'with-me', priority: ['high'], status: ['open'] },
      visibility: forService,
    });
    expect((await otherAgent.get(`/v1/views/${view.id}`)).status).toBe(404);
    for (const by of [administrator, agent]) {
      expect(await read(by, view)).toMatchObject({
        filters: { shared: 'with-me', priority: 'high', status: 'open' },
        warnings: [],
      });
    }
    const told = await read(technician, view);
    expect(told.filters).toEqual({ shared: 'with-me', status: 'open' });
    expect(told.warnings).toEqual([{ code: 'hidden_condition', field: '', value: '' }]);
    const all = await technician.get<Page<View>>('/v1/views?limit=100');
    expect(JSON.stringify(all.body)).not.toMatch(/priority|high/);
    // Nothing of it can be asked either.
    expect(await ids(technician, 'shared=with-me&priority=high')).not.toContain(masked.id);
    const byProject = await aView(administrator, {
      filters: { shared: 'with-me', projectId: 'project_named', status: ['open'] },
      visibility: forService,
    });
    expect((await read(technician, byProject)).filters).toEqual({ shared: 'with-me', status: 'open' });
    expect((await read(administrator, byProject)).filters).toHaveProperty('projectId');
    // At another level they see the field, and so the condition.
    await agent.delete(`/v1/grants/${grant.id}`);
    expect((await read(technician, view)).filters).toMatchObject({ priority: 'high' });
  });
});
