import { beforeAll, describe, expect, it } from 'vitest';

import type { Case } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Note } from '../../src/contract/notes.js';
import type { Problem } from '../../src/contract/problem.js';
import type { Settings } from '../../src/contract/settings.js';
import { aClosure, aNewCase, aNewNote, aTenant, type TestTenant } from '../support/app.js';
import { theApp } from '../support/shared-app.js';

let tenant: TestTenant;

beforeAll(async () => {
  tenant = await aTenant(await theApp());
});

describe('E-DUP a repeated idempotency key', () => {
  it('CC-29 answers the first case again and creates no second', async () => {
    const own = await aTenant(await theApp());
    const first = await own.agent.post<Case>('/v1/cases', aNewCase(), { key: 'save-1' });
    const again = await own.agent.post<Case>('/v1/cases', aNewCase(), { key: 'save-1' });
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    expect((await own.agent.get<Page<Case>>('/v1/cases?count=true')).body.total).toBe(1);
  });

  it('CC-29 pressed twice at once creates one case', async () => {
    const own = await aTenant(await theApp());
    const press = () => own.agent.post<Case>('/v1/cases', aNewCase(), { key: 'double' });
    const answers = await Promise.all([press(), press(), press()]);
    const ids = new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.id));
    expect(ids.size).toBe(1);
    for (const { status } of answers) expect([201, 409]).toContain(status);
    expect((await own.agent.get<Page<Case>>('/v1/cases?count=true')).body.total).toBe(1);
  });

  it('does not mind the order of the keys of a body', async () => {
    const body = aNewCase();
    const turned = Object.fromEntries(Object.entries(body).reverse());
    const first = await tenant.agent.post<Case>('/v1/cases', body, { key: 'order' });
    const again = await tenant.agent.post<Case>('/v1/cases', turned, { key: 'order' });
    expect(again.body.id).toBe(first.body.id);
  });

  it('is refused for another body, record or operation', async () => {
    const { id } = await tenant.aCase();
    const other = await tenant.aCase();
    const note = await tenant.agent.post<Note>(`/v1/cases/${id}/notes`, aNewNote(), { key: 'note-1' });
    expect(note.status).toBe(201);
    for (const [path, body] of [
      [`/v1/cases/${id}/notes`, aNewNote({ text: 'Something else.' })],
      [`/v1/cases/${other.id}/notes`, aNewNote()],
      ['/v1/cases', aNewCase()],
    ] as const) {
      const answer = await tenant.agent.post<Problem>(path, body, { key: 'note-1' });
      expect(answer).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
    }
    const { body } = await tenant.agent.get<Page<Note>>(`/v1/cases/${id}/notes`);
    expect(body.items).toHaveLength(1);
  });

  it('belongs to its actor alone', async () => {
    const mine = await tenant.agent.post<Case>('/v1/cases', aNewCase(), { key: 'shared-key' });
    const theirs = await tenant.otherAgent.post<Case>('/v1/cases', aNewCase(), { key: 'shared-key' });
    expect(theirs.status).toBe(201);
    expect(theirs.body.id).not.toBe(mine.body.id);
  });

  it('closes once, although the version has moved since', async () => {
    const open = await tenant.aCase();
    const close = () =>
      tenant.agent.post<Case>(`/v1/cases/${open.id}/close`, aClosure(), {
        version: open.version,
        key: `c-${open.id}`,
      });
    const first = await close();
    const again = await close();
    expect(again).toMatchObject({ status: 200, body: first.body });
  });

  it('stores a file once', async () => {
    const first = await tenant.agent.upload('same.txt', 'same', 'file-1');
    const again = await tenant.agent.upload('same.txt', 'same', 'file-1');
    expect(again.body.id).toBe(first.body.id);
  });

  it('is free again after a refused request', async () => {
    const refused = await tenant.agent.post('/v1/cases', aNewCase({ subject: ' ' }), { key: 'second-try' });
    expect(refused.status).toBe(422);
    const mended = await tenant.agent.post('/v1/cases', aNewCase(), { key: 'second-try' });
    expect(mended.status).toBe(201);
  });
});

describe('E-CONF a version that has moved', () => {
  it('CC-50 refuses the edit with the case as it stands, who changed it and when', async () => {
    const read = await tenant.aCase();
    const moved = await tenant.otherAgent.patch<Case>(`/v1/cases/${read.id}`, { subject: 'Moved' }, read);
    const late = await tenant.agent.patch<Problem & { current: Case }>(
      `/v1/cases/${read.id}`,
      { subject: 'Late' },
      read,
    );
    expect(late.status).toBe(412);
    expect(late.body).toMatchObject({
      code: 'version_conflict',
      by: { id: 'person_tomas', name: 'Tomás Reyes' },
      at: moved.body.updatedAt,
    });
    expect(late.body.current).toMatchObject({ subject: 'Moved', version: moved.body.version });
    expect(late.body.current.permissions['edit']?.allowed).toBe(true);
    expect((await tenant.agent.get<Case>(`/v1/cases/${read.id}`)).body.subject).toBe('Moved');
  });

  it('refuses to close what was edited meanwhile, and writes nothing', async () => {
    const read = await tenant.aCase();
    await tenant.otherAgent.patch(`/v1/cases/${read.id}`, { subject: 'Moved' }, read);
    const late = await tenant.agent.post<Problem>(`/v1/cases/${read.id}/close`, aClosure(), read);
    expect(late).toMatchObject({
      status: 412,
      body: { code: 'version_conflict', current: { status: 'open' } },
    });
    expect((await tenant.agent.get<Page<Note>>(`/v1/cases/${read.id}/notes`)).body.items).toEqual([]);
  });

  it('lets exactly one of two simultaneous edits win', async () => {
    const read = await tenant.aCase();
    const edit = (subject: string) => tenant.agent.patch<Case>(`/v1/cases/${read.id}`, { subject }, read);
    const answers = await Promise.all([edit('a'), edit('b'), edit('c')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  });

  it('guards settings too', async () => {
    const own = await aTenant(await theApp());
    const { body: read } = await own.administrator.get<Settings>('/v1/settings');
    expect((await own.administrator.patch('/v1/settings', { defaultPriority: 'low' }, read)).status).toBe(
      200,
    );
    const late = await own.administrator.patch<Problem>('/v1/settings', { defaultPriority: 'high' }, read);
    expect(late).toMatchObject({ status: 412, body: { current: { defaultPriority: 'low' } } });
    const blind = await own.administrator.patch<Problem>('/v1/settings', { defaultPriority: 'high' });
    expect(blind).toMatchObject({ status: 428, body: { code: 'version_required' } });
  });
});
