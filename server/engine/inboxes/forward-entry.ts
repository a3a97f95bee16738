import type { ForwardEntry, InboxEntry } from '../../../src/contract/inbox-entries.js';
import type { WriteContext } from '../../backend.js';
import type { EngineContext } from '../context.js';
import { FieldErrors } from '../../input/validation.js';
import { changeEntry, commandEntry, type EntryTask } from './entry-change.js';
import type { EntryRow } from './entry-record.js';
import { checkHandOver } from './hand-over.js';
import { requireRoom } from './insert-entry.js';

/** IB-12 to IB-18: sends the entry on to another inbox, where nobody owns it yet. */
export function forwardEntry(
  context: EngineContext,
  id: string,
  input: ForwardEntry,
  call: WriteContext,
): Promise<InboxEntry> {
  const forward = async (task: EntryTask): Promise<EntryRow> => {
    const { tx, held, at } = task;
    const { actor, settings } = held.scope;
    const from = held.row.inbox_id;
    const fields = new FieldErrors();
    const about = { tenant: actor.tenant, settings, at, from, messageNeeded: true };
    const { inbox, dueType, dueOn, message } = await checkHandOver(tx, input, about, fields);
    fields.throwIfAny();
    const { id: entryId, case_id: caseId } = held.row;
    if (caseId !== null) await requireRoom(tx, caseId, inbox.id, held.scope, at, entryId);
    return changeEntry(
      task,
      {
        inbox_id: inbox.id,
        from_inbox_id: from,
        message,
        due_type: dueType,
        due_on: dueOn,
        owner_id: null,
        owned_at: null,
        sent_by: actor.id,
        sent_at: at,
      },
      'forward',
    );
  };
  return commandEntry(context, id, 'forward', call, forward, input.fromInboxId);
}
