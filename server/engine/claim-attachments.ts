import type { Actor } from '../backend.js';
import type { Tx } from './context.js';
import { limits } from './settings-defaults.js';
import { isStorable } from '../input/text.js';
import type { FieldErrors } from '../input/validation.js';

/** Checks that the files are the actor's own and stand nowhere yet; locks them until they are claimed. */
export async function checkAttachments(
  tx: Tx,
  actor: Actor,
  ids: readonly string[] | undefined,
  fields: FieldErrors,
): Promise<readonly string[]> {
  const wanted = [...new Set(ids ?? [])];
  if (wanted.length > limits.attachmentsPerNote) {
    const limit = limits.attachmentsPerNote;
    fields.add('attachmentIds', 'too_many', `At most ${limit} files at once.`, limit);
    return [];
  }
  const possible = wanted.filter(isStorable);
  const free = possible.length
    ? await tx
        .selectFrom('attachments')
        .select('id')
        .where('tenant', '=', actor.tenant)
        .where('id', 'in', possible)
        .where('uploaded_by', '=', actor.id)
        .where('case_id', 'is', null)
        .orderBy('id')
        .forUpdate()
        .execute()
    : [];
  const found = new Set(free.map(({ id }) => id));
  for (const [index, id] of wanted.entries()) {
    if (!found.has(id)) {
      fields.add(
        `attachmentIds.${index}`,
        'not_found',
        'This file is not there, or belongs to a note already.',
      );
    }
  }
  return wanted;
}

/** Gives checked files to a note, or to the case itself. */
export async function claimAttachments(
  tx: Tx,
  tenant: string,
  ids: readonly string[],
  owner: { readonly caseId: string; readonly noteId: string | null },
): Promise<void> {
  for (const [position, id] of ids.entries()) {
    await tx
      .updateTable('attachments')
      .set({ case_id: owner.caseId, note_id: owner.noteId, position })
      .where('tenant', '=', tenant)
      .where('id', '=', id)
      .execute();
  }
}
