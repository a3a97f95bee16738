import { beforeEach, describe, expect, it } from 'vitest';

import type { InboxRule } from '../../src/contract/inbox-rules.js';
import type { Page } from '../../src/contract/common.js';
import type { InboxEntry } from '../../src/contract/inbox-entries.js';
import type { Problem } from '../../src/contract/problem.js';
import type { Settings, SettingsRevision } from '../../src/contract/settings.js';
import { aClosure, aNewCase, type Caller } from '../support/app.js';
import { aDesk, done, inboxLines, setInboxRules, type Desk } from '../support/inbox-desk.js';
import { theApp } from '../support/shared-app.js';

let desk: Desk;

beforeEach(async () => {
  desk = await aDesk(await theApp());
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
