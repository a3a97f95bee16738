import type { Case, CaseSummary } from '../../../src/contract/cases.js';
import { BackendError } from '../../backend-error.js';
import { caseRights, statusOf } from './case-rights.js';
import { instantOf } from './dates.js';
import type { Desk, Reader } from './desk.js';
import { customerOf, customersOf, fieldValues, knownCustomer, personOf } from './names.js';
import { lastStatusChanges } from './status-changes.js';
import { descriptionOf } from './texts.js';
import { listOf, ticketRowSchema, type TicketRow } from './wire.js';

const people = ['Owner', 'Creator', 'Requestor', 'Cc', 'AdminCc', 'LastUpdatedBy'];

/** What is asked of a ticket, in lists and alone. */
export const rowQuery: Readonly<Record<string, string>> = {
  fields: [
    ...people,
    'Queue',
    'Subject',
    'Status',
    'Priority',
    'Created',
    'LastUpdated',
    'Due',
    'Resolved',
    'CustomFields',
    '_hyperlinks',
  ].join(','),
  'fields[Queue]': 'Name',
  ...Object.fromEntries(people.map((name) => [`fields[${name}]`, 'Name,RealName'])),
};

/** A ticket as a list shows it. The version tells the second of its last change: lists know no more. */
export function summaryOf(desk: Desk, reader: Reader, row: TicketRow): CaseSummary {
  const { fields = {} } = desk.setup;
  const customers = customersOf(row);
  const customer = customerOf(desk, reader, row);
  const [type] = fieldValues(row, fields.type);
  const [contactMethod] = fieldValues(row, fields.contactMethod);
  const known = customer && knownCustomer(desk, customer.id);
  return {
    id: row.id,
    number: Number(row.id),
    version: listVersion(row),
    status: statusOf(desk, row.Status),
    ...(customer && { customer }),
    ...(known && { organisation: known.organisation ?? null }),
    subject: row.Subject,
    type: type || null,
    priority: desk.priorities.idOf(row.Priority),
    deadline: instantOf(row.Due)?.slice(0, 10) ?? null,
    contactMethod: contactMethod || null,
    ...(fields.tags !== undefined && { tags: fieldValues(row, fields.tags) }),
    requester: personOf(desk, reader, row.Requestor[0] ?? null, customers),
    assignee: personOf(desk, reader, row.Owner, customers),
    department: row.Queue && { id: row.Queue.id, name: row.Queue.Name || row.Queue.id },
    createdBy: personOf(desk, reader, row.Creator, customers),
    createdAt: instantOf(row.Created),
    updatedAt: instantOf(row.LastUpdated),
    replyCount: 0,
    permissions: caseRights(desk, reader, row),
  };
}

function listVersion({ LastUpdated }: TicketRow): string {
  return `at-${LastUpdated}`;
}

/** Whether a version that was read earlier is that of the ticket now. */
export function isCurrent(version: string, { row, version: now }: Ticket): boolean {
  return version === now || version === listVersion(row);
}

/** A ticket as it stands. */
export interface Ticket {
  readonly row: TicketRow;
  /** The number of its newest line of history. */
  readonly version: string;
}

/**
 * Reads a ticket with the version that guards its changes.
 *
 * @throws {BackendError} `not_found` for what is not there or not the reader's to see.
 */
export async function readTicket({ tracker }: Desk, reader: Reader, id: string): Promise<Ticket> {
  // Ids are opaque to callers, and numbers here.
  if (!/^[1-9]\d{0,17}$/.test(id)) throw new BackendError('not_found');
  const { context } = reader;
  const [single, list] = await Promise.all([
    tracker.send({ path: `/ticket/${id}` }, context),
    tracker.read(listOf(ticketRowSchema), '/tickets', { ...rowQuery, query: `id = ${id}` }, context),
  ]);
  await single.body?.cancel();
  const [row] = list.items;
  if (single.status !== 200 || !row || !isForReader(reader, row)) throw new BackendError('not_found');
  return { row, version: /"([^"]*)"/.exec(single.headers.get('etag') ?? '')?.[1] ?? listVersion(row) };
}

/** Customers see what they asked for or read along, whatever else a queue would show them. */
export function isForReader({ actor, user }: Reader, row: TicketRow): boolean {
  return actor.kind === 'agent' || customersOf(row).has(user);
}

/** The record of a ticket: what the list tells, with its first text and how it was closed or reopened. */
export async function caseOf(desk: Desk, reader: Reader, ticket: Ticket): Promise<Case> {
  const { row, version } = ticket;
  const [description, changes] = await Promise.all([
    descriptionOf(desk, reader, row.id),
    lastStatusChanges(desk, reader, row),
  ]);
  const summary = summaryOf(desk, reader, row);
  const [externalReference] = fieldValues(row, desk.setup.fields?.externalReference);
  return {
    ...summary,
    version,
    description,
    ...(desk.setup.fields?.externalReference !== undefined && {
      externalReference: externalReference || null,
    }),
    closure: summary.status === 'closed' ? changes.closure : null,
    reopening: summary.status === 'open' ? changes.reopening : null,
    replyCount: changes.replies,
  };
}
