import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';

import type { Database } from '../../server/engine/sql/database.js';
import { plannedOnce } from '../../server/engine/sql/planned-once.js';
import { theEngine } from '../support/engine.js';

let database: Database;

beforeAll(async () => {
  ({ database } = await theEngine());
});

// The same list runs on PostgreSQL and on PGlite: what it expects here is what both must give.
const probes: [expression: string, value: unknown][] = [
  [`9007199254740991::bigint`, 9007199254740991],
  [`42::integer`, 42],
  [`count(*)`, 1],
  [`true`, true],
  [`null::bigint`, null],
  [`'2026-02-03 04:05:06.789+00'::timestamptz(3)`, '2026-02-03T04:05:06.789Z'],
  [`'2026-02-03 04:05:06+05:30'::timestamptz(3)`, '2026-02-02T22:35:06.000Z'],
  [`'0001-01-01 00:00:00+00'::timestamptz(3)`, '0001-01-01T00:00:00.000Z'],
  [`'2026-02-03 04:05:06.7+00'::timestamptz(3)`, '2026-02-03T04:05:06.700Z'],
  [`'2026-02-03 04:05:06.07+00'::timestamptz(3)`, '2026-02-03T04:05:06.070Z'],
  [`'2026-02-03 04:05:06.123456+00'::timestamptz`, '2026-02-03T04:05:06.123Z'],
  [`'infinity'::timestamptz(3)`, 'infinity'],
  [`'2024-02-29'::date`, '2024-02-29'],
  [`'{"a": [1, "two", null], "b": {"c": true}}'::jsonb`, { a: [1, 'two', null], b: { c: true } }],
  [`'[]'::jsonb`, []],
  [`'"text"'::jsonb`, 'text'],
  [`'null'::jsonb`, null],
  [`array[]::text[]`, []],
  [
    `array['plain', 'with "quotes"', 'comma, brace}', E'back\\\\slash', '', 'NULL', null, 'für']::text[]`,
    ['plain', 'with "quotes"', 'comma, brace}', 'back\\slash', '', 'NULL', null, 'für'],
  ],
  [`'18446744073709551615'::xid8`, '18446744073709551615'],
];

describe('values from the database', () => {
  it.each(probes)('reads %s the same with either driver', async (expression, value) => {
    const { rows } = await sql<{ value: unknown }>`select ${sql.raw(expression)} as value`.execute(
      database.db,
    );
    expect(rows).toEqual([{ value }]);
  });

  it.each([
    ['text[]', ['a', 'b, {c}', 'say "d"', '']],
    ['bigint', 9007199254740991],
    ['date', '2024-02-29'],
    ['timestamptz', '2026-02-03T04:05:06.789Z'],
    ['boolean', false],
    ['text', "it's \\ 100% “fine”"],
  ])('writes %s and reads it back the same', async (type, value) => {
    const { rows } = await sql<{ value: unknown }>`select ${value}::${sql.raw(type)} as value`.execute(
      database.db,
    );
    expect(rows).toEqual([{ value }]);
  });

  it('writes JSON as text and reads the value', async () => {
    const value = { list: [1, 'two'], nothing: null, text: 'für "x"' };
    const { rows } = await sql`select ${JSON.stringify(value)}::jsonb as value`.execute(database.db);
    expect(rows).toEqual([{ value }]);
  });

  it('answers in UTC whatever the server thinks', async () => {
    const { rows } = await sql`select current_setting('TimeZone') as zone`.execute(database.db);
    expect(rows).toEqual([{ zone: 'UTC' }]);
  });
});

describe('statements', () => {
  it('say what was wrong with them, and leave the next one alone', async () => {
    const { db } = database;
    await expect(sql`select ${'x'}::integer`.execute(db)).rejects.toMatchObject({ code: '22P02' });
    await expect(sql`select nothing`.execute(db)).rejects.toMatchObject({ code: '42703' });
    await expect(sql`${plannedOnce} select nothing, ${1}::integer`.execute(db)).rejects.toMatchObject({
      code: '42703',
    });
    expect((await sql`select ${'7'}::integer as value`.execute(db)).rows).toEqual([{ value: 7 }]);
  });

  it('answer by the values of each time, also where they are planned once', async () => {
    const values = Array.from({ length: 12 }, (_, index) => (index % 5 === 4 ? null : `value ${index}`));
    const read = [];
    for (const value of values) {
      const once = sql<{ value: string }>`${plannedOnce} select ${value}::text as value`;
      const anew = sql<{ length: number }>`select length(${value}::text) as length`;
      const [{ rows: kept }, { rows: planned }] = [
        await anew.execute(database.db),
        await once.execute(database.db),
      ];
      read.push({ ...kept[0], ...planned[0] });
    }
    expect(read).toEqual(values.map((value) => ({ length: value?.length ?? null, value })));
  });

  it('count what they changed', async () => {
    const counted = await database.db.transaction().execute(async (transaction) => {
      const counts = [];
      await sql`create temporary table changed (value integer) on commit drop`.execute(transaction);
      for (const statement of [
        sql`insert into changed select * from generate_series(1, ${12}::integer)`,
        sql`update changed set value = 0 where value > ${5}::integer`,
        sql`delete from changed where value = 0 returning value`,
        sql`delete from changed where value = ${0}::integer`,
      ]) {
        counts.push(Number((await statement.execute(transaction)).numAffectedRows));
      }
      return counts;
    });
    expect(counted).toEqual([12, 7, 7, 0]);
  });
});
