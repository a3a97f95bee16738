import { beforeEach, describe, expect, it } from 'vitest';

import { caseSummarySchema, type CaseSummary } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Problem } from '../../src/contract/problem.js';
import type { Caller } from '../support/app.js';
import { aDeskScene, type DeskScene } from '../support/fake-zoho-desk/scene.js';

let scene: DeskScene;
beforeEach(async () => {
  scene = await aDeskScene();
});

async function listed(by: Caller, query = ''): Promise<CaseSummary[]> {
  const { status, body } = await by.get<Page<CaseSummary>>(`/v1/cases${query}`);
  expect(status).toBe(200);
  for (const item of body.items) caseSummarySchema.parse(item);
  return body.items;
}

const subjects = async (by: Caller, query = '') => (await listed(by, query)).map(({ subject }) => subject);

describe('Lists', () => {
  it('are asked of Zoho as the filters say', async () => {
    const { lea, desk, agents, contacts, aTicket } = scene;
    aTicket({ subject: 'Late', dueDate: '2026-01-05T23:59:59.000Z', tags: ['fibre'] });
    aTicket({ subject: 'Held', status: 'On Hold', assigneeId: agents.lea.id, priority: 'Low' });
    aTicket({ subject: 'Done', status: 'Closed', classification: 'Billing' });
    aTicket({ subject: 'Dan', contactId: contacts.dan.id, createdTime: '2025-06-01T00:00:00.000Z' });
    const found = async (query: string) => (await subjects(lea, `?${query}`)).sort();
    expect(await found('status=open')).toEqual(['Dan', 'Held', 'Late']);
    expect(await found('status=closed')).toEqual(['Done']);
    expect(await found('status=closed&status=open')).toHaveLength(4);
    expect(await found('priority=low')).toEqual(['Held']);
    expect(await found('priority=low&priority=high')).toHaveLength(4);
    expect(await found('tag=fibre')).toEqual(['Late']);
    expect(await found('tag=fi')).toEqual([]);
    expect(await found(`assigneeId=${agents.lea.id}`)).toEqual(['Held']);
    expect(await found('type=billing')).toEqual(['Done']);
    expect(await found(`customerId=${contacts.dan.id}`)).toEqual(['Dan']);
    expect(await found('raisedBefore=2025-06-02')).toEqual(['Dan']);
    expect(await found('raisedAfter=2025-06-02')).toEqual(['Done', 'Held', 'Late']);
    expect(await found('deadline=set')).toEqual(['Late']);
    expect(await found('deadline=none')).toEqual(['Dan', 'Done', 'Held']);
    expect(await found('dueBy=2026-01-05')).toEqual(['Late']);
    expect(await found('dueBy=2026-01-04')).toEqual([]);
    expect(await found('overdueOn=2026-01-05')).toEqual([]);
    expect(await found('overdueOn=2026-01-06')).toEqual(['Late']);
    expect(await found('link=invoice:1')).toEqual([]);
    desk.calls.length = 0;
    await found('status=open');
    expect(desk.calls.filter(({ path }) => path === '/tickets/search')).toHaveLength(1);
  });

  it('find words of subject and description, and of nothing else', async () => {
    const { lea, cara, world, aTicket } = scene;
    aTicket({ subject: 'Router broken', description: '<p>The lamp is <b>red</b></p>' });
    const secret = aTicket({ subject: 'Other', description: null, cf: { cf_note: 'redhanded' } });
    world.addComment(secret, { content: 'red herring', isPublic: false });
    for (const by of [lea, cara]) {
      expect(await subjects(by, '?q=red')).toEqual(['Router broken']);
      expect(await subjects(by, '?q=rout%20lam')).toEqual(['Router broken']);
      expect(await subjects(by, '?q=herring')).toEqual([]);
    }
  });

  it.each(['-created', 'created', '-number', 'number', 'deadline', '-deadline', 'priority', '-priority'])(
    'page through %s to the end, each case once, and count them',
    async (sort) => {
      const { ivy, departments, aTicket } = scene;
      for (let index = 0; index < 13; index += 1) {
        aTicket({
          subject: `Case ${index}`,
          departmentId: index % 2 === 0 ? departments.support.id : departments.billing.id,
          createdTime: new Date(Date.UTC(2026, 0, 1 + index)).toISOString(),
          priority: ['High', 'Low', null][index % 3] ?? null,
          dueDate: index % 4 === 0 ? null : `2026-02-${String(10 + index)}T23:59:59.000Z`,
        });
      }
      const seen: CaseSummary[] = [];
      let cursor = '';
      do {
        const { body } = await ivy.get<Page<CaseSummary>>(
          `/v1/cases?sort=${sort}&limit=4&count=true${cursor}`,
        );
        expect(body.total).toBe(13);
        seen.push(...body.items);
        cursor = body.next === null ? '' : `&cursor=${encodeURIComponent(body.next)}`;
      } while (cursor !== '');
      expect(new Set(seen.map(({ id }) => id)).size).toBe(13);
      const keys = seen.map((item) => {
        if (sort.endsWith('deadline')) return item.deadline ?? null;
        if (sort.endsWith('priority'))
          return ['high', 'normal', 'low'].indexOf(item.priority ?? '') + 1 || null;
        return sort.endsWith('number') ? item.number : (item.createdAt ?? '');
      });
      const there = keys.filter((key) => key !== null);
      const sorted = [...there].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      if (sort.startsWith('-')) sorted.reverse();
      expect(keys).toEqual([...sorted, ...keys.filter((key) => key === null)]);
    },
  );

  it('go on beyond the thousand rows of one search', async () => {
    const { lea, desk, aTicket } = await aDeskScene({ countReplies: false });
    const count = 1_230;
    for (let index = 0; index < count; index += 1)
      aTicket({ createdTime: new Date(Date.UTC(2026, 0, 1) + Math.floor(index / 3) * 60_000).toISOString() });
    const seen = new Set<string>();
    let total = 0;
    let cursor = '';
    do {
      const { status, body } = await lea.get<Page<CaseSummary>>(
        `/v1/cases?sort=-created&limit=97&count=true${cursor}`,
      );
      expect(status).toBe(200);
      expect(body.total).toBe(count);
      total += body.items.length;
      for (const { id } of body.items) seen.add(id);
      cursor = body.next === null ? '' : `&cursor=${encodeURIComponent(body.next)}`;
    } while (cursor !== '');
    expect([total, seen.size]).toEqual([count, count]);
    const froms = desk.calls.map(({ query }) => Number(query.get('from') ?? 0));
    expect(Math.max(...froms)).toBeLessThanOrEqual(999);
  });

  it('refuse a cursor of another list', async () => {
    const { lea, aTicket } = scene;
    for (let index = 0; index < 3; index += 1) aTicket();
    const { body } = await lea.get<Page<CaseSummary>>('/v1/cases?limit=1');
    const other = await lea.get<Problem>(`/v1/cases?limit=1&status=open&cursor=${body.next ?? ''}`);
    expect([other.status, other.body.errors?.[0]?.field]).toEqual([422, 'cursor']);
  });
});
