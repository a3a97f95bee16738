import { beforeAll, describe, expect, it, vi } from 'vitest';

import type { Case } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Grant, GranteeKind, NewGrantee } from '../../src/contract/grants.js';
import type { Note, TimelineEntry } from '../../src/contract/notes.js';
import type { Problem } from '../../src/contract/problem.js';
import type { Settings } from '../../src/contract/settings.js';
import type { Tag } from '../../src/contract/tags.js';
import { aNewNote, aTenant, Caller, type TestTenant } from '../support/app.js';
import { readEvents } from '../support/event-reader.js';
import { aGrant, candidates, grantsOf, isListed, moreToShareWith, setSharing } from '../support/sharing.js';
import { theApp } from '../support/shared-app.js';

let tenant: TestTenant;
let mark = 0;

beforeAll(async () => {
  tenant = await aTenant(await theApp(), moreToShareWith);
  await setSharing(tenant, { departmentRoles: ['customer-service'], organisations: true });
});

const bea = (change: Record<string, unknown> = {}) =>
  tenant.as({
    sub: 'person_bea',
    name: 'Bea Quist',
    kind: 'customer',
    customer: 'cust_quist',
    organisation: 'org_quist',
    ...change,
  });

/** Who gains by a grant of a kind, and who they are once they have left. */
const kinds: Record<
  GranteeKind,
  { grantee: NewGrantee; who: () => Caller | Promise<Caller>; left: () => Promise<Caller> }
> = {
  person: {
    grantee: { kind: 'person', id: 'person_leo' },
    who: () => tenant.colleague,
    left: () =>
      tenant.as({ sub: 'person_leo', kind: 'customer', customer: 'cust_quist', organisation: 'org_quist' }),
  },
  customer: {
    grantee: { kind: 'customer', id: 'cust_quist' },
    who: () => bea(),
    left: () => bea({ customer: 'cust_harbour' }),
  },
  organisation: {
    grantee: { kind: 'organisation', id: 'org_quist' },
    who: () => bea(),
    left: () => bea({ organisation: 'org_aldermill' }),
  },
  department: {
    grantee: { kind: 'department', id: 'dept_network' },
    who: () => tenant.technician,
    left: () => tenant.as({ sub: 'person_yuki', roles: ['customer-service'], departments: ['dept_legal'] }),
  },
};

interface SharedCase {
  readonly record: Case;
  readonly grant: Grant;
  readonly giver: Caller;
  /** Every address of it that somebody may have kept. */
  readonly addresses: readonly string[];
}

async function aSharedCase(kind: GranteeKind): Promise<SharedCase> {
  mark += 1;
  const record = await tenant.aCase({
    departmentId: 'dept_care',
    subject: `Kiln ${mark} cracked`,
    tags: [`kiln-${mark}`],
  });
  const { body: file } = await tenant.agent.upload('bill.txt', 'The amount is 48.00.');
  await tenant.aNote(record.id, { visibility: 'public', attachmentIds: [file.id] });
  await tenant.aNote(record.id);
  const giver = kind === 'person' ? tenant.customer : tenant.agent;
  const grant = await aGrant(giver, record.id, kinds[kind].grantee);
  const path = `/v1/cases/${record.id}`;
  const addresses = [
    path,
    `${path}/notes`,
    `${path}/timeline`,
    `${path}/grants`,
    `${path}/receipts`,
    `/v1/attachments/${file.id}`,
    `/v1/attachments/${file.id}/content`,
    `/v1/grants/candidates?kind=person&caseId=${record.id}`,
  ];
  return { record, grant, giver, addresses };
}

/** Nothing of the case is told: each address as one that never was, each list without it. */
async function expectNothing(by: Caller, { record, grant, addresses }: SharedCase): Promise<void> {
  const absent = await by.get<Problem>('/v1/cases/case_absent');
  expect(absent.status).toBe(404);
  for (const address of addresses) {
    const answer = await by.get<Problem>(address);
    expect({ ...answer.body, requestId: '' }, address).toEqual({ ...absent.body, requestId: '' });
  }
  for (const [path, body] of [
    [`/v1/cases/${record.id}/notes`, aNewNote({ visibility: 'public', subject: undefined })],
    [`/v1/cases/${record.id}/grants`, { grantees: [{ kind: 'person', id: 'person_ada' }] }],
    [`/v1/cases/${record.id}/receipts`, undefined],
    ['/v1/grants/preview', { caseId: record.id, kind: 'person', id: 'person_ada' }],
  ] as const) {
    expect((await by.post(path, body)).status, path).toBe(404);
  }
  expect((await by.delete(`/v1/grants/${grant.id}`)).status).toBe(404);
  expect((await by.patch(`/v1/grants/${grant.id}`, { expiresAt: null }, grant)).status).toBe(404);
  expect(await isListed(by, record)).toBe(false);
  const { body: shared } = await by.get<Page<Case>>('/v1/cases?shared=with-me&count=true&limit=100');
  expect(shared.items.map(({ id }) => id)).not.toContain(record.id);
  expect(shared.total).toBe(shared.items.length);
  const { body: tags } = await by.get<Page<Tag>>(`/v1/tags?q=${record.tags?.[0] ?? ''}`);
  expect(tags.items).toEqual([]);
  const file = await by.get('/v1/cases/export');
  expect(String(file.body)).not.toContain(record.subject);
}

describe.each(Object.keys(kinds) as GranteeKind[])('once a %s has a case no longer', (kind) => {
  it('CO-09, DE-27 leads no kept address to it after the share has ended', async () => {
    const shared = await aSharedCase(kind);
    const who = await kinds[kind].who();
    const { record, grant, giver, addresses } = shared;
    for (const address of addresses.slice(0, 4)) expect((await who.get(address)).status, address).toBe(200);
    const reader = await readEvents(who);
    await tenant.aNote(record.id, { visibility: 'public' });
    await vi.waitFor(() => expect(reader.events.length).toBeGreaterThan(0), 60_000);
    reader.leave();
    await giver.delete(`/v1/grants/${grant.id}`);
    await tenant.aNote(record.id, { visibility: 'public' });
    await expectNothing(who, shared);
    // Who comes back hears that it has gone, and nothing of what was written since.
    const again = await readEvents(who, reader.events.at(-1)?.id);
    await vi.waitFor(() => expect(again.events.length).toBeGreaterThan(0), 60_000);
    await tenant.administrator.patch(
      '/v1/settings',
      {},
      (await tenant.administrator.get<Settings>('/v1/settings')).body,
    );
    again.leave();
    const told = again.events.filter(({ event }) => event.caseId === record.id);
    expect([...new Set(told.map(({ event }) => event.kind))]).toEqual(['case.hidden']);
    expect(told.map(({ event }) => event.noteId)).toEqual(told.map(() => undefined));
  });

  it('CO-09, CU-12 leads no kept address to it after they have left, while the share goes on', async () => {
    const shared = await aSharedCase(kind);
    const left = await kinds[kind].left();
    await expectNothing(left, shared);
    const back = await kinds[kind].who();
    expect((await back.get(`/v1/cases/${shared.record.id}`)).status).toBe(200);
  });
});

describe('a stranger', () => {
  it('CO-08 learns of no case by counts, completions or names', async () => {
    const shared = await aSharedCase('person');
    for (const by of [tenant.outsider, tenant.technician]) await expectNothing(by, shared);
    for (const kind of ['person', 'department', 'customer', 'organisation'] as const)
      expect((await candidates(tenant.outsider, kind, { caseId: shared.record.id })).status).toBe(404);
  });

  it('CO-14 among the followers breaks nobody’s list: who has moved to another company, or has gone', async () => {
    const own = await aTenant(await theApp(), moreToShareWith);
    const record = await own.aCase({ subject: 'Glaze runs' }, own.customer);
    await aGrant(own.customer, record.id, { kind: 'person', id: 'person_leo' });
    await aGrant(own.agent, record.id, { kind: 'customer', id: 'cust_harbour' });
    const moved = await own.as({
      sub: 'person_leo',
      kind: 'customer',
      customer: 'cust_elsewhere',
      organisation: 'org_elsewhere',
    });
    expect(await isListed(moved, record)).toBe(false);
    for (const by of [own.customer, own.agent, own.administrator]) {
      expect(await isListed(by, record)).toBe(true);
      // Who has moved away has nothing any more.
      expect((await grantsOf(by, record.id)).items.map(({ grantee }) => grantee.id)).toEqual([
        'cust_harbour',
      ]);
      expect((await by.get<Page<TimelineEntry>>(`/v1/cases/${record.id}/timeline`)).status).toBe(200);
    }
  });
});

describe('what customers are told', () => {
  it('CO-19, CU-05 is searched by every test for what agents wrote for agents', async () => {
    const own = await aTenant(await theApp());
    const { id } = await own.aCase();
    const { text } = await own.aNote(id);
    const leaky = new Caller(() => Response.json({ items: [{ text }] }), own.customer.token);
    await expect(leaky.get(`/v1/cases/${id}/notes`)).rejects.toThrow('internal note');
    await expect(new Caller(() => Response.json({ text }), own.agent.token).get('/')).resolves.toBeDefined();
  });

  it('CO-18 is the subject as it was typed, markup and all: text, which nobody made into something else', async () => {
    const subject = '<img src=x onerror=alert(1)> & <b>bold</b> "quoted"';
    const record = await tenant.aCase({ subject }, tenant.customer);
    await aGrant(tenant.customer, record.id, { kind: 'person', id: 'person_leo' });
    const { body, headers } = await tenant.colleague.get<Case>(`/v1/cases/${record.id}`);
    expect(body.subject).toBe(subject);
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(await isListed(tenant.colleague, { ...record, subject: 'bold quoted' })).toBe(true);
  });

  it('CO-25 names the author of the session, whatever the body says', async () => {
    const record = await tenant.aCase({}, tenant.customer);
    await aGrant(tenant.customer, record.id, { kind: 'person', id: 'person_leo' });
    const path = `/v1/cases/${record.id}/notes`;
    const forged = {
      by: 'person_pia',
      author: 'person_pia',
      authorId: 'person_pia',
      requesterId: 'person_pia',
    };
    for (const [name, value] of Object.entries(forged))
      await tenant.colleague.post(path, { visibility: 'public', text: `As ${name}.`, [name]: value });
    await tenant.colleague.post(path, { visibility: 'public', text: 'As myself.' });
    const { body } = await tenant.customer.get<Page<Note>>(path);
    expect(body.items.length).toBeGreaterThan(0);
    expect(new Set(body.items.map(({ by }) => by?.id))).toEqual(new Set(['person_leo']));
  });
});

describe('merged organisations', () => {
  it('CU-12 give nobody what was shared with the one that is gone, nor what was shared with people of the other', async () => {
    const toQuist = await aSharedCase('organisation');
    const toLeo = await aSharedCase('person');
    const toBoth = await aSharedCase('organisation');
    await aGrant(tenant.agent, toBoth.record.id, { kind: 'organisation', id: 'org_aldermill' });
    // Quist Group is Aldermill Group from now on, as the host’s tokens say.
    const merged = await bea({ organisation: 'org_aldermill' });
    await expectNothing(merged, toQuist);
    await expectNothing(merged, toLeo);
    expect(await isListed(merged, toBoth.record)).toBe(true);
  });
});

describe('an administrator’s mistake in the settings', () => {
  it.each([
    [{ sharing: { candidateScope: 'everybody' } }],
    [{ sharing: { candidateScope: null } }],
    [{ sharing: { departmentLevel: 'owner' } }],
    [{ sharing: { departmentRoles: 'customer-service' } }],
    [{ sharing: { organisations: 'no' } }],
    [{ sharing: { allowSelfLeave: 1 } }],
    [{ sharing: { everybody: true } }],
    [{ portalScope: 'all' }],
    [{ portalScope: ['own', 'everything'] }],
    [{ portal: { scope: ['tenant'] } }],
    [{ portal: { fields: 'all' } }],
  ])('CU-24 is refused and widens nothing: %j', async (change) => {
    const own = await aTenant(await theApp(), moreToShareWith);
    const record = await own.aCase({}, own.customer);
    const { body: before } = await own.administrator.get<Settings>('/v1/settings');
    const refused = await own.administrator.patch<Problem>('/v1/settings', change, before);
    expect(refused).toMatchObject({ status: 422, body: { code: 'validation_failed' } });
    expect((await own.administrator.get<Settings>('/v1/settings')).body).toEqual(before);
    for (const by of [own.colleague, own.outsider]) expect(await isListed(by, record)).toBe(false);
    expect(
      (await candidates(own.customer, 'person', { caseId: record.id })).body.items.map(({ id }) => id),
    ).toEqual(['person_ada', 'person_leo']);
  });
});
