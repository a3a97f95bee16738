import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import type { Database } from '../../server/engine/sql/database.js';
import type { Problem } from '../../src/contract/problem.js';
import { aTenant, createTestApp, type Answer, type TestApp, type TestTenant } from '../support/app.js';
import { openTestDatabase } from '../support/database.js';
import { aGrant, moreToShareWith } from '../support/sharing.js';

let database: Database;
let world: TestApp;
let tenant: TestTenant;

beforeAll(async () => {
  database = await openTestDatabase();
  world = await createTestApp(database);
  tenant = await aTenant(world, moreToShareWith);
});
afterAll(() => world.dispose());

/** Takes a grant away as another process would, while what is asked meanwhile waits for the case. */
async function whileEnding<T>(grantId: string, caseId: string, ask: () => Promise<T>): Promise<T> {
  const { db } = database;
  const answer = await db.transaction().execute(async (tx) => {
    await tx.selectFrom('cases').select('id').where('id', '=', caseId).forUpdate().execute();
    const asked = ask();
    // PGlite carries out one transaction after the other: what is asked there does not even begin.
    if (process.env['CASEMENT_TEST_ENGINE'] !== 'pglite') {
      await vi.waitFor(
        async () => {
          const { rows } = await sql`select from pg_stat_activity
            where pg_backend_pid() = any(pg_blocking_pids(pid))`.execute(tx);
          expect(rows).toHaveLength(1);
        },
        { timeout: 60_000 },
      );
    }
    await tx
      .updateTable('grants')
      .set({ revoked_at: new Date().toISOString() })
      .where('tenant', '=', tenant.id)
      .where('id', '=', grantId)
      .execute();
    return { asked };
  });
  return answer.asked;
}

describe('a right that is taken away', () => {
  it('CO-09 no longer counts for what waited meanwhile', async () => {
    const { customer: pia, colleague: leo } = tenant;
    const record = await tenant.aCase({ contactMethod: 'portal' }, pia);
    const grant = await aGrant(pia, record.id, { kind: 'person', id: 'person_leo' });
    const note = { visibility: 'public', text: 'It still smokes.' };
    const reply = () => leo.post<Problem>(`/v1/cases/${record.id}/notes`, note);
    expect((await reply()).status).toBe(201);
    const late: Answer<Problem> = await whileEnding(grant.id, record.id, reply);
    expect(late).toMatchObject({ status: 404, body: { code: 'not_found' } });
    const { body } = await pia.get<{ total: number }>(`/v1/cases/${record.id}/notes?count=true`);
    expect(body.total).toBe(1);
  });
});
