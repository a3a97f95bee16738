import type { CompleteEntry, InboxEntry } from '../../../src/contract/inbox-entries.js';
import type { WriteContext } from '../../backend.js';
import { requireRight, requireState } from '../case-change.js';
import { checkStatusChange } from '../case-input.js';
import { findCase, type CaseRow } from '../case-record.js';
import { setStatus } from '../case-status.js';
import type { EngineContext, Tx } from '../context.js';
import { addNote, checkNote, noteAction, requireNoteRight } from '../notes.js';
import type { Scope } from '../scope.js';
import { FieldErrors } from '../../input/validation.js';
import { endEntry, entriesToComplete } from './end-entry.js';
import { commandEntry } from './entry-change.js';

/** IB-04, IB-09, decision 8: completes the entry, with a note on its case and the closing of it where told: all of it or nothing. */
export function completeEntry(
  context: EngineContext,
  id: string,
  input: CompleteEntry,
  call: WriteContext,
): Promise<InboxEntry> {
  return commandEntry(context, id, 'complete', call, async (task) => {
    const { tx, held, at } = task;
    const { case_id: caseId } = held.row;
    const others = input.closeCase?.completeEntry && caseId !== null;
    const waiting = others ? await entriesToComplete(tx, caseId, held.scope, at) : [];
    // What may be done with the case by the entry may be done while it is open.
    await writeCase(tx, caseId, input, held.scope, at);
    for (const other of waiting)
      if (other.row.id !== id) await endEntry({ tx, held: other, at }, 'completed', false);
    return endEntry(task, 'completed', input.closeCase === undefined);
  });
}

/** Writes the note and closes the case, by the rules of the case. */
async function writeCase(
  tx: Tx,
  caseId: string | null,
  { note, closeCase }: CompleteEntry,
  scope: Scope,
  at: string,
): Promise<void> {
  if (!note && !closeCase) return;
  const fields = new FieldErrors();
  if (caseId === null) {
    const nothing = 'It is about a customer alone: there is no case.';
    if (note) fields.add('note', 'invalid', nothing);
    if (closeCase) fields.add('closeCase', 'invalid', nothing);
    return fields.throwIfAny();
  }
  const row: CaseRow = await findCase(tx, caseId, scope);
  if (note) requireNoteRight(row, scope, note);
  if (closeCase) requireRight(row, scope, 'close');
  if (note) requireState(row, scope, noteAction(note));
  if (closeCase) requireState(row, scope, 'close');
  const checkedNote = note && (await checkNote(tx, note, scope, fields.below('note')));
  const { closureReasons } = scope.settings;
  const closing = closeCase && checkStatusChange(closeCase, closureReasons, fields, 'closeCase.');
  fields.throwIfAny();
  if (checkedNote) await addNote(tx, row, scope, checkedNote, at);
  if (closing) await setStatus(tx, row, scope, 'close', closing, at);
}
