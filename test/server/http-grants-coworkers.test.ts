import { beforeAll, describe, expect, it, vi } from 'vitest';

import type { Case } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Note, TimelineEntry } from '../../src/contract/notes.js';
import type { Person } from '../../src/contract/people.js';
import type { Problem } from '../../src/contract/problem.js';
import { aNewCase, aTenant, type Caller, type TestTenant } from '../support/app.js';
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

let tenant: TestTenant;
let pia: Caller;
let leo: Caller;

const LEO = { kind: 'person', id: 'person_leo' } as const;
const ADA = { kind: 'person', id: 'person_ada' } as const;
const NORA = { kind: 'person', id: 'person_nora' } as const;

beforeAll(async () => {
  tenant = await aTenant(await theApp(), moreToShareWith);
  ({ customer: pia, colleague: leo } = tenant);
});

const adasToken = {
  sub: 'person_ada',
  name: 'Ada Moreau',
  kind: 'customer',
  customer: 'cust_aldermill',
  organisation: 'org_aldermill',
} as const;

let count = 0;
/** A case that Pia has submitted, with words of its own. */
function piasCase(change: Record<string, unknown> = {}): Promise<Case> {
  count += 1;
  return tenant.aCase({ subject: `Oven ${count} smokes`, contactMethod: 'portal', ...change }, pia);
}

describe('sharing with co-workers', () => {
  it('CO-01 offers the people of the own organisation alone, and refuses others by name', async () => {
    const record = await piasCase();
    const { status, body } = await candidates(pia, 'person', { caseId: record.id, count: 'true' });
    expect(status).toBe(200);
    expect(body.items.map(({ name }) => name)).toEqual(['Ada Moreau', 'Leo Aske']);
    expect(body.total).toBe(2);
    expect(body.items[0]).toMatchObject({
      kind: 'person',
      customer: { name: 'Aldermill Bakery' },
      organisation: { name: 'Aldermill Group' },
      grantId: null,
    });
    // Whether somebody exists elsewhere is not told.
    for (const id of ['person_nora', 'person_mara', 'person_nobody', 'person_gone', 'person_bea']) {
      const refused = await share(pia, record.id, [LEO, { kind: 'person', id }]);
      expect(refused).toMatchObject({
        status: 422,
        body: {
          code: 'validation_failed',
          errors: [
            {
              field: 'grantees.1.id',
              code: 'principal_out_of_scope',
              message: 'This is no co-worker of yours.',
            },
          ],
        },
      });
    }
    expect(await granteesSeen(pia, record.id)).toEqual([]);
  });

  it('CO-02 shares while creating, and creates nothing when one name is bad', async () => {
    const offered = await candidates(pia, 'person');
    expect(offered.body.items.map(({ name }) => name)).toEqual(['Ada Moreau', 'Leo Aske']);
    const record = await piasCase({ shareWith: [LEO, ADA] });
    expect(await granteesSeen(pia, record.id)).toEqual(expect.arrayContaining(['Leo Aske', 'Ada Moreau']));
    expect((await leo.get(`/v1/cases/${record.id}`)).status).toBe(200);

    const before = await pia.get<Page<Case>>('/v1/cases?count=true&limit=1');
    const refused = await pia.post<Problem>(
      '/v1/cases',
      aNewCase({ subject: ' ', shareWith: [LEO, NORA, { kind: 'person', id: 'person_pia' }] }),
    );
    expect(refused.status).toBe(422);
    expect(refused.body.errors?.map(({ field, code }) => [field, code])).toEqual([
      ['subject', 'required'],
      ['shareWith.1.id', 'principal_out_of_scope'],
      ['shareWith.2.id', 'self_share'],
    ]);
    const after = await pia.get<Page<Case>>('/v1/cases?count=true&limit=1');
    expect(after.body.total).toBe(before.body.total);
  });

  it('CO-02, CO-06 lets an agent who creates a case name no co-workers', async () => {
    const refused = await tenant.agent.post<Problem>('/v1/cases', aNewCase({ shareWith: [LEO] }));
    expect(refused).toMatchObject({ status: 403, body: { rule: 'only_submitter_may_share' } });
  });

  it('CO-03 shares later; a case that is not there is not found', async () => {
    const record = await piasCase();
    expect((await leo.get(`/v1/cases/${record.id}`)).status).toBe(404);
    const { status, body } = await share(pia, record.id, [{ ...LEO, expiresAt: '2099-01-01' }]);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      items: [
        {
          version: '1',
          unit: 'case',
          unitId: record.id,
          grantee: { kind: 'person', id: 'person_leo', name: 'Leo Aske' },
          level: 'collaborate',
          givenBy: { id: 'person_pia' },
          expiresAt: '2099-01-01T00:00:00.000Z',
        },
      ],
      ignored: [],
    });
    expect((await leo.get(`/v1/cases/${record.id}`)).status).toBe(200);
    expect(await share(pia, 'case_absent', [LEO])).toMatchObject({ status: 404 });
    // The case itself has not moved: whoever edits it meanwhile runs into nothing.
    expect((await pia.get<Case>(`/v1/cases/${record.id}`)).body.version).toBe(record.version);
  });

  it('CO-04 adds several in one go, found by the beginning of a name', async () => {
    const record = await piasCase();
    const found = await candidates(pia, 'person', { caseId: record.id, q: 'as' });
    expect(found.body.items.map(({ name }) => name)).toEqual(['Leo Aske']);
    expect((await candidates(pia, 'person', { caseId: record.id, q: 'zz' })).body.items).toEqual([]);
    const { body } = await share(pia, record.id, [ADA, LEO, ADA]);
    expect(body.items.map(({ grantee }) => grantee.name)).toEqual(['Ada Moreau', 'Leo Aske']);
    expect(body.ignored).toEqual([{ field: 'grantees.2.id', code: 'duplicate' }]);
    const again = await share(pia, record.id, [LEO]);
    expect(again).toMatchObject({
      status: 201,
      body: { items: [body.items[1]], ignored: [{ field: 'grantees.0.id', code: 'already_shared' }] },
    });
    const marked = await candidates(pia, 'person', { caseId: record.id });
    expect(marked.body.items.map(({ grantId }) => grantId)).toEqual(body.items.map(({ id }) => id));

    const self = await share(pia, record.id, [{ kind: 'person', id: 'person_pia' }]);
    expect(self.body.errors).toMatchObject([{ field: 'grantees.0.id', code: 'self_share' }]);
    const nobody = await share(pia, record.id, []);
    expect(nobody.status).toBe(422);
  });

  it('CO-05, CO-09 ends access at once; a second removal says by whom and when', async () => {
    const record = await piasCase();
    await tenant.aNote(record.id, { visibility: 'public' });
    const grant = await aGrant(pia, record.id, LEO);
    const { body: file } = await leo.upload('bill.txt', 'x');
    await tenant.aNote(record.id, { visibility: 'public', subject: null, attachmentIds: [file.id] }, leo);
    const paths = ['', '/notes', '/timeline', '/grants'].map((path) => `/v1/cases/${record.id}${path}`);
    for (const path of paths) expect((await leo.get(path)).status).toBe(200);
    expect(await isListed(leo, record)).toBe(true);

    const reader = await readEvents(leo);
    expect(await pia.delete(`/v1/grants/${grant.id}`)).toMatchObject({ status: 204, body: '' });
    await vi.waitFor(
      () =>
        expect(reader.events.map(({ event }) => event)).toMatchObject([
          { kind: 'case.hidden', caseId: record.id },
        ]),
      60_000,
    );
    reader.leave();

    for (const path of [...paths, `/v1/attachments/${file.id}`, `/v1/attachments/${file.id}/content`]) {
      const hidden = await leo.get<Problem>(path);
      const absent = await leo.get<Problem>('/v1/cases/case_absent');
      expect({ ...hidden.body, requestId: '' }).toEqual({ ...absent.body, requestId: '' });
    }
    expect(await isListed(leo, record)).toBe(false);
    const twice = await pia.delete<Problem>(`/v1/grants/${grant.id}`);
    expect(twice).toMatchObject({ status: 410, body: { code: 'gone', by: { name: 'Pia Moreau' } } });
    expect(Date.parse(twice.body.at ?? '')).toBeGreaterThan(Date.parse(grant.givenAt ?? ''));
    expect((await leo.delete(`/v1/grants/${grant.id}`)).status).toBe(404);
    // And may be given it again.
    expect((await aGrant(pia, record.id, LEO)).id).not.toBe(grant.id);
    expect(await isListed(leo, record)).toBe(true);
  });

  it('CO-06, CO-07, CO-23 only the person who submitted the case adds and removes', async () => {
    const record = await piasCase();
    const grant = await aGrant(pia, record.id, LEO);
    for (const by of [leo, tenant.agent, tenant.administrator]) {
      const refusal = { status: 403, body: { code: 'forbidden', rule: 'only_submitter_may_share' } };
      expect(await share(by, record.id, [ADA])).toMatchObject(refusal);
      expect(await by.delete(`/v1/grants/${grant.id}`)).toMatchObject(refusal);
      expect(await by.patch(`/v1/grants/${grant.id}`, { expiresAt: null }, grant)).toMatchObject(refusal);
      expect(await candidates(by, 'person', { caseId: record.id })).toMatchObject(refusal);
      const list = await grantsOf(by, record.id);
      expect(list.share['person']).toMatchObject({ allowed: false, rule: 'only_submitter_may_share' });
      expect(list.items[0]?.permissions).toMatchObject({
        revoke: { allowed: false, rule: 'only_submitter_may_share' },
        changeExpiry: { allowed: false },
      });
    }
    const own = await pia.get<Case>(`/v1/cases/${record.id}`);
    expect(own.body.permissions).toMatchObject({ share: { allowed: true }, unshare: { allowed: true } });
    const shared = await leo.get<Case>(`/v1/cases/${record.id}`);
    expect(shared.body.permissions).toMatchObject({
      share: { allowed: false, rule: 'only_submitter_may_share' },
      unshare: { allowed: false, rule: 'only_submitter_may_share' },
      listGrantees: { allowed: true },
    });
  });

  it('CO-07 decision 6 lets a co-worker leave where the settings say so, and nowhere else', async () => {
    const own = await aTenant(await theApp(), moreToShareWith);
    const record = await own.aCase({}, own.customer);
    const [grant, ada] = [
      await aGrant(own.customer, record.id, LEO),
      await aGrant(own.customer, record.id, ADA),
    ];
    expect((await own.colleague.delete(`/v1/grants/${grant.id}`)).status).toBe(403);
    await setSharing(own, { allowSelfLeave: true });
    const list = await grantsOf(own.colleague, record.id);
    expect(list.items.map(({ permissions }) => permissions['revoke']?.allowed)).toEqual([true, false]);
    expect((await own.colleague.delete(`/v1/grants/${ada.id}`)).status).toBe(403);
    expect((await own.colleague.delete(`/v1/grants/${grant.id}`)).status).toBe(204);
    expect((await own.colleague.get(`/v1/cases/${record.id}`)).status).toBe(404);
  });

  it('CO-08 is in the list, the count and the search of whom it is shared with, and of nobody else', async () => {
    const record = await piasCase();
    const ada = await tenant.as(adasToken);
    for (const by of [leo, ada]) expect(await isListed(by, record)).toBe(false);
    await aGrant(pia, record.id, LEO);
    expect(await isListed(leo, record)).toBe(true);
    expect(await isListed(ada, record)).toBe(false);
  });

  it('CO-14 shows everybody who is in to everybody who is in, but for departments', async () => {
    const own = await aTenant(await theApp(), moreToShareWith);
    await setSharing(own, { departmentRoles: ['customer-service'] });
    const record = await own.aCase({ departmentId: 'dept_care' });
    expect((await share(own.customer, record.id, [LEO, ADA])).status).toBe(201);
    await aGrant(own.agent, record.id, { kind: 'department', id: 'dept_network' });
    expect((await granteesSeen(own.colleague, record.id)).sort()).toEqual(['Ada Moreau', 'Leo Aske']);
    expect((await granteesSeen(own.agent, record.id)).sort()).toEqual(['Ada Moreau', 'Leo Aske', 'Network']);
    // Nobody is counted who is not named: whoever reads the list takes that for somebody who is hidden.
    expect((await grantsOf(own.colleague, record.id)).total).toBe(2);
    expect((await grantsOf(own.agent, record.id)).total).toBe(3);
  });

  it('CO-19, CO-20 a co-worker reads subject and replies with who wrote them, never an internal note', async () => {
    const record = await piasCase();
    await tenant.aNote(record.id, { text: 'Between us.' });
    await tenant.aNote(record.id, { visibility: 'public', text: 'We are on it.' });
    await aGrant(pia, record.id, LEO);
    const seen = await leo.get<Case>(`/v1/cases/${record.id}`);
    expect(seen.body.subject).toBe(record.subject);
    const notes = await leo.get<Page<Note>>(`/v1/cases/${record.id}/notes?count=true`);
    expect(notes.body).toMatchObject({
      total: 1,
      items: [{ text: 'We are on it.', by: { id: 'person_mara' } }],
    });
    const timeline = await leo.get<Page<TimelineEntry>>(`/v1/cases/${record.id}/timeline?limit=100`);
    expect(JSON.stringify(timeline.body)).not.toContain('Between us.');
    const profile = await leo.get<Person>('/v1/people/person_mara');
    expect(profile.body).toEqual({ id: 'person_mara', name: 'Mara Lindqvist', kind: 'agent' });
  });

  it('CO-21, CO-22, CO-24, CO-25 a co-worker answers once, with a file, under their own name', async () => {
    const record = await piasCase();
    await aGrant(pia, record.id, LEO);
    const path = `/v1/cases/${record.id}/notes`;
    const blank = await leo.post<Problem>(path, { visibility: 'public', text: '  ' });
    expect(blank.body.errors).toMatchObject([{ field: 'text', code: 'required' }]);
    const { body: file } = await leo.upload('oven.png', 'x');
    const reply = { visibility: 'public', text: 'It is the left one.', attachmentIds: [file.id] };
    const key = crypto.randomUUID();
    const [first, second] = [
      await leo.post<Note>(path, reply, { key }),
      await leo.post<Note>(path, reply, { key }),
    ];
    expect(second.body).toEqual(first.body);
    const notes = await pia.get<Page<Note>>(path);
    expect(notes.body.items).toMatchObject([
      {
        text: 'It is the left one.',
        by: { id: 'person_leo', name: 'Leo Aske' },
        attachments: [{ id: file.id }],
      },
    ]);
    const internal = await leo.post<Problem>(path, { visibility: 'internal', text: 'x' });
    expect(internal).toMatchObject({ status: 403, body: { rule: 'customer.internal-notes' } });
    const forged = await leo.post<Note>(path, {
      visibility: 'public',
      text: 'Mine.',
      by: { id: 'person_pia' },
    });
    expect(forged).toMatchObject({ status: 201, body: { by: { id: 'person_leo' } } });
  });

  it('CO-27 counts as the settings say who is a co-worker', async () => {
    const own = await aTenant(await theApp(), moreToShareWith);
    const sister = { customer: 'cust_sister', organisation: 'org_aldermill' } as const;
    await (
      await own.as({ sub: 'person_sol', name: 'Sol Sister', kind: 'customer', ...sister })
    ).get('/v1/session');
    const names = async () => (await candidates(own.customer, 'person')).body.items.map(({ name }) => name);
    expect(await names()).toEqual(['Ada Moreau', 'Leo Aske', 'Sol Sister']);
    await setSharing(own, { candidateScope: 'customer' });
    expect(await names()).toEqual(['Ada Moreau', 'Leo Aske']);
    await setSharing(own, { candidateScope: 'tenant' });
    expect(await names()).toEqual(['Ada Moreau', 'Bea Quist', 'Leo Aske', 'Nora Quist', 'Sol Sister']);
    expect((await candidates(own.outsider, 'person')).status).toBe(200);
  });

  it('gives to whoever has no organisation the people of their customer', async () => {
    const own = await aTenant(await theApp());
    const second = await own.as({
      sub: 'person_nils',
      name: 'Nils Quist',
      kind: 'customer',
      customer: 'cust_quist',
    });
    await second.get('/v1/session');
    const { body } = await candidates(own.outsider, 'person');
    expect(body.items.map(({ name }) => name)).toEqual(['Nils Quist']);
    const alone = await own.as({ sub: 'person_solo', kind: 'customer', customer: null });
    expect((await candidates(alone, 'person')).status).toBe(403);
  });

  it('CO-14 decision 7 takes access from whoever leaves the organisation, and gives it back when they return', async () => {
    const record = await piasCase();
    await aGrant(pia, record.id, LEO);
    await aGrant(pia, record.id, ADA);
    const everybody = ['Ada Moreau', 'Leo Aske'];
    expect((await granteesSeen(pia, record.id)).sort()).toEqual(everybody);
    const moved = await tenant.as({ sub: 'person_leo', kind: 'customer', customer: 'cust_quist' });
    expect((await moved.get(`/v1/cases/${record.id}`)).status).toBe(404);
    expect(await isListed(moved, record)).toBe(false);
    // The list of who has access says the same, to whoever reads it.
    const ada = await tenant.as(adasToken);
    for (const by of [pia, ada, tenant.agent, tenant.administrator]) {
      const { items, total } = await grantsOf(by, record.id);
      expect([items.map(({ grantee }) => grantee.name), total]).toEqual([['Ada Moreau'], 1]);
    }
    expect((await leo.get(`/v1/cases/${record.id}`)).status).toBe(200);
    expect((await granteesSeen(pia, record.id)).sort()).toEqual(everybody);
  });

  it('changes until when a grant lasts, and refuses moments that have passed', async () => {
    const record = await piasCase();
    const grant = await aGrant(pia, record.id, LEO);
    const path = `/v1/grants/${grant.id}`;
    const past = await pia.patch<Problem>(path, { expiresAt: '2001-01-01' }, grant);
    expect(past.body.errors).toMatchObject([{ field: 'expiresAt', code: 'in_the_past' }]);
    const soon = await share(pia, record.id, [{ ...ADA, expiresAt: '2001-01-01T10:00:00Z' }]);
    expect(soon.body.errors).toMatchObject([{ field: 'grantees.0.expiresAt', code: 'in_the_past' }]);
    const renewed = await pia.patch<{ version: string }>(path, { expiresAt: '2098-05-01' }, grant);
    expect(renewed.body).toMatchObject({ version: '2', expiresAt: '2098-05-01T00:00:00.000Z' });
    const late = await pia.patch<Problem>(path, { expiresAt: null }, grant);
    expect(late).toMatchObject({
      status: 412,
      body: { code: 'version_conflict', by: { id: 'person_pia' }, current: renewed.body },
    });
    const level = await pia.patch<Problem>(path, { level: 'full' }, renewed.body);
    expect(level).toMatchObject({ status: 403, body: { rule: 'coworkers.one-level' } });
    expect((await pia.patch<Problem>(path, { expiresAt: null })).status).toBe(428);
    // Who last changed it is told to those alone who may change it.
    expect(await leo.patch<Problem>(path, {}, grant)).toMatchObject({
      status: 403,
      body: { rule: 'only_submitter_may_share' },
    });
  });

  it('writes one grant under one key, and one for two calls at the same time', async () => {
    const record = await piasCase();
    const key = crypto.randomUUID();
    const path = `/v1/cases/${record.id}/grants`;
    const first = await pia.post(path, { grantees: [LEO] }, { key });
    expect(await pia.post(path, { grantees: [LEO] }, { key })).toMatchObject({
      status: 201,
      body: first.body,
    });
    const other = await pia.post<Problem>(path, { grantees: [ADA] }, { key });
    expect(other.body.code).toBe('idempotency_key_reused');
    const both = await Promise.all([1, 2].map(() => share(pia, record.id, [ADA])));
    expect(both.map(({ status }) => status)).toEqual([201, 201]);
    expect(both.map(({ body }) => body.ignored.length).sort()).toEqual([0, 1]);
    expect((await granteesSeen(pia, record.id)).sort()).toEqual(['Ada Moreau', 'Leo Aske']);
  });

  it('shares no closed case, but ends what was shared', async () => {
    const record = await piasCase();
    const grant = await aGrant(pia, record.id, LEO);
    const { body: seen } = await tenant.agent.get<Case>(`/v1/cases/${record.id}`);
    await tenant.agent.post(`/v1/cases/${record.id}/close`, { reason: 'resolved', note: 'Done.' }, seen);
    expect(await share(pia, record.id, [ADA])).toMatchObject({ status: 409, body: { code: 'case_closed' } });
    expect((await grantsOf(pia, record.id)).share['person']).toMatchObject({ rule: 'case.closed' });
    expect((await leo.get(`/v1/cases/${record.id}`)).status).toBe(200);
    expect((await pia.delete(`/v1/grants/${grant.id}`)).status).toBe(204);
  });

  it('decision 6 lets an administrator make another person of the organisation the requester, who then shares', async () => {
    const record = await piasCase();
    const path = `/v1/cases/${record.id}`;
    const change = (by: Caller, requesterId: string, version = record.version) =>
      by.patch<Case & Problem>(path, { requesterId }, { version });
    expect(await change(tenant.agent, 'person_leo')).toMatchObject({
      status: 403,
      body: { rule: 'requester.administrator' },
    });
    for (const id of ['person_nora', 'person_bea', 'person_gone', 'person_mara', 'person_nobody']) {
      const refused = await change(tenant.administrator, id);
      expect(refused.body.errors).toMatchObject([{ field: 'requesterId', code: 'principal_out_of_scope' }]);
    }
    const reader = await readEvents(pia);
    const { status, body } = await change(tenant.administrator, 'person_leo');
    expect([status, body.requester?.name]).toEqual([200, 'Leo Aske']);
    await vi.waitFor(
      () =>
        expect(reader.events.map(({ event }) => event)).toMatchObject([
          { kind: 'case.hidden', caseId: record.id },
        ]),
      60_000,
    );
    reader.leave();
    expect((await pia.get(path)).status).toBe(404);
    expect(await isListed(leo, record)).toBe(true);
    expect((await share(leo, record.id, [{ kind: 'person', id: 'person_pia' }])).status).toBe(201);
    expect(await share(pia, record.id, [ADA])).toMatchObject({
      status: 403,
      body: { rule: 'only_submitter_may_share' },
    });
    const { body: timeline } = await tenant.agent.get<Page<TimelineEntry>>(`${path}/timeline?kind=change`);
    expect(timeline.items).toMatchObject([
      { changes: [{ field: 'requester', from: { name: 'Pia Moreau' }, to: { name: 'Leo Aske' } }] },
    ]);
  });

  it('tells the history who was given access and who lost it', async () => {
    const record = await piasCase();
    const grant = await aGrant(pia, record.id, LEO);
    await pia.delete(`/v1/grants/${grant.id}`);
    const { body } = await pia.get<Page<TimelineEntry>>(
      `/v1/cases/${record.id}/timeline?kind=sharing&order=asc`,
    );
    const leoHad = { id: 'person_leo', name: 'Leo Aske', level: 'collaborate', expiresAt: null };
    expect(body.items).toMatchObject([
      { kind: 'sharing', by: { id: 'person_pia' }, changes: [{ field: 'person', from: null, to: leoHad }] },
      { kind: 'sharing', changes: [{ field: 'person', from: leoHad, to: null }] },
    ]);
  });
});
