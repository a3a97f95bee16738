import { beforeAll, describe, expect, it } from 'vitest';

import type { InboxEntry } from '../../src/contract/inbox-entries.js';
import type { Inbox } from '../../src/contract/inboxes.js';
import { createTestApp, type Caller, type TestTenant } from '../support/app.js';
import { openTestDatabase } from '../support/database.js';
import {
  act,
  aDesk,
  allRights,
  anEntry,
  anInbox,
  caseIdOf,
  done,
  entryOf,
  inboxLines,
  type Desk,
} from '../support/inbox-desk.js';
import { theApp } from '../support/shared-app.js';

let desk: Desk;

beforeAll(async () => {
  desk = await aDesk(await theApp());
});

const to = () => ({ inboxId: desk.technical.id, message: 'A fault in the line, not in the bill.' });

describe('undoing', () => {
  const seen = ({ state, inbox, owner, message, dueType, dueOn, from }: InboxEntry) => ({
    state,
    inbox,
    owner,
    message,
    dueType,
    dueOn,
    from,
  });

  it.each([
    ['take', false],
    ['release', true],
    ['complete', true],
    ['cancel', true],
    ['forward', true],
  ] as const)('puts it back as it was before: %s', async (action, owned) => {
    const { tenant, billing } = desk;
    const entry = await anEntry(tenant, billing, {
      message: 'First words.',
      dueType: 'resolve-by',
      dueOn: '2099-01-01',
    });
    if (owned) await done(tenant.finance, 'take', entry);
    const before = await entryOf(tenant.finance, entry);
    const changed = await done(tenant.finance, action, entry, action === 'forward' ? to() : {});
    expect(changed.permissions['undo']).toMatchObject({ allowed: true });
    const undone = await done(tenant.finance, 'undo', entry);
    expect(seen(undone)).toEqual(seen(before));
    expect(undone.endedBy).toBeNull();
    expect((await inboxLines(caseIdOf(entry), tenant.administrator)).length).toBe(owned ? 4 : 3);
    expect(await act(tenant.finance, 'undo', entry)).toMatchObject({
      status: 409,
      body: { code: 'undo_impossible' },
    });
  });

  it('gives an assigned entry back to who had it', async () => {
    const { tenant, billing } = desk;
    const entry = await anEntry(tenant, billing);
    await done(tenant.agent, 'take', entry);
    await done(tenant.administrator, 'assign', entry, { personId: 'person_otto' });
    expect(await done(tenant.administrator, 'undo', entry)).toMatchObject({ owner: { id: 'person_mara' } });
  });

  it('is for who did it alone, and only while it is the last thing done', async () => {
    const { tenant, billing } = desk;
    const entry = await anEntry(tenant, billing);
    expect(await act(tenant.agent, 'undo', entry)).toMatchObject({ body: { code: 'undo_impossible' } });
    await done(tenant.finance, 'take', entry);
    expect(await act(tenant.agent, 'undo', entry)).toMatchObject({ body: { code: 'undo_impossible' } });
    await done(tenant.finance, 'release', entry);
    await done(tenant.agent, 'take', entry);
    expect(await act(tenant.finance, 'undo', entry)).toMatchObject({
      status: 409,
      body: { code: 'undo_impossible' },
    });
    expect(await entryOf(tenant.agent, entry)).toMatchObject({ owner: { id: 'person_mara' } });
  });

  it('is refused where the case came into an inbox meanwhile', async () => {
    const { tenant, billing, technical } = desk;
    const entry = await anEntry(tenant, billing);
    await done(tenant.finance, 'cancel', entry);
    const other = await anEntry(tenant, technical, { caseId: entry.case?.id ?? '' });
    expect(await act(tenant.finance, 'undo', entry)).toMatchObject({
      status: 409,
      body: { code: 'already_in_inbox', current: { id: other.id } },
    });
  });

  it('is possible for ten minutes', async () => {
    let now = Date.now();
    const world = await createTestApp(await openTestDatabase(), {}, { clock: () => new Date(now) });
    try {
      const { tenant, billing } = await aDesk(world);
      const entry = await anEntry(tenant, billing);
      await done(tenant.finance, 'take', entry);
      now += 10 * 60_000;
      expect((await entryOf(tenant.finance, entry)).permissions['undo']).toMatchObject({ allowed: true });
      now += 1_000;
      expect((await entryOf(tenant.finance, entry)).permissions['undo']).toMatchObject({ allowed: false });
      expect(await act(tenant.finance, 'undo', entry)).toMatchObject({ body: { code: 'undo_impossible' } });
      now -= 1_000;
      expect(await done(tenant.finance, 'undo', entry)).toMatchObject({ owner: null });
    } finally {
      await world.dispose();
    }
  });

  it('gives nothing back to who lost the inbox', async () => {
    const own = await aDesk(await theApp());
    const { tenant, billing } = own;
    const entry = await anEntry(tenant, billing);
    await done(tenant.finance, 'take', entry);
    await done(tenant.administrator, 'cancel', entry);
    const members = [{ personId: 'person_mara', rights: ['read'] }];
    const { version } = (await tenant.administrator.get<{ version: string }>(`/v1/inboxes/${billing.id}`))
      .body;
    expect(
      (await tenant.administrator.patch(`/v1/inboxes/${billing.id}`, { members }, { version })).status,
    ).toBe(200);
    expect(await done(tenant.administrator, 'undo', entry)).toMatchObject({ state: 'open', owner: null });
  });
});

describe('undoing asks for the right that the action asked for, now', () => {
  const actions = ['take', 'release', 'complete', 'cancel', 'forward'] as const;
  let tenant: TestTenant;
  let inbox: Inbox;
  let entry: InboxEntry;

  /** Otto has done it, in an inbox of this test; Mara reads the one it was sent on to. */
  async function ottoHasDone(action: string): Promise<void> {
    ({ tenant } = desk);
    inbox = await anInbox(tenant, `Desk ${crypto.randomUUID()}`, {
      person_otto: allRights,
      person_tomas: ['read'],
    });
    const beyond = await anInbox(tenant, `Beyond ${crypto.randomUUID()}`, { person_mara: ['read'] });
    entry = await anEntry(tenant, inbox, { message: 'Between us.' });
    if (action !== 'take') await done(tenant.finance, 'take', entry);
    const body = action === 'forward' ? { ...to(), inboxId: beyond.id } : {};
    await done(tenant.finance, action, entry, body);
  }

  async function leaveOtto(...rights: string[]): Promise<void> {
    const { version } = (await tenant.administrator.get<Inbox>(`/v1/inboxes/${inbox.id}`)).body;
    const others = [{ personId: 'person_tomas', rights: ['read'] }];
    const members = rights.length > 0 ? [...others, { personId: 'person_otto', rights }] : others;
    const answer = await tenant.administrator.patch(`/v1/inboxes/${inbox.id}`, { members }, { version });
    expect(answer.status).toBe(200);
  }

  const asOtto = (claims: { roles?: string[]; inboxes?: string[] }): Promise<Caller> =>
    tenant.as({ sub: 'person_otto', name: 'Otto Brandt', roles: ['finance'], ...claims });

  async function expectNothingOf(by: Caller): Promise<void> {
    const before = await entryOf(tenant.administrator, entry);
    expect((await by.get(`/v1/inbox-entries/${entry.id}`)).status).toBe(404);
    expect((await by.get(`/v1/inbox-targets?entryId=${entry.id}`)).status).toBe(404);
    expect((await by.get(`/v1/cases/${caseIdOf(entry)}`)).status).not.toBe(200);
    const answer = await act(by, 'undo', entry);
    expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(JSON.stringify(answer.body)).not.toContain('Between us.');
    expect((await entryOf(tenant.administrator, entry)).version).toBe(before.version);
  }

  it.each(actions)(
    'IB-02 IB-25 is as if it were not there for who is no member any more: %s',
    async (action) => {
      await ottoHasDone(action);
      await leaveOtto();
      await expectNothingOf(tenant.finance);
    },
  );

  it.each(actions)(
    'IB-02 is as if it were not there for a token that names other inboxes: %s',
    async (action) => {
      await ottoHasDone(action);
      await expectNothingOf(await asOtto({ inboxes: [desk.billing.id] }));
      expect((await act(await asOtto({ inboxes: [inbox.id] }), 'undo', entry)).status).toBe(200);
    },
  );

  it.each(actions)('IB-01 is refused to who works inboxes no longer: %s', async (action) => {
    await ottoHasDone(action);
    expect(await act(await asOtto({ roles: ['engineer'] }), 'undo', entry)).toMatchObject({
      status: 403,
      body: { rule: 'inboxes.role' },
    });
  });

  it('IB-25 a cancelling is undone by who may cancel', async () => {
    await ottoHasDone('cancel');
    await leaveOtto('read', 'forward');
    expect((await entryOf(tenant.finance, entry)).permissions['undo']).toMatchObject({
      allowed: false,
      rule: 'inboxes.cancel',
    });
    expect(await act(tenant.finance, 'undo', entry)).toMatchObject({
      status: 403,
      body: { rule: 'inboxes.cancel' },
    });
    await leaveOtto('read', 'cancel');
    expect(await done(tenant.finance, 'undo', entry)).toMatchObject({ state: 'open' });
  });

  it.each(['take', 'complete'])('IB-25 what asks to read is undone by who may read: %s', async (action) => {
    await ottoHasDone(action);
    await leaveOtto('read');
    expect((await act(tenant.finance, 'undo', entry)).status).toBe(200);
  });

  it('IB-12 IB-25 what was sent on comes back to who may forward where it was', async () => {
    await ottoHasDone('forward');
    await leaveOtto('read', 'cancel');
    expect((await tenant.finance.get(`/v1/inbox-entries/${entry.id}`)).status).toBe(404);
    expect(await act(tenant.finance, 'undo', entry)).toMatchObject({ status: 410, body: { code: 'gone' } });
    await leaveOtto('read', 'forward');
    // Where it is now he is no member.
    expect(await entryOf(tenant.finance, entry)).toMatchObject({
      permissions: { undo: { allowed: true }, take: { allowed: false, rule: 'inboxes.visibility' } },
    });
    expect(await done(tenant.finance, 'undo', entry)).toMatchObject({ inbox: { id: inbox.id }, from: null });
  });

  it('IB-29 an assignment is undone by administrators alone', async () => {
    await ottoHasDone('release');
    await done(tenant.administrator, 'assign', entry, { personId: 'person_tomas' });
    const former = (roles: string[]) => tenant.as({ sub: 'person_iris', name: 'Iris Vahl', roles });
    const iris = await former(['customer-service']);
    expect((await iris.get(`/v1/inbox-entries/${entry.id}`)).status).toBe(404);
    expect((await act(iris, 'undo', entry)).status).toBe(404);
    const { version } = (await tenant.administrator.get<Inbox>(`/v1/inboxes/${inbox.id}`)).body;
    const members = ['person_iris', 'person_tomas'].map((personId) => ({ personId, rights: allRights }));
    await tenant.administrator.patch(`/v1/inboxes/${inbox.id}`, { members }, { version });
    expect(await act(iris, 'undo', entry)).toMatchObject({
      status: 403,
      body: { rule: 'inboxes.administrator' },
    });
    expect(await done(tenant.administrator, 'undo', entry)).toMatchObject({ owner: null });
  });
});
