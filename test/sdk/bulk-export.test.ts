import { describe, expect, it } from 'vitest';

import { isValidationError } from '../../src/index.js';
import { aWorld, eventually, watch } from './world.js';

describe('many cases through the client', () => {
  it('go out a hundred at a time, and lists show what became of them', async () => {
    const { tenant, clientOf } = await aWorld();
    const shut = await tenant.aClosedCase();
    const open = await Promise.all([1, 2].map(() => tenant.aCase()));
    const { client, asked } = clientOf('agent');
    const list = watch(client.queries.cases({ status: 'open' }));
    await eventually(() => expect(list.state.data?.items).toHaveLength(2));

    const absent = Array.from({ length: 120 }, (_, index) => ({ id: `case_absent_${index}` }));
    const cases = [...open, shut, ...absent].map(({ id }) => ({ id }));
    const { results } = await client.cases.bulk({
      action: 'close',
      cases,
      reason: 'resolved',
      note: 'Line repaired.',
    });
    expect(results.map(({ id }) => id)).toEqual(cases.map(({ id }) => id));
    expect(asked.filter((call) => call === 'POST /v1/cases/bulk')).toHaveLength(2);
    const refusals = results.flatMap((result) => (result.outcome === 'refused' ? [result.problem.code] : []));
    expect(refusals).toEqual(['case_closed', ...absent.map(() => 'not_found')]);
    const [first] = results;
    expect(first?.outcome === 'done' && first.case.status).toBe('closed');
    await eventually(() => expect(list.state.data?.items).toHaveLength(0));
  });

  it('E-DUP repeat a call of two parts under its key without doing anything twice', async () => {
    const { tenant, clientOf } = await aWorld();
    const made = await Promise.all([1, 2].map(() => tenant.aCase()));
    const { client } = clientOf('agent');
    const absent = Array.from({ length: 100 }, (_, index) => ({ id: `case_absent_${index}` }));
    const input = {
      action: 'tag' as const,
      cases: [{ id: made[0]?.id ?? '' }, ...absent, { id: made[1]?.id ?? '' }],
      addTags: ['storm'],
    };
    const once = await client.cases.bulk(input, { idempotencyKey: 'the-storm' });
    await client.cases.bulk({ ...input, cases: input.cases.slice(0, 1), addTags: [], removeTags: ['storm'] });
    expect(await client.cases.bulk(input, { idempotencyKey: 'the-storm' })).toEqual(once);
    expect((await client.cases.get(made[0]?.id ?? '')).tags).toEqual([]);
    expect((await client.cases.get(made[1]?.id ?? '')).tags).toEqual(['storm']);
  });

  it('reject as a whole what is wrong for every case', async () => {
    const { tenant, clientOf } = await aWorld();
    const { id } = await tenant.aCase();
    const refused = await clientOf('agent')
      .client.cases.bulk({ action: 'close', cases: [{ id }] })
      .catch((error: unknown) => error);
    expect(isValidationError(refused) && refused.problem?.errors?.map(({ field }) => field)).toEqual([
      'reason',
      'note',
    ]);
  });
});

describe('an export through the client', () => {
  it('is a file with the filters of the list, in the client’s language', async () => {
    const { tenant, clientOf } = await aWorld();
    await tenant.aCase({ subject: 'Wanted', tags: ['a', 'b'] });
    await tenant.aCase({ subject: 'Unwanted' });
    const { client, asked } = clientOf('agent');
    client.update({ locale: 'it' });
    const file = await client.cases.export({
      tag: ['a', 'c'],
      columns: ['subject', 'tags'],
      timeZone: 'Europe/Rome',
    });
    expect(file.type).toMatch(/^text\/csv; ?charset=utf-8$/);
    expect(await file.text()).toBe('Oggetto,Tag\r\nWanted,a; b\r\n');
    expect(asked).toEqual([
      'GET /v1/cases/export?tag=a&tag=c&columns=subject&columns=tags&timeZone=Europe%2FRome',
    ]);
  });

  it('completes tags and reads the changes of the settings', async () => {
    const { tenant, clientOf } = await aWorld();
    await tenant.aCase({ tags: ['refund'] });
    const { client } = clientOf('administrator');
    expect(await client.tags.list({ q: 'ref' })).toEqual({
      items: [{ tag: 'refund', count: 1 }],
      next: null,
    });
    const { version } = await client.settings.get();
    await client.settings.update({ dueSoonDays: 4 }, { version });
    const { items } = await client.settings.changes({ limit: 5 });
    expect(items.map(({ changes }) => changes)).toEqual([[{ field: 'dueSoonDays', from: 3, to: 4 }]]);
  });
});
