import { beforeAll, describe, expect, it } from 'vitest';

import type { Actor } from '../../server/backend.js';
import { decide } from '../../server/engine/policy/decide.js';
import type { LiveGrant } from '../../server/engine/policy/facts.js';
import { caseSorts, type CaseQuery, type CaseSort, type CaseSummary } from '../../src/contract/cases.js';
import type { SeedCase } from '../../server/engine/import-types.js';
import type { TestEngine } from '../support/engine.js';
import { aSeededTenant, anActor, createCase, reading, theEngine } from '../support/engine.js';

let world: TestEngine;

beforeAll(async () => {
  world = await theEngine();
});

const priorities = ['high', 'normal', 'low', undefined];

function aSeedCase(index: number, change: Partial<SeedCase> = {}): SeedCase {
  const priority = priorities[index % 4];
  return {
    externalReference: `R-${index}`,
    customerId: 'cust_aldermill',
    subject: `Case ${index}`,
    description: 'Text.',
    // Many share each value: what tells them apart is the id alone.
    createdAt: `2025-03-0${(index % 3) + 1}T10:00:00.123Z`,
    ...(priority && { priority }),
    ...(index % 3 > 0 && { deadline: `2025-04-1${index % 3}` }),
    ...change,
  };
}

async function everyPage(actor: Actor, query: CaseQuery) {
  const pages = [];
  let cursor: string | undefined;
  do {
    const page = await world.engine.listCases({ ...query, ...(cursor && { cursor }) }, reading(actor));
    pages.push(page);
    cursor = page.next ?? undefined;
  } while (cursor);
  return { pages, items: pages.flatMap(({ items }) => items) };
}

describe('pages of a list', () => {
  it.each(caseSorts)('go through %s to the end, each case once and in order', async (sort) => {
    const tenant = await aSeededTenant(world.engine);
    await world.engine.seed(tenant, { cases: Array.from({ length: 23 }, (_, index) => aSeedCase(index)) });
    const actor = anActor(tenant, 'agent');
    const { items, pages } = await everyPage(actor, { sort, limit: 4, count: 'true' });
    expect(new Set(items.map(({ id }) => id)).size).toBe(23);
    expect(pages.map(({ total }) => total)).toEqual(Array<number>(6).fill(23));
    const whole = await world.engine.listCases({ sort, limit: 100 }, reading(actor));
    expect(items.map(({ id }) => id)).toEqual(whole.items.map(({ id }) => id));
    expect(isOrdered(sort, items)).toBe(true);
  });

  function isOrdered(sort: CaseSort, items: readonly CaseSummary[]): boolean {
    const rank = (value: string): number => priorities.indexOf(value);
    const deadlineOf = ({ deadline }: CaseSummary): number | null => (deadline ? Date.parse(deadline) : null);
    const keys: Record<string, (item: CaseSummary) => number | null> = {
      updated: (item) => Date.parse(item.updatedAt ?? ''),
      created: (item) => Date.parse(item.createdAt ?? ''),
      number: (item) => item.number,
      deadline: deadlineOf,
      // Descending is from the highest on, and the highest is the first of the list.
      priority: (item) => (item.priority ? -rank(item.priority) : null),
    };
    const descending = sort.startsWith('-');
    const key = keys[sort.replace('-', '')];
    if (!key) return false;
    const values = items.map((item) => key(item));
    const last = values.indexOf(null);
    const set = (last === -1 ? values : values.slice(0, last)) as number[];
    if (last !== -1 && values.slice(last).some((value) => value !== null)) return false;
    return set.every(
      (value, at) => at === 0 || (descending ? value <= (set[at - 1] ?? 0) : value >= (set[at - 1] ?? 0)),
    );
  }

  it('refuse a cursor of another order, or a broken one', async () => {
    const tenant = await aSeededTenant(world.engine);
    await world.engine.seed(tenant, { cases: [aSeedCase(0), aSeedCase(1), aSeedCase(2)] });
    const actor = anActor(tenant, 'agent');
    const { next } = await world.engine.listCases({ limit: 1 }, reading(actor));
    const forged = (parts: unknown): string => btoa(JSON.stringify(parts));
    for (const [sort, cursor] of [
      ['created', next],
      ['-updated', 'x'],
      ['-updated', '%%%'],
      ['-updated', forged(['cases:-updated', 'yesterday', 'x'])],
      ['-updated', forged(['cases:-updated', '2025-13-01T00:00:00.000Z', 'x'])],
      ['-updated', forged(['cases:-updated', '0000-01-01T00:00:00.000Z', 'x'])],
      ['-updated', forged(['cases:-updated', '2025-01-01T00:00:00.000Z', 'a\u0000'])],
      ['deadline', forged(['cases:deadline', '2025-02-30', 'x'])],
      ['number', forged(['cases:number', 1e300, 'x'])],
      ['priority', forged(['cases:priority', 5_000_000_000, 'x'])],
    ] as const) {
      await expect(
        world.engine.listCases({ sort, cursor: cursor ?? '' }, reading(actor)),
        `${sort} ${cursor}`,
      ).rejects.toMatchObject({
        code: 'validation_failed',
        options: { errors: [{ field: 'cursor', code: 'invalid' }] },
      });
    }
  });

  it('follow the settings when the priorities change places', async () => {
    const tenant = await aSeededTenant(world.engine);
    await world.engine.seed(tenant, { cases: [0, 1, 2].map((index) => aSeedCase(index)) });
    const administrator = anActor(tenant, 'administrator');
    const settings = await world.engine.getSettings(reading(administrator));
    const turned = [...settings.priorities].reverse();
    await world.engine.updateSettings(
      { priorities: turned },
      { actor: administrator, version: settings.version },
    );
    const { items } = await world.engine.listCases({ sort: '-priority' }, reading(administrator));
    expect(items.map(({ priority }) => priority)).toEqual(['low', 'normal', 'high']);
  });
});

describe('filters', () => {
  it('CC-05 to CC-14 combine: all must match, several values of one match any', async () => {
    const tenant = await aSeededTenant(world.engine);
    await world.engine.seed(tenant, {
      cases: [
        aSeedCase(0, {
          type: 'billing',
          tags: ['vip', 'late'],
          createdAt: '2025-03-01T00:00:00Z',
          priority: 'high',
        }),
        aSeedCase(1, {
          type: 'technical',
          tags: ['vip'],
          createdAt: '2025-03-02T00:00:00Z',
          deadline: '2025-03-10',
        }),
        aSeedCase(2, { type: 'billing', customerId: 'cust_quist', createdAt: '2025-03-03T00:00:00Z' }),
      ],
    });
    const actor = anActor(tenant, 'agent');
    const find = async (query: CaseQuery) => {
      const { items } = await world.engine.listCases({ sort: 'number', ...query }, reading(actor));
      return items.map(({ subject }) => subject);
    };
    expect(await find({ type: ['billing'] })).toEqual(['Case 0', 'Case 2']);
    expect(await find({ type: ['billing', 'technical'], tag: ['vip'] })).toEqual(['Case 0', 'Case 1']);
    expect(await find({ tag: ['late', 'nobody'] })).toEqual(['Case 0']);
    expect(await find({ raisedAfter: '2025-03-02' })).toEqual(['Case 1', 'Case 2']);
    expect(await find({ raisedAfter: '2025-03-02', raisedBefore: '2025-03-03T00:00:00Z' })).toEqual([
      'Case 1',
    ]);
    expect(await find({ deadline: 'none', type: ['billing'] })).toEqual(['Case 0']);
    expect(await find({ dueBy: '2025-03-10' })).toEqual(['Case 1']);
    expect(await find({ overdueOn: '2025-03-10' })).toEqual([]);
    expect(await find({ overdueOn: '2025-03-11' })).toEqual(['Case 1']);
    expect(await find({ customerId: 'cust_quist' })).toEqual(['Case 2']);
    expect(await find({ priority: ['high'], q: 'text' })).toEqual(['Case 0']);
    expect(await find({ status: ['closed'] })).toEqual([]);
  });

  it('CC-04, CC-07, CC-10 say what cannot be', async () => {
    const actor = anActor(await aSeededTenant(world.engine), 'agent');
    const refuse = (query: CaseQuery) => expect(world.engine.listCases(query, reading(actor))).rejects;
    await refuse({ customerId: 'cust_nobody' }).toMatchObject({ code: 'not_found' });
    await refuse({ customerId: 'cust\u0000' }).toMatchObject({ code: 'not_found' });
    await refuse({ raisedAfter: '2025-03-02', raisedBefore: '2025-03-01' }).toMatchObject({
      options: { errors: [{ field: 'raisedBefore', code: 'empty_range' }] },
    });
    await refuse({ priority: ['urgent'] }).toMatchObject({
      options: { errors: [{ field: 'priority', code: 'unknown_value' }] },
    });
    await refuse({ raisedAfter: '0000-01-01', dueBy: '0000-01-01' }).toMatchObject({
      options: {
        errors: [
          { field: 'raisedAfter', code: 'not_a_date' },
          { field: 'dueBy', code: 'not_a_date' },
        ],
      },
    });
  });
});

describe('visibility', () => {
  it('is the same rule in lists, counts and for one case', async () => {
    const { engine, database } = world;
    const tenant = await aSeededTenant(engine);
    const cases: SeedCase[] = [];
    for (const departmentId of [undefined, 'dept_care', 'dept_network']) {
      for (const assigneeId of [undefined, 'person_mara', 'person_yuki']) {
        for (const requesterId of [undefined, 'person_pia', 'person_leo']) {
          cases.push(
            aSeedCase(cases.length, {
              ...(departmentId && { departmentId }),
              ...(assigneeId && { assigneeId }),
              ...(requesterId && { requesterId }),
            }),
          );
        }
      }
    }
    await engine.seed(tenant, { cases });
    const all = await engine.listCases(
      { limit: 100, sort: 'number' },
      reading(anActor(tenant, 'administrator')),
    );
    expect(all.items).toHaveLength(27);
    const give = (
      index: number,
      grantee_kind: LiveGrant['granteeKind'],
      grantee_id: string,
      change: object = {},
    ) => ({
      tenant,
      id: crypto.randomUUID(),
      unit: 'case' as const,
      unit_id: all.items[index]?.id ?? '',
      grantee_kind,
      grantee_id,
      level: 'view',
      given_at: '2025-01-01T00:00:00Z',
      ...change,
    });
    await database.db
      .insertInto('grants')
      .values([
        give(26, 'person', 'person_mara'),
        give(25, 'person', 'person_mara', { revoked_at: '2025-01-02T00:00:00Z' }),
        give(24, 'person', 'person_mara', { expires_at: '2025-01-02T00:00:00Z' }),
        give(0, 'person', 'person_nora'),
        give(3, 'customer', 'cust_quist'),
        give(6, 'organisation', 'org_aldermill'),
        give(18, 'department', 'dept_care'),
      ])
      .execute();

    for (const who of ['agent', 'technician', 'customer', 'colleague', 'outsider'] as const) {
      const actor = anActor(tenant, who);
      const list = await engine.listCases({ limit: 100, count: 'true' }, reading(actor));
      const listed = new Set(list.items.map(({ id }) => id));
      const opened = new Set<string>();
      for (const { id } of all.items) {
        await engine.getCase(id, reading(actor)).then(
          (found) => opened.add(found.id),
          (error: unknown) => expect(error).toMatchObject({ code: 'not_found' }),
        );
      }
      const shared = all.items[18]?.id ?? '';
      if (who === 'agent') {
        expect(listed.has(shared)).toBe(false);
        expect(opened.delete(shared)).toBe(true);
      }
      expect([...opened].sort(), who).toEqual([...listed].sort());
      expect(list.total).toBe(listed.size);
      expect(listed.size).toBeGreaterThan(0);
      expect(listed.size).toBeLessThan(27);
    }
  });

  it('CC-01 refuses lists and cases to an agent without a case role', async () => {
    const tenant = await aSeededTenant(world.engine);
    const { id } = await createCase(world.engine, anActor(tenant, 'agent'));
    const finance = anActor(tenant, 'finance');
    const forbidden = { code: 'forbidden', options: { rule: 'cases.role' } };
    await expect(world.engine.listCases({}, reading(finance))).rejects.toMatchObject(forbidden);
    await expect(world.engine.getCase(id, reading(finance))).rejects.toMatchObject(forbidden);
    await expect(world.engine.getCase('case_nowhere', reading(finance))).rejects.toMatchObject(forbidden);
  });

  it('never shows a case to another tenant', async () => {
    const { id } = await createCase(world.engine, anActor(await aSeededTenant(world.engine), 'agent'));
    const stranger = anActor(await aSeededTenant(world.engine), 'administrator');
    await expect(world.engine.getCase(id, reading(stranger))).rejects.toMatchObject({ code: 'not_found' });
    expect((await world.engine.listCases({ count: 'true' }, reading(stranger))).total).toBe(0);
  });

  it('carries the verdicts of the policy on every row', async () => {
    const tenant = await aSeededTenant(world.engine);
    const actor = anActor(tenant, 'agent');
    const created = await createCase(world.engine, actor);
    const [row] = (await world.engine.listCases({}, reading(actor))).items;
    const facts = {
      id: created.id,
      tenant,
      status: 'open',
      projectId: null,
      customerId: created.customer?.id ?? '',
      requesterId: 'person_pia',
      assigneeId: null,
      departmentId: null,
    };
    const settings = { portalScope: 'own', reopenOnCustomerReply: false };
    for (const action of ['edit', 'close', 'reopen', 'addInternalNote'] as const) {
      expect(row?.permissions[action]).toEqual(decide(actor, action, facts, settings, []));
    }
  });
});
