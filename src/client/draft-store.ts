import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

import type { DraftKey, PurgeableDrafts } from './drafts.js';

interface Draft {
  readonly value: unknown;
  readonly savedAt: number;
}

interface DraftDatabase extends DBSchema {
  drafts: { key: string[]; value: Draft };
}

const lifetime = 30 * 24 * 60 * 60_000;

/** @param owner - Whose drafts these are: backend, tenant and actor in one word. */
export function openDrafts(owner: () => Promise<string>): PurgeableDrafts {
  let opened: Promise<IDBPDatabase<DraftDatabase> | undefined> | undefined;
  const memory = new Map<string, Draft>();

  /** `undefined` where there is no database: drafts then last as long as the page. */
  function database() {
    return (opened ??= (async () => {
      if (!('indexedDB' in globalThis)) return undefined;
      try {
        const db = await openDB<DraftDatabase>('casement', 1, {
          upgrade: (created) => void created.createObjectStore('drafts'),
          terminated: () => (opened = undefined),
        });
        // Another page that upgrades the database must not wait for this one.
        db.addEventListener('versionchange', () => {
          db.close();
          opened = undefined;
        });
        await sweep(db);
        return db;
      } catch {
        // Denied, as in some private windows: the same as none.
        return undefined;
      }
    })());
  }

  async function sweep(db: IDBPDatabase<DraftDatabase>): Promise<void> {
    const transaction = db.transaction('drafts', 'readwrite');
    for (let cursor = await transaction.store.openCursor(); cursor; cursor = await cursor.continue())
      if (isExpired(cursor.value)) await cursor.delete();
    await transaction.done;
  }

  function isExpired({ savedAt }: Draft): boolean {
    return savedAt < Date.now() - lifetime;
  }

  async function keyOf({ kind, caseId, customerId, actionId }: DraftKey): Promise<string[]> {
    const action = actionId === undefined ? [] : [actionId];
    return [await owner(), kind, caseId ?? '', customerId ?? '', ...action];
  }

  return {
    async load(key) {
      const at = await keyOf(key);
      const db = await database();
      const draft = db ? await db.get('drafts', at) : memory.get(at.join('\n'));
      return draft && !isExpired(draft) ? structuredClone(draft.value) : undefined;
    },
    async save(key, value) {
      const at = await keyOf(key);
      const db = await database();
      const savedAt = Date.now();
      if (db) {
        const transaction = db.transaction('drafts', 'readwrite');
        const stored = transaction.store.put({ value, savedAt }, at);
        // Not left to the end of the task: a page that is leaving has none.
        transaction.commit();
        await Promise.all([stored, transaction.done]);
      } else memory.set(at.join('\n'), { value: structuredClone(value), savedAt });
    },
    async discard(key) {
      const at = await keyOf(key);
      const db = await database();
      await db?.delete('drafts', at);
      memory.delete(at.join('\n'));
    },
    async purge(of) {
      for (const key of memory.keys()) if (key.startsWith(`${of}\n`)) memory.delete(key);
      const db = await database();
      await db?.delete('drafts', IDBKeyRange.bound([of], [of, []]));
    },
  };
}
