import { beforeAll, describe, expect, it } from 'vitest';

import type { Actor } from '../../server/backend.js';
import type { Engine } from '../../server/engine/engine.js';
import type { SeedCase } from '../../server/engine/import-types.js';
import { caseSorts, type CaseQuery, type CaseSort, type CaseSummary } from '../../src/contract/cases.js';
import { aSeededTenant, anActor, reading, theEngine } from '../support/engine.js';

// More than an order is looked through before everything that matches is taken and sorted.
const count = 1_300;
const priorities = ['high', 'normal', 'low'];

let engine: Engine;
let administrator: Actor;
let outsider: Actor;
let pia: Actor;

/** One in two is noisy; few are rare, most of them at one end of every order; what few see lies there as well. */
function aCase(index: number): SeedCase {
  const rare = index < 6 || index === count - 1;
  const words = [index % 2 === 0 ? 'noisy' : 'silent', ...(rare ? ['rarely'] : []), `n${index}`];
  return {
    externalReference: `L-${index}`,
    customerId: 'cust_aldermill',
    subject: words.join(' '),
    description: 'Text.',
    createdAt: new Date(Date.UTC(2025, 0, 1) + Math.floor(index / 3) * 3_600_000).toISOString(),
    ...(isPias(index) && { requesterId: 'person_pia' }),
    departmentId: rare || index === 1_000 ? 'dept_care' : 'dept_network',
    ...(index % 5 > 0 && { deadline: `2025-0${1 + Math.floor(index / 300)}-1${index % 3}` }),
    ...(index % 7 > 0 && { priority: priorities[Math.floor(index / 500)] }),
  };
}

const isPias = (index: number): boolean => index % 390 === 4;
const sharedWithPia = [0, 2, 701, count - 1];

beforeAll(async () => {
  const world = await theEngine();
  ({ engine } = world);
  const tenant = await aSeededTenant(engine);
  await engine.seed(tenant, { cases: Array.from({ length: count }, (_, index) => aCase(index)) });
  administrator = anActor(tenant, 'administrator');
  outsider = anActor(tenant, { roles: ['customer-service'], departments: ['dept_care'] });
  pia = anActor(tenant, 'customer');
  const found = await everyPage(administrator, { sort: 'number', limit: 100 });
  await world.database.db
    .insertInto('grants')
    .values(
      sharedWithPia.map((index) => ({
        tenant,
        id: `grant_${index}`,
        unit: 'case' as const,
        unit_id: found.items.find(({ subject }) => subject.endsWith(` n${index}`))?.id ?? '',
        grantee_kind: 'person' as const,
        grantee_id: pia.id,
        level: 'collaborate',
        given_at: '2025-01-01T00:00:00Z',
      })),
    )
    .execute();
});

async function everyPage(actor: Actor, query: CaseQuery): Promise<{ items: CaseSummary[]; total: number }> {
  const items: CaseSummary[] = [];
  let cursor: string | undefined;
  let total = 0;
  do {
    const page = await engine.listCases(
      { ...query, count: 'true', ...(cursor !== undefined && { cursor }) },
      reading(actor),
    );
    items.push(...page.items);
    total = page.total ?? 0;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return { items, total };
}

/** The order of every case there is, as pages without any condition give it. */
async function orderOf(sort: CaseSort): Promise<string[]> {
  const { items } = await everyPage(administrator, { sort, limit: 100 });
  expect(items).toHaveLength(count);
  return items.map(({ subject }) => subject);
}

describe('lists of more cases than are looked through', () => {
  it.each(caseSorts)(
    'find in the order %s what is searched for, all of it and nothing twice',
    async (sort) => {
      const order = await orderOf(sort);
      for (const [q, limit] of [
        ['rare', 2],
        ['rare noisy', 2],
        ['noi', 100],
        ['noisy silent', 25],
        ['n1299', 25],
        ['n1 silent', 25],
      ] as const) {
        const words = q.split(' ');
        const expected = order.filter((subject) =>
          words.every((word) => subject.split(' ').some((found) => found.startsWith(word))),
        );
        const { items, total } = await everyPage(administrator, { sort, limit, q });
        expect(
          items.map(({ subject }) => subject),
          q,
        ).toEqual(expected);
        expect(total, q).toBe(expected.length);
      }
    },
  );

  it.each(caseSorts)('show in the order %s to who sees little of much just that', async (sort) => {
    const order = await orderOf(sort);
    const isTheirs = (subject: string) => / rarely | n1000$/.test(subject);
    for (const q of [undefined, 'noisy', 'n1000']) {
      const expected = order
        .filter(isTheirs)
        .filter((subject) => q === undefined || subject.split(' ').includes(q));
      const { items, total } = await everyPage(outsider, { sort, limit: 3, ...(q !== undefined && { q }) });
      expect(
        items.map(({ subject }) => subject),
        q,
      ).toEqual(expected);
      expect(total, q).toBe(expected.length);
      expect(expected.length).toBeGreaterThan(0);
    }
  });

  it.each(caseSorts)(
    'show in the order %s to a customer their own and what is shared with them',
    async (sort) => {
      const order = await orderOf(sort);
      const isTheirs = (subject: string) => {
        const index = Number(/ n(\d+)$/.exec(subject)?.[1]);
        return isPias(index) || sharedWithPia.includes(index);
      };
      for (const q of [undefined, 'noisy', 'n701']) {
        const expected = order
          .filter(isTheirs)
          .filter((subject) => q === undefined || subject.split(' ').includes(q));
        const { items, total } = await everyPage(pia, { sort, limit: 3, ...(q !== undefined && { q }) });
        expect(
          items.map(({ subject }) => subject),
          q,
        ).toEqual(expected);
        expect(total, q).toBe(expected.length);
        expect(expected.length).toBeGreaterThan(0);
      }
    },
  );
});
