import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Actor } from '../../server/backend.js';
import { BackendError } from '../../server/backend-error.js';
import type { Case } from '../../src/contract/cases.js';
import {
  aSeededTenant,
  anActor,
  anEngine,
  changing,
  createCase,
  reading,
  writing,
  type TestEngine,
} from '../support/engine.js';

let world: TestEngine;
let time = Date.parse('2125-03-01T09:00:00Z');

beforeAll(async () => {
  world = await anEngine({ clock: () => new Date(time) });
});
afterAll(() => world.dispose());

const LEO = { kind: 'person', id: 'person_leo' } as const;
const noon = '2125-03-01T12:00:00.000Z';

async function aSharedCase(): Promise<{ pia: Actor; leo: Actor; record: Case; grantId: string }> {
  time = Date.parse('2125-03-01T09:00:00Z');
  const tenant = await aSeededTenant(world.engine);
  const [pia, leo] = [anActor(tenant, 'customer'), anActor(tenant, 'colleague')];
  const record = await createCase(world.engine, pia);
  const answer = await world.engine.createGrants(
    record.id,
    { grantees: [{ ...LEO, expiresAt: noon }] },
    writing(pia),
  );
  return { pia, leo, record, grantId: answer.items[0]?.id ?? '' };
}

async function codeOf(call: Promise<unknown>): Promise<unknown> {
  const error: unknown = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof BackendError ? error.code : error;
}

describe('a grant that ends by itself', () => {
  it('gives access up to that moment, and none from it on', async () => {
    const { engine } = world;
    const { leo, pia, record } = await aSharedCase();
    const count = async () => (await engine.listCases({ count: 'true' }, reading(leo))).total;
    time = Date.parse(noon) - 1;
    expect(await codeOf(engine.getCase(record.id, reading(leo)))).toBeUndefined();
    expect(await count()).toBe(1);
    time = Date.parse(noon);
    expect(await codeOf(engine.getCase(record.id, reading(leo)))).toBe('not_found');
    expect(
      await codeOf(engine.createNote(record.id, { visibility: 'public', text: 'x' }, writing(leo))),
    ).toBe('not_found');
    expect(await count()).toBe(0);
    expect((await engine.listGrants(record.id, reading(pia))).items).toEqual([]);
  });

  it('is gone once it has ended: by nobody, at its time', async () => {
    const { engine } = world;
    const { pia, grantId } = await aSharedCase();
    time = Date.parse(noon) + 60_000;
    const gone = { code: 'gone', options: { by: null, at: noon } };
    await expect(engine.revokeGrant(grantId, reading(pia))).rejects.toMatchObject(gone);
    await expect(engine.updateGrant(grantId, { expiresAt: null }, changing(pia, '1'))).rejects.toMatchObject(
      gone,
    );
  });

  it('can be renewed before, and given anew afterwards', async () => {
    const { engine } = world;
    const { pia, leo, record, grantId } = await aSharedCase();
    const renewed = await engine.updateGrant(grantId, { expiresAt: '2125-03-02' }, changing(pia, '1'));
    expect(renewed).toMatchObject({ version: '2', expiresAt: '2125-03-02T00:00:00.000Z' });
    time = Date.parse('2125-03-05T00:00:00Z');
    const [offered] = (await engine.listCandidates({ kind: 'person', caseId: record.id }, reading(pia)))
      .items;
    expect(offered).toMatchObject({ id: 'person_leo', grantId: null });
    const again = await engine.createGrants(record.id, { grantees: [LEO] }, writing(pia));
    expect(again).toMatchObject({ items: [{ expiresAt: null }], ignored: [] });
    expect(again.items[0]?.id).not.toBe(grantId);
    expect(await codeOf(engine.getCase(record.id, reading(leo)))).toBeUndefined();
  });
});

describe('the history of grants', () => {
  it('keeps one grant in force for each grantee, and every one that has ended', async () => {
    const { engine, database } = world;
    const { pia, record, grantId } = await aSharedCase();
    await engine.revokeGrant(grantId, reading(pia));
    const { items } = await engine.createGrants(record.id, { grantees: [LEO] }, writing(pia));
    const rows = await database.db
      .selectFrom('grants')
      .select(['id', 'revoked_by'])
      .where('tenant', '=', pia.tenant)
      .orderBy('given_at')
      .execute();
    expect(rows).toHaveLength(2);
    expect(rows).toContainEqual({ id: grantId, revoked_by: 'person_pia' });
    const twice = database.db
      .insertInto('grants')
      .values({
        tenant: pia.tenant,
        id: 'grant_second',
        unit: 'case',
        unit_id: record.id,
        grantee_kind: 'person',
        grantee_id: 'person_leo',
        level: 'collaborate',
        given_at: noon,
      })
      .execute();
    await expect(twice).rejects.toMatchObject({ code: '23505' });
    expect(items).toHaveLength(1);
  });
});
