import { describe, expect, it } from 'vitest';

import type { BulkAction, BulkInput } from '../../src/contract/bulk.js';
import { aSeededTenant, anActor, createCase, reading, theEngine, writing } from '../support/engine.js';

describe('a bulk call that broke off before its answer was kept', () => {
  it.each<[BulkAction, Partial<BulkInput>]>([
    ['close', { reason: 'resolved', note: 'Line repaired.' }],
    ['tag', { addTags: ['storm'] }],
    ['assign', { assigneeId: 'person_tomas' }],
  ])('E-DUP goes on under its key: what was done to %s is not done again', async (action, input) => {
    const { engine, database } = await theEngine();
    const tenant = await aSeededTenant(engine);
    const agent = anActor(tenant, 'agent');
    const [first, second] = [await createCase(engine, agent), await createCase(engine, agent)];
    const call = writing(agent);
    const cases = [first, second].map(({ id, version }) => ({ id, version }));
    const before = await engine.changeCases({ action, ...input, cases }, call);
    expect(before.results.map(({ outcome }) => outcome)).toEqual(['done', 'done']);
    // As a process leaves it that dies between the last case and the answer.
    await database.db
      .updateTable('idempotency')
      .set({ result: null })
      .where('tenant', '=', tenant)
      .where('key', '=', call.idempotencyKey)
      .execute();
    const again = await engine.changeCases({ action, ...input, cases }, call);
    expect(again).toEqual(before);
    const { total } = await engine.listTimeline(first.id, { count: 'true' }, reading(agent));
    expect(total).toBe(2);
  });
});
