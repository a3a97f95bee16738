import { beforeAll, describe, expect, it } from 'vitest';

import type { Case } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { TimelineEntry } from '../../src/contract/notes.js';
import type { SharePreview } from '../../src/contract/preview.js';
import type { Problem } from '../../src/contract/problem.js';
import { aTenant, type Answer, type Caller, type TestTenant } from '../support/app.js';
import { aGrant, granteesSeen, moreToShareWith, setSharing, share } from '../support/sharing.js';
import { theApp } from '../support/shared-app.js';

const QUIST = { kind: 'customer', id: 'cust_quist' } as const;
const NETWORK = { kind: 'department', id: 'dept_network' } as const;
const LEO = { kind: 'person', id: 'person_leo' } as const;

let tenant: TestTenant;
let mara: Caller;

beforeAll(async () => {
  tenant = await aTenant(await theApp(), moreToShareWith);
  await setSharing(tenant, { departmentRoles: ['customer-service'], organisations: true });
  mara = tenant.agent;
});

function preview(by: Caller, caseId: string, more: object): Promise<Answer<SharePreview & Problem>> {
  return by.post('/v1/grants/preview', { caseId, ...more });
}

async function timelineOf(by: Caller, caseId: string): Promise<TimelineEntry[]> {
  const { body } = await by.get<Page<TimelineEntry>>(`/v1/cases/${caseId}/timeline`);
  return body.items;
}

/** A case with something of everything on it. */
async function aWrittenCase(): Promise<Case> {
  const file = await mara.upload('plan.txt', 'x');
  const record = await tenant.aCase({ departmentId: 'dept_care', attachmentIds: [file.body.id] });
  await tenant.aNote(record.id, { text: 'Between us.' });
  const bill = await mara.upload('bill.txt', 'x');
  await tenant.aNote(record.id, { visibility: 'public', text: 'Dear Pia.', attachmentIds: [bill.body.id] });
  const secret = await mara.upload('secret.txt', 'x');
  await tenant.aNote(record.id, { text: 'Between us again.', attachmentIds: [secret.body.id] });
  return record;
}

describe('a preview of a share', () => {
  it('CU-06 is exactly what a customer then gets', async () => {
    const record = await aWrittenCase();
    const { status, body } = await preview(mara, record.id, QUIST);
    expect(status).toBe(200);
    await aGrant(mara, record.id, QUIST);
    const nora = tenant.outsider;
    expect(body.case).toEqual((await nora.get(`/v1/cases/${record.id}`)).body);
    const lines = await timelineOf(nora, record.id);
    expect(body.timeline).toEqual(lines.filter(({ kind }) => kind !== 'sharing'));
    expect(JSON.stringify(body)).not.toMatch(/Between us|secret/);
    expect(body.visible).toMatchObject({ notes: 1, files: 2 });
    expect(body.visible.fields).toEqual(expect.arrayContaining(['subject', 'description', 'status']));
    expect(body.hidden.internalNotes).toBe(2);
    expect(body.history).toMatchObject({
      notes: 1,
      readers: [{ kind: 'person', id: 'person_pia', name: 'Pia Moreau' }],
    });
  });

  it.each(['full', 'restricted', 'read-only'])(
    'DE-02, DE-12 is exactly what a department then gets at level %s',
    async (level) => {
      const record = await aWrittenCase();
      const { body } = await preview(mara, record.id, { ...NETWORK, level });
      await aGrant(mara, record.id, { ...NETWORK, level });
      const { body: theirs } = await tenant.technician.get<Case>(`/v1/cases/${record.id}`);
      expect(body.case).toEqual(theirs);
      expect(body.visible).toMatchObject({ notes: 3, files: 3 });
      expect(body.hidden.internalNotes).toBe(0);
      expect(body.history).toBeNull();
      for (const field of body.hidden.fields) expect(theirs).not.toHaveProperty(field);
    },
  );

  it('CO-19 is exactly what a co-worker then gets, and tells the requester nothing of the rest', async () => {
    const record = await aWrittenCase();
    const { body } = await preview(tenant.customer, record.id, LEO);
    await aGrant(tenant.customer, record.id, LEO);
    expect(body.case).toEqual((await tenant.colleague.get(`/v1/cases/${record.id}`)).body);
    expect(body.hidden.internalNotes).toBe(0);
    expect(body.history).toBeNull();
    expect(JSON.stringify(body)).not.toMatch(/Between us|secret|internal"/);
  });

  it('CU-06 shows a new conversation as it would begin', async () => {
    const record = await aWrittenCase();
    const { body } = await preview(mara, record.id, { ...QUIST, history: 'none' });
    expect(body.visible).toMatchObject({ notes: 0, files: 1 });
    expect(body.timeline.map(({ kind }) => kind)).toEqual(['creation']);
    expect(body.case.replyCount).toBe(0);
    expect(body.history).toMatchObject({ notes: 1 });
  });

  it('DE-36 shows another level for who has the case already, and the one they have unless told', async () => {
    const record = await aWrittenCase();
    await aGrant(mara, record.id, { ...NETWORK, level: 'read-only' });
    const may = async (more: object) =>
      (await preview(mara, record.id, { ...NETWORK, ...more })).body.case.permissions['edit']?.allowed;
    expect(await may({})).toBe(false);
    expect(await may({ level: 'full' })).toBe(true);
  });

  it('CU-07 warns of customers of another organisation than those who have the case', async () => {
    const record = await aWrittenCase();
    const strange = await preview(mara, record.id, QUIST);
    expect(strange.body).toMatchObject({
      warnings: ['cross_organisation'],
      history: { otherOrganisations: true },
    });
    const own = await preview(mara, record.id, { kind: 'organisation', id: 'org_aldermill' });
    expect(own.body).toMatchObject({ warnings: [], history: { otherOrganisations: false } });
  });

  it('is for whoever may share with the kind, and for a case they see', async () => {
    const record = await aWrittenCase();
    expect(await preview(tenant.customer, record.id, QUIST)).toMatchObject({
      status: 403,
      body: { rule: 'customers.agents-only' },
    });
    expect(await preview(mara, record.id, LEO)).toMatchObject({
      status: 403,
      body: { rule: 'only_submitter_may_share' },
    });
    await aGrant(mara, record.id, { ...NETWORK, level: 'full' });
    for (const grantee of [{ kind: 'department', id: 'dept_legal' }, QUIST]) {
      expect(await preview(tenant.technician, record.id, grantee)).toMatchObject({
        status: 403,
        body: { rule: 'child_cannot_reshare' },
      });
    }
    expect((await preview(tenant.outsider, record.id, LEO)).status).toBe(404);
    const other = await aTenant(await theApp(), moreToShareWith);
    expect((await preview(other.administrator, record.id, QUIST)).status).toBe(404);
  });

  it('refuses whom the case cannot be shared with, and levels there are not', async () => {
    const record = await aWrittenCase();
    const refused = async (by: Caller, more: object) => {
      const { status, body } = await preview(by, record.id, more);
      expect(status).toBe(422);
      return body.errors?.map(({ field, code }) => [field, code]);
    };
    expect(await refused(mara, { kind: 'customer', id: 'cust_nobody' })).toEqual([['id', 'not_found']]);
    expect(await refused(mara, { ...NETWORK, level: 'owner' })).toEqual([['level', 'unknown_value']]);
    expect(await refused(mara, { kind: 'department', id: 'dept_care' })).toEqual([['id', 'self_share']]);
    expect(await refused(tenant.customer, { kind: 'person', id: 'person_bea' })).toEqual([
      ['id', 'principal_out_of_scope'],
    ]);
    expect(await refused(mara, { kind: 'inbox', id: 'x' })).toEqual([['kind', 'unknown_value']]);
  });

  it('CU-08 is refused where the portal would show them nothing', async () => {
    const own = await aTenant(await theApp(), moreToShareWith);
    const record = await own.aCase();
    const { body } = await own.administrator.get<{ version: string }>('/v1/settings');
    await own.administrator.patch('/v1/settings', { portalScope: 'none' }, body);
    expect(await preview(own.agent, record.id, QUIST)).toMatchObject({
      status: 403,
      body: { rule: 'preview.nothing' },
    });
  });

  it('changes nothing, and stands in the history once, for agents of the owning department alone', async () => {
    const record = await aWrittenCase();
    await aGrant(mara, record.id, { ...NETWORK, level: 'full' });
    const before = (await mara.get<Case>(`/v1/cases/${record.id}`)).body;
    for (let time = 0; time < 2; time++) await preview(mara, record.id, QUIST);
    expect((await mara.get(`/v1/cases/${record.id}`)).body).toEqual(before);
    expect(await granteesSeen(mara, record.id)).toEqual(['Network']);
    expect((await tenant.outsider.get(`/v1/cases/${record.id}`)).status).toBe(404);
    const linesOf = async (by: Caller) =>
      (await timelineOf(by, record.id)).filter(({ kind }) => kind === 'access-preview');
    expect(await linesOf(mara)).toMatchObject([
      {
        by: { name: 'Mara Lindqvist' },
        changes: [{ field: 'customer', from: null, to: { id: 'cust_quist', name: 'Quist & Daughters' } }],
      },
    ]);
    expect(await linesOf(tenant.technician)).toEqual([]);
    expect(await linesOf(tenant.customer)).toEqual([]);
    expect((await share(mara, record.id, [QUIST], { history: 'none' })).status).toBe(201);
    expect(await linesOf(tenant.outsider)).toEqual([]);
  });
});
