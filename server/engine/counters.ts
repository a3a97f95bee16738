import { sql } from 'kysely';

import type { Executor } from './context.js';

const FIRST_NUMBER = 1001;

/** Takes `count` case numbers of the tenant and gives the first. Others who need one wait until the transaction ends. */
export async function takeNumbers(db: Executor, tenant: string, count: number): Promise<number> {
  const row = await db
    .insertInto('counters')
    .values({ tenant, name: 'case', value: FIRST_NUMBER + count - 1 })
    .onConflict((conflict) =>
      conflict.columns(['tenant', 'name']).doUpdateSet({ value: sql<number>`counters.value + ${count}` }),
    )
    .returning('value')
    .executeTakeFirstOrThrow();
  return row.value - count + 1;
}
