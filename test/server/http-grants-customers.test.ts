import { beforeAll, describe, expect, it, vi } from 'vitest';

import type { Case } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Grant } from '../../src/contract/grants.js';
import type { Note } from '../../src/contract/notes.js';
import type { Problem } from '../../src/contract/problem.js';
import type { Settings } from '../../src/contract/settings.js';
import { aTenant, type Caller, type TestTenant } from '../support/app.js';
import { readEvents } from '../support/event-reader.js';
import {
  aGrant,
  candidates,
  granteesSeen,
  grantsOf,
  isListed,
  moreToShareWith,
  setSharing,
  share,
} from '../support/sharing.js';
import { theApp } from '../support/shared-app.js';

const QUIST = { kind: 'customer', id: 'cust_quist' } as const;
const HARBOUR = { kind: 'customer', id: 'cust_harbour' } as const;
const QUIST_GROUP = { kind: 'organisation', id: 'org_quist' } as const;

let tenant: TestTenant;
let mara: Caller;
let nora: Caller;

beforeAll(async () => {
  tenant = await aTenant(await theApp(), moreToShareWith);
  await setSharing(tenant, { organisations: true });
  ({ agent: mara, outsider: nora } = tenant);
});

const forbidden = (rule: string) => ({ status: 403, body: { code: 'forbidden', rule } });

describe('sharing with customers and organisations', () => {
  it('CU-02, CU-07 adds several customers to one case, whose followers see each other', async () => {
    const record = await tenant.aCase();
    expect(await isListed(nora, record)).toBe(false);
    const { status, body } = await share(mara, record.id, [QUIST, HARBOUR]);
    expect(status).toBe(201);
    expect(body.items).toMatchObject([
      { grantee: { kind: 'customer', name: 'Quist & Daughters' }, level: 'collaborate' },
      { grantee: { name: 'Harbour Dental' } },
    ]);
    expect(await isListed(nora, record)).toBe(true);
    for (const by of [nora, tenant.customer, mara]) {
      expect(await granteesSeen(by, record.id)).toEqual(['Harbour Dental', 'Quist & Daughters']);
    }
    expect((await tenant.technician.get(`/v1/cases/${record.id}/grants`)).status).toBe(200);
  });

  it('CU-03 ignores with a notice who has the case already', async () => {
    const record = await tenant.aCase();
    const grant = await aGrant(mara, record.id, QUIST);
    const again = await share(mara, record.id, [QUIST]);
    expect(again).toMatchObject({
      status: 201,
      body: { items: [{ id: grant.id }], ignored: [{ field: 'grantees.0.id', code: 'already_shared' }] },
    });
  });

  it('CU-05 sends no internal note to a customer the case is shared with', async () => {
    const record = await tenant.aCase();
    await tenant.aNote(record.id, { text: 'Between us.' });
    await aGrant(mara, record.id, QUIST);
    const reader = await readEvents(nora);
    await tenant.aNote(record.id, { text: 'Between us again.' });
    await tenant.aNote(record.id, { visibility: 'public', text: 'For all.' });
    await vi.waitFor(
      () => expect(reader.events.map(({ event }) => event.kind)).toEqual(['note.created']),
      60_000,
    );
    reader.leave();
    const paths = ['', '/notes?count=true', '/timeline?count=true', '/grants'];
    for (const path of paths) {
      const { status, body } = await nora.get(`/v1/cases/${record.id}${path}`);
      expect(status).toBe(200);
      expect(JSON.stringify(body)).not.toMatch(/Between us|"internal"/);
    }
    const { body } = await nora.get<Page<Note>>(`/v1/cases/${record.id}/notes?count=true`);
    expect(body).toMatchObject({ total: 1, items: [{ text: 'For all.' }] });
  });

  it('CU-06, CU-07 discloses earlier public notes only when told to, for each new customer', async () => {
    const record = await tenant.aCase();
    await tenant.aNote(record.id, { text: 'Between us.' });
    const first = await tenant.aNote(record.id, { visibility: 'public' });
    await tenant.aNote(record.id, { visibility: 'public' }, mara);
    const caution = await share(mara, record.id, [QUIST]);
    expect(caution).toMatchObject({
      status: 409,
      body: {
        code: 'history_disclosure_unconfirmed',
        current: { count: 2, oldest: first.at, recipients: ['Pia Moreau'] },
      },
    });
    expect(await granteesSeen(mara, record.id)).toEqual([]);
    expect((await share(mara, record.id, [QUIST], { includeHistory: true })).status).toBe(201);
    const next = await share(mara, record.id, [HARBOUR]);
    expect(next.body.current).toMatchObject({ recipients: ['Pia Moreau', 'Quist & Daughters'] });
    // Co-workers are the requester's own people: nothing to warn of.
    expect((await share(tenant.customer, record.id, [{ kind: 'person', id: 'person_leo' }])).status).toBe(
      201,
    );
  });

  it('CU-08, CU-24 shows nothing while the portal is closed, by whatever address', async () => {
    const own = await aTenant(await theApp(), moreToShareWith);
    const record = await own.aCase();
    await aGrant(own.agent, record.id, QUIST);
    expect((await own.outsider.get(`/v1/cases/${record.id}`)).status).toBe(200);
    const { body: settings } = await own.administrator.get<Settings>('/v1/settings');
    await own.administrator.patch('/v1/settings', { portalScope: 'none' }, settings);
    for (const path of ['', '/notes', '/timeline', '/grants']) {
      expect((await own.outsider.get(`/v1/cases/${record.id}${path}`)).status).toBe(404);
    }
    expect(await isListed(own.outsider, record)).toBe(false);
    expect((await own.outsider.upload('bill.txt', 'x')).status).toBe(403);
  });

  it('CU-10, CU-12, decision 7 shares with an organisation, whose people are counted, and who joins sees it', async () => {
    const record = await tenant.aCase();
    const offered = await candidates(mara, 'organisation', { caseId: record.id });
    expect(offered.body.items).toEqual([
      { kind: 'organisation', id: 'org_aldermill', name: 'Aldermill Group', people: 3, grantId: null },
      { kind: 'organisation', id: 'org_empty', name: 'Nobody Yet', people: 0, grantId: null },
      { kind: 'organisation', id: 'org_quist', name: 'Quist Group', people: 1, grantId: null },
    ]);
    const empty = await aGrant(mara, record.id, { kind: 'organisation', id: 'org_empty' });
    expect(empty.grantee).toMatchObject({ name: 'Nobody Yet', people: 0 });
    await aGrant(mara, record.id, QUIST_GROUP);
    const person = { sub: 'person_bea', kind: 'customer', customer: 'cust_quist' } as const;
    const member = await tenant.as({ ...person, organisation: 'org_quist' });
    const joined = await tenant.as({ ...person, sub: 'person_new', organisation: 'org_quist' });
    const left = await tenant.as({ ...person });
    for (const by of [member, joined]) {
      expect((await by.get(`/v1/cases/${record.id}`)).status).toBe(200);
      expect(await isListed(by, record)).toBe(true);
    }
    expect((await left.get(`/v1/cases/${record.id}`)).status).toBe(404);
    expect(await isListed(left, record)).toBe(false);
  });

  it('decision 9 keeps organisations off until an administrator turns them on; what was shared can still be ended', async () => {
    const own = await aTenant(await theApp(), moreToShareWith);
    const record = await own.aCase();
    const off = forbidden('organisations.off');
    expect(await share(own.agent, record.id, [QUIST_GROUP])).toMatchObject(off);
    expect(await candidates(own.agent, 'organisation', { caseId: record.id })).toMatchObject(off);
    await setSharing(own, { organisations: true });
    const grant = await aGrant(own.agent, record.id, QUIST_GROUP);
    await setSharing(own, { organisations: false });
    const [listed] = (await grantsOf(own.agent, record.id)).items;
    expect(listed?.permissions).toMatchObject({
      revoke: { allowed: true },
      changeExpiry: { allowed: false },
    });
    expect((await own.agent.delete(`/v1/grants/${grant.id}`)).status).toBe(204);
  });

  it('CU-09 refuses customers and organisations that are not there, and kinds that are none', async () => {
    const record = await tenant.aCase();
    const refused = await share(mara, record.id, [
      QUIST,
      { kind: 'customer', id: 'cust_nobody' },
      { kind: 'organisation', id: 'org_nobody' },
    ]);
    expect(refused.body.errors?.map(({ field, code }) => [field, code])).toEqual([
      ['grantees.1.id', 'not_found'],
      ['grantees.2.id', 'not_found'],
    ]);
    const odd = await mara.post<Problem>(`/v1/cases/${record.id}/grants`, {
      grantees: [{ kind: 'inbox', id: 'x' }, { kind: 'customer' }],
    });
    expect(odd.body.errors?.map(({ field }) => field)).toEqual(['grantees.0.kind', 'grantees.1.id']);
    expect(await granteesSeen(mara, record.id)).toEqual([]);
  });

  it('CU-13 tells an open page that a follower has gone', async () => {
    const record = await tenant.aCase();
    const grant = await aGrant(mara, record.id, QUIST);
    const [owner, follower] = [await readEvents(tenant.customer), await readEvents(nora)];
    await mara.delete(`/v1/grants/${grant.id}`);
    await vi.waitFor(() => {
      expect(owner.events.map(({ event }) => event.kind)).toEqual(['case.unshared']);
      expect(follower.events.map(({ event }) => event)).toMatchObject([
        { kind: 'case.hidden', caseId: record.id },
      ]);
    }, 60_000);
    expect(follower.events[0]?.event).not.toHaveProperty('customerId');
    for (const reader of [owner, follower]) reader.leave();
  });

  it('CU-27 lets a follower who may only look write nothing; only administrators change that', async () => {
    const record = await tenant.aCase();
    const grant = await aGrant(mara, record.id, { ...QUIST, level: 'view' });
    const path = `/v1/cases/${record.id}/notes`;
    const reply = { visibility: 'public', text: 'Same here.' };
    expect(await nora.post(path, reply)).toMatchObject(forbidden('cases.not-granted'));
    const [own] = (await grantsOf(mara, record.id)).items;
    expect(own?.permissions['changeLevel']).toMatchObject({ allowed: false, rule: 'sharing.administrator' });
    const change = { level: 'collaborate' };
    expect(await mara.patch(`/v1/grants/${grant.id}`, change, grant)).toMatchObject(
      forbidden('sharing.administrator'),
    );
    const changed = await tenant.administrator.patch<Grant>(`/v1/grants/${grant.id}`, change, grant);
    expect(changed.body.level).toBe('collaborate');
    expect((await nora.post(path, reply)).status).toBe(201);
  });

  it('is for agents who can edit the case: not for customers, nor for agents who cannot see it', async () => {
    const record = await tenant.aCase({ departmentId: 'dept_care' });
    for (const by of [tenant.customer, await withGrant(record)]) {
      expect(await share(by, record.id, [QUIST])).toMatchObject(forbidden('customers.agents-only'));
      expect(await candidates(by, 'customer', { caseId: record.id })).toMatchObject(
        forbidden('customers.agents-only'),
      );
    }
    expect((await share(tenant.technician, record.id, [QUIST])).status).toBe(404);
    expect((await candidates(tenant.technician, 'customer', { caseId: record.id })).status).toBe(404);
    expect(await share(tenant.finance, record.id, [QUIST])).toMatchObject(forbidden('cases.role'));
    const found = await candidates(mara, 'customer', { caseId: record.id, q: 'A-11', count: 'true' });
    expect(found.body).toMatchObject({ total: 1, items: [{ name: 'Harbour Dental', grantId: null }] });
  });

  it('never crosses tenants', async () => {
    const record = await tenant.aCase();
    const grant = await aGrant(mara, record.id, QUIST);
    const other = await aTenant(await theApp(), moreToShareWith);
    for (const by of [other.administrator, other.outsider]) {
      expect((await by.get(`/v1/cases/${record.id}/grants`)).status).toBe(404);
      expect((await share(by, record.id, [QUIST])).status).toBe(404);
      expect((await by.delete(`/v1/grants/${grant.id}`)).status).toBe(404);
      expect((await by.patch(`/v1/grants/${grant.id}`, { expiresAt: null }, grant)).status).toBe(404);
      expect((await candidates(by, 'customer', { caseId: record.id })).status).toBe(404);
    }
    const namesake = await other.as({ sub: 'person_nora', kind: 'customer', customer: 'cust_quist' });
    expect((await namesake.get<Page<Case>>('/v1/cases?count=true')).body.total).toBe(0);
  });
});

/** Somebody the case is shared with. */
async function withGrant(record: Case): Promise<Caller> {
  await aGrant(tenant.customer, record.id, { kind: 'person', id: 'person_leo' });
  return tenant.colleague;
}
