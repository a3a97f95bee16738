import type { Case, StatusChangeInput } from '../../../src/contract/cases.js';
import type { GuardedContext, WriteContext } from '../../backend.js';
import { BackendError } from '../../backend-error.js';
import { FieldErrors } from '../../input/validation.js';
import { caseOf, readBack } from './case-record.js';
import { requireVersion } from './case-update.js';
import { readTicket, requireOpen, requireRight, seeTicket, type Desk, type Seen } from './desk.js';
import { refusedStatus, writeStatusNote } from './notes.js';
import { isClosed } from './sight.js';

type Kind = 'closure' | 'reopening';

/** A checked change of status. */
export interface CheckedStatus {
  readonly reason: string;
  readonly text: string;
  readonly isPublic: boolean;
}

/** CC-40, CC-44: a reason of the list and an explanation, both told at once. */
export function checkStatusChange(
  desk: Desk,
  kind: Kind,
  input: StatusChangeInput,
  fields: FieldErrors,
): CheckedStatus {
  const { closureReasons, reopenReasons, limits } = desk.settings;
  const reasons = kind === 'closure' ? closureReasons : reopenReasons;
  if (input.completeEntry === true) fields.add('completeEntry', 'unknown_field', 'Zoho Desk has no inboxes.');
  return {
    reason: fields.choice('reason', input.reason, reasons, true) ?? '',
    text: fields.text('note', input.note, limits.noteText, true),
    isPublic: input.visibility === 'public',
  };
}

/** CC-38 to CC-46: closes or reopens a case that stands as it was read. */
export function changeStatus(
  desk: Desk,
  id: string,
  kind: Kind,
  input: StatusChangeInput,
  context: WriteContext & GuardedContext,
): Promise<Case> {
  return desk.kept.once(context, async () => {
    const seen = await seeTicket(desk, id, context);
    requireRight(desk, seen, kind === 'closure' ? 'close' : 'reopen');
    if (kind === 'closure') await requireOpen(seen, () => caseOf(desk, seen));
    else await requireClosed(desk, seen);
    await requireVersion(desk, seen, context.version);
    await writeStatus(desk, seen, kind, check(desk, kind, input));
    return readBack(desk, seen.viewer, id);
  });
}

async function requireClosed(desk: Desk, seen: Seen): Promise<void> {
  if (isClosed(seen.ticket)) return;
  throw new BackendError('case_open', {
    rule: 'case.open',
    detail: 'The case is open already.',
    current: await caseOf(desk, seen),
  });
}

function check(desk: Desk, kind: Kind, input: StatusChangeInput): CheckedStatus {
  const fields = new FieldErrors();
  const checked = checkStatusChange(desk, kind, input, fields);
  fields.throwIfAny();
  return checked;
}

/** Closes or reopens a ticket and says why. The status goes first: a note about what did not happen would be worse than none. */
export async function writeStatus(desk: Desk, seen: Seen, kind: Kind, checked: CheckedStatus): Promise<void> {
  const { closed = 'Closed', reopened = 'Open' } = desk.options.statuses ?? {};
  await setStatus(desk, seen, kind === 'closure' ? closed : reopened, kind === 'closure');
  await writeStatusNote(desk, seen, kind, checked);
}

/** Sets the status and reads it back: rules of Zoho's own may keep the old one. */
async function setStatus(desk: Desk, { ticket }: Seen, status: string, closes: boolean): Promise<void> {
  await desk.client.write('PATCH', `/tickets/${ticket.id}`, { json: { status } });
  if (isClosed(await readTicket(desk, ticket.id)) !== closes) throw refusedStatus();
}
