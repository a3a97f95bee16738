import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { Database } from '../../server/engine/sql/database.js';
import type { InboxRule } from '../../src/contract/inbox-rules.js';
import type { Page } from '../../src/contract/common.js';
import type { InboxEntry } from '../../src/contract/inbox-entries.js';
import type { Problem } from '../../src/contract/problem.js';
import type { Session } from '../../src/contract/session.js';
import type { Settings, SettingsRevision } from '../../src/contract/settings.js';
import { aClosure, aNewCase, createTestApp, type Caller, type TestApp } from '../support/app.js';
import {
  act,
  aDesk,
  anEntry,
  anInbox,
  done,
  inboxLines,
  setInboxRules,
  type Desk,
} from '../support/inbox-desk.js';
import { openTestDatabase } from '../support/database.js';

let database: Database;
let world: TestApp;
let desk: Desk;

beforeAll(async () => {
  database = await openTestDatabase();
  world = await createTestApp(database);
});
afterAll(() => world.dispose());
beforeEach(async () => {
  desk = await aDesk(world);
});

const settingsOf = async (by: Caller) => (await by.get<Settings>('/v1/settings')).body;

async function entriesOf(caseId: string): Promise<InboxEntry[]> {
  const path = `/v1/inbox-entries?caseId=${caseId}`;
  return (await desk.tenant.administrator.get<Page<InboxEntry>>(path)).body.items;
}

describe('rules', () => {
  it('put a new case into the inbox of the first that holds, sent by nobody', async () => {
    const { tenant, billing, technical } = desk;
    const rules: InboxRule[] = [
      { when: { type: ['complaint'] }, inboxId: technical.id },
      {
        when: { type: ['billing'] },
        inboxId: billing.id,
        dueType: 'resolve-by',
        dueInDays: 2,
        message: 'New.',
      },
      { when: {}, inboxId: technical.id },
    ];
    await setInboxRules(tenant, { rules });
    const record = await tenant.aCase({ type: 'billing' }, tenant.customer);
    const due = new Date(Date.parse(record.createdAt ?? '') + 2 * 86_400_000).toISOString().slice(0, 10);
    expect(await entriesOf(record.id)).toMatchObject([
      {
        inbox: { id: billing.id },
        sentBy: null,
        owner: null,
        dueType: 'resolve-by',
        dueOn: due,
        message: 'New.',
      },
    ]);
    expect(await inboxLines(record.id, tenant.administrator)).toMatchObject([{ by: null }]);
    expect(await entriesOf((await tenant.aCase({ type: 'question' })).id)).toMatchObject([
      { inbox: { id: technical.id } },
    ]);
  });

  it('do so for a change that makes one hold, and never while the case waits in an inbox', async () => {
    const { tenant, billing, technical } = desk;
    await setInboxRules(tenant, {
      rules: [
        { when: { priority: ['high'] }, inboxId: technical.id },
        { when: { type: ['complaint'] }, inboxId: billing.id },
      ],
    });
    const record = await tenant.aCase({ type: 'billing' });
    expect(await entriesOf(record.id)).toEqual([]);
    const change = async (body: object) => {
      const { body: read } = await tenant.agent.get<{ version: string }>(`/v1/cases/${record.id}`);
      expect((await tenant.agent.patch(`/v1/cases/${record.id}`, body, read)).status).toBe(200);
    };
    await change({ type: 'complaint' });
    const [entry] = await entriesOf(record.id);
    expect(entry).toMatchObject({ inbox: { id: billing.id } });
    await change({ priority: 'high' });
    expect(await entriesOf(record.id)).toHaveLength(1);
    await done(tenant.agent, 'cancel', { id: entry?.id ?? '' });
    await change({ subject: 'Another subject' });
    expect(await entriesOf(record.id)).toEqual([]);
    await change({ priority: 'normal' });
    await change({ priority: 'high' });
    expect(await entriesOf(record.id)).toMatchObject([{ inbox: { id: technical.id } }]);
  });

  it('put nothing that is closed as it is created, and pass over what is retired', async () => {
    const { tenant, billing, technical } = desk;
    await setInboxRules(tenant, {
      rules: [
        { when: {}, inboxId: billing.id },
        { when: {}, inboxId: technical.id },
      ],
    });
    const closed = await tenant.agent.post<{ id: string }>('/v1/cases', aNewCase({ close: aClosure() }));
    expect(closed.status).toBe(201);
    expect(await entriesOf(closed.body.id)).toEqual([]);
    const { version } = billing;
    await tenant.administrator.patch(`/v1/inboxes/${billing.id}`, { retired: true }, { version });
    expect(await entriesOf((await tenant.aCase()).id)).toMatchObject([{ inbox: { id: technical.id } }]);
  });
});

describe('the settings of inboxes', () => {
  it('start strict, and tell agents the switches, administrators the rules, customers nothing', async () => {
    const { tenant } = desk;
    const switches = { requireOwnership: true, severalAtOnce: false };
    expect((await settingsOf(tenant.administrator)).inboxes).toEqual({ ...switches, rules: [] });
    expect((await settingsOf(tenant.finance)).inboxes).toEqual(switches);
    expect((await settingsOf(tenant.customer)).inboxes).toBeUndefined();
  });

  it('IB-14 decision 2 start with three due types, each of which says whether it needs a date', async () => {
    const { tenant } = desk;
    for (const by of [tenant.administrator, tenant.finance])
      expect((await settingsOf(by)).dueTypes.map(({ label, dateRequired }) => [label, dateRequired])).toEqual(
        [
          ['No deadline', false],
          ['Call back by', true],
          ['Resolve by', true],
        ],
      );
    const settings = await settingsOf(tenant.administrator);
    const dueTypes = [{ id: 'by-friday', label: 'By Friday', dateRequired: false }];
    const { body } = await tenant.administrator.patch<Settings>('/v1/settings', { dueTypes }, settings);
    expect(body.dueTypes).toEqual(dueTypes);
  });

  it('refuse rules that name what there is not, all of it at once, and stand in the history', async () => {
    const { tenant, billing } = desk;
    const rules = [
      { when: { type: ['x'], priority: ['y'], departmentId: ['z'] }, inboxId: 'inbox_x', dueType: 'd' },
      { when: {}, inboxId: billing.id, dueType: 'resolve-by' },
      { when: {}, inboxId: billing.id, dueType: 'no-deadline', dueInDays: 1 },
    ];
    const settings = await settingsOf(tenant.administrator);
    const answer = await tenant.administrator.patch<Problem>(
      '/v1/settings',
      { inboxes: { rules } },
      settings,
    );
    expect(answer.status).toBe(422);
    expect(answer.body.errors?.map(({ field, code }) => [field.replace('inboxes.rules.', ''), code])).toEqual(
      [
        ['0.when.type.0', 'unknown_value'],
        ['0.when.priority.0', 'unknown_value'],
        ['0.when.departmentId.0', 'not_found'],
        ['0.inboxId', 'not_found'],
        ['0.dueType', 'unknown_value'],
        ['1.dueInDays', 'required'],
        ['2.dueInDays', 'date_not_expected'],
      ],
    );
    await setInboxRules(tenant, { severalAtOnce: true });
    const { body } = await tenant.administrator.get<Page<SettingsRevision>>('/v1/settings/changes');
    expect(body.items[0]?.changes).toMatchObject([
      {
        field: 'inboxes',
        from: { severalAtOnce: false },
        to: { severalAtOnce: true, requireOwnership: true },
      },
    ]);
  });
});

describe('rules that lead nowhere', () => {
  async function retire({ id }: { readonly id: string }): Promise<void> {
    const { version } = (await desk.tenant.administrator.get<{ version: string }>(`/v1/inboxes/${id}`)).body;
    const answer = await desk.tenant.administrator.patch(`/v1/inboxes/${id}`, { retired: true }, { version });
    expect(answer.status).toBe(200);
  }

  it('IB-26 are told to administrators alone, until they are put right', async () => {
    const { tenant, billing, technical } = desk;
    const due = { dueType: 'resolve-by', dueInDays: 1 };
    const rules: InboxRule[] = [
      { when: { departmentId: ['dept_care'] }, inboxId: technical.id },
      { when: { type: ['complaint'] }, inboxId: billing.id, ...due },
    ];
    await setInboxRules(tenant, { rules });
    expect(await settingsOf(tenant.administrator)).not.toHaveProperty('problems');
    await retire(billing);
    const before = await settingsOf(tenant.administrator);
    const dueTypes = before.dueTypes.map((dueType) =>
      dueType.id === 'resolve-by' ? { ...dueType, retired: true } : dueType,
    );
    const changed = await tenant.administrator.patch<Settings>('/v1/settings', { dueTypes }, before);
    await database.db.deleteFrom('departments').where('tenant', '=', tenant.id).execute();
    const ofInbox = { setting: 'inboxes.rules.1.inboxId', code: 'unknown_value', value: billing.id };
    const ofDueType = { setting: 'inboxes.rules.1.dueType', code: 'unknown_value', value: 'resolve-by' };
    expect(before.problems).toEqual([ofInbox]);
    expect(changed.body.problems).toEqual([ofInbox, ofDueType]);
    const { problems } = await settingsOf(tenant.administrator);
    expect(problems).toEqual([
      { setting: 'inboxes.rules.0.when.departmentId', code: 'unknown_value', value: 'dept_care' },
      ofInbox,
      ofDueType,
    ]);
    const { body } = await tenant.administrator.get<Session>('/v1/session');
    expect(body.settings.problems).toEqual(problems);
    const late = await tenant.administrator.patch<Problem>('/v1/settings', { dueSoonDays: 2 }, before);
    expect(late).toMatchObject({ status: 412, body: { current: { problems } } });
    for (const by of [tenant.agent, tenant.finance, tenant.customer]) {
      expect(await settingsOf(by)).not.toHaveProperty('problems');
      expect((await by.get<Session>('/v1/session')).body.settings).not.toHaveProperty('problems');
    }
    await setInboxRules(tenant, { rules: [{ when: {}, inboxId: technical.id }] });
    expect(await settingsOf(tenant.administrator)).not.toHaveProperty('problems');
  });

  it('IB-26 name an inbox that is not there', async () => {
    const { tenant, billing } = desk;
    const other = await anInbox(tenant, 'Passing');
    const rules = [
      { when: {}, inboxId: other.id },
      { when: {}, inboxId: billing.id },
    ];
    await setInboxRules(tenant, { rules });
    await database.db
      .deleteFrom('inboxes')
      .where('tenant', '=', tenant.id)
      .where('id', '=', other.id)
      .execute();
    expect((await settingsOf(tenant.administrator)).problems).toEqual([
      { setting: 'inboxes.rules.0.inboxId', code: 'unknown_value', value: other.id },
    ]);
    expect(await entriesOf((await tenant.aCase()).id)).toMatchObject([{ inbox: { id: billing.id } }]);
  });
});

describe('stored rules of inboxes that cannot be meant', () => {
  const rule = (change: object) => ({ when: {}, inboxId: 'inbox_x', ...change });

  it.each<[string, unknown, string]>([
    ['nothing', null, 'inboxes'],
    ['a number', 7, 'inboxes'],
    ['a word', 'open', 'inboxes'],
    ['a list', [{ requireOwnership: false }], 'inboxes'],
    ['a switch that is a word', { requireOwnership: 'false' }, 'inboxes.requireOwnership'],
    ['a switch that is nothing', { requireOwnership: null }, 'inboxes.requireOwnership'],
    ['a switch that is a number', { severalAtOnce: 1 }, 'inboxes.severalAtOnce'],
    ['a switch that is a list', { severalAtOnce: [true] }, 'inboxes.severalAtOnce'],
    ['rules that are none', { rules: { 0: rule({}) } }, 'inboxes.rules'],
    ['no rules', { rules: null }, 'inboxes.rules'],
    ['a rule that is nothing', { rules: [null] }, 'inboxes.rules.0'],
    ['a rule without a condition', { rules: [{ inboxId: 'here' }] }, 'inboxes.rules.0'],
    ['a condition that is none', { rules: [rule({ when: { type: 'billing' } })] }, 'inboxes.rules.0'],
    ['a condition nobody knows', { rules: [rule({ when: { colour: ['red'] } })] }, 'inboxes.rules.0'],
    ['an inbox that is a number', { rules: [rule({ inboxId: 3 })] }, 'inboxes.rules.0'],
    ['days that are none', { rules: [rule({ dueType: 'resolve-by', dueInDays: -1 })] }, 'inboxes.rules.0'],
    ['a message without an end', { rules: [rule({ message: 'x'.repeat(2_001) })] }, 'inboxes.rules.0'],
    ['an inbox nobody knows', { rules: [rule({})] }, 'inboxes.rules.0.inboxId'],
  ])('IB-03 IB-11 IB-26 count as the narrowest: %s', async (_, stored, setting) => {
    const { tenant, billing, technical } = desk;
    await setInboxRules(tenant, { requireOwnership: false, severalAtOnce: true });
    const filled = JSON.stringify({ inboxes: stored }).replace('"here"', JSON.stringify(billing.id));
    await database.db.updateTable('settings').set({ data: filled }).where('tenant', '=', tenant.id).execute();

    const { problems, inboxes } = await settingsOf(tenant.administrator);
    expect(problems).toMatchObject([{ setting }]);
    expect(inboxes).toMatchObject({ requireOwnership: true, severalAtOnce: false });
    expect((await settingsOf(tenant.finance)).inboxes).toEqual({
      requireOwnership: true,
      severalAtOnce: false,
    });
    expect((await settingsOf(tenant.customer)).inboxes).toBeUndefined();
    for (const by of [tenant.administrator, tenant.finance, tenant.customer])
      expect((await by.get('/v1/session')).status).toBe(200);

    // It puts nothing anywhere, lets nothing be in two places, and nobody complete what they have not taken.
    const record = await tenant.aCase({}, tenant.customer);
    expect(await entriesOf(record.id)).toEqual([]);
    const entry = await anEntry(tenant, billing, { caseId: record.id });
    const again = { caseId: record.id, inboxId: technical.id };
    expect((await tenant.agent.post('/v1/inbox-entries', again)).status).toBe(409);
    expect((await act(tenant.finance, 'complete', entry)).status).toBe(409);
    expect((await act(tenant.technician, 'take', entry)).status).toBe(404);
    expect((await tenant.technician.get('/v1/inboxes')).status).toBe(200);

    // Any change of them puts them right.
    await setInboxRules(tenant, { rules: [{ when: {}, inboxId: billing.id }] });
    expect(await settingsOf(tenant.administrator)).not.toHaveProperty('problems');
    expect(await entriesOf((await tenant.aCase()).id)).toHaveLength(1);
  });
});
