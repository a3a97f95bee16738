import { beforeAll, describe, expect, it } from 'vitest';

import type { Actor } from '../../server/backend.js';
import type { LiveGrant } from '../../server/engine/policy/facts.js';
import { isVisible } from '../../server/engine/policy/visibility.js';
import { caseSorts, type CaseQuery } from '../../src/contract/cases.js';
import type { TestEngine } from '../support/engine.js';
import { aSeededTenant, anActor, reading, theEngine } from '../support/engine.js';

let world: TestEngine;
let tenant: string;

const departments = ['dept_care', 'dept_network', 'dept_other', undefined];
const many = Array.from({ length: 12 }, (_, index) => `dept_${index}`);
const settings = { portalScope: 'own', reopenOnCustomerReply: false };

beforeAll(async () => {
  world = await theEngine();
  tenant = await aSeededTenant(world.engine);
  const cases = Array.from({ length: 60 }, (_, index) => {
    const departmentId = departments[index % 4];
    return {
      externalReference: `W-${index}`,
      customerId: 'cust_aldermill',
      subject: `Case ${index}`,
      description: 'Text.',
      createdAt: `2025-03-0${(index % 3) + 1}T10:00:00.123Z`,
      createdBy: 'person_mara',
      priority: ['high', 'normal', 'low'][index % 3] ?? 'low',
      ...(index % 5 === 0 && { assigneeId: 'person_mara' }),
      ...(index % 7 === 0 && { requesterId: 'person_pia' }),
      ...(index % 2 === 0 && { deadline: `2025-04-1${index % 10}` }),
      ...(departmentId !== undefined && { departmentId }),
    };
  });
  await world.engine.seed(tenant, { cases });
});

async function everyPage(actor: Actor, query: CaseQuery): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await world.engine.listCases({ ...query, ...(cursor && { cursor }) }, reading(actor));
    ids.push(...page.items.map(({ id }) => id));
    if (page.total !== undefined && !cursor) ids.unshift(`${page.total}`);
    cursor = page.next ?? undefined;
  } while (cursor);
  return ids;
}

/** What the policy says of each case alone, in the order in which an administrator sees them. */
async function judgedOneByOne(actor: Actor, query: CaseQuery, grants: LiveGrant[]): Promise<string[]> {
  const all = await world.engine.listCases(
    { ...query, limit: 100 },
    reading(anActor(tenant, 'administrator')),
  );
  const visible = all.items.filter((item) => {
    const facts = {
      id: item.id,
      tenant,
      status: item.status,
      projectId: null,
      customerId: item.customer?.id ?? '',
      requesterId: item.requester?.id ?? null,
      assigneeId: item.assignee?.id ?? null,
      departmentId: item.department?.id ?? null,
    };
    return isVisible(actor, facts, settings, grants);
  });
  return [`${visible.length}`, ...visible.map(({ id }) => id)];
}

describe('a list put together from the ways of seeing a case', () => {
  it.each(caseSorts)('has the cases the policy allows, each once, in order: %s', async (sort) => {
    const agent = { kind: 'agent', roles: ['customer-service'] } as const;
    const actors = [
      anActor(tenant, 'agent'),
      anActor(tenant, 'technician'),
      anActor(tenant, 'customer'),
      anActor(tenant, { ...agent, id: 'person_nobody' }),
      anActor(tenant, {
        ...agent,
        id: 'person_all',
        departments: ['dept_care', 'dept_network', 'dept_other'],
      }),
      anActor(tenant, { ...agent, id: 'person_mara', departments: ['dept_gone', 'dept_gone', ...many] }),
    ];
    for (const actor of actors) {
      for (const query of [
        {},
        { status: ['open'] },
        { deadline: 'set', priority: ['high', 'low'] },
      ] as const) {
        const asked = { ...query, sort, count: 'true' } as unknown as CaseQuery;
        const expected = await judgedOneByOne(actor, asked, []);
        expect(
          await everyPage(actor, { ...asked, limit: 7 }),
          `${actor.id} ${JSON.stringify(query)}`,
        ).toEqual(expected);
      }
    }
  });

  it('has what was shared with a person besides, and not what was shared with their department', async () => {
    const actor = anActor(tenant, 'technician');
    const all = await world.engine.listCases({ limit: 100 }, reading(anActor(tenant, 'administrator')));
    const hidden = all.items.filter(({ department }) => department?.id === 'dept_other');
    const [mine, theirs] = [hidden[0]?.id ?? '', hidden[1]?.id ?? ''];
    const at = new Date().toISOString();
    const grant = (
      id: string,
      unit_id: string,
      grantee_kind: 'person' | 'department',
      grantee_id: string,
    ) => ({
      ...{
        tenant,
        id,
        unit: 'case' as const,
        unit_id,
        grantee_kind,
        grantee_id,
        level: 'full',
        given_at: at,
      },
      ...{ given_by: null, expires_at: null, revoked_at: null, revoked_by: null },
    });
    await world.database.db
      .insertInto('grants')
      .values([
        grant('grant_1', mine, 'person', actor.id),
        grant('grant_2', theirs, 'department', 'dept_network'),
      ])
      .execute();
    const live: LiveGrant = { unit: 'case', unitId: mine, granteeKind: 'person', level: 'full' };
    for (const sort of ['-updated', 'created', 'number'] as const) {
      const ids = await everyPage(actor, { sort, limit: 7, count: 'true' });
      expect(ids).toEqual(await judgedOneByOne(actor, { sort }, [live]));
      expect(ids).toContain(mine);
      expect(ids).not.toContain(theirs);
    }
  });
});
