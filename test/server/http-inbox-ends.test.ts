import { beforeAll, describe, expect, it } from 'vitest';

import type { Case } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { TimelineEntry } from '../../src/contract/notes.js';
import type { Problem } from '../../src/contract/problem.js';
import { aClosure, aNewNote, type Caller } from '../support/app.js';
import {
  act,
  aDesk,
  anEntry,
  done,
  caseIdOf,
  entryOf,
  inboxLines,
  setInboxRules,
  type Desk,
} from '../support/inbox-desk.js';
import { theApp } from '../support/shared-app.js';

let desk: Desk;

beforeAll(async () => {
  desk = await aDesk(await theApp());
});

const otto = { id: 'person_otto', name: 'Otto Brandt' };
const mara = { id: 'person_mara', name: 'Mara Lindqvist' };

async function linesOf(caseId: string, by: Caller = desk.tenant.administrator): Promise<TimelineEntry[]> {
  return inboxLines(caseId, by);
}

async function caseOf(id: string): Promise<Case> {
  return (await desk.tenant.administrator.get<Case>(`/v1/cases/${id}`)).body;
}

describe('completing and cancelling', () => {
  it('IB-09 IB-10 are distinct ends, told with who and when', async () => {
    const { tenant, billing } = desk;
    for (const [action, state] of [
      ['complete', 'completed'],
      ['cancel', 'cancelled'],
    ] as const) {
      const entry = await anEntry(tenant, billing);
      await done(tenant.finance, 'take', entry);
      const ended = await done(tenant.finance, action, entry);
      expect(ended).toMatchObject({ state, endedBy: otto, owner: otto });
      expect((await linesOf(caseIdOf(entry))).at(-1)).toMatchObject({
        by: otto,
        changes: [
          { field: 'inbox', from: { id: billing.id }, to: null },
          { field: 'state', from: 'open', to: state },
        ],
      });
      for (const late of ['take', 'release', 'complete', 'cancel', 'forward'] as const) {
        const body = late === 'forward' ? { inboxId: desk.technical.id, message: 'x' } : {};
        expect(await act(tenant.agent, late, entry, body), late).toMatchObject({
          status: 410,
          body: { code: 'gone', by: otto, at: ended.endedAt, current: { state } },
        });
      }
      expect(await act(tenant.administrator, 'assign', entry, { personId: 'person_otto' })).toMatchObject({
        status: 410,
      });
    }
  });

  it('IB-11 completing needs ownership while the settings say so', async () => {
    const own = await aDesk(await theApp());
    const { tenant, billing } = own;
    const entry = await anEntry(tenant, billing);
    expect(await act(tenant.finance, 'complete', entry)).toMatchObject({
      status: 409,
      body: { code: 'entry_not_owned', current: { owner: null } },
    });
    await setInboxRules(tenant, { requireOwnership: false });
    expect(await done(tenant.finance, 'complete', entry)).toMatchObject({
      state: 'completed',
      endedBy: otto,
    });
  });

  it('decision 8: what somebody else owns is ended by nobody but them and administrators', async () => {
    const { tenant, billing } = desk;
    const entry = await anEntry(tenant, billing);
    await done(tenant.finance, 'take', entry);
    for (const action of ['complete', 'cancel'])
      expect(await act(tenant.agent, action, entry)).toMatchObject({
        status: 409,
        body: { code: 'entry_owned', by: otto },
      });
    expect(await done(tenant.administrator, 'complete', entry)).toMatchObject({
      state: 'completed',
      endedBy: { id: 'person_iris' },
    });
    const free = await anEntry(tenant, billing);
    expect(await done(tenant.agent, 'cancel', free)).toMatchObject({ state: 'cancelled' });
  });

  it('IB-04 IB-22 IB-23 writes the note, closes the case and ends the entry in one step', async () => {
    const { tenant, billing } = desk;
    const entry = await anEntry(tenant, billing);
    await done(tenant.finance, 'take', entry);
    const completed = await done(tenant.finance, 'complete', entry, {
      note: aNewNote({ visibility: 'public', text: 'You have your money back.' }),
      closeCase: aClosure({ note: 'Refunded 48.00.' }),
    });
    expect(completed).toMatchObject({ state: 'completed' });
    const record = await caseOf(caseIdOf(entry));
    expect(record).toMatchObject({
      status: 'closed',
      closure: { reason: 'resolved', note: 'Refunded 48.00.', by: otto },
    });
    const { body } = await tenant.customer.get<Page<TimelineEntry>>(`/v1/cases/${record.id}/timeline`);
    expect(body.items.map(({ text }) => text)).toContain('You have your money back.');
    expect(await act(tenant.finance, 'undo', entry)).toMatchObject({
      status: 409,
      body: { code: 'undo_impossible' },
    });
  });

  it('IB-23 keeps everything as it was where one part of it cannot be, and names all of it', async () => {
    const { tenant, billing } = desk;
    const entry = await anEntry(tenant, billing);
    await done(tenant.finance, 'take', entry);
    const before = await caseOf(caseIdOf(entry));
    const answer = await act(tenant.finance, 'complete', entry, {
      note: { visibility: 'internal', text: ' ' },
      closeCase: { reason: 'nothing' },
    });
    expect(answer).toMatchObject({ status: 422, body: { code: 'validation_failed' } });
    expect(answer.body.errors).toMatchObject([
      { field: 'note.subject', code: 'required' },
      { field: 'note.text', code: 'required' },
      { field: 'closeCase.reason', code: 'unknown_value' },
      { field: 'closeCase.note', code: 'required' },
    ]);
    expect(await caseOf(caseIdOf(entry))).toEqual(before);
    expect(await entryOf(tenant.finance, entry)).toMatchObject({ state: 'open', owner: otto });
  });

  it('IB-23 refuses the whole where the case was closed meanwhile; the entry alone can be completed', async () => {
    const { tenant, billing } = desk;
    const entry = await anEntry(tenant, billing);
    await done(tenant.finance, 'take', entry);
    const { id, version } = await caseOf(caseIdOf(entry));
    await tenant.agent.post(`/v1/cases/${id}/close`, aClosure(), { version });
    const body = { note: aNewNote(), closeCase: aClosure() };
    expect(await act(tenant.finance, 'complete', entry, body)).toMatchObject({
      status: 409,
      body: { code: 'case_closed', by: mara },
    });
    expect(await entryOf(tenant.finance, entry)).toMatchObject({ state: 'open' });
    expect(await done(tenant.finance, 'complete', entry)).toMatchObject({ state: 'completed' });
  });

  it('is carried out once for its key', async () => {
    const { tenant, billing } = desk;
    const entry = await anEntry(tenant, billing);
    await done(tenant.finance, 'take', entry);
    const body = { note: aNewNote({ text: 'Only once.' }) };
    const key = crypto.randomUUID();
    const [one, other] = await Promise.all([
      act(tenant.finance, 'complete', entry, body, { key }),
      act(tenant.finance, 'complete', entry, body, { key }),
    ]);
    expect(one.status).toBe(200);
    expect(other.body).toEqual(one.body);
    const { body: notes } = await tenant.agent.get<Page<{ text: string }>>(
      `/v1/cases/${caseIdOf(entry)}/notes`,
    );
    expect(notes.items.filter(({ text }) => text === 'Only once.')).toHaveLength(1);
  });

  it('has no note and no case to close where there is a customer alone', async () => {
    const { tenant, billing } = desk;
    const entry = await anEntry(tenant, billing, { customerId: 'cust_harbour' });
    await done(tenant.finance, 'take', entry);
    const answer = await act(tenant.finance, 'complete', entry, { note: aNewNote(), closeCase: aClosure() });
    expect(answer.body.errors).toMatchObject([
      { field: 'note', code: 'invalid' },
      { field: 'closeCase', code: 'invalid' },
    ]);
  });
});

describe('closing a case that waits in an inbox', () => {
  async function close(
    by: Caller,
    caseId: string,
    more: object,
  ): Promise<{ status: number; body: Case & Problem }> {
    const { version } = await caseOf(caseId);
    return by.post<Case & Problem>(`/v1/cases/${caseId}/close`, aClosure({ ...more }), { version });
  }

  it('IB-04 leaves the entry there unless told to complete it', async () => {
    const { tenant, billing } = desk;
    const [left, ended] = [await anEntry(tenant, billing), await anEntry(tenant, billing)];
    await done(tenant.agent, 'take', ended);
    expect((await close(tenant.agent, caseIdOf(left), {})).status).toBe(200);
    expect(await entryOf(tenant.agent, left)).toMatchObject({ state: 'open', case: { status: 'closed' } });
    expect((await close(tenant.agent, caseIdOf(ended), { completeEntry: true })).status).toBe(200);
    expect(await entryOf(tenant.agent, ended)).toMatchObject({ state: 'completed', endedBy: mara });
  });

  it('IB-04 is refused whole where somebody else owns the entry, or nobody does', async () => {
    const { tenant, billing } = desk;
    const entry = await anEntry(tenant, billing);
    expect(await close(tenant.agent, caseIdOf(entry), { completeEntry: true })).toMatchObject({
      status: 409,
      body: { code: 'entry_not_owned' },
    });
    await done(tenant.finance, 'take', entry);
    expect(await close(tenant.agent, caseIdOf(entry), { completeEntry: true })).toMatchObject({
      status: 409,
      body: { code: 'entry_owned', by: otto },
    });
    expect(await caseOf(caseIdOf(entry))).toMatchObject({ status: 'open' });
  });

  it('does not come back with the case, and reopening takes no such field', async () => {
    const { tenant, billing } = desk;
    const entry = await anEntry(tenant, billing);
    await done(tenant.agent, 'take', entry);
    const { body: closed } = await close(tenant.agent, caseIdOf(entry), { completeEntry: true });
    const reopening = { reason: 'not-solved', note: 'Again.' };
    const path = `/v1/cases/${closed.id}/reopen`;
    const refused = await tenant.agent.post(path, { ...reopening, completeEntry: true }, closed);
    expect(refused).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'completeEntry', code: 'unknown_field' }] },
    });
    expect((await tenant.agent.post(path, reopening, closed)).status).toBe(200);
    expect(await entryOf(tenant.agent, entry)).toMatchObject({ state: 'completed' });
  });
});

it('lets members of an inbox write on its case while the entry is nobody else’s, and see it while it is open', async () => {
  const { tenant, billing } = desk;
  const entry = await anEntry(tenant, billing);
  const path = `/v1/cases/${caseIdOf(entry)}/notes`;
  expect((await tenant.finance.post(path, aNewNote())).status).toBe(201);
  await done(tenant.agent, 'take', entry);
  expect(await tenant.finance.post(path, aNewNote())).toMatchObject({
    status: 403,
    body: { rule: 'inboxes.owned' },
  });
  await done(tenant.agent, 'complete', entry);
  expect((await tenant.finance.post(path, aNewNote())).status).toBe(404);
});

describe('giving back and assigning', () => {
  it('IB-29 ownership is given back by the owner, and given by administrators to members who read', async () => {
    const { tenant, billing } = desk;
    const entry = await anEntry(tenant, billing);
    await done(tenant.finance, 'take', entry);
    expect(await act(tenant.agent, 'release', entry)).toMatchObject({
      status: 409,
      body: { code: 'entry_owned', by: otto },
    });
    expect(await done(tenant.finance, 'release', entry)).toMatchObject({ owner: null, state: 'open' });
    expect(await act(tenant.agent, 'assign', entry, { personId: otto.id })).toMatchObject({
      status: 403,
      body: { rule: 'inboxes.administrator' },
    });
    for (const personId of ['person_pia', 'person_nobody', 'person_yuki'])
      expect(await act(tenant.administrator, 'assign', entry, { personId }), personId).toMatchObject({
        status: 422,
        body: { errors: [{ field: 'personId', code: 'not_a_member' }] },
      });
    expect(await done(tenant.administrator, 'assign', entry, { personId: otto.id })).toMatchObject({
      owner: otto,
    });
    expect((await linesOf(caseIdOf(entry))).at(-1)).toMatchObject({
      changes: [{ field: 'owner', from: null, to: otto }],
    });
  });
});
