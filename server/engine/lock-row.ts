import { isStorable } from '../input/text.js';
import type { Tx } from './context.js';

type Lockable = 'cases' | 'projects' | 'views' | 'people' | 'inboxes' | 'inbox_entries';

/**
 * Nobody else changes the row until the transaction ends; of one that is not there, nothing is locked. In a statement of
 * its own: those that follow then see what the last holder of the lock wrote elsewhere.
 */
export async function lockRow(tx: Tx, table: Lockable, tenant: string, id: string): Promise<void> {
  if (!isStorable(id)) return;
  await rowOf(tx, table, tenant, id).forUpdate().execute();
}

/** Like `lockRow`, and several may hold it at once. */
export async function holdRow(tx: Tx, table: Lockable, tenant: string, id: string): Promise<void> {
  if (!isStorable(id)) return;
  await rowOf(tx, table, tenant, id).forShare().execute();
}

function rowOf(tx: Tx, table: Lockable, tenant: string, id: string) {
  return tx.selectFrom(table).select('id').where('tenant', '=', tenant).where('id', '=', id);
}
