import type { FieldChange, NoteAction, NoteVisibility, TimelineKind } from '../../src/contract/notes.js';
import { toJson, type Tx } from './context.js';
import { newId } from './ids.js';

/** Who did something to which case, and when. */
export interface Deed {
  readonly tenant: string;
  readonly caseId: string;
  readonly by: string | null;
  readonly at: string;
}

/** A line to be written; lines are never changed afterwards. */
export interface Line {
  readonly kind: TimelineKind;
  readonly noteId?: string | null;
  readonly reason?: string | null;
  readonly changes?: readonly FieldChange[];
}

export async function writeLine(tx: Tx, deed: Deed, line: Line): Promise<void> {
  await tx
    .insertInto('history')
    .values({
      tenant: deed.tenant,
      id: newId('line'),
      case_id: deed.caseId,
      kind: line.kind,
      note_id: line.noteId ?? null,
      reason: line.reason ?? null,
      changes: line.changes ? toJson(line.changes) : null,
      by_id: deed.by,
      at: deed.at,
    })
    .execute();
}

/** Writes a note and gives its id; its line in the history is the caller's to write. */
export async function writeNote(
  tx: Tx,
  deed: Deed,
  note: {
    readonly visibility: NoteVisibility;
    readonly subject: string | null;
    readonly text: string;
    readonly action?: NoteAction | null;
  },
): Promise<string> {
  const id = newId('note');
  await tx
    .insertInto('notes')
    .values({
      tenant: deed.tenant,
      id,
      case_id: deed.caseId,
      visibility: note.visibility,
      subject: note.subject,
      text: note.text,
      action: note.action ? toJson(note.action) : null,
      by_id: deed.by,
      at: deed.at,
    })
    .execute();
  return id;
}
