import { beforeEach, describe, expect, it } from 'vitest';

import type { Case, CaseSummary } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Candidate, Grant, GrantList, GrantsAnswer } from '../../src/contract/grants.js';
import type { Problem } from '../../src/contract/problem.js';
import { aDeskScene, type DeskScene } from '../support/fake-zoho-desk/scene.js';

describe('Shared departments of Zoho Desk', () => {
  let scene: DeskScene;
  beforeEach(async () => {
    scene = await aDeskScene();
  });

  const department = (id: string, level?: string) => ({
    grantees: [{ kind: 'department', id, ...(level !== undefined && { level }) }],
  });
  const listOf = async (caseId: string) =>
    (await scene.lea.get<GrantList>(`/v1/cases/${caseId}/grants`)).body.items;
  const seenBy = async (caseId: string) =>
    (await scene.ben.get<Case>(`/v1/cases/${caseId}`)).body.permissions;

  it('are grants: given, changed and ended as a whole list, and read back', async () => {
    const { lea, departments, world, aTicket } = scene;
    const ticket = aTicket({ sharedDepartments: [{ id: departments.field.id, type: 'READ_WRITE' }] });
    const path = `/v1/cases/${ticket.id}/grants`;
    const given = await lea.post<GrantsAnswer>(path, department(departments.billing.id, 'read-only'));
    expect(given.status).toBe(201);
    expect(given.body.items).toMatchObject([
      { grantee: { kind: 'department', name: 'Billing' }, level: 'read-only', expiresAt: null },
    ]);
    expect(world.tickets.get(ticket.id)?.sharedDepartments).toEqual([
      { id: departments.field.id, type: 'READ_WRITE' },
      { id: departments.billing.id, type: 'READ_ONLY' },
    ]);
    const [, grant] = await listOf(ticket.id);
    const changed = await lea.patch<Grant>(
      `/v1/grants/${grant?.id ?? ''}`,
      { level: 'restricted' },
      { version: grant?.version ?? '' },
    );
    expect(changed.body.level).toBe('restricted');
    const stale = await lea.patch<Problem>(
      `/v1/grants/${grant?.id ?? ''}`,
      { level: 'full' },
      { version: grant?.version ?? '' },
    );
    expect([stale.status, stale.body.code]).toEqual([412, 'version_conflict']);
    expect((await lea.delete(`/v1/grants/${grant?.id ?? ''}`)).status).toBe(204);
    expect(world.tickets.get(ticket.id)?.sharedDepartments).toEqual([
      { id: departments.field.id, type: 'READ_WRITE' },
    ]);
    const gone = await lea.delete<Problem>(`/v1/grants/${grant?.id ?? ''}`);
    expect([gone.status, gone.body.code]).toEqual([410, 'gone']);
  });

  it.each([
    ['full', { view: true, reply: true, addInternalNote: true, edit: true, close: false, share: false }],
    [
      'restricted',
      { view: true, reply: false, addInternalNote: true, edit: false, close: false, share: false },
    ],
    [
      'read-only',
      { view: true, reply: false, addInternalNote: false, edit: false, close: false, share: false },
    ],
  ] as const)('%s lets the receiving department do so much and no more', async (level, expected) => {
    const { lea, ben, departments, aTicket } = scene;
    const ticket = aTicket();
    await lea.post(`/v1/cases/${ticket.id}/grants`, department(departments.billing.id, level));
    const permissions = await seenBy(ticket.id);
    const told = Object.keys(expected).map((action) => [action, permissions[action]?.allowed]);
    expect(Object.fromEntries(told)).toEqual(expected);
    // What is said is kept as well.
    const { version } = (await ben.get<Case>(`/v1/cases/${ticket.id}`)).body;
    const edit = await ben.patch<Problem>(`/v1/cases/${ticket.id}`, { subject: 'x' }, { version });
    expect(edit.status).toBe(expected.edit ? 200 : 403);
    const close = await ben.post<Problem>(
      `/v1/cases/${ticket.id}/close`,
      { reason: 'resolved', note: 'Seen' },
      { version: (await ben.get<Case>(`/v1/cases/${ticket.id}`)).body.version },
    );
    expect([close.status, close.body.rule]).toEqual([403, 'grant.level']);
    const note = { visibility: 'internal', subject: 'follow-up', text: 'Seen' };
    const noted = await ben.post(`/v1/cases/${ticket.id}/notes`, note);
    expect(noted.status).toBe(expected.addInternalNote ? 201 : 403);
    const again = await ben.post<Problem>(`/v1/cases/${ticket.id}/grants`, department(departments.field.id));
    expect([again.status, again.body.rule]).toEqual([403, 'grant.level']);
  });

  it('are in the list of what was received, and of what was given, and in no other', async () => {
    const { lea, ben, departments, aTicket } = scene;
    const ticket = aTicket();
    aTicket({ subject: 'Not shared' });
    await lea.post(`/v1/cases/${ticket.id}/grants`, department(departments.billing.id));
    const ids = async (by: typeof lea, query: string) =>
      (await by.get<Page<CaseSummary>>(`/v1/cases?${query}`)).body.items.map(({ id }) => id);
    expect(await ids(ben, '')).toEqual([]);
    expect(await ids(ben, 'shared=with-me')).toEqual([ticket.id]);
    expect(await ids(ben, 'shared=with-me&status=closed')).toEqual([]);
    expect(await ids(lea, 'shared=with-me')).toEqual([]);
    expect(await ids(lea, 'shared=by-us')).toEqual([ticket.id]);
    await lea.delete(`/v1/grants/${(await listOf(ticket.id))[0]?.id ?? ''}`);
    expect((await ben.get(`/v1/cases/${ticket.id}`)).status).toBe(404);
    expect(await ids(ben, 'shared=with-me')).toEqual([]);
  });

  it('tells every bad name at its place, and gives nobody anything then', async () => {
    const { lea, departments, contacts, world, aTicket } = scene;
    const ticket = aTicket();
    const { status, body } = await lea.post<Problem>(`/v1/cases/${ticket.id}/grants`, {
      grantees: [
        { kind: 'department', id: departments.billing.id },
        { kind: 'department', id: departments.support.id },
        { kind: 'department', id: '1892000000999999' },
        { kind: 'customer', id: contacts.eve.id },
        { kind: 'department', id: departments.field.id, level: 'everything' },
      ],
      history: 'none',
    });
    expect(status).toBe(422);
    expect(body.errors?.map(({ field, code }) => [field, code])).toEqual([
      ['grantees.1.id', 'self_share'],
      ['grantees.2.id', 'not_found'],
      ['grantees.3.kind', 'invalid'],
      ['grantees.4.level', 'unknown_value'],
    ]);
    expect(world.tickets.get(ticket.id)?.sharedDepartments).toEqual([]);
  });

  it('names once more who has it already, and leaves them what they have', async () => {
    const { lea, departments, world, aTicket } = scene;
    const ticket = aTicket({ sharedDepartments: [{ id: departments.billing.id, type: 'READ_ONLY' }] });
    const { body } = await lea.post<GrantsAnswer>(
      `/v1/cases/${ticket.id}/grants`,
      department(departments.billing.id, 'full'),
    );
    expect(body.ignored).toEqual([{ field: 'grantees.0', code: 'already_shared' }]);
    expect(world.tickets.get(ticket.id)?.sharedDepartments[0]?.type).toBe('READ_ONLY');
  });

  it('keeps both of two that are given through this gateway at once', async () => {
    const { lea, ivy, departments, world, aTicket } = scene;
    const ticket = aTicket();
    const path = `/v1/cases/${ticket.id}/grants`;
    // Ivy belongs to Support as well.
    const answers = await Promise.all([
      lea.post(path, department(departments.billing.id)),
      ivy.post(path, department(departments.field.id)),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(world.tickets.get(ticket.id)?.sharedDepartments).toHaveLength(2);
  });

  it('finds out that somebody in Zoho wrote over the list at the same moment', async () => {
    const { lea, desk, departments, aTicket } = scene;
    const ticket = aTicket();
    let written = false;
    desk.before = ({ method, path }) => {
      if (method === 'PATCH') written = true;
      else if (written && path === `/tickets/${ticket.id}`)
        ticket.sharedDepartments = [{ id: departments.field.id, type: 'READ_ONLY' }];
    };
    const { status, body } = await lea.post<Problem>(
      `/v1/cases/${ticket.id}/grants`,
      department(departments.billing.id),
    );
    expect([status, body.code]).toEqual([412, 'version_conflict']);
  });

  it('offers the other departments by the beginnings of their names', async () => {
    const { lea, cara, departments, aTicket } = scene;
    const ticket = aTicket({ sharedDepartments: [{ id: departments.field.id, type: 'READ_ONLY' }] });
    const ask = `/v1/grants/candidates?kind=department&caseId=${ticket.id}`;
    const { body } = await lea.get<Page<Candidate>>(ask);
    expect(body.items.map(({ name, grantId }) => [name, grantId !== null])).toEqual([
      ['Billing', false],
      ['Field service', true],
    ]);
    expect((await lea.get<Page<Candidate>>(`${ask}&q=serv`)).body.items).toHaveLength(1);
    expect((await cara.get<Page<Candidate>>(ask)).body.items).toEqual([]);
  });

  it('can be given with a new case, to everybody or to nobody', async () => {
    const { lea, world, departments, aNewCase } = scene;
    const shareWith = [{ kind: 'department', id: departments.billing.id, level: 'restricted' }];
    const { body } = await lea.post<Case>('/v1/cases', aNewCase({ shareWith }));
    expect(await listOf(body.id)).toMatchObject([{ level: 'restricted', grantee: { name: 'Billing' } }]);
    const refused = await lea.post<Problem>(
      '/v1/cases',
      aNewCase({ shareWith: [...shareWith, { kind: 'department', id: '1' }] }),
    );
    expect(refused.body.errors?.[0]?.field).toBe('shareWith.1.id');
    expect(world.tickets.size).toBe(1);
  });

  it('are no business of light agents and customers', async () => {
    const { light, cara, departments, aTicket } = scene;
    const ticket = aTicket();
    const asked = department(departments.billing.id);
    const refused = await light.post<Problem>(`/v1/cases/${ticket.id}/grants`, asked);
    expect([refused.status, refused.body.rule]).toEqual([403, 'backend.light-agent']);
    expect((await cara.post(`/v1/cases/${ticket.id}/grants`, asked)).status).toBe(403);
  });
});
