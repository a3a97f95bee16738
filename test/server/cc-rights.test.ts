import { beforeAll, describe, expect, it } from 'vitest';

import type { Case, CaseSummary } from '../../src/contract/cases.js';
import type { Page, Verdict } from '../../src/contract/common.js';
import type { TimelineEntry } from '../../src/contract/notes.js';
import type { Problem } from '../../src/contract/problem.js';
import {
  aClosure,
  aNewCase,
  aNewNote,
  aReopening,
  aTenant,
  type Answer,
  type Caller,
  type TestTenant,
} from '../support/app.js';
import { theApp } from '../support/shared-app.js';

let tenant: TestTenant;

beforeAll(async () => {
  tenant = await aTenant(await theApp());
});

/** The routes behind the sections of the edit panel, by the verdict that governs each. */
const routes = {
  edit: (by: Caller, { id, version }: Case) =>
    by.patch<Problem>(`/v1/cases/${id}`, { subject: 'Changed' }, { version }),
  close: (by: Caller, { id, version }: Case) =>
    by.post<Problem>(`/v1/cases/${id}/close`, aClosure(), { version }),
  reopen: (by: Caller, { id, version }: Case) =>
    by.post<Problem>(`/v1/cases/${id}/reopen`, aReopening(), { version }),
  addInternalNote: (by: Caller, { id }: Case) => by.post<Problem>(`/v1/cases/${id}/notes`, aNewNote()),
  reply: (by: Caller, { id }: Case) =>
    by.post<Problem>(`/v1/cases/${id}/notes`, aNewNote({ visibility: 'public' })),
} as const satisfies Record<string, (by: Caller, record: Case) => Promise<Answer<Problem>>>;

type Action = keyof typeof routes;

async function as(by: Caller, { id }: Case): Promise<Case> {
  return (await by.get<Case>(`/v1/cases/${id}`)).body;
}

async function lines({ id }: Case): Promise<string[]> {
  const { body } = await tenant.administrator.get<Page<TimelineEntry>>(`/v1/cases/${id}/timeline`);
  return body.items.map(({ kind }) => kind);
}

const verdict = (record: Case, action: Action): Verdict =>
  record.permissions[action] ?? { allowed: false, rule: '', reason: '' };

describe('the verdicts of a record, and the routes behind them', () => {
  it.each(['edit', 'close', 'reopen', 'addInternalNote'] as const)(
    'CC-31 CC-32 CC-34 CC-39 E-FORB a customer reads why not, and "%s" refuses by the same rule',
    async (action) => {
      const made = await tenant.aCase({ requesterId: 'person_pia' });
      const seen = await as(tenant.customer, made);
      const { allowed, rule, reason } = verdict(seen, action);
      expect(allowed).toBe(false);
      expect(reason).toBeTruthy();
      const answer = await routes[action](tenant.customer, seen);
      expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden', rule } });
      expect(answer.body.detail).toBeTruthy();
      expect(await as(tenant.agent, made)).toMatchObject({ version: made.version, status: 'open' });
      expect(await lines(made)).toEqual(['creation']);
    },
  );

  it('CC-31 CC-32 CC-34 an agent may do on an open case whatever its record allows', async () => {
    const allowed = (record: Case) =>
      (Object.keys(routes) as Action[]).filter((action) => verdict(record, action).allowed);
    let record = await tenant.aCase();
    expect(allowed(record)).toEqual(['edit', 'close', 'addInternalNote', 'reply']);
    expect(verdict(record, 'reopen')).toMatchObject({
      rule: 'case.open',
      reason: expect.any(String) as string,
    });
    for (const action of ['addInternalNote', 'reply', 'edit', 'close'] as const) {
      expect((await routes[action](tenant.agent, record)).status, action).toBeLessThan(300);
      record = await as(tenant.agent, record);
    }
    expect(allowed(record)).toEqual(['reopen']);
  });

  it('CC-37 CC-47 CC-48 of a closed case offer reopening alone, and its routes agree', async () => {
    const closed = await tenant.aClosedCase();
    for (const action of ['edit', 'close', 'addInternalNote', 'reply'] as const) {
      expect(verdict(closed, action), action).toMatchObject({ allowed: false, rule: 'case.closed' });
      const { status, body } = await routes[action](tenant.agent, closed);
      expect({ status, code: body.code, by: body.by, at: body.at }, action).toEqual({
        status: 409,
        code: 'case_closed',
        by: { id: 'person_mara', name: 'Mara Lindqvist' },
        at: closed.closure?.at,
      });
      const current = body.current as Case;
      expect(current, action).toMatchObject({ id: closed.id, status: 'closed' });
      expect(verdict(current, 'reopen'), 'the offer').toMatchObject({ allowed: true });
    }
    expect(await lines(closed)).toEqual(['closure', 'creation']);
    expect((await routes.reopen(tenant.agent, closed)).status).toBe(200);
  });

  it('CC-37 offer a customer whose case is closed no reopening', async () => {
    const closed = await tenant.aClosedCase({ requesterId: 'person_pia' });
    const { body } = await routes.reply(tenant.customer, closed);
    expect(body).toMatchObject({ code: 'case_closed', current: { status: 'closed' } });
    expect(verdict(body.current as Case, 'reopen')).toMatchObject({ allowed: false });
  });
});

describe('CC-01 E-FORB the role gate', () => {
  it.each([
    ['GET', '/v1/cases', undefined],
    ['GET', '/v1/cases?customerId=cust_aldermill', undefined],
    ['GET', '/v1/cases/export', undefined],
    ['GET', '/v1/tags', undefined],
    ['POST', '/v1/cases', aNewCase()],
    ['POST', '/v1/cases/bulk', { action: 'close', ...aClosure(), cases: [{ id: 'CASE' }] }],
    ['GET', '/v1/cases/CASE', undefined],
    ['PATCH', '/v1/cases/CASE', { subject: 'x' }],
    ['POST', '/v1/cases/CASE/close', aClosure()],
    ['POST', '/v1/cases/CASE/reopen', aReopening()],
    ['GET', '/v1/cases/CASE/notes', undefined],
    ['POST', '/v1/cases/CASE/notes', aNewNote()],
    ['GET', '/v1/cases/CASE/timeline', undefined],
  ])('refuses Finance %s %s', async (method, path, body) => {
    const made = await tenant.aCase();
    const answer = await tenant.finance.send<Problem>(method, path.replace('CASE', made.id), {
      ...(body !== undefined && {
        body: JSON.parse(JSON.stringify(body).replace('CASE', made.id)) as object,
      }),
      version: made.version,
      key: crypto.randomUUID(),
    });
    const rule = path.endsWith('/export') ? 'cases.export' : 'cases.role';
    expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden', rule } });
    expect(JSON.stringify(answer.body)).not.toContain(made.subject);
    expect(await lines(made)).toEqual(['creation']);
  });
});

describe('CC-42 no other way closes a case', () => {
  const untouched = async (made: Case) => {
    expect(await as(tenant.agent, made)).toMatchObject({ status: 'open', version: made.version });
    expect(await lines(made)).toEqual(['creation']);
  };

  it.each([
    ['status', 'closed'],
    ['closure', aClosure()],
    ['close', aClosure()],
    ['closedAt', '2025-01-01T00:00:00Z'],
    ['reopening', aReopening()],
  ])('an edit knows no %s', async (field, value) => {
    const made = await tenant.aCase();
    const { status, body } = await tenant.agent.patch<Problem>(
      `/v1/cases/${made.id}`,
      { [field]: value },
      made,
    );
    expect(status).toBe(422);
    expect(body.errors).toEqual([expect.objectContaining({ field, code: 'unknown_field' })]);
    await untouched(made);
  });

  it.each(['status', 'closure', 'closedReason'])('a new case knows no %s', async (field) => {
    const { status, body } = await tenant.agent.post<Problem>('/v1/cases', aNewCase({ [field]: 'closed' }));
    expect(status).toBe(422);
    expect(body.errors).toEqual([expect.objectContaining({ field, code: 'unknown_field' })]);
  });

  it('a note knows no closing', async () => {
    const made = await tenant.aCase();
    const { status, body } = await tenant.agent.post<Problem>(
      `/v1/cases/${made.id}/notes`,
      aNewNote({ close: aClosure(), status: 'closed' }),
    );
    expect(status).toBe(422);
    expect(body.errors?.map(({ field, code }) => `${field} ${code}`).sort()).toEqual([
      'close unknown_field',
      'status unknown_field',
    ]);
    await untouched(made);
  });

  it.each(['PUT', 'DELETE'])('there is no %s of a case', async (method) => {
    const made = await tenant.aCase();
    const answer = await tenant.agent.send<Problem>(method, `/v1/cases/${made.id}`, {
      body: { status: 'closed' },
      version: made.version,
    });
    expect(answer).toMatchObject({ status: 405, body: { code: 'method_not_allowed' } });
    await untouched(made);
  });

  it.each([
    ['a reason alone', { reason: 'resolved' }, ['note required']],
    ['an explanation alone', { note: 'Done.' }, ['reason required']],
    ['a blank explanation', { reason: 'resolved', note: ' \n\t' }, ['note required']],
    ['a reason of the other list', { reason: 'not-solved', note: 'Done.' }, ['reason unknown_value']],
  ])(
    'with %s neither the route, nor many at once, nor save and close does it',
    async (_, closing, expected) => {
      const made = await tenant.aCase();
      const errors = (body: Problem, prefix = '') =>
        (body.errors ?? []).map(({ field, code }) => `${field.replace(prefix, '')} ${code}`);
      const closed = await tenant.agent.post<Problem>(`/v1/cases/${made.id}/close`, closing, made);
      expect({ status: closed.status, errors: errors(closed.body) }).toEqual({
        status: 422,
        errors: expected,
      });
      const many = { action: 'close', ...closing, cases: [{ id: made.id }] };
      const bulk = await tenant.agent.post<Problem>('/v1/cases/bulk', many);
      expect({ status: bulk.status, errors: errors(bulk.body) }).toEqual({ status: 422, errors: expected });
      await untouched(made);

      const before = await tenant.agent.get<Page<CaseSummary>>('/v1/cases?count=true&limit=1');
      const saved = await tenant.agent.post<Problem>('/v1/cases', aNewCase({ close: closing }));
      expect({ status: saved.status, errors: errors(saved.body, 'close.') }).toEqual({
        status: 422,
        errors: expected,
      });
      const after = await tenant.agent.get<Page<CaseSummary>>('/v1/cases?count=true&limit=1');
      expect(after.body.total, 'CC-30 nothing is saved').toBe(before.body.total);
    },
  );
});
