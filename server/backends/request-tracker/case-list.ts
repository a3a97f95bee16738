import type { CaseQuery, CaseSort, CaseSummary } from '../../../src/contract/cases.js';
import type { Page } from '../../../src/contract/common.js';
import type { CallContext } from '../../backend.js';
import { BackendError } from '../../backend-error.js';
import { parseMoment } from '../../input/validation.js';
import { encodePlace, readPlace } from '../cursors.js';
import { isForReader, rowQuery, summaryOf } from './case-record.js';
import { readerOf, type Desk, type Reader } from './desk.js';
import { userOf } from './names.js';
import { contains, customField, equals, every, moment, nothing, some } from './ticket-sql.js';
import { listOf, ticketRowSchema, type TicketRow } from './wire.js';

/** The cases that match, a page of them. */
export async function listCases(
  desk: Desk,
  query: CaseQuery,
  context: CallContext,
): Promise<Page<CaseSummary>> {
  const reader = await readerOf(desk, context);
  const { limit = 25, cursor, count, sort = '-updated', ...filters } = query;
  const condition = every(scopeOf(reader), ...conditionsOf(desk, reader, filters));
  const place = { list: JSON.stringify(['cases', sort, filters]), cursor, limit };
  const found = await pageOfTickets(desk, context, condition, sort, place);
  return {
    items: found.rows.filter((row) => isForReader(reader, row)).map((row) => summaryOf(desk, reader, row)),
    next: found.next,
    ...(count === 'true' && found.total !== undefined && { total: found.total }),
  };
}

/** What a customer may see at all; Request Tracker says the same to agents by itself. */
export function scopeOf({ actor, user }: Reader): string | undefined {
  if (actor.kind === 'agent') return undefined;
  return some([equals('Requestor.Name', user), equals('Cc.Name', user)]);
}

type Filters = Omit<CaseQuery, 'limit' | 'cursor' | 'count' | 'sort'>;

function conditionsOf(desk: Desk, reader: Reader, filters: Filters): (string | undefined)[] {
  const { fields = {}, customers } = desk.setup;
  const { customerId, assigneeId, status, type, priority, tag, q } = filters;
  const unheld = filters.projectId ?? filters.link?.[0] ?? filters.shared;
  const others = filters.sharedWithCustomerId ?? filters.sharedWithOrganisationId;
  return [
    // A filter by what is not kept here finds nothing.
    unheld !== undefined || others !== undefined ? nothing : undefined,
    customerId === undefined
      ? undefined
      : customers?.by === 'field'
        ? equals(customField(customers.field), customerId)
        : equals('Requestor.Name', customerId),
    assigneeId === undefined ? undefined : equals('Owner', userOf(desk, reader, assigneeId)),
    status && some(status.flatMap((each) => desk.statuses[each].map((own) => equals('Status', own)))),
    type && anyOf(fields.type, type),
    tag && anyOf(fields.tags, tag),
    priority && some(priority.map((each) => desk.priorities.condition(each) ?? nothing)),
    filters.raisedAfter === undefined ? undefined : `Created >= ${instant(filters.raisedAfter)}`,
    filters.raisedBefore === undefined ? undefined : `Created < ${instant(filters.raisedBefore)}`,
    ...dueConditions(desk, filters),
    ...wordsOf(q).map((word) => contains('Subject', word)),
  ];
}

function anyOf(field: string | undefined, values: readonly string[]): string {
  if (field === undefined) return nothing;
  return some(values.map((value) => equals(customField(field), value)));
}

/** A deadline stands at noon in UTC: the same day nearly everywhere. */
function dueConditions(desk: Desk, { deadline, dueBy, dueAfter, overdueOn }: Filters) {
  return [
    deadline === 'set' ? hasDue : undefined,
    deadline === 'none' ? hasNoDue : undefined,
    dueBy === undefined ? undefined : every(hasDue, `Due < ${dayAfter(dueBy)}`),
    dueAfter === undefined ? undefined : every(hasDue, `Due >= ${instant(dueAfter)}`),
    overdueOn === undefined
      ? undefined
      : every(
          hasDue,
          `Due < ${instant(overdueOn)}`,
          some(desk.statuses.open.map((own) => equals('Status', own))),
        ),
  ];
}

const hasDue = `Due > '1970-01-02'`;
const hasNoDue = `Due IS NULL OR Due < '1970-01-02'`;

function instant(value: string): string {
  const parsed = parseMoment(value);
  // What cannot be a moment was refused before.
  if (parsed === null) throw new BackendError('validation_failed');
  return moment(parsed);
}

function dayAfter(day: string): string {
  return instant(new Date(Date.parse(day) + 86_400_000).toISOString());
}

function wordsOf(q: string | undefined): string[] {
  return (q ?? '').split(/\s+/).filter((word) => word !== '');
}

const columns: Readonly<Record<string, string>> = {
  updated: 'LastUpdated',
  created: 'Created',
  deadline: 'Due',
  priority: 'Priority',
  number: 'id',
};

export interface TicketPage {
  readonly rows: readonly TicketRow[];
  readonly next: string | null;
  readonly total: number | undefined;
}

/**
 * One page of what a condition finds. The cursor is a number of rows, so that a page may have another size than the one
 * before. By deadline, what has one comes first, whichever way it is sorted.
 */
export async function pageOfTickets(
  desk: Desk,
  context: CallContext,
  condition: string,
  sort: CaseSort,
  { list, cursor, limit }: { list: string; cursor: string | undefined; limit: number },
): Promise<TicketPage> {
  const start = readPlace(list, cursor, 0);
  const isByDue = sort.endsWith('deadline');
  const parts = isByDue
    ? [every(condition || undefined, hasDue), every(condition || undefined, hasNoDue)]
    : [condition];
  const rows: TicketRow[] = [];
  let before = 0;
  let total: number | undefined = 0;
  for (const part of parts) {
    const wanted = limit - rows.length;
    const first = Math.max(0, start + rows.length - before);
    const found = await rowsAt(desk, context, part, sort, first, wanted);
    rows.push(...found.rows);
    before += found.total ?? 0;
    total = total === undefined || found.total === undefined ? undefined : total + found.total;
  }
  const end = start + rows.length;
  const isMore = total === undefined ? rows.length === limit : end < total;
  return { rows, next: isMore && rows.length > 0 ? encodePlace(list, end) : null, total };
}

async function rowsAt(
  { tracker }: Desk,
  context: CallContext,
  condition: string,
  sort: CaseSort,
  first: number,
  wanted: number,
) {
  const direction = sort.startsWith('-') ? 'DESC' : 'ASC';
  const column = columns[sort.replace('-', '')] ?? 'LastUpdated';
  const perPage = Math.max(1, wanted);
  const read = async (page: number) =>
    tracker.read(
      listOf(ticketRowSchema),
      '/tickets',
      {
        ...rowQuery,
        query: condition || 'id > 0',
        // Equal values keep one order from page to page.
        orderby: [column, 'id'],
        order: [direction, direction],
        per_page: String(perPage),
        page: String(page),
      },
      context,
    );
  const page = Math.floor(first / perPage);
  const offset = first - page * perPage;
  const one = await read(page + 1);
  const rest = offset === 0 || one.items.length < perPage ? [] : (await read(page + 2)).items;
  const rows = [...one.items.slice(offset), ...rest.slice(0, offset)].slice(0, wanted);
  return { rows, total: one.total ?? undefined };
}
