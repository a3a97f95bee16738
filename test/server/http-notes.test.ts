import { beforeAll, describe, expect, it } from 'vitest';

import type { Case } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Note, TimelineEntry } from '../../src/contract/notes.js';
import type { Problem } from '../../src/contract/problem.js';
import type { Settings } from '../../src/contract/settings.js';
import { aClosure, aNewNote, aReopening, aTenant, type TestTenant } from '../support/app.js';
import { theApp } from '../support/shared-app.js';

let tenant: TestTenant;

beforeAll(async () => {
  tenant = await aTenant(await theApp());
});

const reply = { visibility: 'public', text: 'Here is the statement.' };

async function noteErrors(change: Record<string, unknown>): Promise<string[]> {
  const { id } = await tenant.aCase();
  const { status, body } = await tenant.agent.post<Problem>(`/v1/cases/${id}/notes`, aNewNote(change));
  expect(status).toBe(422);
  return (body.errors ?? []).map(({ field, code }) => `${field} ${code}`).sort();
}

describe('a note', () => {
  it('CC-35 needs a subject of the list', async () => {
    expect(await noteErrors({ subject: null })).toEqual(['subject required']);
    expect(await noteErrors({ subject: 'gossip' })).toEqual(['subject unknown_value']);
  });

  it('CC-36 needs a text, and not too long a one', async () => {
    expect(await noteErrors({ text: ' \n\t' })).toEqual(['text required']);
    const { id } = await tenant.aCase();
    const { body } = await tenant.agent.post<Problem>(
      `/v1/cases/${id}/notes`,
      aNewNote({ text: 'x'.repeat(4001) }),
    );
    expect(body.errors).toEqual([expect.objectContaining({ field: 'text', code: 'too_long', limit: 4000 })]);
    expect((await tenant.aNote(id, { text: 'x'.repeat(4000) })).text).toHaveLength(4000);
  });

  it('CC-35 CC-36 names everything that is missing at once', async () => {
    expect(await noteErrors({ subject: undefined, text: undefined })).toEqual([
      'subject required',
      'text required',
    ]);
    expect(await noteErrors({ subject: undefined, text: undefined, visibility: undefined })).toEqual([
      'subject required',
      'text required',
      'visibility required',
    ]);
  });

  it('CC-37 is added to the existing case under its author’s name', async () => {
    const { id } = await tenant.aCase();
    const note = await tenant.aNote(id, { visibility: 'public' });
    expect(note).toMatchObject({
      caseId: id,
      by: { id: 'person_mara' },
      visibility: 'public',
      subject: 'follow-up',
    });
    expect((await tenant.agent.get<Case>(`/v1/cases/${id}`)).body.replyCount).toBe(1);
  });

  it('CC-37 is refused on a closed case, and written nowhere', async () => {
    const closed = await tenant.aClosedCase();
    const { status, body } = await tenant.agent.post<Problem>(`/v1/cases/${closed.id}/notes`, aNewNote());
    expect(status).toBe(409);
    expect(body).toMatchObject({
      code: 'case_closed',
      by: { id: 'person_mara' },
      current: { status: 'closed' },
    });
    const { body: notes } = await tenant.agent.get<Page<Note>>(`/v1/cases/${closed.id}/notes`);
    expect(notes.items).toHaveLength(1);
  });

  it('by a customer is a public reply without a subject', async () => {
    const { id } = await tenant.aCase({ requesterId: 'person_pia' });
    const { status, body } = await tenant.customer.post<Note>(`/v1/cases/${id}/notes`, reply);
    expect(status).toBe(201);
    expect(body).toMatchObject({ visibility: 'public', subject: null, by: { id: 'person_pia' } });
    const internal = await tenant.customer.post<Problem>(`/v1/cases/${id}/notes`, {
      ...reply,
      visibility: 'internal',
    });
    expect(internal).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    const blank = await tenant.customer.post<Problem>(`/v1/cases/${id}/notes`, { ...reply, text: ' ' });
    expect(blank.body.errors).toEqual([expect.objectContaining({ field: 'text', code: 'required' })]);
  });

  it('by a customer reopens a closed case only where the settings say so', async () => {
    const own = await aTenant(await theApp());
    const closed = await own.aClosedCase({ requesterId: 'person_pia' });
    const refused = await own.customer.post<Problem>(`/v1/cases/${closed.id}/notes`, reply);
    expect(refused).toMatchObject({ status: 409, body: { code: 'case_closed' } });
    const { body: settings } = await own.administrator.get<Settings>('/v1/settings');
    await own.administrator.patch('/v1/settings', { reopenOnCustomerReply: true }, settings);
    expect((await own.customer.post(`/v1/cases/${closed.id}/notes`, reply)).status).toBe(201);
    expect((await own.agent.get<Case>(`/v1/cases/${closed.id}`)).body.status).toBe('open');
  });
});

describe('what a customer reads', () => {
  it('CO-19 never holds an internal note, nor a word about one', async () => {
    const own = await aTenant(await theApp());
    const open = await own.aCase({ requesterId: 'person_pia' });
    await own.aNote(open.id, { text: 'SECRET internal remark' });
    await own.aNote(open.id, { text: 'Public answer', visibility: 'public' });
    const read = await own.agent.get<Case>(`/v1/cases/${open.id}`);
    const closure = aClosure({ note: 'SECRET closing remark' });
    const closed = await own.agent.post<Case>(`/v1/cases/${open.id}/close`, closure, read.body);
    await own.agent.post(
      `/v1/cases/${open.id}/reopen`,
      aReopening({ note: 'SECRET reopening' }),
      closed.body,
    );

    for (const path of [
      '/v1/cases',
      '/v1/cases?q=SECRET',
      `/v1/cases/${open.id}`,
      `/v1/cases/${open.id}/notes`,
      `/v1/cases/${open.id}/timeline`,
      '/v1/people',
      '/v1/session',
    ]) {
      const answer = await own.customer.get(path);
      const text = JSON.stringify(answer.body);
      expect(text, path).not.toContain('SECRET');
      expect(text, path).not.toContain('"internal"');
      expect(text, path).not.toContain('larkwell.example');
    }
    const { body: notes } = await own.customer.get<Page<Note>>(`/v1/cases/${open.id}/notes?count=true`);
    expect(notes.items.map(({ text }) => text)).toEqual(['Public answer']);
    expect(notes.total).toBe(1);
    const { body: lines } = await own.customer.get<Page<TimelineEntry>>(`/v1/cases/${open.id}/timeline`);
    expect(lines.items.filter(({ kind }) => kind === 'note')).toHaveLength(1);
  });

  it('holds the explanation of a closing that was made public', async () => {
    const open = await tenant.aCase({ requesterId: 'person_pia' });
    await tenant.agent.post(
      `/v1/cases/${open.id}/close`,
      aClosure({ visibility: 'public', note: 'Paid back.' }),
      open,
    );
    const { body } = await tenant.customer.get<Case>(`/v1/cases/${open.id}`);
    expect(body.closure).toMatchObject({ reason: 'resolved', note: 'Paid back.' });
  });
});

describe('the history', () => {
  it('CC-24 holds all notes, those of closing and reopening too, in order', async () => {
    const open = await tenant.aCase();
    await tenant.aNote(open.id, { text: 'First' });
    const read = await tenant.agent.get<Case>(`/v1/cases/${open.id}`);
    const closed = await tenant.agent.post<Case>(
      `/v1/cases/${open.id}/close`,
      aClosure({ note: 'Second' }),
      read.body,
    );
    await tenant.agent.post(`/v1/cases/${open.id}/reopen`, aReopening({ note: 'Third' }), closed.body);
    const ascending = await tenant.agent.get<Page<Note>>(`/v1/cases/${open.id}/notes?order=asc`);
    expect(ascending.body.items.map(({ text }) => text)).toEqual(['First', 'Second', 'Third']);
    const descending = await tenant.agent.get<Page<TimelineEntry>>(`/v1/cases/${open.id}/timeline`);
    expect(descending.body.items.map(({ kind, reason }) => [kind, reason])).toEqual([
      ['reopening', 'not-solved'],
      ['closure', 'resolved'],
      ['note', undefined],
      ['creation', undefined],
    ]);
  });

  it('names what an edit changed, from what to what', async () => {
    const open = await tenant.aCase();
    await tenant.agent.patch(
      `/v1/cases/${open.id}`,
      { subject: 'Changed', assigneeId: 'person_tomas' },
      open,
    );
    const { body } = await tenant.agent.get<Page<TimelineEntry>>(`/v1/cases/${open.id}/timeline`);
    expect(body.items[0]?.changes).toEqual(
      expect.arrayContaining([
        { field: 'subject', from: open.subject, to: 'Changed' },
        {
          field: 'assignee',
          from: null,
          to: expect.objectContaining({ id: 'person_tomas', name: 'Tomás Reyes' }) as object,
        },
      ]),
    );
  });

  it('comes page by page, each line once', async () => {
    const { id } = await tenant.aCase();
    for (const text of ['1', '2', '3', '4']) await tenant.aNote(id, { text });
    const first = await tenant.agent.get<Page<TimelineEntry>>(
      `/v1/cases/${id}/timeline?limit=3&order=asc&count=true`,
    );
    expect(first.body.total).toBe(5);
    const cursor = encodeURIComponent(first.body.next ?? '');
    const rest = await tenant.agent.get<Page<TimelineEntry>>(
      `/v1/cases/${id}/timeline?limit=3&order=asc&cursor=${cursor}`,
    );
    expect([...first.body.items, ...rest.body.items].map(({ text }) => text)).toEqual([
      undefined,
      '1',
      '2',
      '3',
      '4',
    ]);
    expect(rest.body.next).toBeNull();
    const bogus = await tenant.agent.get<Problem>(`/v1/cases/${id}/timeline?cursor=bogus`);
    expect(bogus).toMatchObject({ status: 422, body: { errors: [{ field: 'cursor', code: 'invalid' }] } });
  });

  it('CC-24 leaves only the kinds of line asked for, in pages and in the count', async () => {
    const { id } = await tenant.aClosedCase();
    const { body: closed } = await tenant.agent.get<Case>(`/v1/cases/${id}`);
    await tenant.agent.post(`/v1/cases/${id}/reopen`, aReopening(), closed);
    const kinds = async (query: string, by = tenant.agent) => {
      const { body } = await by.get<Page<TimelineEntry>>(`/v1/cases/${id}/timeline?count=true&${query}`);
      expect(body.total).toBe(body.items.length);
      return body.items.map(({ kind }) => kind);
    };
    expect(await kinds('kind=closure')).toEqual(['closure']);
    expect(await kinds('kind=closure&kind=reopening&order=asc')).toEqual(['closure', 'reopening']);
    expect(await kinds('kind=note')).toEqual([]);
    const one = `/v1/cases/${id}/timeline?kind=closure&kind=reopening&limit=1`;
    const { body: first } = await tenant.agent.get<Page<TimelineEntry>>(one);
    const { body: rest } = await tenant.agent.get<Page<TimelineEntry>>(`${one}&cursor=${first.next}`);
    expect([...first.items, ...rest.items].map(({ kind }) => kind)).toEqual(['reopening', 'closure']);
    expect(rest.next).toBeNull();
    for (const path of [`timeline?kind=mood`, `notes?kind=note`]) {
      const refused = await tenant.agent.get<Problem>(`/v1/cases/${id}/${path}`);
      expect(refused).toMatchObject({ status: 422, body: { errors: [{ field: 'kind' }] } });
    }
  });
});
