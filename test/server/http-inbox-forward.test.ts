import { beforeAll, describe, expect, it } from 'vitest';

import type { Page } from '../../src/contract/common.js';
import type { ForwardEntry, InboxEntry } from '../../src/contract/inbox-entries.js';
import type { TimelineEntry } from '../../src/contract/notes.js';
import type { Settings } from '../../src/contract/settings.js';
import { act, aDesk, anEntry, anInbox, done, entryOf, type Desk } from '../support/inbox-desk.js';
import { theApp } from '../support/shared-app.js';

let desk: Desk;

beforeAll(async () => {
  desk = await aDesk(await theApp());
});

const otto = { id: 'person_otto', name: 'Otto Brandt' };
const to = (change: ForwardEntry = {}): ForwardEntry => ({
  inboxId: desk.technical.id,
  message: 'A fault in the line, not in the bill.',
  ...change,
});

async function lines({ case: record }: InboxEntry): Promise<TimelineEntry[]> {
  const path = `/v1/cases/${record?.id}/timeline?order=asc&kind=inbox`;
  return (await desk.tenant.administrator.get<Page<TimelineEntry>>(path)).body.items;
}

describe('forwarding', () => {
  it('IB-18 IB-12 brings it to the other inbox, owned by nobody, with where it was', async () => {
    const { tenant, billing, technical } = desk;
    const entry = await anEntry(tenant, billing);
    await done(tenant.finance, 'take', entry);
    const sent = await done(
      tenant.finance,
      'forward',
      entry,
      to({ dueType: 'resolve-by', dueOn: '2099-02-03' }),
    );
    expect(sent).toMatchObject({
      inbox: { id: technical.id },
      from: { id: billing.id, name: 'Billing' },
      owner: null,
      ownedAt: null,
      sentBy: otto,
      dueType: 'resolve-by',
      dueOn: '2099-02-03',
      message: 'A fault in the line, not in the bill.',
    });
    expect(await entryOf(tenant.technician, entry)).toMatchObject({
      version: sent.version,
      from: { id: billing.id },
    });
    expect((await lines(entry)).at(-1)).toMatchObject({
      by: otto,
      changes: [
        { field: 'inbox', from: { id: billing.id }, to: { id: technical.id, name: 'Technical' } },
        { field: 'owner', from: otto, to: null },
      ],
    });
  });

  it('IB-12 is gone for the members it has left, with who sent it on and when', async () => {
    const { tenant, billing } = desk;
    const entry = await anEntry(tenant, billing);
    const { sentAt } = await done(tenant.finance, 'forward', entry, to());
    for (const action of ['take', 'complete', 'cancel', 'forward']) {
      const late = await act(tenant.agent, action, entry, action === 'forward' ? to() : {});
      expect(late, action).toMatchObject({ status: 410, body: { code: 'gone', by: otto, at: sentAt } });
      expect(late.body.current).toBeUndefined();
    }
    expect((await tenant.agent.get(`/v1/inbox-entries/${entry.id}`)).status).toBe(404);
    const stranger = await tenant.as({ sub: 'person_new', roles: ['finance'] });
    expect((await act(stranger, 'take', entry)).status).toBe(404);
  });

  it('IB-18 is gone for who reads both inboxes and saw it in the first', async () => {
    const { tenant, billing } = desk;
    const both = await anInbox(tenant, 'Second line', { person_mara: ['read', 'forward'] });
    const entry = await anEntry(tenant, billing);
    await done(tenant.finance, 'forward', entry, to({ inboxId: both.id }));
    const seen = { fromInboxId: billing.id };
    expect(await act(tenant.agent, 'forward', entry, to(seen))).toMatchObject({
      status: 410,
      body: { code: 'gone', by: otto },
    });
    expect((await act(tenant.agent, 'forward', entry, to({ fromInboxId: both.id }))).status).toBe(200);
  });

  it('IB-18 is refused where somebody else owns it', async () => {
    const { tenant, billing } = desk;
    const entry = await anEntry(tenant, billing);
    await done(tenant.finance, 'take', entry);
    expect(await act(tenant.agent, 'forward', entry, to())).toMatchObject({
      status: 409,
      body: { code: 'entry_owned', by: otto },
    });
  });

  it('answers again under its key, also when it is out of sight by then', async () => {
    const { tenant, billing } = desk;
    const entry = await anEntry(tenant, billing);
    const key = crypto.randomUUID();
    const first = await act(tenant.finance, 'forward', entry, to(), { key });
    await done(tenant.technician, 'take', entry);
    const again = await act(tenant.finance, 'forward', entry, to(), { key });
    expect(again).toMatchObject({ status: 200, body: { version: first.body.version, owner: null } });
  });

  it('IB-02 answers nothing again under its key once they have left the inbox it came from', async () => {
    const { tenant } = desk;
    const left = await anInbox(tenant, 'Left', { person_otto: ['read', 'forward'] });
    const entry = await anEntry(tenant, left);
    const key = crypto.randomUUID();
    expect((await act(tenant.finance, 'forward', entry, to(), { key })).status).toBe(200);
    await tenant.administrator.patch(`/v1/inboxes/${left.id}`, { members: [] }, left);
    expect((await act(tenant.finance, 'forward', entry, to(), { key })).status).toBe(404);
  });
});

describe('what is forwarded', () => {
  it('IB-17 names everything that is missing together', async () => {
    const { tenant, billing } = desk;
    const entry = await anEntry(tenant, billing);
    const answer = await act(tenant.finance, 'forward', entry, { dueType: 'call-back-by' });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toMatchObject([
      { field: 'inboxId', code: 'required' },
      { field: 'dueOn', code: 'required' },
      { field: 'message', code: 'required' },
    ]);
    expect(answer.body.errors).toHaveLength(3);
    expect(await entryOf(tenant.finance, entry)).toMatchObject({ version: entry.version });
  });

  it.each([
    ['IB-13 the same inbox', () => ({ inboxId: desk.billing.id }), 'inboxId', 'same_inbox'],
    ['IB-13 an unknown inbox', () => ({ inboxId: 'inbox_nowhere' }), 'inboxId', 'not_found'],
    ['IB-13 an inbox that cannot be', () => ({ inboxId: 'a\u0000b' }), 'inboxId', 'invalid'],
    ['IB-14 an unknown due type', () => ({ dueType: 'whenever' }), 'dueType', 'unknown_value'],
    ['IB-15 a date without a due type', () => ({ dueOn: '2099-01-01' }), 'dueOn', 'date_not_expected'],
    [
      'IB-15 a date with a due type that has none',
      () => ({ dueType: 'no-deadline', dueOn: '2099-01-01' }),
      'dueOn',
      'date_not_expected',
    ],
    ['IB-15 what is no date', () => ({ dueType: 'resolve-by', dueOn: '2099-02-30' }), 'dueOn', 'not_a_date'],
    [
      'IB-15 a date in the past',
      () => ({ dueType: 'resolve-by', dueOn: '2020-01-01' }),
      'dueOn',
      'in_the_past',
    ],
    ['IB-16 too long a message', () => ({ message: 'ä'.repeat(2_001) }), 'message', 'too_long'],
    ['IB-17 a blank message', () => ({ message: ' \n ' }), 'message', 'required'],
  ])('%s is refused', async (_, change, field, code) => {
    const { tenant, billing } = desk;
    const entry = await anEntry(tenant, billing);
    const answer = await act(tenant.finance, 'forward', entry, to(change()));
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ field, code }] } });
    expect(answer.body.errors).toHaveLength(1);
  });

  it('IB-15 today is no past wherever the reader is', async () => {
    const { tenant, billing } = desk;
    const entry = await anEntry(tenant, billing);
    const day = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString().slice(0, 10);
    const answer = await act(
      tenant.finance,
      'forward',
      entry,
      to({ dueType: 'resolve-by', dueOn: day(-12) }),
    );
    expect(answer.status).toBe(200);
    const late = await act(tenant.technician, 'forward', entry, {
      ...to({ dueType: 'resolve-by', dueOn: day(-36.5) }),
      inboxId: billing.id,
    });
    expect(late).toMatchObject({ status: 422, body: { errors: [{ code: 'in_the_past' }] } });
  });

  it('IB-13 IB-14 goes to no inbox and by no due type that is retired; what has them goes on as it was', async () => {
    const own = await aDesk(await theApp());
    const { tenant, billing, technical } = own;
    const entry = await anEntry(tenant, billing, { dueType: 'resolve-by', dueOn: '2099-01-01' });
    const { body: settings } = await tenant.administrator.get<Settings>('/v1/settings');
    const dueTypes = settings.dueTypes.map((dueType) => ({ ...dueType, retired: true }));
    await tenant.administrator.patch('/v1/settings', { dueTypes }, settings);
    for (const { id, version } of [billing, technical])
      expect(
        (await tenant.administrator.patch(`/v1/inboxes/${id}`, { retired: true }, { version })).status,
      ).toBe(200);
    const answer = await act(tenant.finance, 'forward', entry, {
      inboxId: technical.id,
      dueType: 'resolve-by',
      dueOn: '2099-01-01',
      message: 'x',
    });
    expect(answer.body.errors).toMatchObject([
      { field: 'inboxId', code: 'retired_value' },
      { field: 'dueType', code: 'retired_value' },
    ]);
    expect(await done(tenant.finance, 'take', entry)).toMatchObject({
      dueType: 'resolve-by',
      dueOn: '2099-01-01',
    });
    expect(await done(tenant.finance, 'complete', entry)).toMatchObject({ state: 'completed' });
  });
});
