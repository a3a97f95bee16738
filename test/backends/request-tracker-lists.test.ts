import { expect, test } from 'vitest';

import type { Case, CaseSummary } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Problem } from '../../src/contract/problem.js';
import { aTrackerWorld, created } from '../support/request-tracker-world.js';

test('a list is filtered, sorted, counted and paged to its end, each case once', async () => {
  const { agent1, aCustomer } = await aTrackerWorld();
  const customer = await aCustomer();
  const made: Case[] = [];
  for (const [index, priority] of ['high', 'normal', 'low', 'high', 'normal'].entries()) {
    const deadline = index % 2 === 0 ? `2031-01-0${5 - index}` : null;
    made.push(
      await created(agent1, customer, {
        subject: `Line ${index}`,
        priority,
        deadline,
        tags: [`t${index % 2}`],
      }),
    );
  }
  const ask = (query: string) =>
    agent1.caller.get<Page<CaseSummary>>(`/v1/cases?customerId=${customer.user}&${query}`);
  const subjects = async (query: string) => (await ask(query)).body.items.map(({ subject }) => subject);

  const paged: string[] = [];
  let cursor = '';
  do {
    const { body } = await ask(`limit=2&sort=number&count=true${cursor}`);
    expect(body.total).toBe(5);
    paged.push(...body.items.map(({ id }) => id));
    cursor = body.next === null ? '' : `&cursor=${body.next}`;
  } while (cursor !== '');
  expect(paged).toEqual(made.map(({ id }) => id));

  const first = await ask('limit=2&sort=number');
  const rest = await ask(`limit=3&sort=number&cursor=${first.body.next}`);
  expect(rest.body.items.map(({ subject }) => subject)).toEqual(['Line 2', 'Line 3', 'Line 4']);
  const foreign = await agent1.caller.get<Problem>(`/v1/cases?sort=number&cursor=${first.body.next}`);
  expect(foreign.body.code).toBe('validation_failed');

  expect(await subjects('priority=high&sort=number')).toEqual(['Line 0', 'Line 3']);
  expect(await subjects('priority=low&priority=normal&sort=number')).toEqual(['Line 1', 'Line 2', 'Line 4']);
  expect(await subjects('tag=t1&sort=-number')).toEqual(['Line 3', 'Line 1']);
  expect(await subjects('type=technical&limit=1&sort=number')).toEqual(['Line 0']);
  expect(await subjects('type=billing')).toEqual([]);
  expect(await subjects('deadline=set&sort=deadline')).toEqual(['Line 4', 'Line 2', 'Line 0']);
  expect(await subjects('sort=deadline')).toEqual(['Line 4', 'Line 2', 'Line 0', 'Line 1', 'Line 3']);
  expect((await subjects('sort=-deadline')).slice(0, 3)).toEqual(['Line 0', 'Line 2', 'Line 4']);
  expect(await subjects('deadline=none&sort=number')).toEqual(['Line 1', 'Line 3']);
  expect(await subjects('dueBy=2031-01-03&sort=number')).toEqual(['Line 2', 'Line 4']);
  expect(await subjects('dueAfter=2031-01-03&sort=number')).toEqual(['Line 0', 'Line 2']);
  expect(await subjects('overdueOn=2031-01-02')).toEqual(['Line 4']);
  expect(await subjects('q=line+3')).toEqual(['Line 3']);
  expect(await subjects('status=closed')).toEqual([]);
  expect(await subjects('raisedAfter=2031-01-01')).toEqual([]);
  expect((await subjects('raisedBefore=2031-01-01')).length).toBe(5);

  const across: string[] = [];
  let place = '';
  do {
    const { body } = await ask(`limit=2&sort=deadline&count=true${place}`);
    across.push(...body.items.map(({ subject }) => subject));
    place = body.next === null ? '' : `&cursor=${body.next}`;
  } while (place !== '');
  expect(across).toEqual(['Line 4', 'Line 2', 'Line 0', 'Line 1', 'Line 3']);
});

test('what is looked for can end no condition: quotes, words of the query language and signs are only text', async () => {
  const { agent1, aCustomer } = await aTrackerWorld();
  const customer = await aCustomer();
  const subjects = [`it's \\ 100%_a"b`, `x' OR id > 0 OR Subject = 'y`, 'CF.{Tags}', 'plain'];
  for (const subject of subjects) await created(agent1, customer, { subject });
  const found = async (q: string) => {
    const query = new URLSearchParams({ customerId: customer.user, q, sort: 'number' });
    const { status, body } = await agent1.caller.get<Page<CaseSummary>>(`/v1/cases?${query.toString()}`);
    expect(status).toBe(200);
    return body.items.map(({ subject }) => subject);
  };
  for (const subject of subjects) expect(await found(subject)).toEqual([subject]);
  expect(await found(`100%_a"b`)).toEqual([subjects[0]]);
  expect(await found('1%a')).toEqual([]);
  expect(await found('p_ain')).toEqual([]);
  expect(await found(`' OR id > 0 OR Subject LIKE '`)).toEqual([]);

  // All of these would be found by what the words and names mean in the query language.
  await created(agent1, customer, { assigneeId: 'person_agent1', type: 'billing', tags: ['billing'] });
  for (const filter of ['customerId', 'assigneeId', 'tag', 'type']) {
    for (const value of [
      `' OR id > 0 OR Subject = '`,
      '__CurrentUser__',
      'CF.{Tags}',
      'CF.{Case type}',
      "\\' OR id > 0 --",
    ]) {
      const query = new URLSearchParams({ [filter]: value });
      const { body } = await agent1.caller.get<Page<CaseSummary>>(`/v1/cases?${query.toString()}`);
      expect([filter, value, body.items]).toEqual([filter, value, []]);
    }
  }
});
