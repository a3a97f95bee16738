import { beforeAll, describe, expect, it } from 'vitest';

import type { Case } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Problem } from '../../src/contract/problem.js';
import type { Project } from '../../src/contract/projects.js';
import { aTenant, type Caller, type TestTenant } from '../support/app.js';
import {
  aProject,
  changeSettings,
  followersOf,
  move,
  shareProject,
  showProjects,
} from '../support/projects.js';
import { candidates, isListed, moreToShareWith, setSharing } from '../support/sharing.js';
import { theApp } from '../support/shared-app.js';

const QUIST = { kind: 'customer', id: 'cust_quist' } as const;
const QUIST_GROUP = { kind: 'organisation', id: 'org_quist' } as const;
const ALDERMILL = { kind: 'customer', id: 'cust_aldermill' } as const;
const NOBODY_YET = { kind: 'organisation', id: 'org_empty' } as const;

let tenant: TestTenant;
let mara: Caller;
let nora: Caller;

beforeAll(async () => {
  tenant = await aTenant(await theApp(), moreToShareWith);
  await setSharing(tenant, { organisations: true });
  await showProjects(tenant, true);
  ({ agent: mara, outsider: nora } = tenant);
});

const forbidden = (rule: string) => ({ status: 403, body: { code: 'forbidden', rule } });
const errorsOf = ({ body }: { body: Problem }) => body.errors?.map(({ field, code }) => [field, code]);
const namesOf = ({ items }: Page<Project>) => items.map(({ name }) => name);

describe('projects', () => {
  it('are made, renamed, found by name and read by the agents who look after them', async () => {
    const own = await aTenant(await theApp());
    const open = await aProject(own.agent, { name: 'Open to all agents' });
    const care = await aProject(own.agent, { name: 'Care alone', departmentId: 'dept_care' });
    expect(care).toMatchObject({
      department: { name: 'Customer Care' },
      permissions: { edit: { allowed: true } },
    });
    const listed = async (by: Caller, more = '') => {
      const { body } = await by.get<Page<Project>>(`/v1/projects?count=true${more}`);
      expect(body.total).toBe(body.items.length);
      return namesOf(body);
    };
    expect(await listed(own.agent)).toEqual(['Care alone', 'Open to all agents']);
    expect(await listed(own.agent, '&q=to')).toEqual(['Open to all agents']);
    expect(await listed(own.technician)).toEqual(['Open to all agents']);
    expect(await listed(own.administrator)).toEqual(['Care alone', 'Open to all agents']);
    expect(await listed(own.outsider)).toEqual([]);
    expect((await own.technician.get(`/v1/projects/${care.id}`)).status).toBe(404);
    expect(await own.finance.get('/v1/projects')).toMatchObject(forbidden('cases.role'));

    const renamed = await own.agent.patch<Project>(
      `/v1/projects/${open.id}`,
      { name: 'For everybody' },
      open,
    );
    expect(renamed.body).toMatchObject({ name: 'For everybody', version: '2' });
    const late = await own.otherAgent.patch<Problem>(`/v1/projects/${open.id}`, { name: 'Mine' }, open);
    expect(late).toMatchObject({
      status: 412,
      body: { code: 'version_conflict', by: { name: 'Mara Lindqvist' }, current: { name: 'For everybody' } },
    });
  });

  it('refuses a name that is missing or too long, a department of others, and customers', async () => {
    expect(errorsOf(await mara.post('/v1/projects', {}))).toEqual([['name', 'required']]);
    const wrong = { name: 'x'.repeat(121), departmentId: 'dept_legal' };
    expect(errorsOf(await mara.post('/v1/projects', wrong))).toEqual([
      ['name', 'too_long'],
      ['departmentId', 'not_found'],
    ]);
    expect(await nora.post('/v1/projects', { name: 'Ours' })).toMatchObject(
      forbidden('projects.agents-only'),
    );
  });

  it('CU-01 refuses what is neither a case nor a project', async () => {
    const project = await aProject(mara);
    const record = await tenant.aCase();
    const ask = { grantees: [QUIST] };
    for (const [path, unit, code] of [
      [`/v1/projects/${project.id}/grants`, 'inbox', 'unknown_value'],
      [`/v1/cases/${record.id}/grants`, 'tenant', 'unknown_value'],
      [`/v1/projects/${project.id}/grants`, 'case', 'invalid'],
      [`/v1/cases/${record.id}/grants`, 'project', 'invalid'],
    ] as const) {
      const answer = await mara.post<Problem>(path, { ...ask, unit });
      expect([answer.status, errorsOf(answer)]).toEqual([422, [['unit', code]]]);
    }
    const asked = await candidates(mara, 'customer', { caseId: record.id, projectId: project.id });
    expect(errorsOf(asked)).toEqual([['projectId', 'invalid']]);
    expect((await mara.post(`/v1/projects/${project.id}/grants`, { ...ask, unit: 'project' })).status).toBe(
      201,
    );
    expect((await mara.post(`/v1/cases/${record.id}/grants`, { ...ask, unit: 'case' })).status).toBe(201);
  });

  it('CU-09 makes a customer a follower, and refuses one that is not there', async () => {
    const project = await aProject(mara);
    const record = await tenant.aCase({ projectId: project.id });
    expect(record).toMatchObject({ project: { id: project.id, name: 'Fibre for the mill' } });
    const refused = await shareProject(mara, project.id, [QUIST, { kind: 'customer', id: 'cust_nobody' }]);
    expect([refused.status, errorsOf(refused)]).toEqual([422, [['grantees.1.id', 'not_found']]]);
    expect((await followersOf(mara, project.id)).items).toEqual([]);
    expect(await isListed(nora, record)).toBe(false);

    const shared = await shareProject(mara, project.id, [QUIST]);
    expect(shared).toMatchObject({
      status: 201,
      body: {
        items: [{ unit: 'project', unitId: project.id, grantee: { name: 'Quist & Daughters' } }],
        ignored: [],
        warnings: [],
      },
    });
    expect(await isListed(nora, record)).toBe(true);
    const again = await shareProject(mara, project.id, [QUIST]);
    expect(again.body.ignored).toEqual([{ field: 'grantees.0.id', code: 'already_shared' }]);
  });

  it('CU-10, CU-12 makes an organisation a follower: its people are counted and are those of the moment', async () => {
    const project = await aProject(mara);
    const record = await tenant.aCase({ projectId: project.id });
    const offered = await candidates(mara, 'organisation', { projectId: project.id, q: 'qu' });
    expect(offered.body.items).toMatchObject([{ name: 'Quist Group', people: 1, grantId: null }]);
    const { body } = await shareProject(mara, project.id, [QUIST_GROUP, NOBODY_YET]);
    expect(body.items).toMatchObject([
      { grantee: { name: 'Quist Group', people: 1 } },
      { grantee: { name: 'Nobody Yet', people: 0 } },
    ]);
    const marked = await candidates(mara, 'organisation', { projectId: project.id, q: 'qu' });
    expect(marked.body.items[0]?.grantId).toBe(body.items[0]?.id);
    const person = { sub: 'person_joined', kind: 'customer', customer: 'cust_quist' } as const;
    const joined = await tenant.as({ ...person, organisation: 'org_quist' });
    const left = await tenant.as({ ...person, sub: 'person_left' });
    expect(await isListed(joined, record)).toBe(true);
    expect(await isListed(left, record)).toBe(false);
    expect((await left.get(`/v1/cases/${record.id}`)).status).toBe(404);
    const people = (await followersOf(mara, project.id)).items.map(({ grantee }) => [
      grantee.name,
      grantee.people,
    ]);
    expect(people).toEqual([
      ['Nobody Yet', 0],
      ['Quist Group', 2],
    ]);
  });

  it('CU-11 lets only agents who can edit the project share it, with customers and organisations', async () => {
    const project = await aProject(mara, { departmentId: 'dept_care' });
    const path = `/v1/projects/${project.id}/grants`;
    expect((await tenant.technician.get(path)).status).toBe(404);
    expect((await shareProject(tenant.technician, project.id, [QUIST])).status).toBe(404);
    const kinds = forbidden('projects.kind');
    for (const grantee of [
      { kind: 'person', id: 'person_leo' },
      { kind: 'department', id: 'dept_legal' },
    ] as const) {
      expect(await shareProject(mara, project.id, [grantee])).toMatchObject(kinds);
      expect(await candidates(mara, grantee.kind, { projectId: project.id })).toMatchObject(kinds);
    }
    await shareProject(mara, project.id, [QUIST]);
    const follower = (await nora.get<Project>(`/v1/projects/${project.id}`)).body;
    expect(follower.permissions).toMatchObject({ view: { allowed: true }, share: { allowed: false } });
    expect(follower).not.toHaveProperty('department');
    const mine = forbidden('projects.agents-only');
    expect(await nora.get(path)).toMatchObject(mine);
    expect(await shareProject(nora, project.id, [QUIST_GROUP])).toMatchObject(mine);
    expect(await candidates(nora, 'customer', { projectId: project.id })).toMatchObject(mine);
    expect((await followersOf(tenant.otherAgent, project.id)).share).toMatchObject({
      customer: { allowed: true },
      organisation: { allowed: true },
      person: { allowed: false, rule: 'projects.kind' },
    });
  });

  it('decision 9 keeps organisations off until an administrator turns them on', async () => {
    const own = await aTenant(await theApp(), moreToShareWith);
    const project = await aProject(own.agent);
    expect(await shareProject(own.agent, project.id, [QUIST_GROUP])).toMatchObject(
      forbidden('organisations.off'),
    );
    expect((await shareProject(own.agent, project.id, [QUIST])).status).toBe(201);
  });

  it('CU-06 discloses earlier public notes on any case of the project only when told to', async () => {
    const project = await aProject(mara);
    const record = await tenant.aCase({ projectId: project.id });
    const early = await tenant.aNote(record.id, { visibility: 'public', text: 'Early.' });
    expect(await shareProject(mara, project.id, [QUIST])).toMatchObject({
      status: 409,
      body: {
        code: 'history_disclosure_unconfirmed',
        current: { count: 1, oldest: early.at, recipients: ['Pia Moreau'] },
      },
    });
    expect((await shareProject(mara, project.id, [QUIST], { history: 'none' })).status).toBe(201);
    await tenant.aNote(record.id, { visibility: 'public', text: 'Late.' });
    const { body } = await nora.get<Page<{ text: string }>>(`/v1/cases/${record.id}/notes?count=true`);
    expect(body).toMatchObject({ total: 1, items: [{ text: 'Late.' }] });
  });

  it('CU-06 counts what was written to those who follow, and names nobody of a case that is hidden from who shares', async () => {
    const own = await aTenant(await theApp(), moreToShareWith);
    await setSharing(own, { organisations: true });
    const project = await aProject(own.agent);
    const early = await own.agent.post<{ at: string }>(`/v1/projects/${project.id}/messages`, {
      text: 'We begin in May.',
    });
    const ask = (by: Caller, grantee: typeof QUIST | typeof QUIST_GROUP | typeof ALDERMILL = QUIST) =>
      shareProject(by, project.id, [grantee]);
    expect(await ask(own.agent)).toMatchObject({
      status: 409,
      body: {
        code: 'history_disclosure_unconfirmed',
        current: { count: 1, oldest: early.body.at, recipients: [], otherOrganisations: true },
      },
    });
    // Leo's is the network's, and Mara is of another department; Pia's is hers.
    const leos = await own.aCase({ contactMethod: 'portal' }, own.colleague);
    const pias = await own.aCase({ contactMethod: 'portal' }, own.customer);
    for (const [{ id }, departmentId] of [
      [leos, 'dept_network'],
      [pias, 'dept_care'],
    ] as const) {
      const { body } = await own.administrator.get<Case>(`/v1/cases/${id}`);
      await own.administrator.patch(`/v1/cases/${id}`, { departmentId, projectId: project.id }, body);
      await own.aNote(id, { visibility: 'public', text: 'Early.' }, own.administrator);
    }
    expect((await ask(own.agent)).body.current).toMatchObject({
      count: 3,
      recipients: ['Pia Moreau'],
      otherOrganisations: true,
    });
    expect((await ask(own.technician)).body.current).toMatchObject({ count: 3, recipients: ['Leo Aske'] });
    expect((await ask(own.administrator)).body.current).toMatchObject({
      recipients: ['Leo Aske', 'Pia Moreau'],
    });
    expect((await ask(own.agent, ALDERMILL)).body.current).toMatchObject({ otherOrganisations: false });
    expect((await shareProject(own.agent, project.id, [QUIST], { history: 'include' })).status).toBe(201);
    expect((await ask(own.agent, QUIST_GROUP)).body.current).toMatchObject({
      recipients: ['Pia Moreau', 'Quist & Daughters'],
    });
  });

  it('CU-06 a new conversation begins for whatever is moved into the project later, and for its messages', async () => {
    const project = await aProject(mara);
    const record = await tenant.aCase();
    await tenant.aNote(record.id, { visibility: 'public', text: 'Early elsewhere.' });
    const messages = `/v1/projects/${project.id}/messages`;
    await mara.post(messages, { text: 'Early message.' });
    expect((await shareProject(mara, project.id, [QUIST], { history: 'none' })).status).toBe(201);
    expect((await move(mara, record.id, project.id)).status).toBe(200);
    await tenant.aNote(record.id, { visibility: 'public', text: 'Late.' });
    await mara.post(messages, { text: 'Late message.' });
    for (const [path, text] of [
      [`/v1/cases/${record.id}/notes`, 'Late.'],
      [messages, 'Late message.'],
    ] as const) {
      expect((await nora.get(`${path}?count=true`)).body).toMatchObject({ total: 1, items: [{ text }] });
      expect((await mara.get(`${path}?count=true`)).body).toMatchObject({ total: 2 });
    }
    // Who reads everything of one of them reads everything.
    const whole = await aProject(mara);
    await mara.post(`/v1/projects/${whole.id}/messages`, { text: 'Early message.' });
    await shareProject(mara, whole.id, [QUIST], { history: 'include' });
    expect((await nora.get(`/v1/projects/${whole.id}/messages?count=true`)).body).toMatchObject({ total: 1 });
  });

  it('CU-13 changes and ends a share by its address, guarded, and tells who ended it', async () => {
    const project = await aProject(mara);
    const { body } = await shareProject(mara, project.id, [QUIST]);
    const [grant] = body.items;
    const path = `/v1/grants/${grant?.id}`;
    const version = grant?.version ?? '';
    expect(await mara.patch(path, { level: 'view' }, { version })).toMatchObject(
      forbidden('sharing.administrator'),
    );
    expect((await nora.patch(path, { level: 'view' }, { version })).status).toBe(403);
    const changed = await tenant.administrator.patch<{ level: string }>(path, { level: 'view' }, { version });
    expect(changed.body).toMatchObject({ level: 'view', version: '2' });
    expect((await tenant.administrator.patch(path, { level: 'collaborate' }, { version })).status).toBe(412);
    expect((await nora.delete(path)).status).toBe(403);
    expect((await mara.delete(path)).status).toBe(204);
    expect(await tenant.otherAgent.delete(path)).toMatchObject({
      status: 410,
      body: { code: 'gone', by: { name: 'Mara Lindqvist' } },
    });
    expect((await nora.get(`/v1/projects/${project.id}`)).status).toBe(404);
  });

  it('CU-14, CU-15 lists the projects shared with a customer or organisation, as far as the reader may know', async () => {
    const own = await aTenant(await theApp(), moreToShareWith);
    await setSharing(own, { organisations: true });
    await showProjects(own, true);
    const [open, care] = [
      await aProject(own.agent, { name: 'Open' }),
      await aProject(own.agent, { name: 'Of Care', departmentId: 'dept_care' }),
    ];
    for (const { id } of [open, care]) await shareProject(own.agent, id, [QUIST, QUIST_GROUP]);
    await aProject(own.agent, { name: 'Shared with nobody' });
    const shared = async (by: Caller, path: string) => {
      const { status, body } = await by.get<Page<Project>>(`${path}/shared-projects?count=true`);
      if (status !== 200) return status;
      expect(body.total).toBe(body.items.length);
      return namesOf(body);
    };
    for (const path of ['/v1/customers/cust_quist', '/v1/organisations/org_quist']) {
      expect(await shared(own.agent, path)).toEqual(['Of Care', 'Open']);
      expect(await shared(own.technician, path)).toEqual(['Open']);
    }
    expect(await shared(own.outsider, '/v1/customers/cust_quist')).toEqual(['Of Care', 'Open']);
    expect(await shared(own.agent, '/v1/customers/cust_harbour')).toEqual([]);
    for (const path of ['/v1/customers/cust_nobody', '/v1/organisations/org_nobody']) {
      expect(await shared(own.agent, path)).toBe(404);
    }
    for (const path of ['/v1/customers/cust_quist', '/v1/organisations/org_quist']) {
      expect(await shared(own.customer, path)).toBe(404);
    }
    // One source: who follows is the same in the window, on the project and with the customer.
    const [first] = (await followersOf(own.agent, open.id)).items;
    await own.agent.delete(`/v1/grants/${first?.id}`);
    expect((await followersOf(own.agent, open.id)).items).toHaveLength(1);
    expect(await shared(own.agent, '/v1/customers/cust_quist')).toEqual(['Of Care']);
    expect(await shared(own.agent, '/v1/organisations/org_quist')).toEqual(['Of Care', 'Open']);
  });

  it('CU-15 lists the cases shared with a customer or organisation themselves', async () => {
    const record = await tenant.aCase({ subject: 'Shared alone' });
    await mara.post(`/v1/cases/${record.id}/grants`, {
      grantees: [{ kind: 'customer', id: 'cust_harbour' }],
    });
    const path = '/v1/cases?count=true&sharedWithCustomerId=cust_harbour';
    expect((await mara.get(path)).body).toMatchObject({ total: 1, items: [{ id: record.id }] });
    const other = '/v1/cases?count=true&sharedWithOrganisationId=org_empty';
    expect((await mara.get(other)).body).toMatchObject({ total: 0 });
  });

  it('CU-18 says which automations write to followers, before and when one is added', async () => {
    const own = await aTenant(await theApp(), moreToShareWith);
    await showProjects(own, true);
    await changeSettings(own, {
      automations: [
        { id: 'weekly', label: 'Weekly progress mail' },
        { id: 'old', label: 'Old reminder', retired: true },
      ],
    });
    const project = await aProject(own.agent);
    const warnings = [{ code: 'automations', names: ['Weekly progress mail'] }];
    expect((await followersOf(own.agent, project.id)).warnings).toEqual(warnings);
    expect((await shareProject(own.agent, project.id, [QUIST])).body.warnings).toEqual(warnings);
    // What they are called is the house's own.
    const settings = await own.outsider.get<object>('/v1/settings');
    expect(settings.body).not.toHaveProperty('automations');
    expect(JSON.stringify(settings.body)).not.toContain('Weekly progress mail');
  });

  it('CU-23 tells who shares that the portal does not show projects; then followers see nothing', async () => {
    const own = await aTenant(await theApp(), moreToShareWith);
    const project = await aProject(own.agent);
    const record = await own.aCase({ projectId: project.id });
    const warnings = [{ code: 'portal_hides_projects' }];
    expect((await followersOf(own.agent, project.id)).warnings).toEqual(warnings);
    expect((await shareProject(own.agent, project.id, [QUIST])).body.warnings).toEqual(warnings);
    expect(await isListed(own.outsider, record)).toBe(false);
    for (const path of [`/v1/cases/${record.id}`, `/v1/projects/${project.id}`]) {
      expect((await own.outsider.get(path)).status).toBe(404);
    }
    expect((await own.outsider.get('/v1/projects?count=true')).body).toMatchObject({ total: 0 });
    await showProjects(own, true);
    expect(await isListed(own.outsider, record)).toBe(true);
    expect((await followersOf(own.agent, project.id)).warnings).toEqual([]);
    expect((await move(own.agent, record.id, null)).status).toBe(200);
  });
});
