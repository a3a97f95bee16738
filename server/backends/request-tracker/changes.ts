import { BackendError } from '../../backend-error.js';
import type { GuardedContext } from '../../backend.js';
import { caseOf, isCurrent, readTicket, type Ticket } from './case-record.js';
import type { Desk, Reader } from './desk.js';
import { fieldValues } from './names.js';
import { jsonOf } from '../vendor-client.js';
import { vendor } from './tracker.js';
import { sentencesSchema, type TicketRow } from './wire.js';

/** One field to be written: what is sent, and how to see afterwards that it was taken. */
export interface Wanted {
  /** As the caller calls it. */
  readonly field: string;
  readonly sent: Readonly<Record<string, unknown>>;
  readonly holds: (row: TicketRow) => boolean;
}

/** A custom field with these values; `field` is the name for the caller. */
export function wantedField(field: string, name: string, values: readonly string[]): Wanted {
  return {
    field,
    sent: { CustomFields: { [name]: values.length === 1 ? values[0] : [...values] } },
    holds: (row) => {
      const held = new Set(fieldValues(row, name));
      return held.size === new Set(values).size && values.every((value) => held.has(value));
    },
  };
}

/** All fields in one body. */
export function bodyOf(wanted: readonly Wanted[]): Record<string, unknown> {
  const fields = wanted.map(({ sent }) => sent['CustomFields'] as object | undefined);
  return {
    ...(Object.assign({}, ...wanted.map(({ sent }) => sent)) as Record<string, unknown>),
    ...(fields.some(Boolean) && { CustomFields: Object.assign({}, ...fields) as object }),
  };
}

/** The refusal of a change to what somebody else changed meanwhile, with the record as it stands. */
export async function conflict(desk: Desk, reader: Reader, ticket: Ticket): Promise<BackendError> {
  const current = await caseOf(desk, reader, ticket);
  const { LastUpdatedBy, LastUpdated } = ticket.row;
  const by = LastUpdatedBy && { id: LastUpdatedBy.id, name: LastUpdatedBy.RealName || LastUpdatedBy.id };
  return new BackendError('version_conflict', { current, by, at: LastUpdated || null });
}

/** @throws {BackendError} `version_conflict` */
export async function requireCurrent(
  desk: Desk,
  reader: Reader,
  ticket: Ticket,
  { version }: GuardedContext,
) {
  if (!isCurrent(version, ticket)) throw await conflict(desk, reader, ticket);
}

/**
 * Writes fields of a ticket that nobody changed since it was read, and reads it again: Request Tracker answers 200 to what it
 * refused, too.
 *
 * @throws {BackendError} `version_conflict`; `forbidden` or `validation_failed` naming the fields that are not as wanted.
 */
export async function writeTicket(
  desk: Desk,
  reader: Reader,
  ticket: Ticket,
  wanted: readonly Wanted[],
): Promise<Ticket> {
  const { row, version } = ticket;
  if (wanted.length === 0) return ticket;
  const sentences = await put(desk, reader, `/ticket/${row.id}`, bodyOf(wanted), version);
  const now = await readTicket(desk, reader, row.id);
  if (sentences === 'stale') throw await conflict(desk, reader, now);
  const refused = wanted.filter(({ holds }) => !holds(now.row));
  if (refused.length > 0) throw refusal(refused, sentences);
  return now;
}

/** Sends a change; the sentences that answer it, or that the ticket was not as it was read. */
export async function put(
  { tracker }: Desk,
  { context }: Reader,
  path: string,
  json: unknown,
  version?: string,
): Promise<readonly string[] | 'stale'> {
  const guarded = version !== undefined && /^\d+$/.test(version);
  const answer = await tracker.send(
    { method: 'PUT', path, json, ...(guarded && { headers: { 'if-match': `"${version}"` } }) },
    context,
  );
  if (answer.status === 412) {
    await answer.body?.cancel();
    return 'stale';
  }
  if (answer.status === 403 || answer.status === 404) {
    await answer.body?.cancel();
    throw new BackendError('not_found');
  }
  const body = await jsonOf(answer, vendor);
  if (answer.status === 200) return sentencesSchema.parse(body);
  throw refusedWith(body);
}

/** A refusal in a status other than 200. */
export function refusedWith(body: unknown): BackendError {
  const message = typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : '';
  if (isDenial(message)) return denied();
  return new BackendError('unavailable', { detail: `${vendor} took no such change.` });
}

export function denied(): BackendError {
  return new BackendError('forbidden', {
    rule: 'backend.right',
    detail: `${vendor} does not let you do this.`,
  });
}

export function isDenial(sentence: string): boolean {
  return /permission denied|no permission|forbidden|not allowed/i.test(sentence);
}

function refusal(refused: readonly Wanted[], sentences: readonly string[]): BackendError {
  if (sentences.some(isDenial)) return denied();
  return new BackendError('validation_failed', {
    errors: refused.map(({ field }) => ({
      field,
      code: 'invalid',
      message: `${vendor} did not take this. What else was changed stays changed.`,
    })),
  });
}
