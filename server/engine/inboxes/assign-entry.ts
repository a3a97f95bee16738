import type { AssignEntry, InboxEntry } from '../../../src/contract/inbox-entries.js';
import type { WriteContext } from '../../backend.js';
import type { EngineContext, Tx } from '../context.js';
import { isStorable } from '../../input/text.js';
import { FieldErrors } from '../../input/validation.js';
import { changeEntry, commandEntry } from './entry-change.js';

/** IB-29: an administrator says whose it is, also where somebody owns it: a member who may read it. */
export function assignEntry(
  context: EngineContext,
  id: string,
  { personId }: AssignEntry,
  call: WriteContext,
): Promise<InboxEntry> {
  return commandEntry(context, id, 'assign', call, async (task) => {
    const { tx, held, at } = task;
    const { row } = held;
    const fields = new FieldErrors();
    if (personId === undefined) fields.required('personId', 'Choose a member.');
    else if (!(await isReader(tx, call.actor.tenant, row.inbox_id, personId)))
      fields.add('personId', 'not_a_member', 'Choose a member of the inbox who may read it.');
    fields.throwIfAny();
    if (personId === undefined || row.owner_id === personId) return row;
    return changeEntry(task, { owner_id: personId, owned_at: at }, 'assign');
  });
}

/** Whether they are a member who may read what is in the inbox. */
export async function isReader(tx: Tx, tenant: string, inboxId: string, personId: string): Promise<boolean> {
  if (!isStorable(personId)) return false;
  const member = await tx
    .selectFrom('inbox_members as m')
    .innerJoin('people as p', (join) =>
      join.onRef('p.tenant', '=', 'm.tenant').onRef('p.id', '=', 'm.person_id'),
    )
    .select('m.rights')
    .where('m.tenant', '=', tenant)
    .where('m.inbox_id', '=', inboxId)
    .where('m.person_id', '=', personId)
    .where('p.former', '=', false)
    .executeTakeFirst();
  return member?.rights.includes('read') ?? false;
}
