import { sql } from 'kysely';

import type { Page } from '../../src/contract/common.js';
import type { FieldChange } from '../../src/contract/notes.js';
import type { SettingsRevision, SettingsRevisionQuery } from '../../src/contract/settings.js';
import type { CallContext } from '../backend.js';
import { personOf, toPerson } from './case-record.js';
import { now, toJson, type EngineContext } from './context.js';
import { decodeCursor, encodeCursor } from '../input/cursor.js';
import { loadScope, requireTenant } from './scope.js';
import { defaultSettings, type SettingsData } from './settings-defaults.js';

interface StoredChange {
  field: string;
  to: unknown;
  from: unknown;
  /** Whether an earlier change set the field; before the first it had its default. */
  known: boolean;
}

/** Every change of the settings, newest first, each field beside what it was before. */
export async function listSettingsChanges(
  context: EngineContext,
  query: SettingsRevisionQuery,
  { actor }: CallContext,
): Promise<Page<SettingsRevision>> {
  const { db } = context;
  requireTenant(await loadScope(db, actor, now(context)), 'editSettings');
  const list = 'settings-changes';
  const cursor = decodeCursor(list, query.cursor, ({ value }) => Number.isSafeInteger(value));
  const limit = query.limit ?? 25;
  const all = db.selectFrom('settings_history as h').where('h.tenant', '=', actor.tenant);
  const page = cursor ? all.where('h.version', '<', Number(cursor.value)) : all;
  const rows = await page
    .select(['h.version', 'h.at', personOf('h', 'by_id').as('by'), changesOf.as('changes')])
    .orderBy('h.version', 'desc')
    .limit(limit + 1)
    .execute();
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items: rows.slice(0, limit).map((row) => ({
      version: String(row.version),
      by: toPerson(row.by),
      at: row.at,
      changes: row.changes.flatMap(toChange),
    })),
    next: last ? encodeCursor(list, { value: last.version, id: last.version }) : null,
    ...(query.count === 'true' &&
      (await all.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow())),
  };
}

const before = sql`from settings_history p where p.tenant = h.tenant and p.version < h.version
  and jsonb_exists(p.change, e.key) order by p.version desc limit 1`;

const changesOf = sql<StoredChange[]>`(
  select coalesce(jsonb_agg(jsonb_build_object('field', e.key, 'to', e.value,
    'from', (select p.change -> e.key ${before}), 'known', (select true ${before}) is not null) order by e.key), '[]'::jsonb)
  from jsonb_each(h.change) e)`;

/** A form may send back what it did not change: that is no change. */
function toChange({ field, from, to, known }: StoredChange): FieldChange[] {
  const was = known ? from : (defaultSettings[field as keyof SettingsData] ?? null);
  return toJson(was) === toJson(to) ? [] : [{ field, from: was, to }];
}
