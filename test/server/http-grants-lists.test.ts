import { beforeAll, describe, expect, it } from 'vitest';

import type { Case } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Problem } from '../../src/contract/problem.js';
import type { View } from '../../src/contract/views.js';
import { aClosure, aTenant, type Caller, type TestTenant } from '../support/app.js';
import { changeSettings } from '../support/projects.js';
import { aGrant, moreToShareWith, setSharing } from '../support/sharing.js';
import { theApp } from '../support/shared-app.js';

const NETWORK = { kind: 'department', id: 'dept_network' } as const;
const LEO = { kind: 'person', id: 'person_leo' } as const;

let tenant: TestTenant;
let given: Record<'toNetwork' | 'toQuist' | 'toLeo' | 'toNobody', Case>;

beforeAll(async () => {
  tenant = await aTenant(await theApp(), moreToShareWith);
  await setSharing(tenant, { departmentRoles: ['customer-service'] });
  const care = { departmentId: 'dept_care' };
  given = {
    toNetwork: await tenant.aCase({ ...care, subject: 'to network' }),
    toQuist: await tenant.aCase({ ...care, subject: 'to quist' }),
    toLeo: await tenant.aCase({ subject: 'to leo' }, tenant.customer),
    toNobody: await tenant.aCase({ ...care, subject: 'to nobody' }),
  };
  await aGrant(tenant.agent, given.toNetwork.id, { ...NETWORK, level: 'read-only' });
  await aGrant(tenant.agent, given.toQuist.id, { kind: 'customer', id: 'cust_quist' });
  await aGrant(tenant.customer, given.toLeo.id, LEO);
});

/** The subjects of a list, which its count must agree with. */
async function subjects(by: Caller, query: string): Promise<string[]> {
  const { status, body } = await by.get<Page<Case>>(`/v1/cases?${query}&count=true&limit=100`);
  expect(status, JSON.stringify(body)).toBe(200);
  expect(body.total).toBe(body.items.length);
  return body.items.map(({ subject }) => subject).sort();
}

describe('lists of what is shared', () => {
  it('DE-22 shows what a department received in its Shared view alone', async () => {
    const yuki = tenant.technician;
    for (const query of ['sort=-updated', 'sort=created', 'sort=deadline', 'q=network', 'status=open']) {
      expect(await subjects(yuki, `shared=with-me&${query}`)).toEqual(['to network']);
      expect(await subjects(yuki, query)).not.toContain('to network');
    }
    expect(await subjects(yuki, 'shared=with-me&q=quist')).toEqual([]);
    expect(await subjects(yuki, 'shared=by-us')).not.toContain('to network');
  });

  it('CO-08 tells what others shared with a person from what is their own', async () => {
    expect(await subjects(tenant.colleague, 'shared=with-me')).toEqual(['to leo']);
    expect(await subjects(tenant.colleague, 'shared=by-us')).toEqual([]);
    expect(await subjects(tenant.outsider, 'shared=with-me')).toEqual(['to quist']);
    expect(await subjects(tenant.customer, 'shared=by-us')).toEqual(['to leo']);
    expect(await subjects(tenant.customer, 'shared=with-me')).toEqual([]);
    await aGrant(tenant.agent, given.toNobody.id, { kind: 'customer', id: 'cust_aldermill' });
    expect(await subjects(tenant.customer, 'shared=with-me')).toEqual([]);
    expect(await subjects(tenant.colleague, 'shared=with-me')).toEqual(['to leo', 'to nobody']);
  });

  it('DE-27 loses what is no longer shared, on both sides', async () => {
    const record = await tenant.aCase({ departmentId: 'dept_care', subject: 'passing' });
    const grant = await aGrant(tenant.agent, record.id, NETWORK);
    expect(await subjects(tenant.technician, 'shared=with-me')).toContain('passing');
    expect(await subjects(tenant.agent, 'shared=by-us')).toContain('passing');
    await tenant.agent.delete(`/v1/grants/${grant.id}`);
    expect(await subjects(tenant.technician, 'shared=with-me')).not.toContain('passing');
    expect(await subjects(tenant.agent, 'shared=by-us')).not.toContain('passing');
  });

  it('DE-28, DE-29 keeps a view of what was shared, with further conditions, that shows nobody more than they may see', async () => {
    const closed = await tenant.aCase({ departmentId: 'dept_care', subject: 'done' });
    await aGrant(tenant.agent, closed.id, NETWORK);
    await tenant.agent.post(`/v1/cases/${closed.id}/close`, aClosure(), closed);
    const { status, body: view } = await tenant.administrator.post<View>('/v1/views', {
      name: 'Shared with others, open',
      filters: { shared: 'by-us', status: 'open' },
      visibility: { kind: 'roles', roles: ['customer-service'] },
    });
    expect([status, view.filters]).toEqual([201, { shared: 'by-us', status: 'open' }]);
    const query = new URLSearchParams(view.filters as Record<string, string>).toString();
    const mine = await subjects(tenant.agent, query);
    expect(mine).toEqual(expect.arrayContaining(['to network', 'to quist']));
    expect(mine).not.toContain('done');
    // The other department has the view, and none of the cases.
    expect((await tenant.technician.get(`/v1/views/${view.id}`)).status).toBe(200);
    expect(await subjects(tenant.technician, query)).toEqual([]);
  });

  it('is for no export, and for no other word', async () => {
    const exported = await tenant.technician.get<Problem>('/v1/cases/export?shared=with-me');
    expect(exported.body.errors).toMatchObject([{ field: 'shared', code: 'unknown_field' }]);
    const odd = await tenant.agent.get<Problem>('/v1/cases?shared=all');
    expect(odd.body.errors).toMatchObject([{ field: 'shared', code: 'unknown_value' }]);
  });

  it('shows administrators what others shared with them, not everything', async () => {
    expect(await subjects(tenant.administrator, 'shared=with-me')).toEqual([]);
    expect(await subjects(tenant.administrator, 'shared=by-us')).toEqual(
      expect.arrayContaining(['to network', 'to quist']),
    );
  });

  it('CU-25 who has access is told by no line of the history and no filter either, once that is unticked', async () => {
    const own = await aTenant(await theApp(), moreToShareWith);
    const record = await own.aCase({ requesterId: 'person_pia' });
    await aGrant(own.agent, record.id, { kind: 'customer', id: 'cust_quist' });
    const lines = () => own.customer.get<Page<unknown>>(`/v1/cases/${record.id}/timeline?count=true`);
    const filters = ['sharedWithCustomerId=cust_quist', 'sharedWithOrganisationId=org_quist'];
    expect((await lines()).body.total).toBe(2);
    for (const filter of filters) expect((await own.customer.get(`/v1/cases?${filter}`)).status).toBe(200);
    await changeSettings(own, { portal: { features: { listGrantees: false } } });
    const { body } = await lines();
    expect(body).toMatchObject({ total: 1, items: [{ kind: 'creation' }] });
    expect(JSON.stringify(body)).not.toContain('cust_quist');
    for (const filter of filters) {
      expect(await own.customer.get(`/v1/cases?${filter}`)).toMatchObject({
        status: 422,
        body: { errors: [{ field: filter.split('=')[0], code: 'unknown_field' }] },
      });
      expect((await own.agent.get(`/v1/cases?${filter}`)).status).toBe(200);
    }
  });
});
