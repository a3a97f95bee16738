import type { NamedRef } from '../../../src/contract/common.js';
import type { ForwardEntry } from '../../../src/contract/inbox-entries.js';
import type { Settings } from '../../../src/contract/settings.js';
import type { Tx } from '../context.js';
import { isStorable } from '../../input/text.js';
import { parseMoment, type FieldErrors } from '../../input/validation.js';

/** Lengths in characters. */
export const entryLimits = { message: 2_000 };

/** Where something is handed over to, by when and with which words. */
export interface HandOver {
  readonly inbox: NamedRef;
  readonly dueType: string | null;
  readonly dueOn: string | null;
  readonly message: string;
}

/**
 * IB-13 to IB-17: everything that is wrong with a hand-over at once. `from` is the inbox it is in now, which is not another. The
 * result is meant only where `fields` has nothing to say.
 */
export async function checkHandOver(
  tx: Tx,
  input: Omit<ForwardEntry, 'fromInboxId'>,
  about: {
    readonly tenant: string;
    readonly settings: Settings;
    readonly at: string;
    readonly from?: string;
    readonly messageNeeded: boolean;
  },
  fields: FieldErrors,
): Promise<HandOver> {
  const { tenant, settings, at, from, messageNeeded } = about;
  const inbox = await checkInbox(tx, tenant, input.inboxId, from, fields);
  const dueType = fields.choice('dueType', input.dueType, settings.dueTypes, false);
  const dueOn = checkDueOn(input.dueOn, dueType, settings, at, fields);
  const message = fields.text('message', input.message, entryLimits.message, messageNeeded);
  return { inbox, dueType, dueOn, message };
}

async function checkInbox(
  tx: Tx,
  tenant: string,
  id: string | undefined,
  from: string | undefined,
  fields: FieldErrors,
): Promise<NamedRef> {
  const nowhere = { id: '', name: '' };
  if (id === undefined || id.trim() === '') {
    fields.required('inboxId', 'Choose an inbox.');
    return nowhere;
  }
  if (id === from) {
    fields.add('inboxId', 'same_inbox', 'Choose another inbox: it is in this one.');
    return nowhere;
  }
  const found = isStorable(id)
    ? await tx
        .selectFrom('inboxes')
        .select(['id', 'name', 'retired'])
        .where('tenant', '=', tenant)
        .where('id', '=', id)
        // It is not retired while something is put into it.
        .forShare()
        .executeTakeFirst()
    : undefined;
  if (!found) fields.add('inboxId', 'not_found', 'There is no such inbox.');
  else if (found.retired)
    fields.add('inboxId', 'retired_value', `“${found.name}” takes nothing new any more.`);
  return found ? { id: found.id, name: found.name } : nowhere;
}

function checkDueOn(
  given: string | null | undefined,
  dueType: string | null,
  { dueTypes }: Settings,
  at: string,
  fields: FieldErrors,
): string | null {
  const known = dueTypes.find(({ id }) => id === dueType);
  if (given === undefined || given === null) {
    if (known?.dateRequired) fields.required('dueOn', `“${known.label}” needs a date.`);
    return null;
  }
  if (parseMoment(given) === null) {
    fields.add('dueOn', 'not_a_date', 'Not a date: write it as YYYY-MM-DD.');
    return null;
  }
  if (known ? !known.dateRequired : dueType === null) {
    fields.add('dueOn', 'date_not_expected', 'Only a due type that needs a date takes one.');
  } else if (given < earliestToday(at)) {
    fields.add('dueOn', 'in_the_past', 'Choose today or later.');
  }
  return given;
}

/** What day it is where the day begins last: nobody's today is before it. */
function earliestToday(at: string): string {
  return new Date(Date.parse(at) - 12 * 3_600_000).toISOString().slice(0, 10);
}
