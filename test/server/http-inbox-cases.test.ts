import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import type { Case } from '../../src/contract/cases.js';
import type { InboxEntry } from '../../src/contract/inbox-entries.js';
import type { Inbox } from '../../src/contract/inboxes.js';
import { aClosure, aNewNote, aReopening, aTenant, type Caller, type TestTenant } from '../support/app.js';
import { readEvents, type EventReader } from '../support/event-reader.js';
import { act, allRights, anEntry, anInbox, done } from '../support/inbox-desk.js';
import { theApp } from '../support/shared-app.js';

const readers: EventReader[] = [];

async function reads(caller: Caller): Promise<EventReader> {
  const reader = await readEvents(caller);
  readers.push(reader);
  await vi.waitFor(() => expect(reader.comments.length).toBeGreaterThan(0), 60_000);
  return reader;
}

afterEach(() => {
  for (const reader of readers.splice(0)) reader.leave();
});

const waitFor = (check: () => void) => vi.waitFor(check, { timeout: 60_000 });
const told = (reader: EventReader) => reader.events.map(({ event }) => event);

let tenant: TestTenant;
let finance: Inbox;
let technical: Inbox;

beforeAll(async () => {
  tenant = await aTenant(await theApp());
  finance = await anInbox(tenant, 'Finance', { person_otto: allRights, person_mara: allRights });
  technical = await anInbox(tenant, 'Technical', { person_yuki: allRights });
});

/** A case of the care department, put into the inbox by its agent. */
async function handedOver(inbox = finance): Promise<{ record: Case; entry: InboxEntry; path: string }> {
  const subject = `Handed over q${crypto.randomUUID().replaceAll('-', '')}`;
  const record = await tenant.aCase({ subject, departmentId: 'dept_care' });
  const entry = await anEntry(tenant, inbox, { caseId: record.id });
  return { record, entry, path: `/v1/cases/${record.id}` };
}

const note = (by: Caller, path: string, change: Record<string, unknown> = {}) =>
  by.post(`${path}/notes`, aNewNote(change));
const close = async (by: Caller, path: string) => {
  const { body } = await tenant.administrator.get<Case>(path);
  return by.post<Case>(`${path}/close`, aClosure(), { version: body.version });
};

describe('a case that came to an inbox', () => {
  it('IB-20 is read there with its history, notes and files, whichever role its members have', async () => {
    const { record, path } = await handedOver();
    const file = await tenant.agent.upload('bill.txt', 'forty-eight');
    await note(tenant.agent, path, { attachmentIds: [file.body.id] });
    const seen = await tenant.finance.get<Case>(path);
    expect(seen.status).toBe(200);
    expect(seen.body).toMatchObject({ subject: record.subject, description: record.description });
    expect(seen.body.masked).toBeUndefined();
    expect(seen.body.permissions['view']).toEqual({ allowed: true, rule: 'inboxes.member' });
    for (const below of ['notes', 'timeline'])
      expect(JSON.stringify((await tenant.finance.get(`${path}/${below}`)).body)).toContain(
        'Asked the bank desk.',
      );
    const lines = (await tenant.finance.get<{ items: { kind: string }[] }>(`${path}/timeline`)).body.items;
    expect(lines.map(({ kind }) => kind)).toContain('inbox');
    expect((await tenant.finance.get(`/v1/attachments/${file.body.id}`)).status).toBe(200);
    expect((await tenant.finance.get(`/v1/attachments/${file.body.id}/content`)).body).toBe('forty-eight');
    // Its entry opens it for nobody else.
    expect((await tenant.technician.get(path)).status).toBe(404);
  });

  it('stands in no list, count, search or export of theirs', async () => {
    const { record } = await handedOver(technical);
    const word = record.subject.split(' ').at(-1) ?? '';
    expect((await tenant.technician.get(`/v1/cases/${record.id}`)).status).toBe(200);
    for (const query of ['', `q=${word}`, `customerId=cust_aldermill`, `q=${word}&shared=with-me`]) {
      const { body } = await tenant.technician.get<{ items: Case[]; total: number }>(
        `/v1/cases?count=true&limit=100&${query}`,
      );
      expect(body.items.map(({ id }) => id)).not.toContain(record.id);
      if (query.includes('q=')) expect(body.total).toBe(0);
    }
    expect((await tenant.technician.get<string>('/v1/cases/export')).body).not.toContain(record.subject);
    expect(await tenant.finance.get('/v1/cases')).toMatchObject({
      status: 403,
      body: { rule: 'cases.role' },
    });
  });

  it('IB-22 is written to by members while nobody else works on it', async () => {
    const { entry, path } = await handedOver();
    const file = await tenant.finance.upload('proof.txt', 'paid');
    expect(file.status).toBe(201);
    expect((await note(tenant.finance, path, { attachmentIds: [file.body.id] })).status).toBe(201);
    await done(tenant.agent, 'take', entry);
    for (const visibility of ['internal', 'public'])
      expect(await note(tenant.finance, path, { visibility })).toMatchObject({
        status: 403,
        body: { rule: 'inboxes.owned' },
      });
    await done(tenant.agent, 'release', entry);
    await done(tenant.finance, 'take', entry);
    for (const visibility of ['internal', 'public'])
      expect((await note(tenant.finance, path, { visibility })).status).toBe(201);
  });

  it('IB-04 is closed by whoever owns its entry, and by nobody else there', async () => {
    const { entry, path } = await handedOver();
    expect(await close(tenant.finance, path)).toMatchObject({ status: 403, body: { rule: 'inboxes.owner' } });
    await done(tenant.agent, 'take', entry);
    expect(await close(tenant.finance, path)).toMatchObject({ status: 403, body: { rule: 'inboxes.owned' } });
    await done(tenant.agent, 'release', entry);
    await done(tenant.finance, 'take', entry);
    const closed = await close(tenant.finance, path);
    expect(closed).toMatchObject({ status: 200, body: { status: 'closed' } });
    expect(closed.body.permissions['view']).toMatchObject({ allowed: true });
    const { version } = closed.body;
    const reopening = await tenant.finance.post(`${path}/reopen`, aReopening(), { version });
    expect(reopening).toMatchObject({ status: 403 });
  });

  it('is not shared, assigned, edited, sent on or put elsewhere by its members', async () => {
    const { entry, path, record } = await handedOver();
    await done(tenant.finance, 'take', entry);
    const { version, permissions } = (await tenant.finance.get<Case>(path)).body;
    for (const action of [
      'edit',
      'assign',
      'reopen',
      'forward',
      'putInInbox',
      'share',
      'unshare',
      'listGrantees',
    ])
      expect(permissions[action]?.allowed, action).toBe(false);
    const grantee = { kind: 'customer', id: 'cust_quist', level: 'view' };
    const answers = [
      await tenant.finance.patch(path, { priority: 'high' }, { version }),
      await tenant.finance.patch(path, { assigneeId: 'person_otto' }, { version }),
      await tenant.finance.post(`${path}/forward`, { to: 'person_mara', text: 'Yours.' }),
      await tenant.finance.post(`${path}/grants`, { grantees: [grantee], history: 'include' }),
      await tenant.finance.get(`${path}/grants`),
      await tenant.finance.post('/v1/inbox-entries', { caseId: record.id, inboxId: technical.id }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403]);
  });

  it.each<[string, (entry: InboxEntry) => Promise<unknown>]>([
    ['completed', (entry) => done(tenant.agent, 'complete', entry)],
    ['cancelled', (entry) => done(tenant.agent, 'cancel', entry)],
    [
      'sent on',
      (entry) => done(tenant.agent, 'forward', entry, { inboxId: technical.id, message: 'The line.' }),
    ],
  ])('IB-20 is no longer theirs to see once its entry is %s', async (_, end) => {
    const { entry, path } = await handedOver();
    await done(tenant.agent, 'take', entry);
    expect((await tenant.finance.get(path)).status).toBe(200);
    await end(entry);
    expect((await tenant.finance.get(path)).status).toBe(404);
    expect((await note(tenant.finance, path)).status).toBe(404);
    expect((await tenant.agent.get(path)).status).toBe(200);
  });

  it('is no longer theirs to see once they are no members, may not read, or the inbox opens no cases', async () => {
    const inbox = await anInbox(tenant, 'Changing', { person_otto: ['read'] });
    const { path } = await handedOver(inbox);
    const change = async (body: Record<string, unknown>) => {
      const { version } = (await tenant.administrator.get<Inbox>(`/v1/inboxes/${inbox.id}`)).body;
      await tenant.administrator.patch(`/v1/inboxes/${inbox.id}`, body, { version });
      return (await tenant.finance.get(path)).status;
    };
    const otto = (...rights: string[]) => [{ personId: 'person_otto', rights }];
    expect(await change({ members: [] })).toBe(404);
    expect(await change({ members: otto('read') })).toBe(200);
    expect(await change({ members: otto() })).toBe(404);
    expect(await change({ members: otto('read') })).toBe(200);
    expect(await change({ opensCases: false })).toBe(404);
    expect(await change({ opensCases: true })).toBe(200);
    const narrowed = await tenant.as({ sub: 'person_otto', roles: ['finance'], inboxes: ['inbox_other'] });
    // CC-01: who works no inbox hears that of every case, be there one or not.
    expect(await narrowed.get(path)).toMatchObject({ status: 403, body: { rule: 'cases.role' } });
    const roleless = await tenant.as({ sub: 'person_otto', roles: ['engineer'] });
    expect(await roleless.get(path)).toMatchObject({ status: 403, body: { rule: 'cases.role' } });
  });
});

describe('the events of inboxes', () => {
  it('IB-02 reach members and administrators, and agents whose case it is; nobody else', async () => {
    const [member, administrator, owner, stranger, customer] = [
      await reads(tenant.finance),
      await reads(tenant.administrator),
      await reads(tenant.otherAgent),
      await reads(tenant.technician),
      await reads(tenant.customer),
    ];
    const record = await tenant.aCase({ requesterId: 'person_pia', departmentId: 'dept_care' });
    const entry = await anEntry(tenant, finance, { caseId: record.id });
    await done(tenant.agent, 'take', entry);
    await done(tenant.agent, 'complete', entry);
    await note(tenant.agent, `/v1/cases/${record.id}`, { visibility: 'public' });
    const event = { kind: 'inbox-entry.updated', inboxId: finance.id, entryId: entry.id };
    const ofEntry = (reader: EventReader) => told(reader).filter(({ kind }) => kind === event.kind);
    await waitFor(() => expect(ofEntry(member)).toHaveLength(3));
    expect(ofEntry(member).slice(0, 2)).toMatchObject([
      { ...event, caseId: record.id },
      { ...event, caseId: record.id },
    ]);
    for (const reader of [administrator, owner]) {
      await waitFor(() => expect(ofEntry(reader)).toHaveLength(3));
      for (const one of ofEntry(reader)) expect(one).toMatchObject({ ...event, caseId: record.id });
    }
    await waitFor(() =>
      expect(told(customer).map(({ kind }) => kind)).toEqual(['case.created', 'note.created']),
    );
    expect(told(stranger)).toEqual([]);
    expect(JSON.stringify(told(customer))).not.toContain(finance.id);
  });

  it('IB-02 reach nobody by a right they lack, a role without inboxes, or a token that names others', async () => {
    const inbox = await anInbox(tenant, 'Listened to', { person_otto: allRights, person_yuki: [] });
    const others = [
      await reads(tenant.technician),
      await reads(await tenant.as({ sub: 'person_otto', roles: ['finance'], inboxes: [technical.id] })),
      await reads(await tenant.as({ sub: 'person_otto', roles: ['engineer'] })),
    ];
    const member = await reads(tenant.finance);
    const entry = await anEntry(tenant, inbox, { customerId: 'cust_quist' });
    const { id: caseId } = await tenant.aCase({ departmentId: 'dept_care' });
    await anEntry(tenant, inbox, { caseId });
    await done(tenant.finance, 'take', entry);
    await waitFor(() =>
      expect(told(member).filter(({ kind }) => kind === 'inbox-entry.updated')).toHaveLength(3),
    );
    // What they all are told of comes after it.
    const { version } = inbox;
    const members = ['person_otto', 'person_yuki'].map((personId) => ({ personId, rights: ['read'] }));
    await tenant.administrator.patch(`/v1/inboxes/${inbox.id}`, { members }, { version });
    const [technician, , engineer] = others;
    await waitFor(() =>
      expect(told(technician as EventReader).map(({ kind }) => kind)).toContain('inbox.updated'),
    );
    await waitFor(() => expect(told(member).map(({ kind }) => kind)).toContain('inbox.updated'));
    expect(told(technician as EventReader)).toMatchObject([{ kind: 'inbox.updated', inboxId: inbox.id }]);
    expect(told(engineer as EventReader)).toEqual([]);
    expect(others.flatMap(told).filter(({ kind }) => kind === 'inbox-entry.updated')).toEqual([]);
    expect(others.flatMap(told).filter(({ caseId: about }) => about === caseId)).toEqual([]);
  });

  it('tell members of a case that comes to them, happens and leaves', async () => {
    const reader = await reads(tenant.finance);
    const { record, entry, path } = await handedOver();
    const ofCase = () =>
      told(reader).filter(({ kind, caseId }) => kind.startsWith('case.') && caseId === record.id);
    await waitFor(() => expect(ofCase().map(({ kind }) => kind)).toEqual(['case.updated']));
    await note(tenant.agent, path);
    await waitFor(() => expect(told(reader).map(({ kind }) => kind)).toContain('note.created'));
    await done(tenant.agent, 'cancel', entry);
    await waitFor(() => expect(ofCase().map(({ kind }) => kind)).toEqual(['case.updated', 'case.hidden']));
    expect(ofCase().at(-1)).not.toHaveProperty('customerId');
    const before = reader.events.length;
    await note(tenant.agent, path);
    await anEntry(tenant, finance, { customerId: 'cust_quist' });
    await waitFor(() => expect(reader.events.length).toBeGreaterThan(before));
    expect(
      told(reader)
        .slice(before)
        .map(({ kind }) => kind),
    ).toEqual(['inbox-entry.updated']);
  });

  it('IB-18 tell both inboxes of what is sent on, each under its own name', async () => {
    const [sender, receiver] = [await reads(tenant.finance), await reads(tenant.technician)];
    const { record, entry } = await handedOver();
    await done(tenant.agent, 'forward', entry, { inboxId: technical.id, message: 'The line.' });
    const entries = (reader: EventReader) =>
      told(reader).filter(({ kind }) => kind === 'inbox-entry.updated');
    await waitFor(() => expect(entries(sender)).toHaveLength(2));
    await waitFor(() => expect(entries(receiver)).toHaveLength(1));
    expect(entries(sender).map(({ inboxId }) => inboxId)).toEqual([finance.id, finance.id]);
    expect(entries(receiver)).toMatchObject([{ inboxId: technical.id, caseId: record.id }]);
    await waitFor(() => expect(told(sender).map(({ kind }) => kind)).toContain('case.hidden'));
  });

  it('tell who ceases to be a member, of the inbox and of its cases', async () => {
    const inbox = await anInbox(tenant, 'Shrinking', { person_otto: ['read'], person_yuki: ['read'] });
    const { record, entry } = await handedOver(inbox);
    await done(tenant.finance, 'take', entry);
    const [leaver, stays] = [await reads(tenant.finance), await reads(tenant.technician)];
    const { version } = inbox;
    const members = [{ personId: 'person_yuki', rights: ['read'] }];
    await tenant.administrator.patch(`/v1/inboxes/${inbox.id}`, { members }, { version });
    await waitFor(() =>
      expect(told(leaver)).toMatchObject([
        { kind: 'case.hidden', caseId: record.id },
        { kind: 'inbox.updated', inboxId: inbox.id },
      ]),
    );
    await waitFor(() => expect(told(stays).map(({ kind }) => kind)).toContain('inbox.updated'));
    expect(told(stays).map(({ kind }) => kind)).toContain('inbox-entry.updated');
    await tenant.administrator.patch(
      `/v1/inboxes/${inbox.id}`,
      { name: 'Shrunk' },
      {
        version: (await tenant.administrator.get<Inbox>(`/v1/inboxes/${inbox.id}`)).body.version,
      },
    );
    await anEntry(tenant, finance, { customerId: 'cust_quist' });
    await waitFor(() => expect(told(leaver).at(-1)).toMatchObject({ inboxId: finance.id }));
    expect(told(leaver)).toHaveLength(3);
    expect((await act(tenant.finance, 'take', entry)).status).toBe(404);
  });
});
