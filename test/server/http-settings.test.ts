import { beforeAll, describe, expect, it } from 'vitest';

import type { Case } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Problem } from '../../src/contract/problem.js';
import type { Settings, SettingsRevision } from '../../src/contract/settings.js';
import { aTenant, type TestTenant } from '../support/app.js';
import { theApp } from '../support/shared-app.js';

let tenant: TestTenant;

beforeAll(async () => {
  tenant = await aTenant(await theApp());
});

async function change(own: TestTenant, body: object) {
  const { body: settings } = await own.administrator.get<Settings>('/v1/settings');
  return own.administrator.patch<Settings & Problem>('/v1/settings', body, settings);
}

describe('settings', () => {
  it('start with the lists of the house', async () => {
    const { body } = await tenant.agent.get<Settings>('/v1/settings');
    expect(body.caseTypes.map(({ label }) => label)).toEqual([
      'Billing',
      'Complaint',
      'Technical',
      'Account',
      'Content',
      'Question',
    ]);
    expect(body).toMatchObject({
      defaultPriority: 'normal',
      requiredFields: { newCase: ['type', 'contactMethod', 'subject', 'description'] },
      reopenOnCustomerReply: false,
      portalScope: 'own',
      dueSoonDays: 3,
      limits: { subject: 200, description: 20_000, noteText: 4_000, attachmentBytes: 10 * 1024 * 1024 },
    });
  });

  it('are changed by administrators alone', async () => {
    const { body: settings } = await tenant.agent.get<Settings>('/v1/settings');
    for (const caller of [tenant.agent, tenant.finance, tenant.customer]) {
      const answer = await caller.patch<Problem>('/v1/settings', { defaultPriority: 'low' }, settings);
      expect(answer).toMatchObject({
        status: 403,
        body: { code: 'forbidden', rule: expect.any(String) as string },
      });
    }
  });

  it.each([
    [
      'two choices of one id',
      {
        caseTypes: [
          { id: 'a', label: 'A' },
          { id: 'a', label: 'B' },
        ],
      },
    ],
    ['a default priority that is not in the list', { defaultPriority: 'urgent' }],
    ['a choice without a label', { caseTypes: [{ id: 'a', label: '' }] }],
    ['a portal scope that is not offered', { portalScope: 'everything' }],
    ['a required field that does not exist', { requiredFields: { newCase: ['mood'] } }],
    ['an unknown switch', { magic: true }],
    ['limits', { limits: { subject: 1_000_000 } }],
    ['a deadline that is soon for ever', { dueSoonDays: 366 }],
    ['a deadline that is soon in the past', { dueSoonDays: -1 }],
    ['half a day', { dueSoonDays: 0.5 }],
  ])('refuse %s', async (_what, body) => {
    const own = await aTenant(await theApp());
    const answer = await change(own, body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors?.length).toBeGreaterThan(0);
  });

  it('CC-08 keep a value that cases still have, retired', async () => {
    const own = await aTenant(await theApp());
    const { id } = await own.aCase({ type: 'complaint' });
    const { body: settings } = await own.administrator.get<Settings>('/v1/settings');
    const caseTypes = settings.caseTypes.map((type) =>
      type.id === 'complaint' ? { ...type, retired: true } : type,
    );
    const changed = await change(own, { caseTypes });
    expect(changed.status).toBe(200);
    expect(changed.body.caseTypes.find((type) => type.id === 'complaint')).toMatchObject({ retired: true });
    const read = await own.agent.get<Case>(`/v1/cases/${id}`);
    expect(read.body.type).toBe('complaint');
    expect((await own.agent.patch(`/v1/cases/${id}`, { subject: 'Still fine' }, read.body)).status).toBe(200);
  });

  it('hide every case from customers when the portal is off', async () => {
    const own = await aTenant(await theApp());
    const { id } = await own.aCase({ requesterId: 'person_pia' });
    expect((await own.customer.get(`/v1/cases/${id}`)).status).toBe(200);
    await change(own, { portalScope: 'none' });
    expect((await own.customer.get(`/v1/cases/${id}`)).status).toBe(404);
    const list = await own.customer.get<Page<Case>>('/v1/cases?count=true');
    if (list.status === 200) expect(list.body).toMatchObject({ items: [], total: 0 });
    else expect(list.status).toBe(403);
  });
});

describe('the changes of the settings', () => {
  async function changesOf(own: TestTenant, query = '') {
    const { status, body } = await own.administrator.get<Page<SettingsRevision>>(
      `/v1/settings/changes${query}`,
    );
    expect(status).toBe(200);
    return body;
  }

  it('are kept: who, when, from what and to what, newest first', async () => {
    const own = await aTenant(await theApp());
    expect(await changesOf(own)).toEqual({ items: [], next: null });
    await change(own, { dueSoonDays: 5, reopenOnCustomerReply: false });
    await change(own, { defaultPriority: null });
    await change(own, { defaultPriority: 'low', dueSoonDays: 5 });
    const { items, total } = await changesOf(own, '?count=true');
    expect(total).toBe(3);
    expect(items.map(({ changes }) => changes)).toEqual([
      [{ field: 'defaultPriority', from: null, to: 'low' }],
      [{ field: 'defaultPriority', from: 'normal', to: null }],
      [{ field: 'dueSoonDays', from: 3, to: 5 }],
    ]);
    expect(items.map(({ version }) => version)).toEqual(['4', '3', '2']);
    for (const { by, at } of items) {
      expect(by).toEqual({ id: 'person_iris', name: 'Iris Vahl', kind: 'agent' });
      expect(Math.abs(Date.now() - Date.parse(at ?? ''))).toBeLessThan(60_000);
    }
    const first = await changesOf(own, '?limit=2');
    const second = await changesOf(own, `?limit=2&cursor=${first.next}`);
    expect([...first.items, ...second.items]).toEqual(items);
    expect(second.next).toBeNull();
  });

  it('name a list whole, the retired value among it', async () => {
    const own = await aTenant(await theApp());
    const { body: before } = await own.administrator.get<Settings>('/v1/settings');
    const caseTypes = before.caseTypes.map((type) =>
      type.id === 'complaint' ? { ...type, retired: true } : type,
    );
    await change(own, { caseTypes });
    const { items } = await changesOf(own);
    expect(items[0]?.changes).toEqual([{ field: 'caseTypes', from: before.caseTypes, to: caseTypes }]);
  });

  it('are for administrators alone', async () => {
    for (const caller of [tenant.agent, tenant.finance, tenant.customer]) {
      const answer = await caller.get<Problem>('/v1/settings/changes');
      expect(answer).toMatchObject({
        status: 403,
        body: { code: 'forbidden', rule: 'settings.administrator' },
      });
    }
  });

  it('gain no line from a stale version, which is answered with the settings as they stand', async () => {
    const own = await aTenant(await theApp());
    const { body: stale } = await own.administrator.get<Settings>('/v1/settings');
    const { body: current } = await change(own, { dueSoonDays: 7 });
    const refused = await own.administrator.patch<Problem>('/v1/settings', { dueSoonDays: 1 }, stale);
    expect(refused).toMatchObject({
      status: 412,
      body: { code: 'version_conflict', by: { id: 'person_iris', name: 'Iris Vahl' }, current },
    });
    expect((await changesOf(own)).items).toHaveLength(1);
    expect((await own.agent.get<Settings>('/v1/settings')).body.dueSoonDays).toBe(7);
  });

  it('are each tenant’s own', async () => {
    const [own, other] = [await aTenant(await theApp()), await aTenant(await theApp())];
    await change(own, { dueSoonDays: 9 });
    expect((await changesOf(other)).items).toEqual([]);
  });
});
