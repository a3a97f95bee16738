import type { Tx } from '../context.js';
import type { Scope } from '../scope.js';
import { changeEntry, type EntryTask } from './entry-change.js';
import { readEntry, requireEntry, type EntryRow, type HeldEntry } from './entry-record.js';

/** Ends an entry, one way or the other (IB-10). Whose it was stays known. */
export function endEntry(
  task: EntryTask,
  state: 'completed' | 'cancelled',
  undoable = true,
): Promise<EntryRow> {
  const ended = { state, ended_by: task.held.scope.actor.id, ended_at: task.at };
  const action = state === 'completed' ? 'complete' : 'cancel';
  return changeEntry(task, ended, undoable ? action : null);
}

/**
 * IB-04: what is waiting in inboxes about a case that is locked, for the actor to complete: all of it, or it is said why not
 * (decision 8).
 */
export async function entriesToComplete(
  tx: Tx,
  caseId: string,
  scope: Scope,
  at: string,
): Promise<HeldEntry[]> {
  const waiting = await tx
    .selectFrom('inbox_entries')
    .select('id')
    .where('tenant', '=', scope.actor.tenant)
    .where('case_id', '=', caseId)
    .where('state', '=', 'open')
    .orderBy('id')
    .forUpdate()
    .execute();
  const entries: HeldEntry[] = [];
  for (const { id } of waiting) {
    const held = { row: await readEntry(tx, id, scope), scope };
    requireEntry('complete', held, at);
    entries.push(held);
  }
  return entries;
}
