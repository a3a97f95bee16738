import type { StatusChange } from '../../../src/contract/cases.js';
import { statusOf } from './case-rights.js';
import { instantOf } from './dates.js';
import type { Desk, Reader } from './desk.js';
import { historyOf, type Line } from './history.js';
import { customersOf, fieldValues, personOf } from './names.js';
import { readStatusText, type StatusAction } from './status-notes.js';
import { messagesOf, type Message } from './texts.js';
import type { TicketRow, Transaction } from './wire.js';

/** Lines between a change of status and the message that explains it, at most. */
export const reach = 6;
/** Seconds between the two, at most: both are written in one request. */
const apartMs = 3_000;
/** Lines of history that are looked through for the last change of status. */
const mostLines = 300;

/** Whether a line closes or reopens. */
export function statusActionOf(desk: Desk, line: Transaction): StatusAction | undefined {
  if (line.Type !== 'Status') return undefined;
  const from = statusOf(desk, line.OldValue);
  const to = statusOf(desk, line.NewValue);
  if (from === to) return undefined;
  if (to === 'closed') return 'close';
  return from === 'closed' && to === 'open' ? 'reopen' : undefined;
}

/**
 * The messages just before a change of status that could explain it: by the same person in the same moment, or by whoever
 * wrote the reply that made Request Tracker reopen the ticket by itself. What customers write explains nothing. `lines` are
 * newest first.
 */
export function explanations(
  lines: readonly Transaction[],
  index: number,
  customers: ReadonlySet<string>,
): readonly Transaction[] {
  const change = lines[index];
  if (!change) return [];
  return lines
    .slice(index + 1, index + 1 + reach)
    .filter(
      ({ Type, Creator, Created }) =>
        isMessage(Type) &&
        !customers.has(Creator?.id ?? '') &&
        (Creator?.id === change.Creator?.id || change.Creator?.id === 'RT_System') &&
        Math.abs(Date.parse(change.Created) - Date.parse(Created)) <= apartMs,
    );
}

export function isMessage(type: string): boolean {
  return type === 'Comment' || type === 'Correspond';
}

/** What explains a change of status. */
export interface Explained {
  readonly reason: string;
  readonly note: string;
  readonly line: Transaction;
}

export function explained(
  desk: Desk,
  action: StatusAction,
  candidates: readonly Transaction[],
  messages: ReadonlyMap<string, Message>,
): Explained | undefined {
  const { closureReasons, reopenReasons } = desk.settings;
  const reasons = action === 'close' ? closureReasons : reopenReasons;
  for (const line of candidates) {
    const read = readStatusText(action, messages.get(line.id)?.text ?? '', reasons);
    if (read) return { ...read, line };
  }
  return undefined;
}

/** How a ticket was last closed or reopened, and how many replies its history holds. */
export async function lastStatusChanges(
  desk: Desk,
  reader: Reader,
  row: TicketRow,
): Promise<{ closure: StatusChange | null; reopening: StatusChange | null; replies: number }> {
  const lines: Line[] = [];
  for await (const line of historyOf(desk, reader, row.id)) {
    lines.push(line);
    if (lines.length >= mostLines) break;
  }
  const replies = lines.filter(({ Type }) => Type === 'Correspond').length;
  const index = lines.findIndex((line) => statusActionOf(desk, line) !== undefined);
  const line = lines[index];
  const action = line && statusActionOf(desk, line);
  if (!line || !action) return { ...unexplained(desk, reader, row), replies };

  const candidates = explanations(lines, index, customersOf(row));
  const messages = await messagesOf(
    desk,
    reader,
    candidates.map(({ id }) => id),
  );
  const found = explained(desk, action, candidates, messages);
  const [kept] = fieldValues(row, desk.setup.fields?.closureReason);
  const change: StatusChange = {
    reason: found?.reason ?? ((action === 'close' ? kept : undefined) || line.NewValue),
    ...(found && { note: found.note }),
    by: personOf(desk, reader, (found?.line ?? line).Creator, customersOf(row)),
    at: instantOf(line.Created),
  };
  return {
    closure: action === 'close' ? change : null,
    reopening: action === 'reopen' ? change : null,
    replies,
  };
}

/** Of a ticket whose history does not tell how it came to be closed. */
function unexplained(desk: Desk, reader: Reader, row: TicketRow) {
  if (statusOf(desk, row.Status) !== 'closed') return { closure: null, reopening: null };
  const [reason] = fieldValues(row, desk.setup.fields?.closureReason);
  const by = personOf(desk, reader, row.LastUpdatedBy, customersOf(row));
  return { closure: { reason: reason || row.Status, by, at: instantOf(row.Resolved) }, reopening: null };
}

interface Closing {
  readonly action: StatusAction;
  readonly reason: string;
  readonly note: string;
}

/** Which messages explain a change of status, and which changes need no line of their own because of it. */
export interface Closings {
  readonly byMessage: ReadonlyMap<string, Closing>;
  readonly told: ReadonlySet<string>;
}

export function closingsOf(
  desk: Desk,
  lines: readonly Line[],
  messages: ReadonlyMap<string, Message>,
  customers: ReadonlySet<string>,
): Closings {
  const byMessage = new Map<string, Closing>();
  const told = new Set<string>();
  lines.forEach((line, index) => {
    const action = statusActionOf(desk, line);
    if (!action) return;
    const found = explained(desk, action, explanations(lines, index, customers), messages);
    if (!found) return;
    byMessage.set(found.line.id, { action, reason: found.reason, note: found.note });
    told.add(line.id);
  });
  return { byMessage, told };
}
