import { beforeAll, describe, expect, it } from 'vitest';

import type { Case } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { TimelineEntry } from '../../src/contract/notes.js';
import type { Problem } from '../../src/contract/problem.js';
import { aClosure, aReopening, aTenant, type TestTenant } from '../support/app.js';
import { theApp } from '../support/shared-app.js';

let tenant: TestTenant;

beforeAll(async () => {
  tenant = await aTenant(await theApp());
});

async function linesOf(id: string): Promise<number> {
  return (await tenant.agent.get<Page<TimelineEntry>>(`/v1/cases/${id}/timeline`)).body.items.length;
}

const errorsOf = (body: Problem) => (body.errors ?? []).map(({ field, code }) => `${field} ${code}`).sort();

describe('closing', () => {
  it('CC-38 refuses to close a closed case and says who closed it and when', async () => {
    const closed = await tenant.aClosedCase();
    const answer = await tenant.otherAgent.post<Problem>(`/v1/cases/${closed.id}/close`, aClosure(), closed);
    expect(answer).toMatchObject({
      status: 409,
      body: {
        code: 'case_closed',
        by: { id: 'person_mara', name: 'Mara Lindqvist' },
        at: closed.closure?.at,
        current: { id: closed.id, status: 'closed' },
      },
    });
  });

  it('CC-39 is refused to who may not, by rule and reason', async () => {
    const open = await tenant.aCase({ requesterId: 'person_pia' });
    const answer = await tenant.customer.post<Problem>(`/v1/cases/${open.id}/close`, aClosure(), open);
    expect(answer).toMatchObject({
      status: 403,
      body: { code: 'forbidden', rule: expect.any(String) as string },
    });
    expect(answer.body.detail).toBeTruthy();
  });

  it('CC-40 CC-41 needs a reason of the list and a note, both named at once', async () => {
    const open = await tenant.aCase();
    const close = (body: object) => tenant.agent.post<Problem>(`/v1/cases/${open.id}/close`, body, open);
    expect(errorsOf((await close({})).body)).toEqual(['note required', 'reason required']);
    expect(errorsOf((await close({ reason: 'bored', note: ' \n' })).body)).toEqual([
      'note required',
      'reason unknown_value',
    ]);
    expect(errorsOf((await close(aClosure({ note: 'x'.repeat(4001) }))).body)).toEqual(['note too_long']);
    expect((await tenant.agent.get<Case>(`/v1/cases/${open.id}`)).body.status).toBe('open');
    expect(await linesOf(open.id)).toBe(1);
  });

  it('CC-42 closes, and the reason stands on the case', async () => {
    const open = await tenant.aCase();
    const { body } = await tenant.agent.post<Case>(`/v1/cases/${open.id}/close`, aClosure(), open);
    expect(body).toMatchObject({
      status: 'closed',
      closure: { reason: 'resolved', note: 'Returned the second debit.', by: { id: 'person_mara' } },
    });
  });

  it('CC-42 has no other way in: a PATCH knows no status', async () => {
    const open = await tenant.aCase();
    const { status, body } = await tenant.agent.patch<Problem>(
      `/v1/cases/${open.id}`,
      { status: 'closed' },
      open,
    );
    expect(status).toBe(422);
    expect(errorsOf(body)).toEqual(['status unknown_field']);
  });

  it('needs the version that was read', async () => {
    const open = await tenant.aCase();
    const answer = await tenant.agent.post<Problem>(`/v1/cases/${open.id}/close`, aClosure());
    expect(answer).toMatchObject({ status: 428, body: { code: 'version_required' } });
  });

  it('happens once when two close at the same time', async () => {
    const open = await tenant.aCase();
    const answers = await Promise.all(
      [tenant.agent, tenant.otherAgent].map((by) =>
        by.post<Problem>(`/v1/cases/${open.id}/close`, aClosure(), open),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await linesOf(open.id)).toBe(2);
  });
});

describe('reopening', () => {
  it('CC-43 refuses an open case', async () => {
    const open = await tenant.aCase();
    const answer = await tenant.agent.post<Problem>(`/v1/cases/${open.id}/reopen`, aReopening(), open);
    expect(answer).toMatchObject({ status: 409, body: { code: 'case_open', current: { status: 'open' } } });
  });

  it('CC-44 CC-45 CC-46 needs a reason of the list and a note, else nothing is written', async () => {
    const closed = await tenant.aClosedCase();
    const reopen = (body: object) =>
      tenant.agent.post<Problem>(`/v1/cases/${closed.id}/reopen`, body, closed);
    expect(errorsOf((await reopen({})).body)).toEqual(['note required', 'reason required']);
    expect(errorsOf((await reopen({ reason: 'resolved', note: 'x' })).body)).toEqual([
      'reason unknown_value',
    ]);
    expect(errorsOf((await reopen(aReopening({ note: '  ' }))).body)).toEqual(['note required']);
    expect((await tenant.agent.get<Case>(`/v1/cases/${closed.id}`)).body.status).toBe('closed');
    expect(await linesOf(closed.id)).toBe(2);
  });

  it('CC-46 opens, shows its reason, and the closure stays in the history', async () => {
    const closed = await tenant.aClosedCase();
    const { body } = await tenant.agent.post<Case>(`/v1/cases/${closed.id}/reopen`, aReopening(), closed);
    expect(body).toMatchObject({
      status: 'open',
      closure: null,
      reopening: { reason: 'not-solved', note: 'The debit came again.', by: { id: 'person_mara' } },
    });
    const { body: history } = await tenant.agent.get<Page<TimelineEntry>>(`/v1/cases/${closed.id}/timeline`);
    expect(history.items.map(({ kind }) => kind)).toEqual(['reopening', 'closure', 'creation']);
    expect(history.items[1]).toMatchObject({ reason: 'resolved', text: 'Returned the second debit.' });
  });
});
