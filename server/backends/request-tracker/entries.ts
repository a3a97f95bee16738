import type { NamedRef, Page } from '../../../src/contract/common.js';
import type { InboxEntry, InboxEntryQuery } from '../../../src/contract/inbox-entries.js';
import { BackendError } from '../../backend-error.js';
import type { CallContext } from '../../backend.js';
import { allow, refuse } from '../../engine/policy/verdict.js';
import type { CaseSort } from '../../../src/contract/cases.js';
import { pageOfTickets } from './case-list.js';
import { readTicket, summaryOf, type Ticket } from './case-record.js';
import { statusOf } from './case-rights.js';
import { instantOf } from './dates.js';
import { readerOf, type Desk, type Reader } from './desk.js';
import { openTickets } from './inboxes.js';
import { customerOf, customersOf, fieldValues, personOf, requireAgent, userOf } from './names.js';
import { customField, equals, every, moment, nothing, quoted, some } from './ticket-sql.js';
import type { TicketRow } from './wire.js';

const sorts = { due: 'deadline', '-due': '-deadline', sent: 'created', '-sent': '-created' } as const;

/** The tickets that wait in the inboxes the reader sees. */
export async function listEntries(
  desk: Desk,
  query: InboxEntryQuery,
  context: CallContext,
): Promise<Page<InboxEntry>> {
  const reader = await readerOf(desk, context);
  requireAgent(context.actor);
  const { limit = 25, cursor, count, sort = 'due', ...filters } = query;
  const inboxes = await desk.directory.inboxes(context);
  const wanted = inboxes.filter(({ id }) => filters.inboxId?.includes(id) ?? true);
  const condition = every(
    some(wanted.map(({ id }) => `Queue = ${id}`)),
    ...conditionsOf(desk, reader, filters),
  );
  const order: CaseSort = sorts[sort];
  const list = JSON.stringify(['entries', sort, filters]);
  const found = await pageOfTickets(desk, context, condition, order, { list, cursor, limit });
  return {
    items: found.rows.map((row) => entryOf(desk, reader, row)),
    next: found.next,
    ...(count === 'true' && found.total !== undefined && { total: found.total }),
  };
}

function conditionsOf(
  desk: Desk,
  reader: Reader,
  filters: Omit<InboxEntryQuery, 'limit' | 'cursor' | 'count' | 'sort'>,
): (string | undefined)[] {
  const { owner, state = 'open', caseId, customerId, dueType, due, dueBy, overdueOn } = filters;
  const { customers } = desk.setup;
  return [
    state === 'open'
      ? openTickets(desk)
      : state === 'completed'
        ? some(desk.statuses.closed.map((status) => equals('Status', status)))
        : nothing,
    owner && ownerCondition(desk, reader, owner),
    caseId === undefined ? undefined : /^[1-9]\d{0,17}$/.test(caseId) ? `id = ${caseId}` : nothing,
    customerId === undefined
      ? undefined
      : customers?.by === 'field'
        ? equals(customField(customers.field), customerId)
        : equals('Requestor.Name', customerId),
    // A queue keeps no reason for a date, only the date.
    dueType === undefined ? undefined : nothing,
    due === 'set' ? `Due > '1970-01-02'` : undefined,
    due === 'none' ? `Due IS NULL OR Due < '1970-01-02'` : undefined,
    dueBy === undefined ? undefined : dueBefore(nextDay(dueBy)),
    overdueOn === undefined ? undefined : dueBefore(overdueOn),
  ];
}

function ownerCondition(desk: Desk, reader: Reader, owner: string): string {
  if (owner === 'none') return equals('Owner', 'Nobody');
  if (owner === 'me') return equals('Owner', reader.user);
  if (owner === 'others') return every(`Owner != 'Nobody'`, `Owner != ${quoted(reader.user)}`);
  return equals('Owner', userOf(desk, reader, owner));
}

function dueBefore(day: string): string {
  return every(`Due > '1970-01-02'`, `Due < ${moment(`${day}T00:00:00Z`)}`);
}

function nextDay(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}

export async function getEntry(desk: Desk, id: string, context: CallContext): Promise<InboxEntry> {
  const { reader, ticket } = await openEntry(desk, id, context);
  return entryOf(desk, reader, ticket.row, ticket.version);
}

/** A ticket in one of the inboxes, for an agent who sees it. */
export async function openEntry(
  desk: Desk,
  id: string,
  context: CallContext,
): Promise<{ reader: Reader; ticket: Ticket; inbox: NamedRef }> {
  const reader = await readerOf(desk, context);
  requireAgent(context.actor);
  const ticket = await readTicket(desk, reader, id);
  const inboxes = await desk.directory.inboxes(context);
  const inbox = inboxes.find((each) => each.id === ticket.row.Queue?.id);
  if (!inbox) throw new BackendError('not_found');
  return { reader, ticket, inbox };
}

/** A ticket as what waits in its queue. */
export function entryOf(desk: Desk, reader: Reader, row: TicketRow, version?: string): InboxEntry {
  const summary = summaryOf(desk, reader, row);
  const { subject, status, assignee, number, createdBy, createdAt } = summary;
  const isOpen = statusOf(desk, row.Status) === 'open';
  const owner = assignee ?? null;
  const [message = ''] = fieldValues(row, desk.setup.fields?.inboxMessage);
  const closed = refuse('entry.ended', 'The case is closed.');
  const edit = summary.permissions['edit'] ?? closed;
  const whileOpen = (verdict: typeof edit) => (isOpen ? verdict : closed);
  const isMine = owner?.id === reader.actor.id;
  const ender = row.LastUpdatedBy;
  return {
    id: row.id,
    version: version ?? summary.version,
    state: isOpen ? 'open' : 'completed',
    inbox: row.Queue ? { id: row.Queue.id, name: row.Queue.Name || row.Queue.id } : { id: '', name: '' },
    from: null,
    case: { id: row.id, number, subject, status },
    customer: customerOf(desk, reader, row) ?? null,
    message,
    dueType: null,
    dueOn: instantOf(row.Due)?.slice(0, 10) ?? null,
    owner,
    ownedAt: null,
    sentBy: createdBy,
    sentAt: createdAt,
    endedBy: isOpen ? null : personOf(desk, reader, ender, customersOf(row)),
    endedAt: isOpen ? null : instantOf(row.Resolved),
    permissions: {
      take: whileOpen(owner === null ? allow('entry.free') : refuse('entry.owned', 'Somebody owns this.')),
      release: whileOpen(
        isMine ? allow('entry.owner') : refuse('entry.owner', 'Only its owner can give it back.'),
      ),
      assign: whileOpen(edit),
      complete: whileOpen(
        isMine ? (summary.permissions['close'] ?? closed) : refuse('entry.not-owned', 'Take it first.'),
      ),
      cancel: refuse('backend.capability', 'A ticket leaves its queue by being closed or sent on.'),
      forward: whileOpen(edit),
      undo: refuse('backend.capability', 'Request Tracker cannot take this back.'),
      openCase: allow('backend.right'),
      openCustomer: allow('backend.right'),
    },
  };
}
