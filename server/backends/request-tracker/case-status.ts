import type { Case, StatusChangeInput } from '../../../src/contract/cases.js';
import type { Choice } from '../../../src/contract/settings.js';
import { BackendError } from '../../backend-error.js';
import type { GuardedContext, WriteContext } from '../../backend.js';
import { FieldErrors } from '../../input/validation.js';
import { caseOf, readTicket, summaryOf, type Ticket } from './case-record.js';
import { requireVerdict } from './case-rights.js';
import { denied, requireCurrent } from './changes.js';
import { readerOf, type Desk, type Reader } from './desk.js';
import { writeMessage } from './messages.js';
import { requireAgent } from './names.js';
import { statusText, type StatusAction } from './status-notes.js';

/** Closes or reopens a ticket: reason, explanation and status in one request. */
export function changeStatus(
  desk: Desk,
  action: StatusAction,
  id: string,
  input: StatusChangeInput,
  call: WriteContext & GuardedContext,
): Promise<Case> {
  return desk.answers.once(call, async () => {
    const reader = await readerOf(desk, call);
    const ticket = await readTicket(desk, reader, id);
    requireAgent(call.actor);
    const { status, permissions } = summaryOf(desk, reader, ticket.row);
    if (status === (action === 'close' ? 'closed' : 'open')) {
      const current = await caseOf(desk, reader, ticket);
      const { by = null, at = null } = current.closure ?? {};
      throw new BackendError(action === 'close' ? 'case_closed' : 'case_open', { current, by, at });
    }
    requireVerdict(permissions[action]);
    await requireCurrent(desk, reader, ticket, call);
    const fields = new FieldErrors();
    const checked = checkStatusInput(desk, action, input, fields);
    fields.throwIfAny();
    return caseOf(desk, reader, await explainStatus(desk, reader, ticket, action, checked));
  });
}

interface CheckedStatus {
  readonly reason: Choice;
  readonly note: string;
  readonly visibility: 'internal' | 'public';
}

/** Reason and explanation are both needed, and told together where both are missing. */
export function checkStatusInput(
  { settings, limits }: Desk,
  action: StatusAction,
  { reason, note, visibility = 'internal' }: StatusChangeInput,
  fields: FieldErrors,
): CheckedStatus {
  const reasons = action === 'close' ? settings.closureReasons : settings.reopenReasons;
  const id = fields.choice('reason', reason, reasons, true) ?? '';
  const chosen = reasons.find((each) => each.id === id) ?? { id, label: id };
  return { reason: chosen, note: fields.text('note', note, limits.noteText, true).trim(), visibility };
}

/**
 * Writes the explanation and the status at once, and reads the ticket again.
 *
 * @throws {BackendError} `forbidden` where the status did not change.
 */
export async function explainStatus(
  desk: Desk,
  reader: Reader,
  { row }: Ticket,
  action: StatusAction,
  { reason, note, visibility }: CheckedStatus,
): Promise<Ticket> {
  const { statuses, setup } = desk;
  const status = action === 'close' ? statuses.close : statuses.reopen;
  const field = setup.fields?.closureReason;
  await writeMessage(desk, reader, row.id, visibility, {
    Content: statusText(action, reason, note),
    ContentType: 'text/plain',
    Status: status,
    ...(field !== undefined && { CustomFields: { [field]: action === 'close' ? reason.id : [] } }),
  });
  const now = await readTicket(desk, reader, row.id);
  if (now.row.Status !== status) throw denied();
  return now;
}
