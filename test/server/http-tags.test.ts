import { beforeAll, describe, expect, it } from 'vitest';

import type { Page } from '../../src/contract/common.js';
import type { Problem } from '../../src/contract/problem.js';
import type { Tag } from '../../src/contract/tags.js';
import { aTenant, type Caller, type TestTenant } from '../support/app.js';
import { theApp } from '../support/shared-app.js';

let tenant: TestTenant;

beforeAll(async () => {
  tenant = await aTenant(await theApp());
  await tenant.aCase({ tags: ['refund', 'February'] });
  await tenant.aCase({ tags: ['refund', '100%_sure'], requesterId: 'person_pia' });
  await tenant.aCase({ tags: ['router'], departmentId: 'dept_network', assigneeId: null });
  await tenant.aCase({ tags: ['refund', 'größe'], customerId: 'cust_quist', departmentId: 'dept_care' });
});

async function tags(query = '', by: Caller = tenant.administrator): Promise<string[]> {
  const { status, body } = await by.get<Page<Tag>>(`/v1/tags?${query}`);
  expect(status, JSON.stringify(body)).toBe(200);
  expect(body.next).toBeNull();
  return body.items.map(({ tag, count }) => `${tag} ${count}`);
}

describe('the tags in use', () => {
  it('CC-12 come with the most used first', async () => {
    expect(await tags()).toEqual(['refund 3', '100%_sure 1', 'February 1', 'größe 1', 'router 1']);
    expect(await tags('limit=1')).toEqual(['refund 3']);
  });

  it.each([
    ['feb', ['February 1']],
    ['RE', ['refund 3', '100%_sure 1']],
    ['u', ['refund 3', '100%_sure 1', 'February 1', 'router 1']],
    ['GRÖSSE', []],
    ['GRÖ', ['größe 1']],
    ['%', ['100%_sure 1']],
    ['_', ['100%_sure 1']],
    ['  router ', ['router 1']],
    ["' or 1=1 --", []],
    ['nothing', []],
  ])('CC-12 complete %j', async (typed, expected) => {
    expect(await tags(`q=${encodeURIComponent(typed)}`)).toEqual(expected);
  });

  it('CC-12 count only the cases the actor may see', async () => {
    expect(await tags('', tenant.agent)).toEqual(['refund 3', '100%_sure 1', 'February 1', 'größe 1']);
    expect(await tags('', tenant.technician)).toEqual(['refund 2', '100%_sure 1', 'February 1', 'router 1']);
    expect(await tags('', tenant.colleague)).toEqual([]);
  });

  it('CC-12 are narrowed to one customer', async () => {
    expect(await tags('customerId=cust_quist')).toEqual(['größe 1', 'refund 1']);
    expect(await tags('customerId=cust_harbour')).toEqual([]);
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    [`q=${'x'.repeat(201)}`, 'q'],
    ['q=%00', 'q'],
    ['cursor=x', 'cursor'],
  ])('refuse %s', async (query, field) => {
    const { status, body } = await tenant.agent.get<Problem>(`/v1/tags?${query}`);
    expect(status).toBe(422);
    expect(body.errors).toEqual([expect.objectContaining({ field })]);
  });

  it('CC-01 are not for roles that see no cases, and CC-04 not for a customer that is not there', async () => {
    expect((await tenant.finance.get('/v1/tags')).status).toBe(403);
    expect((await tenant.agent.get('/v1/tags?customerId=absent')).status).toBe(404);
    expect((await tenant.customer.get('/v1/tags?customerId=cust_quist')).status).toBe(404);
  });
});
