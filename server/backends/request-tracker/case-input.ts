import type { CaseChange, NewCase } from '../../../src/contract/cases.js';
import type { FieldErrors } from '../../input/validation.js';
import { instantOf } from './dates.js';
import { wantedField, type Wanted } from './changes.js';
import type { Desk, Reader } from './desk.js';
import { fieldValues, userOf } from './names.js';
import type { TicketRow } from './wire.js';

type Input = Partial<NewCase> & CaseChange;

/** The fields that Request Tracker has nowhere to keep, or this configuration names no place for. */
export function refuseUnheld(desk: Desk, input: Input, fields: FieldErrors): void {
  const { setup } = desk;
  const held: Readonly<Record<string, boolean>> = {
    type: setup.fields?.type !== undefined,
    contactMethod: setup.fields?.contactMethod !== undefined,
    tags: setup.fields?.tags !== undefined,
    externalReference: setup.fields?.externalReference !== undefined,
    projectId: false,
    links: false,
  };
  for (const [name, isHeld] of Object.entries(held)) {
    const value = (input as Record<string, unknown>)[name];
    const isEmpty = value === undefined || value === null || (Array.isArray(value) && value.length === 0);
    if (!isHeld && !isEmpty)
      fields.add(name, 'unknown_field', 'The system behind this page does not keep this.');
  }
}

/** The fields to be written, checked. `row` is the ticket as it stands: what is retired may stay. */
export function wantedFields(
  desk: Desk,
  input: Input,
  fields: FieldErrors,
  mandatory: (name: string) => boolean,
  row?: TicketRow,
): Wanted[] {
  const { settings, setup, limits, priorities } = desk;
  const own = setup.fields ?? {};
  const wanted: Wanted[] = [];
  const has = (name: keyof Input) => input[name] !== undefined || (row === undefined && mandatory(name));

  if (has('subject')) {
    const subject = fields.line(
      'subject',
      input.subject,
      limits.subject,
      row !== undefined || mandatory('subject'),
    );
    wanted.push({
      field: 'subject',
      sent: { Subject: subject },
      holds: ({ Subject }) => Subject === subject,
    });
  }
  for (const [name, list, field] of [
    ['type', settings.caseTypes, own.type],
    ['contactMethod', settings.contactMethods, own.contactMethod],
  ] as const) {
    if (!has(name) || field === undefined) continue;
    const kept = row && fieldValues(row, field)[0];
    const value = fields.choice(name, input[name], list, mandatory(name), kept);
    wanted.push(wantedField(name, field, value === null ? [] : [value]));
  }
  if (has('priority')) {
    const kept = row && priorities.idOf(row.Priority);
    const value = fields.choice('priority', input.priority, settings.priorities, mandatory('priority'), kept);
    // What is nearest to the number stays as it is: people who work in Request Tracker chose it finer.
    if (value !== kept || row === undefined) wanted.push(...wantedPriority(desk, value));
  }
  if (has('deadline')) {
    const day = fields.date('deadline', input.deadline);
    if (day === null && mandatory('deadline')) fields.required('deadline');
    wanted.push({
      field: 'deadline',
      sent: { Due: day === null ? '1970-01-01T00:00:00Z' : `${day}T12:00:00Z` },
      holds: ({ Due }) => (instantOf(Due)?.slice(0, 10) ?? null) === day,
    });
  }
  if (has('tags') && own.tags !== undefined) {
    const tags = fields.tags('tags', input.tags, limits);
    if (tags.length === 0 && mandatory('tags')) fields.required('tags');
    wanted.push(wantedField('tags', own.tags, tags));
  }
  if (input.externalReference !== undefined && own.externalReference !== undefined) {
    const reference = fields.line('externalReference', input.externalReference, 200, false);
    wanted.push(wantedField('externalReference', own.externalReference, reference === '' ? [] : [reference]));
  }
  return wanted;
}

function wantedPriority({ priorities }: Desk, value: string | null): Wanted[] {
  const number = priorities.numberOf(value);
  if (number === undefined) return [];
  return [
    {
      field: 'priority',
      sent: { Priority: number },
      holds: ({ Priority }) => Number(Priority) === number,
    },
  ];
}

/** Whose the ticket is to be; `null` for nobody's. */
export function wantedOwner(desk: Desk, reader: Reader, personId: string | null): Wanted {
  const user = personId === null ? 'Nobody' : userOf(desk, reader, personId);
  return { field: 'assigneeId', sent: { Owner: user }, holds: ({ Owner }) => Owner?.id === user };
}

/** Where the ticket is to be; a queue the reader knows. */
export async function wantedQueue(
  { directory }: Desk,
  { context }: Reader,
  departmentId: string | null,
  fields: FieldErrors,
): Promise<Wanted | undefined> {
  const queues = await directory.queues(context);
  const queue = queues.find(({ id }) => id === departmentId);
  if (!queue) {
    fields.add('departmentId', 'not_found', 'There is no such department.');
    return undefined;
  }
  return { field: 'departmentId', sent: { Queue: queue.id }, holds: ({ Queue }) => Queue?.id === queue.id };
}
