import type { FieldChange, TimelineEntry } from '../../../src/contract/notes.js';
import { statusOf } from './case-rights.js';
import { instantOf } from './dates.js';
import { statusActionOf, type Closings } from './status-changes.js';
import type { Desk, Reader } from './desk.js';
import { levelOf } from './levels.js';
import { customersOf, personOf, personOfUser } from './names.js';
import type { Message } from './texts.js';
import type { TicketRow, Transaction } from './wire.js';

const fieldsOfTickets: Readonly<Record<string, string>> = {
  Subject: 'subject',
  Priority: 'priority',
  Owner: 'assignee',
  Queue: 'department',
  Due: 'deadline',
};
const forCustomers = new Set(['Subject', 'Priority', 'Due']);

/** Whether a line tells a reader anything: mails that left, and what is told by another line, do not. */
export function isTold(
  desk: Desk,
  { Type, Field, OldValue, NewValue }: Transaction,
  { actor }: Reader,
): boolean {
  switch (Type) {
    case 'Create':
    case 'Correspond':
    case 'Comment':
      return true;
    // Whether an open ticket is new or stalled is nothing that cases tell.
    case 'Status':
      return statusOf(desk, OldValue) !== statusOf(desk, NewValue);
    case 'Set':
      return Object.hasOwn(fieldsOfTickets, Field) && (actor.kind === 'agent' || forCustomers.has(Field));
    case 'CustomField':
      return actor.kind === 'agent';
    case 'AddWatcher':
    case 'DelWatcher':
      return actor.kind === 'agent' && levelOf(Field) !== undefined;
    default:
      return false;
  }
}

/** A line as the contract tells it; `undefined` for what turns out to tell nothing. */
export async function toEntry(
  desk: Desk,
  reader: Reader,
  row: TicketRow,
  line: Transaction,
  message: Message | undefined,
  closings: Closings,
): Promise<TimelineEntry | undefined> {
  const base = {
    id: line.id,
    by: personOf(desk, reader, line.Creator, customersOf(row)),
    at: instantOf(line.Created),
  };
  switch (line.Type) {
    case 'Create':
      return { ...base, kind: 'creation' };
    case 'Correspond':
    case 'Comment':
      return { ...base, ...noteFields(desk, line, message, closings) };
    case 'Status':
      return closings.told.has(line.id) ? undefined : { ...base, ...statusFields(desk, line) };
    case 'AddWatcher':
    case 'DelWatcher':
      return sharingFields(desk, reader, line, base);
    default: {
      const change = await changeOf(desk, reader, row, line);
      return change && { ...base, kind: 'change', changes: [change] };
    }
  }
}

type Base = Pick<TimelineEntry, 'id' | 'by' | 'at'>;

function noteFields(
  desk: Desk,
  line: Transaction,
  message: Message | undefined,
  { byMessage }: Closings,
): Omit<TimelineEntry, keyof Base> {
  const { text = '', attachments = [] } = message ?? {};
  const visibility = line.Type === 'Comment' ? ('internal' as const) : ('public' as const);
  const closing = byMessage.get(line.id);
  if (closing) {
    const { action, reason, note } = closing;
    const kind = action === 'close' ? 'closure' : 'reopening';
    return { kind, visibility, subject: null, text: note, reason, attachments };
  }
  const title = line['Data'];
  const subject = desk.settings.noteSubjects.find(({ label }) => label === title)?.id ?? null;
  return { kind: 'note', visibility, subject, text, attachments };
}

function statusFields(desk: Desk, line: Transaction): Omit<TimelineEntry, keyof Base> {
  const action = statusActionOf(desk, line);
  const { OldValue: from, NewValue: to } = line;
  if (!action) return { kind: 'change', changes: [{ field: 'status', from, to }] };
  return { kind: action === 'close' ? 'closure' : 'reopening', reason: to };
}

async function sharingFields(
  { directory }: Desk,
  { context }: Reader,
  line: Transaction,
  base: Base,
): Promise<TimelineEntry | undefined> {
  const isNew = line.Type === 'AddWatcher';
  const group = await directory.group(isNew ? line.NewValue : line.OldValue, context);
  if (!group) return undefined;
  const access = { id: group.id, name: group.Name, level: levelOf(line.Field), expiresAt: null };
  const change = { field: 'department', from: isNew ? null : access, to: isNew ? access : null };
  return { ...base, kind: 'department-sharing', changes: [change] };
}

async function changeOf(
  desk: Desk,
  reader: Reader,
  row: TicketRow,
  line: Transaction,
): Promise<FieldChange | undefined> {
  if (line.Type === 'CustomField') return customChange(desk, row, line);
  const field = fieldsOfTickets[line.Field];
  if (field === undefined) return undefined;
  const [from, to] = await Promise.all([
    valueOf(desk, reader, line.Field, line.OldValue),
    valueOf(desk, reader, line.Field, line.NewValue),
  ]);
  return { field, from, to };
}

function customChange({ setup }: Desk, { CustomFields }: TicketRow, line: Transaction) {
  const name = CustomFields.find(({ id }) => id === line.Field)?.name;
  if (name === undefined) return undefined;
  const mapped = Object.entries(setup.fields ?? {}).find(([, field]) => field === name)?.[0];
  return { field: mapped ?? name, from: line.OldValue || null, to: line.NewValue || null };
}

/** What a field held: people and queues by name. */
async function valueOf(desk: Desk, reader: Reader, field: string, value: string): Promise<unknown> {
  const { directory, priorities } = desk;
  switch (field) {
    case 'Priority':
      return priorities.idOf(value);
    case 'Due':
      return instantOf(value)?.slice(0, 10) ?? null;
    case 'Queue': {
      const queues = await directory.queues(reader.context);
      return queues.find(({ id }) => id === value) ?? { id: value, name: value };
    }
    case 'Owner': {
      const user = await directory.user(value, reader.context);
      if (!user || user.Name === '' || user.Name === 'Nobody') return null;
      const { id, name } = personOfUser(desk, reader, user);
      return { id, name };
    }
    default:
      return value;
  }
}
