import { beforeAll, describe, expect, it } from 'vitest';

import type { Case, CaseSummary } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Note, TimelineEntry } from '../../src/contract/notes.js';
import type { Problem } from '../../src/contract/problem.js';
import type { ChoiceList, Settings } from '../../src/contract/settings.js';
import {
  aClosure,
  aNewCase,
  aNewNote,
  aReopening,
  aTenant,
  type Answer,
  type Caller,
  type TestApp,
  type TestTenant,
} from '../support/app.js';
import { theApp } from '../support/shared-app.js';

let testApp: TestApp;
let tenant: TestTenant;

beforeAll(async () => {
  testApp = await theApp();
  tenant = await aTenant(testApp);
});

const errorsOf = ({ body }: Answer<Problem>) =>
  (body.errors ?? []).map(({ field, code }) => `${field} ${code}`).sort();

async function settingsOf(of: TestTenant): Promise<Settings> {
  return (await of.administrator.get<Settings>('/v1/settings')).body;
}

async function retire(of: TestTenant, list: ChoiceList, id: string): Promise<void> {
  const settings = await settingsOf(of);
  const values = settings[list].map((choice) => (choice.id === id ? { ...choice, retired: true } : choice));
  expect((await of.administrator.patch('/v1/settings', { [list]: values }, settings)).status).toBe(200);
}

describe('a case that was chosen in a list', () => {
  it('CC-03 opens as it stands now when it was closed since', async () => {
    const made = await tenant.aCase();
    await tenant.otherAgent.post(`/v1/cases/${made.id}/close`, aClosure(), made);
    const { body } = await tenant.agent.get<Case>(`/v1/cases/${made.id}`);
    expect(body).toMatchObject({ status: 'closed', closure: { by: { id: 'person_tomas' } } });
  });

  it('CC-03 CC-15 E-404 is not available once it was taken away, by whatever route it is asked for', async () => {
    const made = await tenant.aCase({ departmentId: 'dept_care' });
    expect((await tenant.agent.get(`/v1/cases/${made.id}`)).status).toBe(200);
    const away = { departmentId: 'dept_network', assigneeId: null };
    const moved = await tenant.administrator.patch<Case>(`/v1/cases/${made.id}`, away, made);
    expect(moved.status).toBe(200);

    const asked = { headers: { 'x-request-id': 'the-same-request' }, key: 'a-key-of-its-own' };
    const { version } = moved.body;
    const routes: Record<string, (id: string) => Promise<Answer>> = {
      read: (id) => tenant.agent.get(`/v1/cases/${id}`, asked),
      notes: (id) => tenant.agent.get(`/v1/cases/${id}/notes`, asked),
      timeline: (id) => tenant.agent.get(`/v1/cases/${id}/timeline`, asked),
      edit: (id) => tenant.agent.patch(`/v1/cases/${id}`, { subject: 'x' }, { ...asked, version }),
      close: (id) => tenant.agent.post(`/v1/cases/${id}/close`, aClosure(), { ...asked, version }),
      reopen: (id) => tenant.agent.post(`/v1/cases/${id}/reopen`, aReopening(), { ...asked, version }),
      note: (id) => tenant.agent.post(`/v1/cases/${id}/notes`, aNewNote(), asked),
    };
    for (const [name, ask] of Object.entries(routes)) {
      const [hidden, absent] = [await ask(made.id), await ask('case_absent')];
      expect(hidden, name).toMatchObject({ status: 404, body: { code: 'not_found' } });
      expect(hidden.body, name).toEqual(absent.body);
    }
    const list = await tenant.agent.get<Page<CaseSummary>>('/v1/cases?limit=100');
    expect(list.body.items.map(({ id }) => id)).not.toContain(made.id);
  });
});

describe('filters', () => {
  it('CC-10 decision 3 match the priority as it is now, while the first one is kept', async () => {
    const own = await aTenant(testApp);
    const made = await own.aCase({ priority: 'high' });
    const edited = await own.agent.patch<Case>(`/v1/cases/${made.id}`, { priority: 'low' }, made);
    await own.agent.patch(`/v1/cases/${made.id}`, { priority: null }, edited.body);
    const found = async (priority: string) =>
      (await own.agent.get<Page<CaseSummary>>(`/v1/cases?priority=${priority}`)).body.items.length;
    expect([await found('high'), await found('low')]).toEqual([0, 0]);
    const { body } = await own.agent.get<Case>(`/v1/cases/${made.id}`);
    expect(body).toMatchObject({ priority: null, initialPriority: 'high' });
    const bare = await own.aCase({ priority: null });
    const { body: raised } = await own.agent.patch<Case>(`/v1/cases/${bare.id}`, { priority: 'high' }, bare);
    expect(raised).toMatchObject({ priority: 'high', initialPriority: null });
    expect(await found('high')).toBe(1);
  });

  it('CC-11 search for signs as they stand, and for nothing else', async () => {
    const own = await aTenant(testApp);
    const subjects: Record<string, string> = {
      '50%': 'Discount of 50% missing',
      log_file: 'Error in log_file',
      'rated *': 'Rated * out of five',
      '"never': 'She said "never again"',
      '<b>': 'Shows <b>bold</b> text',
      '>': 'Speed > promised',
    };
    for (const subject of [...Object.values(subjects), 'Discount of 50 missing', 'Error in logXfile'])
      await own.aCase({ subject, description: 'Plain.' });
    for (const [q, subject] of Object.entries(subjects)) {
      const { body } = await own.agent.get<Page<CaseSummary>>(
        `/v1/cases?q=${encodeURIComponent(q)}&count=true`,
      );
      const found = body.items.map((item) => item.subject);
      expect(found, q).toEqual(q === '>' ? expect.arrayContaining([subject]) : [subject]);
      expect(found, q).not.toContain('Error in logXfile');
      expect(body.total, q).toBe(found.length);
    }
  });

  it('CC-11 E-VAL says how long a search may be', async () => {
    const { status, body } = await tenant.agent.get<Problem>(`/v1/cases?q=${'é'.repeat(201)}`);
    expect(status).toBe(422);
    expect(body.errors).toEqual([expect.objectContaining({ field: 'q', code: 'too_long', limit: 200 })]);
  });

  it('CC-05 CC-06 CC-09 CC-10 CC-13 E-VAL name everything that is wrong at once, beside what is right', async () => {
    const query =
      'raisedAfter=soon&raisedBefore=2025-02-30&status=lost&priority=urgent&dueBy=x&deadline=maybe&type=billing';
    const answer = await tenant.agent.get<Problem>(`/v1/cases?${query}`);
    expect(answer.status).toBe(422);
    // What the lists of the settings know is asked once the request itself can be read.
    expect(errorsOf(answer)).toEqual([
      'deadline unknown_value',
      'dueBy not_a_date',
      'raisedAfter not_a_date',
      'raisedBefore not_a_date',
      'status unknown_value',
    ]);
    expect(errorsOf(await tenant.agent.get<Problem>('/v1/cases?priority=urgent&priority=high'))).toEqual([
      'priority unknown_value',
    ]);
  });
});

describe('what a case lacks', () => {
  it('CC-17 CC-18 CC-19 CC-20 is null, and never left out', async () => {
    const own = await aTenant(testApp, {
      cases: [
        {
          externalReference: 'BARE',
          customerId: 'cust_quist',
          subject: 'Bare',
          description: 'Taken over with nothing.',
          createdAt: '2024-01-01T00:00:00Z',
        },
      ],
    });
    const { body } = await own.agent.get<Page<CaseSummary>>('/v1/cases');
    const bare = { type: null, priority: null, deadline: null, contactMethod: null };
    expect(body.items[0]).toMatchObject(bare);
    expect((await own.agent.get<Case>(`/v1/cases/${body.items[0]?.id}`)).body).toMatchObject(bare);
  });

  it('CC-21 CC-24 shows lines nobody is known to have written, among the others', async () => {
    const own = await aTenant(testApp);
    await testApp.engine.importCases(own.id, null, [
      {
        externalReference: 'OLD-1',
        customer: 'Quist & Daughters',
        subject: 'Taken over',
        description: 'From the old system.',
        createdAt: '2024-01-01T00:00:00Z',
        status: 'closed',
        closure: { reason: 'Resolved', note: 'Settled long ago.' },
      },
    ]);
    const { body } = await own.administrator.get<Page<CaseSummary>>('/v1/cases');
    const [taken] = body.items;
    expect(taken).toMatchObject({ createdBy: null });
    const opened = await own.administrator.post<Case>(`/v1/cases/${taken?.id}/reopen`, aReopening(), taken);
    expect(opened.status).toBe(200);
    const { body: history } = await own.administrator.get<Page<TimelineEntry>>(
      `/v1/cases/${taken?.id}/timeline?order=asc`,
    );
    expect(history.items.map(({ kind, by, text }) => [kind, by?.id ?? null, text])).toEqual([
      ['creation', null, undefined],
      ['closure', null, 'Settled long ago.'],
      ['reopening', 'person_iris', 'The debit came again.'],
    ]);
  });
});

describe('a value that left its list meanwhile', () => {
  it('CC-35 E-VAL is no subject for a note any more', async () => {
    const own = await aTenant(testApp);
    const made = await own.aCase();
    await own.aNote(made.id, { subject: 'follow-up' });
    await retire(own, 'noteSubjects', 'follow-up');
    const answer = await own.agent.post<Problem>(`/v1/cases/${made.id}/notes`, aNewNote());
    expect(answer.status).toBe(422);
    expect(errorsOf(answer)).toEqual(['subject retired_value']);
    const { body } = await own.agent.get<Page<Note>>(`/v1/cases/${made.id}/notes`);
    expect(body.items.map(({ subject }) => subject)).toEqual(['follow-up']);
  });

  it('CC-30 CC-40 CC-44 E-VAL is no reason any more, by any route', async () => {
    const own = await aTenant(testApp);
    const [open, shut] = [await own.aCase(), await own.aClosedCase()];
    await retire(own, 'closureReasons', 'resolved');
    await retire(own, 'reopenReasons', 'not-solved');
    const cases = [{ id: open.id }];
    for (const [answer, expected] of [
      [await own.agent.post<Problem>(`/v1/cases/${open.id}/close`, aClosure(), open), 'reason'],
      [await own.agent.post<Problem>('/v1/cases', aNewCase({ close: aClosure() })), 'close.reason'],
      [await own.agent.post<Problem>('/v1/cases/bulk', { action: 'close', ...aClosure(), cases }), 'reason'],
      [await own.agent.post<Problem>(`/v1/cases/${shut.id}/reopen`, aReopening(), shut), 'reason'],
    ] as const) {
      expect(answer.status).toBe(422);
      expect(errorsOf(answer)).toEqual([`${expected} retired_value`]);
    }
    const { body } = await own.agent.get<Page<CaseSummary>>('/v1/cases?count=true&sort=number');
    expect(body.items.map(({ status }) => status)).toEqual(['open', 'closed']);
    // What it was closed with stays readable.
    expect((await own.agent.get<Case>(`/v1/cases/${shut.id}`)).body.closure?.reason).toBe('resolved');
  });
});

describe('closing and reopening', () => {
  it('CC-43 E-CONF names who reopened the case that is open, and when', async () => {
    const closed = await tenant.aClosedCase();
    const { body: open } = await tenant.otherAgent.post<Case>(
      `/v1/cases/${closed.id}/reopen`,
      aReopening(),
      closed,
    );
    const answer = await tenant.agent.post<Problem>(`/v1/cases/${closed.id}/reopen`, aReopening(), closed);
    expect(answer).toMatchObject({
      status: 409,
      body: {
        code: 'case_open',
        by: { id: 'person_tomas', name: 'Tomás Reyes' },
        at: open.reopening?.at,
        current: { id: closed.id, status: 'open', version: open.version },
      },
    });
  });

  it('CC-24 CC-46 keep every earlier closure in the history and in the notes', async () => {
    const made = await tenant.aCase();
    let record = made;
    const move = async (action: 'close' | 'reopen', body: object) => {
      const answer = await tenant.agent.post<Case>(`/v1/cases/${made.id}/${action}`, body, record);
      expect(answer.status).toBe(200);
      record = answer.body;
    };
    await move('close', aClosure({ note: 'First closing.' }));
    await move('reopen', aReopening({ note: 'First reopening.' }));
    await move('close', aClosure({ reason: 'duplicate', note: 'Second closing.' }));
    expect(record).toMatchObject({ closure: { reason: 'duplicate' }, reopening: null });
    await move('reopen', aReopening({ note: 'Second reopening.' }));
    expect(record).toMatchObject({ closure: null, reopening: { note: 'Second reopening.' } });
    const { body: history } = await tenant.agent.get<Page<TimelineEntry>>(
      `/v1/cases/${made.id}/timeline?order=asc`,
    );
    expect(history.items.map(({ kind, reason, text }) => [kind, reason, text])).toEqual([
      ['creation', undefined, undefined],
      ['closure', 'resolved', 'First closing.'],
      ['reopening', 'not-solved', 'First reopening.'],
      ['closure', 'duplicate', 'Second closing.'],
      ['reopening', 'not-solved', 'Second reopening.'],
    ]);
    const { body: notes } = await tenant.agent.get<Page<Note>>(`/v1/cases/${made.id}/notes?count=true`);
    expect(notes.total).toBe(4);
  });
});

describe('the decisions', () => {
  it('decision 1 CC-27 a new tenant asks for type, contact method, subject and description', async () => {
    const { requiredFields } = await settingsOf(await aTenant(testApp));
    expect([...requiredFields.newCase].sort()).toEqual(['contactMethod', 'description', 'subject', 'type']);
  });

  it('decision 1 CC-49 an edit may empty what the settings do not ask for, and nothing else', async () => {
    const own = await aTenant(testApp);
    const made = await own.aCase({ deadline: '2030-01-01', tags: ['a'] });
    const settings = await settingsOf(own);
    const newCase = ['deadline', 'tags', 'subject'];
    await own.administrator.patch(
      '/v1/settings',
      { requiredFields: { ...settings.requiredFields, newCase } },
      settings,
    );
    const empty = { deadline: null, tags: [], type: null, contactMethod: null };
    const refused = await own.agent.patch<Problem>(`/v1/cases/${made.id}`, empty, made);
    expect(refused.status).toBe(422);
    expect(errorsOf(refused)).toEqual(['deadline required', 'tags required']);
    const kept = await own.agent.patch<Case>(
      `/v1/cases/${made.id}`,
      { type: null, contactMethod: null },
      made,
    );
    expect(kept.body).toMatchObject({ type: null, contactMethod: null, deadline: '2030-01-01', tags: ['a'] });
  });

  it('decision 4 a closed case takes no note and no edit of anybody, until a reply may reopen it', async () => {
    const own = await aTenant(testApp);
    const closed = await own.aClosedCase({ requesterId: 'person_pia' });
    const reply = { visibility: 'public', text: 'It happened again.' };
    const path = `/v1/cases/${closed.id}`;
    const write = (by: Caller) => by.post<Problem>(`${path}/notes`, by === own.customer ? reply : aNewNote());
    for (const by of [own.administrator, own.agent, own.otherAgent, own.customer])
      expect(await write(by)).toMatchObject({ status: 409, body: { code: 'case_closed' } });
    const edit = await own.administrator.patch<Problem>(path, { subject: 'x' }, closed);
    expect(edit).toMatchObject({ status: 409, body: { code: 'case_closed' } });

    const settings = await settingsOf(own);
    expect(settings.reopenOnCustomerReply, 'off unless turned on').toBe(false);
    await own.administrator.patch('/v1/settings', { reopenOnCustomerReply: true }, settings);
    expect((await write(own.agent)).status, 'an agent reopens with a reason').toBe(409);
    expect((await write(own.customer)).status).toBe(201);
    const { body: open } = await own.agent.get<Case>(path);
    expect(open).toMatchObject({ status: 'open', closure: null });
    const { body: history } = await own.agent.get<Page<TimelineEntry>>(`${path}/timeline`);
    expect(history.items.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['note', 'reopening', 'closure', 'creation']),
    );
  });

  it('decision 5 CC-30 saves and closes with both, or saves nothing at all', async () => {
    const own = await aTenant(testApp);
    const refused = await own.agent.post<Problem>(
      '/v1/cases',
      aNewCase({ subject: ' ', close: { note: 'x' } }),
    );
    expect(errorsOf(refused)).toEqual(['close.reason required', 'subject required']);
    expect((await own.agent.get<Page<Case>>('/v1/cases?count=true')).body.total).toBe(0);
    const closed = await own.aCase({ close: aClosure() });
    const { body: history } = await own.agent.get<Page<TimelineEntry>>(`/v1/cases/${closed.id}/timeline`);
    expect(history.items.map(({ kind }) => kind)).toEqual(['closure', 'creation']);
  });
});
