import type { Case, StatusChangeInput } from '../../src/contract/cases.js';
import type { WriteContext } from '../backend.js';
import {
  moveVersion,
  readBack,
  requireRight,
  requireState,
  requireVersion,
  type Guard,
} from './case-change.js';
import { closeRow } from './case-create.js';
import { checkStatusChange, type CheckedStatusChange } from './case-input.js';
import { lockCase, maskedOf, type CaseRow } from './case-record.js';
import { inTransaction, now, type EngineContext, type Tx } from './context.js';
import { writeLine, writeNote, type Deed } from './history.js';
import { claimKey, keepResult } from './idempotency.js';
import { endEntry, entriesToComplete } from './inboxes/end-entry.js';
import { withoutMasked } from './masks.js';
import { announce } from './outbox.js';
import type { Scope } from './scope.js';
import { FieldErrors } from '../input/validation.js';

type StatusCall = WriteContext & Guard;
type StatusAction = 'close' | 'reopen';

/** CC-38 to CC-42: closes an open case, with a reason and a note. */
export function closeCase(
  context: EngineContext,
  id: string,
  input: StatusChangeInput,
  call: StatusCall,
): Promise<Case> {
  return changeStatus(context, id, input, call, 'close');
}

/** CC-43 to CC-46: opens a closed case, with a reason and a note; the closure stays in the history. */
export function reopenCase(
  context: EngineContext,
  id: string,
  input: StatusChangeInput,
  call: StatusCall,
): Promise<Case> {
  return changeStatus(context, id, input, call, 'reopen');
}

async function changeStatus(
  context: EngineContext,
  id: string,
  input: StatusChangeInput,
  call: StatusCall,
  action: StatusAction,
): Promise<Case> {
  return inTransaction(context, async (tx) => {
    const at = now(context);
    const key = await claimKey<Case>(tx, call, at);
    const { row, scope } = await lockCase(tx, id, call.actor, at);
    requireRight(row, scope, action);
    if (key.replay) return withoutMasked(key.result, maskedOf(row, scope), call.actor);
    requireState(row, scope, action);
    requireVersion(row, scope, call.version);
    const fields = new FieldErrors();
    const { closureReasons, reopenReasons } = scope.settings;
    const checked = checkStatusChange(input, action === 'close' ? closureReasons : reopenReasons, fields);
    if (action === 'reopen' && input.completeEntry !== undefined)
      fields.add('completeEntry', 'unknown_field', 'To reopen takes no such field.');
    const waiting = input.completeEntry ? await entriesToComplete(tx, id, scope, at) : [];
    fields.throwIfAny();
    await setStatus(tx, row, scope, action, checked, at);
    for (const held of waiting) await endEntry({ tx, held, at }, 'completed', false);
    const result = await readBack(tx, id, scope);
    await keepResult(tx, call, result);
    return result;
  });
}

/** Closes or reopens a locked case whose change has been checked, with its note, lines and events. */
export async function setStatus(
  tx: Tx,
  row: CaseRow,
  scope: Scope,
  action: StatusAction,
  checked: CheckedStatusChange,
  at: string,
): Promise<void> {
  const { id: caseId, customer_id: customerId } = row;
  const { id: by, tenant } = scope.actor;
  const write = action === 'close' ? closeRow : reopenRow;
  const noteId = await write(tx, { tenant, caseId, by, at }, checked);
  await tx
    .updateTable('cases')
    .set(moveVersion(scope, at))
    .where('tenant', '=', tenant)
    .where('id', '=', caseId)
    .execute();
  const internal = checked.visibility === 'internal';
  await announce(tx, tenant, at, [
    { kind: 'note.created', caseId, customerId, noteId, internal },
    { kind: action === 'close' ? 'case.closed' : 'case.reopened', caseId, customerId },
  ]);
}

/** Opens the case with the note that explains it. */
async function reopenRow(tx: Tx, deed: Deed, reopening: CheckedStatusChange): Promise<string> {
  const noteId = await writeNote(tx, deed, { ...reopening, subject: null });
  await openRow(tx, deed, reopening.reason, noteId, reopening.visibility === 'public' ? 1 : 0);
  return noteId;
}

/** Puts the case back to open and writes the line; a customer's reply that reopens has no note beside itself (decision 4). */
export async function openRow(
  tx: Tx,
  deed: Deed,
  reason: string,
  noteId: string | null,
  replies: number,
): Promise<void> {
  await writeLine(tx, deed, { kind: 'reopening', noteId, reason });
  await tx
    .updateTable('cases')
    .set((eb) => ({
      status: 'open',
      closed_by: null,
      closed_at: null,
      closed_reason: null,
      closed_note_id: null,
      reopened_by: deed.by,
      reopened_at: deed.at,
      reopened_reason: reason,
      reopened_note_id: noteId,
      reply_count: eb('reply_count', '+', replies),
    }))
    .where('tenant', '=', deed.tenant)
    .where('id', '=', deed.caseId)
    .execute();
}
