import { sql } from 'kysely';

import type { NamedRef } from '../../../src/contract/common.js';
import type { ForwardInput } from '../../../src/contract/forward.js';
import type { Note } from '../../../src/contract/notes.js';
import type { WriteContext } from '../../backend.js';
import { requireRight, requireState } from '../case-change.js';
import { lockCase } from '../case-record.js';
import { inTransaction, now, type EngineContext, type Tx } from '../context.js';
import { writeLine, writeNote, type Deed } from '../history.js';
import { claimKey, keepResult } from '../idempotency.js';
import { readNote } from '../notes.js';
import { announce } from '../outbox.js';
import { limits } from '../settings-defaults.js';
import { isStorable } from '../../input/text.js';
import { FieldErrors } from '../../input/validation.js';

/**
 * DE-07, DE-10: forwards a case to another agent, with an internal note. It gives nobody access: whether they see the case,
 * and so what they are told, is asked of the policy when they look.
 */
export async function forwardCase(
  context: EngineContext,
  caseId: string,
  input: ForwardInput,
  call: WriteContext,
): Promise<Note> {
  return inTransaction(context, async (tx) => {
    const at = now(context);
    const key = await claimKey<Note>(tx, call, at);
    const { row, scope } = await lockCase(tx, caseId, call.actor, at);
    requireRight(row, scope, 'forward');
    if (key.replay) return key.result;
    requireState(row, scope, 'forward');
    const { tenant, id: by } = scope.actor;
    const fields = new FieldErrors();
    const to = await checkRecipient(tx, tenant, input.to, fields);
    const text = fields.text('text', input.text, limits.noteText, true);
    fields.throwIfAny();

    const deed: Deed = { tenant, caseId, by, at };
    const noteId = await writeNote(tx, deed, { visibility: 'internal', subject: null, text });
    await writeLine(tx, deed, { kind: 'forward', noteId, changes: [{ field: 'forward', from: null, to }] });
    await tx
      .updateTable('cases')
      .set({ updated_at: at })
      .where('tenant', '=', tenant)
      .where('id', '=', caseId)
      .execute();
    const event = { caseId, customerId: row.customer_id, noteId, internal: true };
    await announce(tx, tenant, at, [
      { kind: 'note.created', ...event },
      { kind: 'case.forwarded', ...event },
    ]);
    const note = await readNote(tx, tenant, noteId);
    await keepResult(tx, call, note);
    return note;
  });
}

/** An agent of the house, by id or by e-mail address. */
async function checkRecipient(
  tx: Tx,
  tenant: string,
  given: string | undefined,
  fields: FieldErrors,
): Promise<NamedRef | null> {
  const to = fields.line('to', given, 320, true);
  if (to === '' || !isStorable(to)) return null;
  const found = await tx
    .selectFrom('people')
    .select(['id', 'name', 'kind', 'former'])
    .where('tenant', '=', tenant)
    .where(sql<boolean>`(id = ${to} or lower(email) = lower(${to}))`)
    // Whoever has the address as an id is meant first, and nobody who has left.
    .orderBy(sql`kind = 'agent' desc, former, id <> ${to}, id`)
    .executeTakeFirst();
  if (found?.kind === 'agent' && !found.former) return { id: found.id, name: found.name };
  if (found?.kind === 'agent') fields.add('to', 'not_found', 'They have left.');
  else if (found || to.includes('@')) {
    fields.add('to', 'external_recipient', 'Cases are forwarded to agents only. Nothing was sent.');
  } else fields.add('to', 'not_found', 'There is no such agent.');
  return null;
}
