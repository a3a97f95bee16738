import { beforeAll, describe, expect, it } from 'vitest';

import type { BulkAnswer, BulkResult } from '../../src/contract/bulk.js';
import type { Case, CaseSummary } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { TimelineEntry } from '../../src/contract/notes.js';
import type { Problem } from '../../src/contract/problem.js';
import { aClosure, aReopening, aTenant, type Answer, type Caller, type TestTenant } from '../support/app.js';
import { theApp } from '../support/shared-app.js';
import { aGrant, moreToShareWith, setSharing } from '../support/sharing.js';

let tenant: TestTenant;

beforeAll(async () => {
  tenant = await aTenant(await theApp());
});

type Targets = readonly { readonly id: string; readonly version?: string }[];

function ask(body: object, by: Caller = tenant.agent, key?: string): Promise<Answer<BulkAnswer & Problem>> {
  return by.post<BulkAnswer & Problem>('/v1/cases/bulk', body, key === undefined ? {} : { key });
}

async function bulk(body: object, by?: Caller, key?: string): Promise<BulkResult[]> {
  const answer = await ask(body, by, key);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body.results;
}

function close(cases: Targets, change: object = {}) {
  return { action: 'close', ...aClosure(), cases, ...change };
}

/** `done`, or the code of the problem. */
function outcomes(results: readonly BulkResult[]): string[] {
  return results.map((result) => (result.outcome === 'done' ? 'done' : result.problem.code));
}

async function read(id: string): Promise<Case> {
  return (await tenant.administrator.get<Case>(`/v1/cases/${id}`)).body;
}

async function timeline(id: string): Promise<string[]> {
  const { body } = await tenant.administrator.get<Page<TimelineEntry>>(`/v1/cases/${id}/timeline`);
  return body.items.map(({ kind }) => kind);
}

const some = (count: number) => Promise.all(Array.from({ length: count }, () => tenant.aCase()));
const idOf = ({ id }: { id: string }) => ({ id });

describe('many cases at once', () => {
  it('CC-42 are closed with reason and note each, in the order asked', async () => {
    const cases = await some(3);
    const order = [...cases].reverse();
    const results = await bulk(close(order.map(({ id, version }) => ({ id, version }))));
    expect(results.map(({ id }) => id)).toEqual(order.map(({ id }) => id));
    for (const result of results) {
      expect(result).toMatchObject({ outcome: 'done', case: { id: result.id, status: 'closed' } });
      expect(await read(result.id)).toMatchObject({
        status: 'closed',
        closure: { reason: 'resolved', note: 'Returned the second debit.', by: { id: 'person_mara' } },
      });
      expect(await timeline(result.id)).toEqual(['closure', 'creation']);
    }
  });

  it.each([
    ['no reason', { reason: undefined }, [['reason', 'required']]],
    ['no note', { note: ' ' }, [['note', 'required']]],
    [
      'neither',
      { reason: undefined, note: undefined },
      [
        ['reason', 'required'],
        ['note', 'required'],
      ],
    ],
    ['a reason that is not in the list', { reason: 'mood' }, [['reason', 'unknown_value']]],
    ['a note too long', { note: 'x'.repeat(4_001) }, [['note', 'too_long']]],
  ])('CC-40 CC-41 CC-42 with %s write nothing at all', async (_what, change, expected) => {
    const [one, two] = await some(2);
    const { status, body } = await ask(
      close(
        [one, two].map((item) => idOf(item as Case)),
        change,
      ),
    );
    expect(status).toBe(422);
    expect(body.errors?.map(({ field, code }) => [field, code])).toEqual(expected);
    expect(await read(one?.id ?? '')).toMatchObject({ version: one?.version, updatedAt: one?.updatedAt });
    expect(await timeline(two?.id ?? '')).toEqual(['creation']);
  });

  it('CC-38 CC-50 go through where they can, and each refusal has its reason', async () => {
    const [good, moved] = await some(2);
    const shut = await tenant.aClosedCase();
    const hidden = await tenant.aCase(
      { departmentId: 'dept_network', assigneeId: null },
      tenant.administrator,
    );
    await tenant.agent.patch(
      `/v1/cases/${moved?.id}`,
      { subject: 'Moved' },
      { version: moved?.version ?? '' },
    );
    const results = await bulk(
      close([
        { id: shut.id },
        { id: good?.id ?? '', version: good?.version ?? '' },
        { id: hidden.id },
        { id: moved?.id ?? '', version: moved?.version ?? '' },
        { id: 'case_absent' },
      ]),
    );
    expect(outcomes(results)).toEqual(['case_closed', 'done', 'not_found', 'version_conflict', 'not_found']);
    expect(results[0]).toMatchObject({
      problem: { status: 409, by: { id: 'person_mara', name: 'Mara Lindqvist' }, at: shut.closure?.at },
    });
    expect(results[3]).toMatchObject({
      problem: { status: 412, by: { id: 'person_mara' }, current: { subject: 'Moved' } },
    });
    const [, , concealed, , absent] = results;
    expect({ ...concealed, id: '' }).toEqual({ ...absent, id: '' });
    expect((await read(hidden.id)).status).toBe('open');
    expect((await read(moved?.id ?? '')).status).toBe('open');
    expect((await read(good?.id ?? '')).status).toBe('closed');
  });

  it('CC-43 CC-44 CC-45 CC-46 are reopened by the same rules', async () => {
    const [shut, open] = [await tenant.aClosedCase(), await tenant.aCase()];
    const cases = [{ id: shut.id, version: shut.version }, idOf(open)];
    const results = await bulk({ action: 'reopen', ...aReopening(), cases });
    expect(outcomes(results)).toEqual(['done', 'case_open']);
    expect(await read(shut.id)).toMatchObject({ status: 'open', reopening: { reason: 'not-solved' } });
    expect(await timeline(shut.id)).toEqual(['reopening', 'closure', 'creation']);
    const refused = await ask({ action: 'reopen', cases, reason: 'resolved' });
    expect(refused.body.errors?.map(({ field }) => field)).toEqual(['reason', 'note']);
  });

  it('are tagged: what is there stays, whatever its case', async () => {
    const cases = await Promise.all([['refund', 'Old'], [], ['OLD']].map((tags) => tenant.aCase({ tags })));
    const results = await bulk({
      action: 'tag',
      cases: cases.map(idOf),
      addTags: ['Refund', 'urgent', ' spaced '],
      removeTags: ['old'],
    });
    expect(outcomes(results)).toEqual(['done', 'done', 'done']);
    const tags = results.map((result) => (result.outcome === 'done' ? result.case.tags : undefined));
    expect(tags).toEqual([
      ['refund', 'urgent', 'spaced'],
      ['Refund', 'urgent', 'spaced'],
      ['Refund', 'urgent', 'spaced'],
    ]);
    expect(await timeline(cases[0]?.id ?? '')).toEqual(['change', 'creation']);
  });

  it('CC-47 are not tagged while closed, nor beyond the limit of tags', async () => {
    const shut = await tenant.aClosedCase();
    const full = await tenant.aCase({ tags: Array.from({ length: 20 }, (_, index) => `t${index}`) });
    const free = await tenant.aCase();
    const cases = [shut, full, free].map(idOf);
    const results = await bulk({ action: 'tag', cases, addTags: ['one-more'] });
    expect(outcomes(results)).toEqual(['case_closed', 'validation_failed', 'done']);
    expect((await read(full.id)).tags).toHaveLength(20);
    // Nothing to change is nothing written.
    expect(outcomes(await bulk({ action: 'tag', cases: [idOf(free)], addTags: ['one-more'] }))).toEqual([
      'done',
    ]);
    expect(await timeline(free.id)).toEqual(['change', 'creation']);
  });

  it('are assigned to an agent, or to nobody', async () => {
    const cases = (await some(2)).map(idOf);
    const results = await bulk({ action: 'assign', cases, assigneeId: 'person_tomas' });
    expect(results).toEqual(
      cases.map(
        ({ id }) =>
          expect.objectContaining({
            id,
            case: expect.objectContaining({
              assignee: expect.objectContaining({ id: 'person_tomas' }) as object,
            }) as object,
          }) as object,
      ),
    );
    await bulk({ action: 'assign', cases, assigneeId: null });
    expect((await read(cases[0]?.id ?? '')).assignee).toBeNull();
  });

  it.each([
    ['nobody named', {}, 'assigneeId', 'required'],
    ['a customer', { assigneeId: 'person_pia' }, 'assigneeId', 'invalid'],
    ['somebody who has left', { assigneeId: 'person_former' }, 'assigneeId', 'not_found'],
    ['somebody who is not there', { assigneeId: 'person_nobody' }, 'assigneeId', 'not_found'],
  ])('are not assigned with %s', async (_what, change, field, code) => {
    const [one] = await some(1);
    const { status, body } = await ask({ action: 'assign', cases: [idOf(one as Case)], ...change });
    expect(status).toBe(422);
    expect(body.errors).toEqual([expect.objectContaining({ field, code })]);
    expect(await read(one?.id ?? '')).toMatchObject({ version: one?.version, updatedAt: one?.updatedAt });
  });

  it.each<[string, object, string]>([
    ['no action', { action: undefined }, 'action'],
    ['another action', { action: 'delete' }, 'action'],
    ['no case', { cases: [] }, 'cases'],
    ['101 cases', { cases: Array.from({ length: 101 }, (_, index) => ({ id: `case_${index}` })) }, 'cases'],
    ['a case twice', { cases: [{ id: 'case_1' }, { id: 'case_2' }, { id: 'case_1' }] }, 'cases.2.id'],
    ['a field of another action', { assigneeId: 'person_mara' }, 'assigneeId'],
    ['a field that is unknown', { status: 'open' }, 'status'],
    [
      'tags that are blank',
      { action: 'tag', reason: undefined, note: undefined, addTags: [' '] },
      'addTags.0',
    ],
    ['no tags', { action: 'tag', reason: undefined, note: undefined }, 'addTags'],
  ])('refuse %s', async (_what, change, field) => {
    const { status, body } = await ask(close([{ id: 'case_1' }], change));
    expect(status).toBe(422);
    expect(body.errors?.map((error) => error.field)).toContain(field);
  });

  it('E-DUP a repeated key answers the same results and does nothing twice', async () => {
    const [one, two] = await some(2);
    const shut = await tenant.aClosedCase();
    const body = close([one as Case, two as Case, shut].map(idOf));
    const key = crypto.randomUUID();
    const first = await bulk(body, tenant.agent, key);
    expect(outcomes(first)).toEqual(['done', 'done', 'case_closed']);
    await tenant.agent.post(`/v1/cases/${one?.id}/reopen`, aReopening(), await read(one?.id ?? ''));
    expect(await bulk(body, tenant.agent, key)).toEqual(first);
    expect((await read(one?.id ?? '')).status).toBe('open');
    const other = await ask(close([idOf(two as Case)]), tenant.agent, key);
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
  });

  it('E-DUP two calls with one key at once are carried out once', async () => {
    const cases = (await some(5)).map(idOf);
    const key = crypto.randomUUID();
    const answers = await Promise.all([1, 2, 3].map(() => bulk(close(cases), tenant.agent, key)));
    for (const results of answers) expect(outcomes(results)).toEqual(cases.map(() => 'done'));
    for (const { id } of cases) expect(await timeline(id)).toEqual(['closure', 'creation']);
  });

  it('E-DUP a repeated answer holds nothing that has been hidden since', async () => {
    const made = await tenant.aCase({
      departmentId: 'dept_care',
      assigneeId: 'person_yuki',
      subject: 'Soon hidden',
    });
    const key = crypto.randomUUID();
    const body = { action: 'tag', cases: [idOf(made)], addTags: ['seen'] };
    expect(outcomes(await bulk(body, tenant.technician, key))).toEqual(['done']);
    const current = await read(made.id);
    await tenant.administrator.patch(`/v1/cases/${made.id}`, { assigneeId: null }, current);
    const again = await ask(body, tenant.technician, key);
    expect(outcomes(again.body.results)).toEqual(['not_found']);
    expect(JSON.stringify(again.body)).not.toContain('Soon hidden');
  });

  it('E-DUP, DE-12 a repeated answer holds no field that has been masked since', async () => {
    const own = await aTenant(await theApp(), moreToShareWith);
    await setSharing(own, {
      departmentRoles: ['customer-service'],
      masks: { department: { full: [], restricted: ['deadline', 'requester'], 'read-only': [] } },
    });
    const [one, shut] = [
      await own.aCase({ departmentId: 'dept_network', deadline: '2031-07-23' }),
      await own.aCase({ departmentId: 'dept_network', deadline: '2031-07-23' }),
    ];
    await own.technician.post(`/v1/cases/${shut.id}/close`, aClosure(), shut);
    const key = crypto.randomUUID();
    const body = { action: 'tag', cases: [one, shut].map(idOf), addTags: ['seen'] };
    const first = await ask(body, own.technician, key);
    expect(outcomes(first.body.results)).toEqual(['done', 'case_closed']);
    expect(JSON.stringify(first.body).match(/2031-07-23/g)).toHaveLength(2);
    const givenAway = async ({ id }: Case) => {
      const read = async () => (await own.administrator.get<Case>(`/v1/cases/${id}`)).body;
      if ((await read()).status === 'closed')
        await own.administrator.post(`/v1/cases/${id}/reopen`, aReopening(), await read());
      await own.administrator.patch(`/v1/cases/${id}`, { departmentId: 'dept_care' }, await read());
      await aGrant(own.agent, id, { kind: 'department', id: 'dept_network', level: 'restricted' });
    };
    await givenAway(one);
    await givenAway(shut);
    const again = await ask(body, own.technician, key);
    expect(outcomes(again.body.results)).toEqual(['done', 'case_closed']);
    expect(JSON.stringify(again.body)).not.toMatch(/2031-07-23|Pia Moreau/);
    expect(again.body.results[0]).toMatchObject({ case: { tags: ['seen'] } });
  });

  it('CC-01 are for roles that work on cases, and each case for its own', async () => {
    const own = await tenant.aCase({ requesterId: 'person_pia' });
    expect(await ask(close([idOf(own)]), tenant.finance)).toMatchObject({
      status: 403,
      body: { rule: 'cases.role' },
    });
    const other = await tenant.aCase({ customerId: 'cust_quist' });
    const results = await bulk(close([idOf(own), idOf(other)]), tenant.customer);
    expect(outcomes(results)).toEqual(['forbidden', 'not_found']);
    expect((await read(own.id)).status).toBe('open');
  });

  it('a hundred go in one call', async () => {
    const own = await aTenant(await theApp(), {
      cases: Array.from({ length: 100 }, (_, index) => ({
        externalReference: `H-${index}`,
        customerId: 'cust_aldermill',
        subject: `Case ${index}`,
        description: 'x',
        type: 'billing',
        createdAt: '2025-01-01T00:00:00Z',
      })),
    });
    const { body } = await own.agent.get<Page<CaseSummary>>('/v1/cases?limit=100');
    const results = await bulk(close(body.items.map(idOf)), own.agent);
    expect(outcomes(results)).toEqual(Array.from({ length: 100 }, () => 'done'));
    const open = await own.agent.get<Page<CaseSummary>>('/v1/cases?status=open&count=true');
    expect(open.body.total).toBe(0);
  });
});
