import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import type { Case } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Problem } from '../../src/contract/problem.js';
import type { ProjectMessage } from '../../src/contract/projects.js';
import { aTenant, createTestApp, type Caller, type TestTenant } from '../support/app.js';
import { openTestDatabase } from '../support/database.js';
import { readEvents, type EventReader } from '../support/event-reader.js';
import { aProject, move, shareProject, showProjects } from '../support/projects.js';
import { aGrant, granteesSeen, isListed, moreToShareWith, setSharing, share } from '../support/sharing.js';
import { theApp } from '../support/shared-app.js';

const QUIST = { kind: 'customer', id: 'cust_quist' } as const;
const QUIST_NAME = 'Quist & Daughters';

let tenant: TestTenant;
let mara: Caller;
let nora: Caller;
let reader: EventReader | undefined;

beforeAll(async () => {
  tenant = await aTenant(await theApp(), moreToShareWith);
  await setSharing(tenant, { organisations: true, departmentRoles: ['customer-service'] });
  await showProjects(tenant, true);
  ({ agent: mara, outsider: nora } = tenant);
});
afterEach(() => reader?.leave());

const forbidden = (rule: string) => ({ status: 403, body: { code: 'forbidden', rule } });

/** What one person heard of a record since the reader joined. */
function heard(of: string): string[] {
  return (reader?.events ?? [])
    .filter(({ event }) => event.caseId === of || event.projectId === of)
    .map(({ event }) => event.kind);
}

const until = (of: string, kind: string) => vi.waitFor(() => expect(heard(of)).toContain(kind), 60_000);

describe('the cases of a project', () => {
  it('CU-19 are in the portal of those who follow: list, count, search, tags, notes and files', async () => {
    const project = await aProject(mara);
    await shareProject(mara, project.id, [QUIST]);
    const file = await mara.upload('plan.txt', 'x');
    const record = await tenant.aCase({
      subject: 'Trench across the yard',
      tags: ['trench'],
      projectId: project.id,
      attachmentIds: [file.body.id],
    });
    await tenant.aNote(record.id, { text: 'Between us.' });
    await tenant.aNote(record.id, { visibility: 'public', text: 'For all.' });
    expect(await isListed(nora, record)).toBe(true);
    const detail = (await nora.get<Case>(`/v1/cases/${record.id}`)).body;
    expect(detail).toMatchObject({
      project: { name: 'Fibre for the mill' },
      permissions: { reply: { allowed: true } },
    });
    const ofProject = `/v1/cases?count=true&projectId=${project.id}`;
    expect((await nora.get(ofProject)).body).toMatchObject({ total: 1, items: [{ id: record.id }] });
    expect((await nora.get('/v1/tags?q=trench')).body).toMatchObject({
      items: [{ tag: 'trench', count: 1 }],
    });
    expect((await nora.get(`/v1/cases/${record.id}/notes?count=true`)).body).toMatchObject({ total: 1 });
    expect((await nora.get(`/v1/attachments/${file.body.id}`)).status).toBe(200);
    // Whose case it is reads it as before, but what the project is called is for those who follow.
    const own = (await tenant.customer.get<Case>(`/v1/cases/${record.id}`)).body;
    expect(own).not.toHaveProperty('project');
    for (const path of ['', '/timeline', '/notes', '/grants']) {
      const { body } = await tenant.customer.get(`/v1/cases/${record.id}${path}`);
      expect(JSON.stringify(body)).not.toContain('Fibre for the mill');
    }
  });

  it('CU-19 leave the portal at once, live, when they are moved out or elsewhere, and come with a move in', async () => {
    const [project, other] = [await aProject(mara), await aProject(mara, { name: 'Unfollowed' })];
    await shareProject(mara, project.id, [QUIST]);
    const record = await tenant.aCase();
    reader = await readEvents(nora);
    expect(await isListed(nora, record)).toBe(false);
    await move(mara, record.id, project.id);
    await until(record.id, 'case.updated');
    expect(await isListed(nora, record)).toBe(true);

    await move(mara, record.id, other.id);
    await until(record.id, 'case.hidden');
    expect(await isListed(nora, record)).toBe(false);
    for (const path of ['', '/notes', '/timeline', '/grants']) {
      expect((await nora.get(`/v1/cases/${record.id}${path}`)).status).toBe(404);
    }
    await move(mara, record.id, project.id);
    await vi.waitFor(
      () => expect(heard(record.id)).toEqual(['case.updated', 'case.hidden', 'case.updated']),
      60_000,
    );
    await move(mara, record.id, null);
    await vi.waitFor(() => expect(heard(record.id).at(-1)).toBe('case.hidden'), 60_000);
    expect(await isListed(nora, record)).toBe(false);
  });

  it('CU-13, CU-19 are hidden at once from who no longer follows, and stay with who has them otherwise', async () => {
    const project = await aProject(mara);
    const record = await tenant.aCase({ projectId: project.id });
    const theirs = await tenant.aCase({ projectId: project.id, customerId: 'cust_quist' });
    reader = await readEvents(nora);
    const [grant] = (await shareProject(mara, project.id, [QUIST])).body.items;
    await until(record.id, 'case.shared');
    await until(project.id, 'project.updated');
    await mara.delete(`/v1/grants/${grant?.id}`);
    await until(record.id, 'case.hidden');
    await until(project.id, 'project.hidden');
    expect(heard(theirs.id)).not.toContain('case.hidden');
    expect(await isListed(nora, record)).toBe(false);
    expect(await isListed(nora, theirs)).toBe(true);
  });

  it('CU-13 are told afterwards to nobody who comes back when the share has ended, nor is their project', async () => {
    reader = await readEvents(nora);
    const before = await tenant.aCase({ customerId: 'cust_quist' });
    await until(before.id, 'case.created');
    const last = reader.events.at(-1)?.id;
    reader.leave();

    const project = await aProject(mara);
    const record = await tenant.aCase({ projectId: project.id });
    const [grant] = (await shareProject(mara, project.id, [QUIST])).body.items;
    await mara.post(`/v1/projects/${project.id}/messages`, { text: 'The trench is open until Friday.' });
    await mara.delete(`/v1/grants/${grant?.id}`);
    // What comes later comes after it.
    const mark = await tenant.aCase({ customerId: 'cust_quist' });
    reader = await readEvents(nora, last);
    await until(mark.id, 'case.created');
    expect(heard(project.id)).toEqual(['project.hidden']);
    expect(heard(record.id)).toEqual(['case.hidden']);
  });

  it('are kept from a department that no longer looks after them, live and afterwards', async () => {
    const project = await aProject(mara, { departmentId: null });
    reader = await readEvents(tenant.technician);
    const last = async () => {
      const mark = await tenant.aCase({ departmentId: null });
      await until(mark.id, 'case.created');
      return reader?.events.at(-1)?.id;
    };
    const joined = await last();
    const path = `/v1/projects/${project.id}`;
    await mara.post(`${path}/messages`, { text: 'The trench is open until Friday.' });
    await until(project.id, 'project.message');
    expect((await mara.patch(path, { departmentId: 'dept_care' }, project)).status).toBe(200);
    await until(project.id, 'project.hidden');
    expect(heard(project.id)).toEqual(['project.message', 'project.hidden']);

    reader.leave();
    reader = await readEvents(tenant.technician, joined);
    await until(project.id, 'project.hidden');
    await last();
    expect(heard(project.id)).toContain('project.hidden');
    expect(heard(project.id)).not.toContain('project.message');
    expect(heard(project.id)).not.toContain('project.updated');
  });

  it('refuses projects that are not there or not the reader’s, in new cases, moves and lists', async () => {
    const hidden = await aProject(tenant.technician, {
      name: 'Of the network',
      departmentId: 'dept_network',
    });
    const wrong = [['projectId', 'not_found']];
    const errorsOf = ({ body }: { body: Problem }) => body.errors?.map(({ field, code }) => [field, code]);
    const record = await tenant.aCase();
    for (const projectId of ['project_none', hidden.id]) {
      await expect(tenant.aCase({ projectId })).rejects.toThrow('not_found');
      const moved = await move(mara, record.id, projectId);
      expect([moved.status, errorsOf(moved)]).toEqual([422, wrong]);
      for (const by of [mara, nora]) {
        const listed = await by.get<Problem>(`/v1/cases?projectId=${projectId}`);
        expect([listed.status, errorsOf(listed)]).toEqual([422, wrong]);
      }
    }
  });

  it('are moved by agents the case belongs to: not by customers, nor by a department that received it', async () => {
    const project = await aProject(mara);
    const record = await tenant.aCase({ departmentId: 'dept_care' });
    expect((await move(tenant.customer, record.id, project.id)).status).toBe(403);
    const theirs = { customerId: 'cust_aldermill', projectId: project.id };
    await expect(tenant.aCase(theirs, tenant.customer)).rejects.toThrow('projects.move');
    await mara.post(`/v1/cases/${record.id}/grants`, {
      grantees: [{ kind: 'department', id: 'dept_network' }],
    });
    expect(await move(tenant.technician, record.id, project.id)).toMatchObject(forbidden('projects.move'));
    // The record says beforehand who may, in the words of the refusal.
    const verdicts = await Promise.all(
      [mara, tenant.technician, tenant.customer].map(
        async (by) => (await by.get<Case>(`/v1/cases/${record.id}`)).body.permissions['moveToProject'],
      ),
    );
    expect(verdicts.map((verdict) => [verdict?.allowed, verdict?.rule])).toEqual([
      [true, 'cases.department'],
      [false, 'projects.move'],
      [false, 'projects.move'],
    ]);
    expect((await move(mara, record.id, project.id)).status).toBe(200);
    const { body } = await mara.get<Page<{ kind: string; changes: unknown }>>(
      `/v1/cases/${record.id}/timeline`,
    );
    expect(body.items[0]).toMatchObject({
      kind: 'project-move',
      changes: [{ field: 'project', from: null, to: { id: project.id } }],
    });
  });

  it('CU-14 name those who follow to no agent who may not see the project, nor take them for known', async () => {
    const own = await aTenant(await theApp(), moreToShareWith);
    await setSharing(own, { departmentRoles: ['customer-service'] });
    const yukis = await aProject(own.technician, { departmentId: 'dept_network' });
    await shareProject(own.technician, yukis.id, [QUIST]);
    const record = await own.aCase({ departmentId: 'dept_care' });
    expect((await move(own.administrator, record.id, yukis.id)).status).toBe(200);
    await aGrant(own.agent, record.id, { kind: 'department', id: 'dept_legal', level: 'full' });
    const lin = await own.as({ sub: 'person_lin', roles: ['sales-agent'], departments: ['dept_legal'] });
    for (const by of [own.agent, lin]) expect(await granteesSeen(by, record.id)).not.toContain(QUIST_NAME);
    expect(await granteesSeen(own.administrator, record.id)).toContain(QUIST_NAME);
    // Whoever looks after the project sees them on a case that another department shared.
    await aGrant(own.agent, record.id, { kind: 'department', id: 'dept_network', level: 'read-only' });
    expect(await granteesSeen(own.technician, record.id)).toContain(QUIST_NAME);

    await own.aNote(record.id, { visibility: 'public', text: 'For Pia.' });
    const asked = await share(own.agent, record.id, [{ kind: 'customer', id: 'cust_harbour' }]);
    expect(asked.body.current).toMatchObject({ recipients: ['Pia Moreau'] });
    const given = await share(own.agent, record.id, [QUIST], { history: 'include' });
    expect(given.body).toMatchObject({ ignored: [], items: [{ unit: 'case', unitId: record.id }] });
  });

  it('CU-03, CU-23 are shared by themselves with who follows the project: that may show nothing, and may end', async () => {
    const own = await aTenant(await theApp(), moreToShareWith);
    await showProjects(own, false);
    const project = await aProject(own.agent);
    await shareProject(own.agent, project.id, [{ ...QUIST, level: 'view' }]);
    const record = await own.aCase({ projectId: project.id });
    const seen = async () => (await own.outsider.get(`/v1/cases/${record.id}`)).status;
    expect(await seen()).toBe(404);
    const given = await share(own.agent, record.id, [QUIST]);
    expect(given.body).toMatchObject({ ignored: [], items: [{ unit: 'case', unitId: record.id }] });
    expect(await seen()).toBe(200);
    const again = await share(own.agent, record.id, [QUIST]);
    expect(again.body.ignored).toEqual([{ field: 'grantees.0.id', code: 'already_shared' }]);

    await showProjects(own, true);
    await move(own.agent, record.id, null);
    expect(await seen()).toBe(200);
  });

  it('are counted by the order of the policy: no grant of a project lets a customer do what customers never may', async () => {
    const project = await aProject(mara);
    await shareProject(mara, project.id, [{ ...QUIST, level: 'view' }]);
    const record = await tenant.aCase({ projectId: project.id });
    const { permissions } = (await nora.get<Case>(`/v1/cases/${record.id}`)).body;
    const allowed = Object.entries(permissions).filter(([, verdict]) => verdict.allowed);
    expect(allowed.map(([action]) => action).sort()).toEqual(['listGrantees', 'view']);
    const reply = await nora.post(`/v1/cases/${record.id}/notes`, { visibility: 'public', text: 'May I?' });
    expect(reply.status).toBe(403);
  });
});

describe('the messages of a project', () => {
  it('CU-16 reach those who follow, live; who stopped gets nothing more', async () => {
    const project = await aProject(mara);
    const [grant] = (await shareProject(mara, project.id, [QUIST])).body.items;
    reader = await readEvents(nora);
    const path = `/v1/projects/${project.id}/messages`;
    const posted = await mara.post<ProjectMessage>(path, { text: 'The trench is open until Friday.' });
    expect(posted).toMatchObject({ status: 201, body: { by: { name: 'Mara Lindqvist' } } });
    await until(project.id, 'project.message');
    const read = await nora.get<Page<ProjectMessage>>(`${path}?count=true`);
    expect(read.body).toMatchObject({ total: 1, items: [{ text: 'The trench is open until Friday.' }] });
    expect(read.body.items[0]).not.toHaveProperty('delivery');

    await mara.delete(`/v1/grants/${grant?.id}`);
    await until(project.id, 'project.hidden');
    await mara.post(path, { text: 'Closed again.' });
    // What comes later comes after it.
    const mark = await tenant.aCase({ customerId: 'cust_quist' });
    await until(mark.id, 'case.created');
    expect(heard(project.id)).toEqual(['project.message', 'project.hidden']);
    expect((await nora.get(path)).status).toBe(404);
  });

  it('are written by agents alone, with a text, once for a key, and read page after page', async () => {
    const project = await aProject(mara);
    await shareProject(mara, project.id, [QUIST]);
    const path = `/v1/projects/${project.id}/messages`;
    expect(await nora.post(path, { text: 'Me too' })).toMatchObject(forbidden('projects.agents-only'));
    for (const text of ['', '  \n ']) {
      const empty = await mara.post<Problem>(path, { text });
      expect([empty.status, empty.body.errors?.[0]?.code]).toEqual([422, 'required']);
    }
    const key = 'one-and-the-same-key';
    for (let time = 0; time < 2; time++) await mara.post(path, { text: 'First' }, { key });
    await mara.post(path, { text: 'Second' });
    const first = (await nora.get<Page<ProjectMessage>>(`${path}?limit=1&count=true`)).body;
    expect(first).toMatchObject({ total: 2, items: [{ text: 'Second' }] });
    const next = (await nora.get<Page<ProjectMessage>>(`${path}?limit=1&cursor=${first.next}`)).body;
    expect(next).toMatchObject({ next: null, items: [{ text: 'First' }] });
  });

  it('CU-17 tell agents whom one did not reach and why, and those who follow nothing of it', async () => {
    const database = await openTestDatabase();
    const testApp = await createTestApp(database);
    try {
      const own = await aTenant(testApp, moreToShareWith);
      await showProjects(own, true);
      const project = await aProject(own.agent);
      await shareProject(own.agent, project.id, [QUIST]);
      const path = `/v1/projects/${project.id}/messages`;
      const { body } = await own.agent.post<ProjectMessage>(path, { text: 'Hello.' });
      const { sql } = await import('kysely');
      // As the mail that came back leaves it.
      await sql`insert into notices (tenant, id, key, event, channel, unit, unit_id, about_id, recipient_id, state,
          attempts, due_at, created_at, done_at, reason)
        values (${own.id}, 'notice_bounced', 'bounced', 'message', 'email', 'project', ${project.id}, ${body.id},
          'person_nora', 'failed', 5, now(), now(), '2026-03-01T10:00:00Z', '550 No such mailbox')`.execute(
        database.db,
      );
      const { items } = (await own.agent.get<Page<ProjectMessage>>(path)).body;
      expect(items[0]?.delivery?.failed).toEqual([
        {
          person: { id: 'person_nora', name: 'Nora Quist', kind: 'customer' },
          reason: '550 No such mailbox',
          at: '2026-03-01T10:00:00.000Z',
        },
      ]);
      const follower = (await own.outsider.get<Page<ProjectMessage>>(path)).body;
      expect(JSON.stringify(follower)).not.toContain('mailbox');
    } finally {
      await testApp.dispose();
    }
  });
});
