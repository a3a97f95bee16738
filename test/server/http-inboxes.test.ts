import { beforeAll, describe, expect, it } from 'vitest';

import type { NamedRef, Page } from '../../src/contract/common.js';
import type { Inbox } from '../../src/contract/inboxes.js';
import type { Problem } from '../../src/contract/problem.js';
import type { Session } from '../../src/contract/session.js';
import type { Caller, TestTenant } from '../support/app.js';
import { aTenant } from '../support/app.js';
import { act, allRights, anEntry, anInbox, done, entryOf } from '../support/inbox-desk.js';
import { theApp } from '../support/shared-app.js';

let tenant: TestTenant;

beforeAll(async () => {
  tenant = await aTenant(await theApp());
});

const refused = (code: string, rule: string) => ({ status: 403, body: { code, rule } });
const errorsOf = ({ body }: { body: Problem }) => body.errors?.map(({ field, code }) => [field, code]);
const inboxesOf = async (by: Caller, query = '') => {
  const { body } = await by.get<Page<Inbox>>(`/v1/inboxes?count=true${query}`);
  expect(body.total).toBe(body.items.length);
  return body.items;
};
const namesOf = (items: readonly { readonly name: string }[]) => items.map(({ name }) => name);
const asMembers = (members: Record<string, readonly string[]>) =>
  Object.entries(members).map(([personId, rights]) => ({ personId, rights }));
const inboxOf = async (by: Caller, { id }: { readonly id: string }) =>
  (await by.get<Inbox>(`/v1/inboxes/${id}`)).body;
const change = async (inbox: { readonly id: string }, body: Record<string, unknown>) => {
  const { version } = await inboxOf(tenant.administrator, inbox);
  return tenant.administrator.patch<Inbox & Problem>(`/v1/inboxes/${inbox.id}`, body, { version });
};

describe('who works inboxes', () => {
  it.each(['administrator', 'agent', 'otherAgent', 'finance'] as const)(
    'IB-01 lets a %s ask what waits',
    async (who) => {
      for (const path of ['/v1/inboxes', '/v1/inbox-targets', '/v1/inbox-entries'])
        expect((await tenant[who].get(path)).status).toBe(200);
      const { body } = await tenant[who].get<Session>('/v1/session');
      expect(body.permissions['listInboxes']).toMatchObject({ allowed: true });
      expect(body.capabilities.inboxes).toBe(true);
    },
  );

  it('IB-01 refuses customers, and agents of any other role', async () => {
    const inbox = await anInbox(tenant, 'Out of reach', { person_mara: allRights });
    const entry = await anEntry(tenant, inbox);
    const others = [tenant.customer, await tenant.as({ sub: 'person_engineer', roles: ['engineer'] })];
    for (const who of others) {
      const paths = ['/v1/inboxes', `/v1/inboxes/${inbox.id}`, '/v1/inbox-targets', '/v1/inbox-entries'];
      for (const path of [...paths, `/v1/inbox-entries/${entry.id}`])
        expect(await who.get(path)).toMatchObject(refused('forbidden', 'inboxes.role'));
      for (const action of ['take', 'release', 'complete', 'cancel', 'forward', 'assign', 'undo'])
        expect(await act(who, action, entry)).toMatchObject(refused('forbidden', 'inboxes.role'));
      const { body } = await who.get<Session>('/v1/session');
      expect(body.permissions['listInboxes']).toMatchObject({ allowed: false, rule: 'inboxes.role' });
    }
    expect((await entryOf(tenant.agent, entry)).owner).toBeNull();
  });

  it('IB-02 keeps an inbox and its counts from who is no member', async () => {
    const own = await aTenant(await theApp());
    const finance = await anInbox(own, 'Finance', { person_otto: allRights });
    const entry = await anEntry(own, finance);
    expect(namesOf(await inboxesOf(own.finance))).toEqual(['Finance']);
    for (const who of [own.agent, own.technician]) {
      expect(await inboxesOf(who)).toEqual([]);
      expect((await who.get(`/v1/inboxes/${finance.id}`)).status).toBe(404);
      expect((await who.get(`/v1/inbox-entries/${entry.id}`)).status).toBe(404);
      const { body } = await who.get<Page<unknown>>(`/v1/inbox-entries?count=true&inboxId=${finance.id}`);
      expect(body).toMatchObject({ items: [], total: 0 });
      for (const action of ['take', 'complete', 'cancel', 'forward', 'release'])
        expect((await act(who, action, entry)).status).toBe(404);
    }
    const elsewhere = await aTenant(await theApp());
    expect((await elsewhere.administrator.get(`/v1/inboxes/${finance.id}`)).status).toBe(404);
    expect(namesOf(await inboxesOf(own.administrator))).toEqual(['Finance']);
  });

  it('IB-02 works only those that the token names, where it names any', async () => {
    const own = await aTenant(await theApp());
    const [first, second] = [
      await anInbox(own, 'First', { person_mara: allRights }),
      await anInbox(own, 'Second', { person_mara: allRights }),
    ];
    const third = await anInbox(own, 'Third');
    const narrowed = await own.as({
      sub: 'person_mara',
      roles: ['customer-service'],
      inboxes: [second.id, third.id],
    });
    expect(namesOf(await inboxesOf(own.agent))).toEqual(['First', 'Second']);
    expect(namesOf(await inboxesOf(narrowed))).toEqual(['Second']);
    const entry = await anEntry(own, first);
    expect((await act(narrowed, 'take', entry)).status).toBe(404);
    expect((await act(own.agent, 'take', entry)).status).toBe(200);
  });
});

describe('who manages inboxes', () => {
  it('IB-26 lets administrators make one, change it and name its members', async () => {
    const inbox = await anInbox(tenant, 'Complaints', { person_otto: ['read'] });
    expect(inbox).toMatchObject({
      name: 'Complaints',
      opensCases: true,
      open: 0,
      mine: 0,
      members: [{ person: { id: 'person_otto', name: 'Otto Brandt' }, rights: ['read'] }],
      permissions: { edit: { allowed: true } },
    });
    const changed = await change(inbox, {
      name: 'Complaints, all',
      opensCases: false,
      members: asMembers({ person_mara: ['cancel', 'read'] }),
    });
    expect(changed.body).toMatchObject({
      name: 'Complaints, all',
      opensCases: false,
      members: [{ person: { id: 'person_mara' }, rights: ['read', 'cancel'] }],
    });
    expect(changed.headers.get('etag')).toBe(`"${changed.body.version}"`);
    expect(await inboxesOf(tenant.finance)).toEqual([]);
    const shown = await inboxOf(tenant.agent, inbox);
    expect(shown.members).toBeUndefined();
  });

  it('IB-26 refuses others', async () => {
    const inbox = await anInbox(tenant, 'Not theirs', { person_mara: allRights, person_otto: allRights });
    for (const who of [tenant.agent, tenant.finance, tenant.customer]) {
      const rule = 'inboxes.administrator';
      expect(await who.post('/v1/inboxes', { name: 'Own' })).toMatchObject(refused('forbidden', rule));
      const { body } = await who.get<Session>('/v1/session');
      expect(body.permissions['manageInboxes']).toMatchObject({ allowed: false, rule });
    }
    for (const who of [tenant.agent, tenant.finance]) {
      const answer = await who.patch(`/v1/inboxes/${inbox.id}`, { name: 'Mine' }, inbox);
      expect(answer).toMatchObject(refused('forbidden', 'inboxes.administrator'));
    }
    expect((await inboxOf(tenant.administrator, inbox)).name).toBe('Not theirs');
  });

  it('reports every refused field at once', async () => {
    await anInbox(tenant, 'Straße');
    const wrong = await tenant.administrator.post<Problem>('/v1/inboxes', {
      name: ' straße ',
      members: [
        { personId: 'person_mara', rights: ['forward'] },
        { personId: 'person_mara', rights: ['read'] },
        { personId: 'person_pia', rights: ['read'] },
        { personId: 'person_former', rights: ['read'] },
        { personId: 'person_unheard_of', rights: [] },
      ],
    });
    expect(errorsOf(wrong)).toEqual([
      ['name', 'duplicate'],
      ['members.0.rights', 'needs_read'],
      ['members.1.personId', 'duplicate'],
      ['members.2.personId', 'not_found'],
      ['members.3.personId', 'not_found'],
      ['members.4.personId', 'not_found'],
    ]);
    const missing = await tenant.administrator.post<Problem>('/v1/inboxes', { name: '   ' });
    expect(errorsOf(missing)).toEqual([['name', 'required']]);
    const long = await tenant.administrator.post<Problem>('/v1/inboxes', { name: 'x'.repeat(121) });
    expect(errorsOf(long)).toEqual([['name', 'too_long']]);
  });

  it('gives a name to one of several who ask for it at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => tenant.administrator.post('/v1/inboxes', { name: 'One of many' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(7).fill(422)]);
  });

  it('makes one inbox of a repeated request, and refuses a change of what has moved', async () => {
    const key = crypto.randomUUID();
    const ask = () => tenant.administrator.post<Inbox>('/v1/inboxes', { name: 'Once' }, { key });
    const [first, again] = [await ask(), await ask()];
    expect(again.body).toEqual(first.body);
    const moved = await change(first.body, { name: 'Once more' });
    expect(moved.status).toBe(200);
    const late = await tenant.administrator.patch(
      `/v1/inboxes/${first.body.id}`,
      { name: 'Late' },
      first.body,
    );
    expect(late).toMatchObject({
      status: 412,
      body: { code: 'version_conflict', by: { id: 'person_iris' }, current: { name: 'Once more' } },
    });
    const same = await change(first.body, { name: 'Once more' });
    expect(same.body.version).toBe(moved.body.version);
  });

  it('takes a retired one out of the targets, and shows it while something waits there', async () => {
    const own = await aTenant(await theApp());
    const inbox = await anInbox(own, 'Old desk', { person_mara: allRights });
    await anInbox(own, 'New desk');
    const entry = await anEntry(own, inbox);
    const { version } = inbox;
    await own.administrator.patch(`/v1/inboxes/${inbox.id}`, { retired: true }, { version });
    const targets = async (query = '') =>
      namesOf((await own.agent.get<Page<NamedRef>>(`/v1/inbox-targets?count=true${query}`)).body.items);
    expect(await targets()).toEqual(['New desk']);
    expect(await inboxesOf(own.agent)).toMatchObject([{ name: 'Old desk', retired: true, open: 1 }]);
    await done(own.agent, 'take', entry);
    await done(own.agent, 'complete', entry);
    expect(await inboxesOf(own.agent)).toEqual([]);
    expect(namesOf(await inboxesOf(own.agent, '&retired=true'))).toEqual(['Old desk']);
    expect(
      errorsOf(await own.agent.post('/v1/inbox-entries', { inboxId: inbox.id, customerId: 'cust_quist' })),
    ).toEqual([['inboxId', 'retired_value']]);
  });

  it('IB-13 offers every inbox but the one it is in, members or not', async () => {
    const own = await aTenant(await theApp());
    const here = await anInbox(own, 'Here', { person_mara: allRights });
    await anInbox(own, 'Far side');
    await anInbox(own, 'Near side');
    const entry = await anEntry(own, here);
    const targets = async (query: string, by = own.agent) =>
      namesOf((await by.get<Page<NamedRef>>(`/v1/inbox-targets?${query}`)).body.items);
    expect(await targets('')).toEqual(['Far side', 'Here', 'Near side']);
    expect(await targets(`entryId=${entry.id}`)).toEqual(['Far side', 'Near side']);
    expect(await targets(`q=si`)).toEqual(['Far side', 'Near side']);
    expect(await targets(`q=ide`)).toEqual([]);
    expect((await own.finance.get(`/v1/inbox-targets?entryId=${entry.id}`)).status).toBe(404);
  });
});

describe('the rights of a member', () => {
  const rightsOf = ({ permissions }: Pick<Inbox, 'permissions'>) =>
    Object.entries(permissions).flatMap(([action, { allowed }]) => (allowed ? [action] : []));

  it.each([
    [[], ['view']],
    [['read'], ['view', 'read']],
    [
      ['read', 'forward'],
      ['view', 'read', 'forward'],
    ],
    [
      ['read', 'cancel'],
      ['view', 'read', 'cancel'],
    ],
    [
      ['read', 'forward', 'cancel'],
      ['view', 'read', 'forward', 'cancel'],
    ],
  ])('IB-25 are granted one by one: %j', async (rights, expected) => {
    const inbox = await anInbox(tenant, `Rights ${crypto.randomUUID()}`, { person_yuki: rights });
    const entry = await anEntry(tenant, inbox);
    const shown = await inboxOf(tenant.technician, inbox);
    expect(rightsOf(shown)).toEqual(expected);
    expect('open' in shown).toBe(rights.includes('read'));
    const seen = await tenant.technician.get(`/v1/inbox-entries/${entry.id}`);
    expect(seen.status).toBe(rights.includes('read') ? 200 : 404);
    const query = `inboxId=${inbox.id}&count=true`;
    const { body: waiting } = await tenant.technician.get<Page<unknown>>(`/v1/inbox-entries?${query}`);
    expect([waiting.items.length, waiting.total]).toEqual(rights.includes('read') ? [1, 1] : [0, 0]);
    for (const action of ['forward', 'cancel'] as const) {
      const body =
        action === 'forward'
          ? { inboxId: (await anInbox(tenant, crypto.randomUUID())).id, message: 'On' }
          : {};
      const target = await anEntry(tenant, inbox);
      const verdict = rights.includes('read')
        ? (await entryOf(tenant.technician, target)).permissions[action]
        : undefined;
      const answer = await act(tenant.technician, action, target, body);
      if (rights.includes(action)) {
        expect(verdict).toMatchObject({ allowed: true });
        expect(answer.status).toBe(200);
      } else if (rights.includes('read')) {
        expect(verdict).toMatchObject({
          allowed: false,
          rule: `inboxes.${action}`,
          reason: expect.stringMatching(/\S/) as string,
        });
        expect(answer).toMatchObject(refused('forbidden', `inboxes.${action}`));
      } else {
        expect(answer.status).toBe(404);
      }
    }
  });

  it('IB-25 end at once, with what was owned by them', async () => {
    const inbox = await anInbox(tenant, 'Changing desk', { person_mara: allRights, person_otto: allRights });
    const [kept, given, lost] = [
      await anEntry(tenant, inbox),
      await anEntry(tenant, inbox),
      await anEntry(tenant, inbox),
    ];
    await done(tenant.agent, 'take', kept);
    await done(tenant.finance, 'take', given);
    await done(tenant.finance, 'take', lost);
    await change(inbox, { members: asMembers({ person_mara: allRights }) });
    expect((await tenant.finance.get(`/v1/inboxes/${inbox.id}`)).status).toBe(404);
    expect((await act(tenant.finance, 'complete', given)).status).toBe(404);
    expect((await entryOf(tenant.agent, kept)).owner?.id).toBe('person_mara');
    for (const entry of [given, lost]) {
      const now = await entryOf(tenant.agent, entry);
      expect(now.owner).toBeNull();
      expect(now.version).not.toBe(entry.version);
    }
    await done(tenant.agent, 'take', given);
    await change(inbox, { members: asMembers({ person_mara: [] }) });
    const shown = await inboxOf(tenant.agent, inbox);
    expect(shown.permissions['read']).toMatchObject({ allowed: false, rule: 'inboxes.read' });
    expect((await entryOf(tenant.administrator, given)).owner).toBeNull();
  });

  it('keeps a member who has left the house as one, and makes nobody else of them', async () => {
    const own = await aTenant(await theApp(), {
      people: [{ id: 'person_gone', name: 'Gail Oder', kind: 'agent' }],
    });
    const inbox = await anInbox(own, 'Desk', { person_gone: ['read'] });
    const kept = await own.administrator.patch<Inbox>(
      `/v1/inboxes/${inbox.id}`,
      { members: asMembers({ person_gone: ['read'], person_mara: ['read'] }) },
      inbox,
    );
    expect(kept.body.members?.map(({ person }) => person.name)).toEqual(['Gail Oder', 'Mara Lindqvist']);
  });
});
