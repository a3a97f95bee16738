import { describe, expect, it, vi } from 'vitest';

import type { Case } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Grant } from '../../src/contract/grants.js';
import type { TimelineEntry } from '../../src/contract/notes.js';
import type { Problem } from '../../src/contract/problem.js';
import { aClosure, aNewCase, aNewNote, aTenant, type TestTenant } from '../support/app.js';
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

const NETWORK = { kind: 'department', id: 'dept_network' } as const;
const LEGAL = { kind: 'department', id: 'dept_legal' } as const;

/** A tenant where customer service may share between departments. Mara has Customer Care, Yuki Network. */
async function aSharingTenant(): Promise<TestTenant> {
  const tenant = await aTenant(await theApp(), moreToShareWith);
  await setSharing(tenant, { departmentRoles: ['customer-service'] });
  return tenant;
}

/** A case of Customer Care. */
function caresCase(tenant: TestTenant, change: Record<string, unknown> = {}): Promise<Case> {
  return tenant.aCase({ departmentId: 'dept_care', ...change });
}

const forbidden = (rule: string) => ({ status: 403, body: { code: 'forbidden', rule } });

describe('sharing with departments', () => {
  it('DE-01 is off until an administrator names the roles that may', async () => {
    const tenant = await aTenant(await theApp(), moreToShareWith);
    const record = await caresCase(tenant);
    for (const by of [tenant.agent, tenant.otherAgent]) {
      expect(await share(by, record.id, [NETWORK])).toMatchObject(forbidden('departments.off'));
      expect((await grantsOf(by, record.id)).share['department']).toMatchObject({ allowed: false });
    }
    const { body: settings } = await tenant.agent.get<{ version: string }>('/v1/settings');
    const change = { sharing: { departmentRoles: ['customer-service'] } };
    expect(await tenant.agent.patch('/v1/settings', change, settings)).toMatchObject({ status: 403 });
    await setSharing(tenant, change.sharing);
    expect((await grantsOf(tenant.agent, record.id)).share['department']).toMatchObject({ allowed: true });
    expect((await share(tenant.agent, record.id, [NETWORK])).status).toBe(201);
    expect(await share(tenant.otherAgent, record.id, [LEGAL])).toMatchObject(
      forbidden('departments.permission'),
    );
  });

  it('DE-02, DE-03, decision 9 has three levels, full unless told; the usual one is a setting', async () => {
    const tenant = await aSharingTenant();
    const levels = ['full', 'restricted', 'read-only'];
    for (const level of levels) {
      expect(await aGrant(tenant.agent, (await caresCase(tenant)).id, { ...NETWORK, level })).toMatchObject({
        level,
      });
    }
    const record = await caresCase(tenant);
    for (const level of ['collaborate', 'view', 'owner', 'FULL']) {
      const refused = await share(tenant.agent, record.id, [{ ...NETWORK, level }]);
      expect(refused.body.errors).toMatchObject([{ field: 'grantees.0.level', code: 'unknown_value' }]);
    }
    const grant = await aGrant(tenant.agent, record.id, NETWORK);
    expect(grant.level).toBe('full');
    const other = await tenant.agent.patch<Problem>(`/v1/grants/${grant.id}`, { level: 'owner' }, grant);
    expect(other.body.errors).toMatchObject([{ field: 'level', code: 'unknown_value' }]);
    await setSharing(tenant, { departmentLevel: 'read-only' });
    expect((await aGrant(tenant.agent, record.id, LEGAL)).level).toBe('read-only');
  });

  it.each(['full', 'restricted', 'read-only'])(
    'DE-04, DE-05 keeps status and assignee from a department that has the case at level %s',
    async (level) => {
      const tenant = await aSharingTenant();
      const record = await caresCase(tenant);
      await aGrant(tenant.agent, record.id, { ...NETWORK, level });
      const yuki = tenant.technician;
      const path = `/v1/cases/${record.id}`;
      const status = forbidden('recipient_cannot_set_status');
      expect(await yuki.post(`${path}/close`, aClosure(), record)).toMatchObject(status);
      const bulk = await yuki.post<{ results: { problem: Problem }[] }>('/v1/cases/bulk', {
        action: 'close',
        cases: [{ id: record.id }],
        ...aClosure(),
      });
      expect(bulk.body.results[0]?.problem.rule).toBe('recipient_cannot_set_status');
      const assignee = level === 'full' ? 'recipient_cannot_set_assignee' : 'grant.level';
      // DE-06: the subject could be changed at the full level, but not along with the assignee.
      const both = { subject: 'Taken over', assigneeId: 'person_yuki' };
      expect(await yuki.patch(path, both, record)).toMatchObject(forbidden(assignee));
      expect(await yuki.patch(path, { departmentId: 'dept_network' }, record)).toMatchObject(
        forbidden(assignee),
      );
      const { body: closed } = await tenant.agent.post<Case>(`${path}/close`, aClosure(), record);
      const reopening = { reason: 'not-solved', note: 'Again.' };
      expect(await yuki.post(`${path}/reopen`, reopening, closed)).toMatchObject(status);
      expect((await yuki.get<Case>(path)).body).toMatchObject({ subject: record.subject, status: 'closed' });
    },
  );

  it('DE-06 lets the full level answer the customer and edit', async () => {
    const tenant = await aSharingTenant();
    const record = await caresCase(tenant);
    await aGrant(tenant.agent, record.id, NETWORK);
    const yuki = tenant.technician;
    await tenant.aNote(record.id, { visibility: 'public' }, yuki);
    await tenant.aNote(record.id, {}, yuki);
    const { body: current } = await yuki.get<Case>(`/v1/cases/${record.id}`);
    const edited = await yuki.patch<Case>(`/v1/cases/${record.id}`, { priority: 'high' }, current);
    expect(edited).toMatchObject({ status: 200, body: { priority: 'high' } });
    expect(edited.body.permissions).toMatchObject({
      reply: { allowed: true },
      edit: { allowed: true },
      close: { allowed: false, rule: 'recipient_cannot_set_status' },
      share: { allowed: false, rule: 'child_cannot_reshare' },
    });
  });

  it.each(['restricted', 'read-only'])(
    'DE-08, DE-09, DE-10, DE-11 lets level %s comment privately, and neither answer the customer nor edit',
    async (level) => {
      const tenant = await aSharingTenant();
      const record = await caresCase(tenant);
      await aGrant(tenant.agent, record.id, { ...NETWORK, level });
      const yuki = tenant.technician;
      const notes = `/v1/cases/${record.id}/notes`;
      expect((await yuki.post(notes, aNewNote({ text: 'Line is fine.' }))).status).toBe(201);
      const sent = await yuki.post(notes, aNewNote({ visibility: 'public' }));
      expect(sent).toMatchObject(forbidden('grant.level'));
      expect(await yuki.patch(`/v1/cases/${record.id}`, { priority: 'low' }, record)).toMatchObject(
        forbidden('grant.level'),
      );
      const { body } = await tenant.agent.get<Page<{ text: string; visibility: string }>>(notes);
      expect(body.items).toMatchObject([{ text: 'Line is fine.', visibility: 'internal' }]);
    },
  );

  it('DE-13, DE-21 shares with several at once, each at its own level: all of them, or none', async () => {
    const tenant = await aSharingTenant();
    const record = await caresCase(tenant);
    for (const [bad, code] of [
      [NETWORK, 'duplicate'],
      [{ kind: 'department', id: 'dept_nowhere' }, 'not_found'],
      [{ kind: 'department', id: 'dept_care' }, 'self_share'],
    ] as const) {
      const refused = await share(tenant.agent, record.id, [NETWORK, LEGAL, bad]);
      expect(refused.body.errors).toMatchObject([{ field: 'grantees.2.id', code }]);
      expect(await granteesSeen(tenant.agent, record.id)).toEqual([]);
    }
    const { body } = await share(tenant.agent, record.id, [{ ...NETWORK, level: 'restricted' }, LEGAL]);
    expect(body.items.map(({ grantee, level }) => [grantee.name, level])).toEqual([
      ['Network', 'restricted'],
      ['Legal', 'full'],
    ]);
  });

  it('DE-14, DE-17, DE-24, DE-25 lets a department that received a case neither share, unshare nor change levels', async () => {
    const tenant = await aSharingTenant();
    const record = await caresCase(tenant);
    const grant = await aGrant(tenant.agent, record.id, NETWORK);
    const yuki = tenant.technician;
    for (const grantee of [LEGAL, { kind: 'customer', id: 'cust_harbour' } as const]) {
      expect(await share(yuki, record.id, [grantee])).toMatchObject(forbidden('child_cannot_reshare'));
    }
    expect(await candidates(yuki, 'department', { caseId: record.id })).toMatchObject(
      forbidden('child_cannot_reshare'),
    );
    expect(await yuki.delete(`/v1/grants/${grant.id}`)).toMatchObject(forbidden('child_cannot_unshare'));
    expect(await yuki.patch(`/v1/grants/${grant.id}`, { level: 'full' }, grant)).toMatchObject(
      forbidden('child_cannot_change_level'),
    );
    const { body } = await yuki.get<Case>(`/v1/cases/${record.id}`);
    expect(body.permissions).toMatchObject({
      share: { allowed: false, rule: 'child_cannot_reshare' },
      unshare: { allowed: false, rule: 'child_cannot_unshare' },
      changeLevel: { allowed: false, rule: 'child_cannot_change_level' },
    });
  });

  it('DE-15, DE-16 is one case in every department: what one changes the other has', async () => {
    const tenant = await aSharingTenant();
    const record = await caresCase(tenant);
    await aGrant(tenant.agent, record.id, NETWORK);
    const reader = await readEvents(tenant.agent);
    const path = `/v1/cases/${record.id}`;
    await tenant.technician.patch(path, { subject: 'Two debits in one night' }, record);
    await vi.waitFor(
      () =>
        expect(reader.events.map(({ event }) => event)).toMatchObject([
          { kind: 'case.updated', caseId: record.id },
        ]),
      60_000,
    );
    reader.leave();
    const [mara, yuki] = [await tenant.agent.get<Case>(path), await tenant.technician.get<Case>(path)];
    expect({ ...mara.body, permissions: {} }).toEqual({ ...yuki.body, permissions: {} });
    expect(mara.body).toMatchObject({
      id: record.id,
      number: record.number,
      subject: 'Two debits in one night',
    });
    const all = await tenant.administrator.get<Page<Case>>('/v1/cases?count=true');
    expect(all.body).toMatchObject({ total: 1, items: [{ id: record.id }] });
  });

  it('DE-19 offers the other departments; one that has the case gets another level instead', async () => {
    const tenant = await aSharingTenant();
    const record = await caresCase(tenant);
    const grant = await aGrant(tenant.agent, record.id, NETWORK);
    const { body } = await candidates(tenant.agent, 'department', { caseId: record.id });
    expect(body.items).toEqual([
      { kind: 'department', id: 'dept_legal', name: 'Legal', grantId: null },
      { kind: 'department', id: 'dept_network', name: 'Network', grantId: grant.id },
    ]);
    const found = await candidates(tenant.agent, 'department', { caseId: record.id, q: 'net' });
    expect(found.body.items.map(({ name }) => name)).toEqual(['Network']);
    const again = await share(tenant.agent, record.id, [{ ...NETWORK, level: 'read-only' }]);
    expect(again.body.errors).toMatchObject([{ field: 'grantees.0.id', code: 'already_shared' }]);
    expect((await grantsOf(tenant.agent, record.id)).items[0]?.level).toBe('full');
    const without = await candidates(tenant.agent, 'department');
    expect(without.body.errors).toMatchObject([{ field: 'caseId', code: 'required' }]);
  });

  it('DE-22 is in no list, count or search of the department that received it', async () => {
    const tenant = await aSharingTenant();
    const record = await caresCase(tenant, { subject: 'Fibre cut in Mill Lane', tags: ['fibre'] });
    await aGrant(tenant.agent, record.id, NETWORK);
    const yuki = tenant.technician;
    expect((await yuki.get(`/v1/cases/${record.id}`)).status).toBe(200);
    expect(await isListed(yuki, record)).toBe(false);
    expect((await yuki.get<Page<unknown>>('/v1/tags')).body.items).toEqual([]);
    const csv = await yuki.get<string>('/v1/cases/export');
    expect(csv.body).not.toContain('Mill Lane');
    expect(await isListed(tenant.agent, record)).toBe(true);
  });

  it('DE-23 tells the department that received it from whom, at which level; others’ shares are not its to know', async () => {
    const tenant = await aSharingTenant();
    const record = await caresCase(tenant);
    await share(tenant.agent, record.id, [{ ...NETWORK, level: 'restricted' }, LEGAL]);
    const yuki = tenant.technician;
    const { items } = await grantsOf(yuki, record.id);
    expect(items).toMatchObject([
      { grantee: { id: 'dept_network' }, level: 'restricted', givenBy: { name: 'Mara Lindqvist' } },
    ]);
    expect((await yuki.get<Case>(`/v1/cases/${record.id}`)).body.department?.name).toBe('Customer Care');
    const [theirs] = (await grantsOf(tenant.agent, record.id)).items.filter(
      ({ grantee }) => grantee.id === 'dept_legal',
    );
    expect((await yuki.delete(`/v1/grants/${theirs?.id ?? ''}`)).status).toBe(404);
    const path = `/v1/cases/${record.id}/timeline`;
    for (const by of [yuki, tenant.customer]) {
      const { body } = await by.get<Page<TimelineEntry>>(path);
      expect(JSON.stringify(body)).not.toMatch(/department-sharing|Legal/);
    }
    const { body } = await tenant.agent.get<Page<TimelineEntry>>(`${path}?kind=department-sharing`);
    expect(body.items[0]?.changes).toMatchObject([
      { field: 'department', to: { name: 'Network', level: 'restricted' } },
      { field: 'department', to: { name: 'Legal', level: 'full' } },
    ]);
  });

  it('DE-26, DE-27 ends a share at once, and a second time says by whom and when', async () => {
    const tenant = await aSharingTenant();
    const record = await caresCase(tenant);
    const grant = await aGrant(tenant.agent, record.id, NETWORK);
    const [network, customer] = [await readEvents(tenant.technician), await readEvents(tenant.customer)];
    expect((await tenant.agent.delete(`/v1/grants/${grant.id}`)).status).toBe(204);
    await vi.waitFor(
      () =>
        expect(network.events.map(({ event }) => event)).toMatchObject([
          { kind: 'case.hidden', caseId: record.id },
        ]),
      60_000,
    );
    expect((await tenant.technician.get(`/v1/cases/${record.id}`)).status).toBe(404);
    const note = await tenant.technician.post(`/v1/cases/${record.id}/notes`, aNewNote());
    expect(note.status).toBe(404);
    expect(await tenant.agent.delete<Problem>(`/v1/grants/${grant.id}`)).toMatchObject({
      status: 410,
      body: { code: 'gone', by: { id: 'person_mara', name: 'Mara Lindqvist' } },
    });
    // The customer hears of the next public note, and of nothing that went on between departments.
    await tenant.aNote(record.id, { visibility: 'public' });
    await vi.waitFor(
      () => expect(customer.events.map(({ event }) => event.kind)).toEqual(['note.created']),
      60_000,
    );
    for (const reader of [network, customer]) reader.leave();
  });

  it('DE-35 shares where the case cannot be moved', async () => {
    const tenant = await aSharingTenant();
    // Tomás, of no other department, has no right of a role to share; Mara shares without moving the case.
    const record = await caresCase(tenant);
    await aGrant(tenant.agent, record.id, NETWORK);
    expect((await tenant.agent.get<Case>(`/v1/cases/${record.id}`)).body.department?.id).toBe('dept_care');
    const moved = await tenant.technician.patch(
      `/v1/cases/${record.id}`,
      { departmentId: 'dept_network' },
      record,
    );
    expect(moved).toMatchObject(forbidden('recipient_cannot_set_assignee'));
  });

  it('DE-36 lets the owning department change a level later: what is then sent is refused', async () => {
    const tenant = await aSharingTenant();
    const record = await caresCase(tenant);
    const grant = await aGrant(tenant.agent, record.id, NETWORK);
    const reader = await readEvents(tenant.technician);
    const lowered = await tenant.agent.patch<Grant>(`/v1/grants/${grant.id}`, { level: 'read-only' }, grant);
    expect(lowered).toMatchObject({ status: 200, body: { level: 'read-only', version: '2' } });
    expect(lowered.headers.get('etag')).toBe('"2"');
    await vi.waitFor(
      () => expect(reader.events.map(({ event }) => event)).toMatchObject([{ kind: 'case.access-changed' }]),
      60_000,
    );
    reader.leave();
    const notes = `/v1/cases/${record.id}/notes`;
    const sent = await tenant.technician.post(notes, aNewNote({ visibility: 'public' }));
    expect(sent).toMatchObject(forbidden('grant.level'));
    const late = await tenant.agent.patch<Problem>(`/v1/grants/${grant.id}`, { level: 'full' }, grant);
    expect(late).toMatchObject({
      status: 412,
      body: { code: 'version_conflict', by: { id: 'person_mara' }, current: lowered.body },
    });
    const same = await tenant.agent.patch<Grant>(
      `/v1/grants/${grant.id}`,
      { level: 'read-only' },
      lowered.body,
    );
    expect(same.body.version).toBe('2');
  });

  it('DE-17 widens nothing once the case is closed, but narrows and ends', async () => {
    const tenant = await aSharingTenant();
    const record = await caresCase(tenant);
    const given = await aGrant(tenant.agent, record.id, {
      ...NETWORK,
      level: 'restricted',
      expiresAt: '2098-05-01',
    });
    await tenant.agent.post(`/v1/cases/${record.id}/close`, aClosure(), record);
    const path = `/v1/grants/${given.id}`;
    for (const wider of [{ level: 'full' }, { expiresAt: null }, { expiresAt: '2098-05-02' }]) {
      const refused = await tenant.agent.patch<Problem>(path, wider, given);
      expect(refused).toMatchObject({ status: 409, body: { code: 'case_closed' } });
    }
    const narrower = { level: 'read-only', expiresAt: '2098-04-30' };
    const narrowed = await tenant.agent.patch<Grant>(path, narrower, given);
    expect(narrowed).toMatchObject({
      status: 200,
      body: { level: 'read-only', expiresAt: '2098-04-30T00:00:00.000Z' },
    });
    expect((await tenant.agent.delete(path)).status).toBe(204);
  });

  it('is the owning department’s alone: not that of other agents, administrators or the assignee', async () => {
    const tenant = await aSharingTenant();
    const record = await caresCase(tenant, { assigneeId: 'person_yuki' });
    const refusal = forbidden('only_owning_department_may_share');
    expect(await share(tenant.administrator, record.id, [NETWORK])).toMatchObject(refusal);
    expect(await share(tenant.technician, record.id, [LEGAL])).toMatchObject(refusal);
    expect(await share(tenant.customer, record.id, [LEGAL])).toMatchObject(
      forbidden('departments.agents-only'),
    );
    const nobodys = await tenant.aCase();
    expect(await share(tenant.agent, nobodys.id, [LEGAL])).toMatchObject(forbidden('departments.none'));
  });

  it('decision 7 follows who belongs to a department: who joins gains, who leaves loses', async () => {
    const tenant = await aSharingTenant();
    const record = await caresCase(tenant);
    await aGrant(tenant.agent, record.id, LEGAL);
    const person = { sub: 'person_lin', roles: ['customer-service'] };
    const joined = await tenant.as({ ...person, departments: ['dept_legal'] });
    const left = await tenant.as({ ...person, departments: [] });
    expect((await joined.get(`/v1/cases/${record.id}`)).status).toBe(200);
    expect((await left.get(`/v1/cases/${record.id}`)).status).toBe(404);
    // CC-01: a department's case is for those in it who work on cases.
    const finance = await tenant.as({ ...person, roles: ['finance'], departments: ['dept_legal'] });
    expect(await finance.get(`/v1/cases/${record.id}`)).toMatchObject(forbidden('cases.role'));
  });

  it('shares while creating, by the department the case is given to', async () => {
    const tenant = await aSharingTenant();
    const record = await caresCase(tenant, { shareWith: [{ ...NETWORK, level: 'restricted' }] });
    expect((await grantsOf(tenant.technician, record.id)).items[0]?.level).toBe('restricted');
    const nobodys = await tenant.agent.post('/v1/cases', aNewCase({ shareWith: [NETWORK] }));
    expect(nobodys).toMatchObject(forbidden('departments.none'));
    const twice = await tenant.agent.post<Problem>(
      '/v1/cases',
      aNewCase({ departmentId: 'dept_care', shareWith: [NETWORK, NETWORK] }),
    );
    expect(twice.body.errors).toMatchObject([{ field: 'shareWith.1.id', code: 'duplicate' }]);
  });

  it('DE-01, DE-26 lets administrators end what nobody else can end any more, and no more than that', async () => {
    const tenant = await aSharingTenant();
    const [off, moved] = [await caresCase(tenant), await caresCase(tenant)];
    const [one, other] = [
      await aGrant(tenant.agent, off.id, NETWORK),
      await aGrant(tenant.agent, moved.id, NETWORK),
    ];
    const iris = tenant.administrator;
    const end = (by: typeof iris, { id }: Grant) => by.delete(`/v1/grants/${id}`);
    expect(await end(iris, one)).toMatchObject(forbidden('only_owning_department_may_share'));
    await tenant.agent.patch(`/v1/cases/${moved.id}`, { departmentId: null }, moved);
    expect(await end(tenant.agent, other)).toMatchObject(forbidden('departments.none'));
    expect((await end(iris, other)).status).toBe(204);
    await setSharing(tenant, { departmentRoles: [] });
    expect(await end(tenant.agent, one)).toMatchObject(forbidden('departments.off'));
    const [listed] = (await grantsOf(iris, off.id)).items;
    expect(listed?.permissions).toMatchObject({
      revoke: { allowed: true, rule: 'sharing.administrator' },
      changeLevel: { allowed: false },
      changeExpiry: { allowed: false },
    });
    expect(await share(iris, off.id, [LEGAL])).toMatchObject(forbidden('only_owning_department_may_share'));
    expect((await end(iris, one)).status).toBe(204);
    expect((await tenant.technician.get(`/v1/cases/${off.id}`)).status).toBe(404);
  });
});
