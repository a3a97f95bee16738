import { beforeAll, describe, expect, it } from 'vitest';

import type { CaseSummary } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Problem } from '../../src/contract/problem.js';
import type { Settings, SettingsChange } from '../../src/contract/settings.js';
import type { View } from '../../src/contract/views.js';
import { aTenant, type Caller, type TestTenant } from '../support/app.js';
import { readEvents } from '../support/event-reader.js';
import { theApp } from '../support/shared-app.js';

let tenant: TestTenant;

beforeAll(async () => {
  tenant = await aTenant(await theApp());
});

async function aView(change: object = {}, by: Caller = tenant.agent): Promise<View> {
  const { status, body } = await by.post<View>('/v1/views', { name: 'Refunds', ...change });
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
}

const shared = (...roles: string[]) => ({ visibility: { kind: 'roles', roles } });

async function names(by: Caller): Promise<string[]> {
  const { status, body } = await by.get<Page<View>>('/v1/views?limit=100');
  expect(status).toBe(200);
  return body.items.map(({ name }) => name);
}

async function changeSettings(
  own: TestTenant,
  change: (settings: Settings) => SettingsChange,
): Promise<void> {
  const { body } = await own.administrator.get<Settings>('/v1/settings');
  expect((await own.administrator.patch('/v1/settings', change(body), body)).status).toBe(200);
}

describe('saved views', () => {
  it('keep filters, order and columns as the list takes them', async () => {
    const filters = { status: 'open', tag: ['refund', 'credit'], q: 'bank "100%"', due: 'overdue' };
    const made = await aView({ filters, sort: 'deadline', columns: ['number', 'subject'] });
    expect(made).toMatchObject({
      name: 'Refunds',
      version: '1',
      filters,
      sort: 'deadline',
      columns: ['number', 'subject'],
      visibility: { kind: 'private' },
      owner: { id: 'person_mara', name: 'Mara Lindqvist' },
      permissions: { edit: { allowed: true }, remove: { allowed: true } },
      warnings: [],
    });
    const read = await tenant.agent.get<View>(`/v1/views/${made.id}`);
    expect(read.body).toEqual(made);
    expect(read.headers.get('etag')).toBe('"1"');
  });

  it('are changed where they are named, and removed', async () => {
    const made = await aView({ filters: { type: 'billing' }, sort: 'number', columns: ['number'] });
    const path = `/v1/views/${made.id}`;
    const renamed = await tenant.agent.patch<View>(path, { name: 'Bills' }, made);
    expect(renamed.body).toEqual({
      ...made,
      name: 'Bills',
      version: '2',
      updatedAt: expect.any(String) as string,
    });
    const bare = await tenant.agent.patch<View>(
      path,
      { filters: {}, sort: null, columns: null },
      renamed.body,
    );
    expect(bare.body).toMatchObject({ name: 'Bills', filters: {} });
    expect(bare.body).not.toHaveProperty('sort');
    expect(bare.body).not.toHaveProperty('columns');
    const removed = await tenant.agent.delete(path, bare.body);
    expect(removed).toMatchObject({ status: 204, body: '' });
    expect((await tenant.agent.get(path)).status).toBe(404);
    expect((await tenant.agent.delete(path, bare.body)).status).toBe(404);
  });

  it('CC-50 that moved meanwhile are neither changed nor removed', async () => {
    const made = await aView();
    const path = `/v1/views/${made.id}`;
    const { body: current } = await tenant.agent.patch<View>(path, { name: 'Newer' }, made);
    for (const refused of [
      await tenant.agent.patch<Problem>(path, { name: 'Lost' }, made),
      await tenant.agent.delete<Problem>(path, made),
    ]) {
      expect(refused).toMatchObject({
        status: 412,
        body: { code: 'version_conflict', by: { id: 'person_mara' }, at: current.updatedAt, current },
      });
    }
    const unguarded = await tenant.agent.delete<Problem>(path);
    expect(unguarded).toMatchObject({ status: 428, body: { code: 'version_required' } });
    expect((await tenant.agent.get<View>(path)).body).toEqual(current);
  });

  it('that are private exist for nobody else, administrators included', async () => {
    const made = await aView({ name: 'Only mine' });
    const path = `/v1/views/${made.id}`;
    for (const who of ['administrator', 'otherAgent', 'technician', 'finance', 'customer'] as const) {
      expect(await names(tenant[who])).not.toContain('Only mine');
      for (const answer of [
        await tenant[who].get<Problem>(path),
        await tenant[who].patch<Problem>(path, { name: 'Mine now' }, made),
        await tenant[who].delete<Problem>(path, made),
      ]) {
        const absent = await tenant[who].get<Problem>('/v1/views/view_absent');
        expect({ ...answer.body, requestId: '' }).toEqual({ ...absent.body, requestId: '' });
      }
    }
    expect(await names(tenant.agent)).toContain('Only mine');
  });

  it('for roles are seen by these roles, and changed by administrators alone', async () => {
    const made = await aView({ name: 'For sales', ...shared('sales-agent') }, tenant.administrator);
    const path = `/v1/views/${made.id}`;
    expect(await names(tenant.otherAgent)).toContain('For sales');
    expect(await names(tenant.administrator)).toContain('For sales');
    for (const who of ['agent', 'technician', 'finance', 'customer'] as const) {
      expect(await names(tenant[who])).not.toContain('For sales');
      expect((await tenant[who].get(path)).status).toBe(404);
    }
    const { body } = await tenant.otherAgent.get<View>(path);
    expect(body.permissions).toMatchObject({
      edit: { allowed: false, rule: 'views.share' },
      remove: { allowed: false, rule: 'views.share' },
    });
    for (const refused of [
      await tenant.otherAgent.patch<Problem>(path, { name: 'Ours' }, made),
      await tenant.otherAgent.delete<Problem>(path, made),
    ])
      expect(refused).toMatchObject({ status: 403, body: { rule: 'views.share' } });
    const colleague = await tenant.as({ sub: 'person_ada', roles: ['system-administrator'] });
    const taken = await colleague.patch<Problem>(path, { visibility: { kind: 'private' } }, made);
    expect(taken).toMatchObject({ status: 403, body: { rule: 'views.owner' } });
    expect((await colleague.patch(path, { name: 'Sales' }, made)).status).toBe(200);
  });

  it('are shared by administrators alone', async () => {
    const made = await aView();
    for (const refused of [
      await tenant.agent.post<Problem>('/v1/views', { name: 'All', ...shared('customer-service') }),
      await tenant.agent.patch<Problem>(`/v1/views/${made.id}`, shared('customer-service'), made),
    ])
      expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden', rule: 'views.share' } });
    for (const [who, saves, shares] of [
      ['administrator', true, true],
      ['agent', true, false],
      ['finance', false, false],
      ['customer', false, false],
    ] as const) {
      const { body } = await tenant[who].get<{ permissions: object }>('/v1/session');
      expect(body.permissions, who).toMatchObject({
        saveViews: { allowed: saves },
        shareViews: { allowed: shares },
      });
    }
  });

  it('CC-01 are kept by who works on cases alone', async () => {
    for (const who of ['finance', 'customer'] as const) {
      const refused = await tenant[who].post<Problem>('/v1/views', { name: 'Mine' });
      expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden', rule: 'views.role' } });
      expect(await names(tenant[who])).toEqual([]);
    }
  });

  it.each<[string, object, string, string]>([
    ['no name', { name: undefined }, 'name', 'required'],
    ['a blank name', { name: ' ' }, 'name', 'required'],
    ['a name too long', { name: 'n'.repeat(81) }, 'name', 'too_long'],
    ['a name of two lines', { name: 'a\nb' }, 'name', 'invalid'],
    ['CC-14 an unknown filter', { filters: { colour: 'red' } }, 'filters.colour', 'unknown_field'],
    ['a cursor', { filters: { cursor: 'x' } }, 'filters.cursor', 'unknown_field'],
    ['CC-09 an unknown status', { filters: { status: 'half' } }, 'filters.status', 'unknown_value'],
    ['CC-13 a date that is none', { filters: { dueBy: '2025-02-30' } }, 'filters.dueBy', 'not_a_date'],
    [
      'CC-07 an empty range',
      { filters: { raisedAfter: '2025-02-02', raisedBefore: '2025-02-01' } },
      'filters.raisedBefore',
      'empty_range',
    ],
    ['CC-11 a search too long', { filters: { q: 'q'.repeat(201) } }, 'filters.q', 'too_long'],
    ['an unknown order', { sort: 'luck' }, 'sort', 'unknown_value'],
    ['a visibility that is none', { visibility: { kind: 'everybody' } }, 'visibility.kind', 'unknown_value'],
    [
      'a private view with roles',
      { visibility: { kind: 'private', roles: ['a'] } },
      'visibility.roles',
      'invalid',
    ],
    ['an owner', { owner: 'person_tomas' }, 'owner', 'unknown_field'],
  ])('refuse %s', async (_what, change, field, code) => {
    const { status, body } = await tenant.agent.post<Problem>('/v1/views', { name: 'View', ...change });
    expect(status).toBe(422);
    expect(body.errors).toContainEqual(expect.objectContaining({ field, code }));
  });

  it('refuse to be shared with no role', async () => {
    const { status, body } = await tenant.administrator.post<Problem>('/v1/views', {
      name: 'V',
      ...shared(),
    });
    expect(status).toBe(422);
    expect(body.errors).toEqual([expect.objectContaining({ field: 'visibility.roles', code: 'required' })]);
  });

  it('CC-08 keep working with a value that was retired or removed, and say so', async () => {
    const own = await aTenant(await theApp());
    const kept = await own.aCase({ type: 'complaint' });
    const gone = await own.aCase({ type: 'content', priority: 'low' });
    await own.aCase({ type: 'billing' });
    const filters = { type: ['complaint', 'content', 'billing'], priority: ['low', 'normal'] };
    const made = await aView({ filters }, own.agent);
    expect(made.warnings).toEqual([]);
    await changeSettings(own, ({ caseTypes, priorities }) => ({
      caseTypes: caseTypes
        .filter(({ id }) => id !== 'content')
        .map((type) => (type.id === 'complaint' ? { ...type, retired: true } : type)),
      priorities: priorities.filter(({ id }) => id !== 'low'),
    }));
    const { body: view } = await own.agent.get<View>(`/v1/views/${made.id}`);
    expect(view.filters).toEqual(filters);
    expect(view.warnings).toEqual([
      { code: 'retired_value', field: 'type', value: 'complaint' },
      { code: 'unknown_value', field: 'type', value: 'content' },
      { code: 'unknown_value', field: 'priority', value: 'low' },
    ]);
    const query = new URLSearchParams(
      Object.entries(filters).flatMap(([name, values]) => values.map((value) => [name, value])),
    );
    const list = await own.agent.get<Page<CaseSummary>>(`/v1/cases?${query.toString()}`);
    expect(list.status).toBe(200);
    expect(list.body.items.map(({ id }) => id)).toEqual(expect.arrayContaining([kept.id, gone.id]));
    const renamed = await own.agent.patch<View>(`/v1/views/${made.id}`, { name: 'Old', filters }, view);
    expect(renamed).toMatchObject({ status: 200, body: { warnings: view.warnings } });
    // What was never there is still no value (CC-10).
    const never = await own.agent.get<Problem>('/v1/cases?type=content&priority=urgent');
    expect(never.body.errors).toEqual([
      expect.objectContaining({ field: 'priority', code: 'unknown_value' }),
    ]);
  });

  it('are at most a hundred a person, also when two are made at once', async () => {
    const own = await aTenant(await theApp());
    for (let made = 0; made < 99; made += 1) await aView({ name: `View ${made}` }, own.agent);
    const both = await Promise.all([1, 2].map(() => own.agent.post<Problem>('/v1/views', { name: 'Last' })));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 422]);
    const refused = both.find(({ status }) => status === 422);
    expect(refused?.body.errors).toEqual([
      expect.objectContaining({ field: 'name', code: 'too_many', limit: 100 }),
    ]);
    await aView({}, own.otherAgent);
    const { body: first } = await own.agent.get<Page<View>>('/v1/views?limit=60&count=true');
    expect(first.total).toBe(100);
    const { body: rest } = await own.agent.get<Page<View>>(`/v1/views?limit=60&cursor=${first.next}`);
    const ids = [...first.items, ...rest.items].map(({ id }) => id);
    expect(new Set(ids).size).toBe(100);
    expect(rest.next).toBeNull();
  });

  it('E-DUP are made once for one key', async () => {
    const key = crypto.randomUUID();
    const [one, two] = await Promise.all(
      [1, 2].map(() => tenant.otherAgent.post<View>('/v1/views', { name: 'Once' }, { key })),
    );
    expect(one?.body.id).toBe(two?.body.id);
    expect((await names(tenant.otherAgent)).filter((name) => name === 'Once')).toHaveLength(1);
  });

  it('tell of themselves to those who see them, and to nobody else', async () => {
    const own = await aTenant(await theApp());
    const [owner, sales, other, customer] = await Promise.all(
      [own.administrator, own.otherAgent, own.agent, own.customer].map((caller) => readEvents(caller)),
    );
    if (!owner || !sales || !other || !customer) throw new Error('There are four readers.');
    const heard = (reader: typeof owner) =>
      reader.events.flatMap(({ event }) => (event.kind === 'view.updated' ? [event.viewId] : []));
    const mine = await aView({ name: 'Mine' }, own.administrator);
    const ours = await aView({ name: 'Ours', ...shared('sales-agent') }, own.administrator);
    const { body: hidden } = await own.administrator.patch<View>(
      `/v1/views/${ours.id}`,
      { visibility: { kind: 'private' } },
      ours,
    );
    await own.administrator.patch(`/v1/views/${ours.id}`, { name: 'Quiet' }, hidden);
    // What everybody hears comes last: whoever has it has had the rest.
    await changeSettings(own, () => ({ dueSoonDays: 5 }));
    for (const reader of [owner, sales, other, customer])
      await expect
        .poll(() => reader.events.map(({ event }) => event.kind), { timeout: 60_000 })
        .toContain('settings.updated');
    expect(heard(owner)).toEqual([mine.id, ours.id, ours.id, ours.id]);
    expect(heard(sales)).toEqual([ours.id, ours.id]);
    expect(heard(other)).toEqual([]);
    expect(heard(customer)).toEqual([]);
    for (const reader of [owner, sales, other, customer]) reader.leave();
  });
});
