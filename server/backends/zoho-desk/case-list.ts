import type { CaseQuery, CaseSummary } from '../../../src/contract/cases.js';
import type { Page } from '../../../src/contract/common.js';
import type { CallContext } from '../../backend.js';
import { BackendError } from '../../backend-error.js';
import { encodePlace, readPlace } from '../cursors.js';
import { summaryOf } from './case-record.js';
import type { Desk } from './desk.js';
import type { DeskQuery } from './desk-client.js';
import { receivedOrGiven } from './shared-list.js';
import { accessOf } from './sight.js';
import { compareBy, ticketSearch, type TicketSearch } from './ticket-search.js';
import type { Viewer } from './viewers.js';
import { parseList, ticketSchema, type DeskTicket } from './wire.js';

const largest = 100;
/** Zoho's search begins no page beyond this. */
const lastFrom = 999;

/** The cases the viewer sees that match, a page of them. */
export async function listCases(
  desk: Desk,
  query: CaseQuery,
  context: CallContext,
): Promise<Page<CaseSummary>> {
  const viewer = await desk.viewers.of(context);
  const search = await ticketSearch(desk, viewer, query);
  const { cursor, limit = 25, count, ...rest } = query;
  const list = `zoho:${viewer.id}:${JSON.stringify(rest)}`;
  const ask = { list, cursor, limit, counts: count === 'true', signal: context.signal };
  const isStream = query.shared === undefined && !search.keep && search.sortBy !== undefined;
  const { rows, next, total } = isStream
    ? await streamed(desk, search, ask)
    : await looked(desk, viewer, query, search, ask);
  const seen = rows.flatMap((ticket) => {
    const access = accessOf(viewer, ticket);
    return access ? [{ viewer, ticket, access }] : [];
  });
  const items = await Promise.all(seen.map((each) => summaryOf(desk, each)));
  return { items, next, ...(total !== undefined && { total }) };
}

interface Asked {
  readonly list: string;
  readonly cursor: string | undefined;
  readonly limit: number;
  readonly counts: boolean;
  readonly signal: AbortSignal | undefined;
}

interface Rows {
  readonly rows: DeskTicket[];
  readonly next: string | null;
  readonly total?: number | undefined;
}

/** How far one question has been read: this many rows from the beginning, or from a moment of the order. */
interface Place {
  readonly from: number;
  readonly since?: string;
}

/**
 * A page in Zoho's own order, merged from the answers to each question. Only as much is read as the page shows. Beyond the
 * thousand rows of one search the reading begins anew at the moment it has come to.
 */
async function streamed(desk: Desk, { questions, sortBy = '' }: TicketSearch, asked: Asked): Promise<Rows> {
  const places = placesOf(asked, questions.length);
  const pages = await Promise.all(
    questions.map((question, index) =>
      askFor(desk, ranged(question, sortBy, places[index]), sortBy, places[index]?.from ?? 0, asked),
    ),
  );
  const sign = sortBy.startsWith('-') ? -1 : 1;
  const merged = pages
    .flatMap(({ rows }, index) => rows.map((row) => ({ row, index, at: momentOf(row, sortBy) })))
    .sort((a, b) => (a.at === b.at ? 0 : (a.at < b.at ? -1 : 1) * sign));
  const shown = merged.slice(0, asked.limit);
  const isMore = merged.length > shown.length || pages.some(({ isMore: more }) => more);
  const next = places.map((place, index) =>
    advanced(
      place,
      shown.filter((each) => each.index === index).map(({ at }) => at),
    ),
  );
  return {
    rows: shown.map(({ row }) => row),
    next: isMore && shown.length > 0 ? encodePlace(asked.list, JSON.stringify(next)) : null,
    total: asked.counts ? await totalOf(desk, questions, places, pages, asked) : undefined,
  };
}

function placesOf({ list, cursor }: Asked, count: number): Place[] {
  const text = readPlace(list, cursor);
  if (text === undefined) return Array.from({ length: count }, () => ({ from: 0 }));
  const places = parsePlaces(text);
  if (places?.length === count) return places;
  throw new BackendError('validation_failed', {
    errors: [{ field: 'cursor', code: 'invalid', message: 'The cursor does not belong to this list.' }],
  });
}

function parsePlaces(text: string): Place[] | null {
  try {
    const places = JSON.parse(text) as { from?: unknown; since?: unknown }[];
    const valid = places.every(
      ({ from, since }) =>
        Number.isSafeInteger(from) &&
        Number(from) >= 0 &&
        Number(from) <= lastFrom &&
        (since === undefined || (typeof since === 'string' && /^\d{4}-[\dT:.-]+Z$/.test(since))),
    );
    return valid ? (places as Place[]) : null;
  } catch {
    return null;
  }
}

async function askFor(
  desk: Desk,
  question: DeskQuery,
  sortBy: string,
  from: number,
  { limit, signal }: Asked,
) {
  const query = { ...question, sortBy, from, limit: Math.min(limit + 1, largest) };
  const answer = await desk.client.read('/tickets/search', query, signal);
  const rows = parseList(ticketSchema, answer);
  const counted = countOf(answer);
  return { rows, counted, isMore: counted > from + rows.length };
}

function countOf(answer: unknown): number {
  return Number((answer as { count?: unknown } | null)?.count ?? 0);
}

/** How many match in all: what each question was told; where one was narrowed to go on, it is asked without. */
async function totalOf(
  desk: Desk,
  questions: readonly DeskQuery[],
  places: readonly Place[],
  pages: readonly { counted: number }[],
  { signal }: Asked,
): Promise<number> {
  const counts = await Promise.all(
    questions.map(async (question, index) => {
      const place = places[index];
      // An empty page beyond the end tells no count.
      if (place?.since === undefined && (place?.from ?? 0) === 0) return pages[index]?.counted ?? 0;
      return countOf(await desk.client.read('/tickets/search', { ...question, limit: 1 }, signal));
    }),
  );
  return counts.reduce((sum, each) => sum + each, 0);
}

function momentOf(row: DeskTicket, sortBy: string): string {
  return (sortBy.endsWith('modifiedTime') ? row.modifiedTime : row.createdTime) ?? '';
}

/** Where a question goes on after the rows that were shown of it. */
function advanced(place: Place, shown: readonly string[]): Place {
  const from = place.from + shown.length;
  const last = shown.at(-1);
  if (last === undefined || from <= lastFrom - largest) return { ...place, from };
  const same = shown.filter((moment) => moment === last).length;
  // Nothing but rows of this one moment: there is no better place to begin anew.
  if (same === shown.length) return { ...place, from: Math.min(from, lastFrom) };
  return { from: same, since: last };
}

/** The question from a moment of its order on; the narrower where it has a range of its own. */
function ranged(question: DeskQuery, sortBy: string, place: Place | undefined): DeskQuery {
  if (place?.since === undefined) return question;
  const name = sortBy.endsWith('modifiedTime') ? 'modifiedTimeRange' : 'createdTimeRange';
  const own = String(question[name] ?? '1970-01-01T00:00:00.000Z,2099-12-31T23:59:59.000Z');
  const [from, to] = own.split(',');
  return {
    ...question,
    [name]: sortBy.startsWith('-') ? `${from},${place.since}` : `${place.since},${to}`,
  };
}

/**
 * A page of what Zoho cannot be asked for in one question: the newest thousand of each are read, looked at and put in order here.
 */
async function looked(
  desk: Desk,
  viewer: Viewer,
  query: CaseQuery,
  search: TicketSearch,
  asked: Asked,
): Promise<Rows> {
  const offset = readPlace(asked.list, asked.cursor, 0);
  const { shared } = query;
  const found =
    shared === undefined
      ? await readAll(desk, search, asked.signal)
      : await receivedOrGiven(desk, viewer, shared, search, asked.signal);
  const rows = found
    .filter((ticket) => accessOf(viewer, ticket) !== null && (search.keep?.(ticket) ?? true))
    .sort(compareBy(desk, query.sort ?? '-updated'));
  const end = offset + asked.limit;
  return {
    rows: rows.slice(offset, end),
    next: end < rows.length ? encodePlace(asked.list, end) : null,
    total: asked.counts ? rows.length : undefined,
  };
}

async function readAll(desk: Desk, { questions }: TicketSearch, signal?: AbortSignal): Promise<DeskTicket[]> {
  const answers = await Promise.all(
    questions.map(async (question) => {
      const found: DeskTicket[] = [];
      for (let from = 0; from <= lastFrom; from += largest) {
        const page = { ...question, sortBy: '-modifiedTime', from, limit: largest };
        const rows = parseList(ticketSchema, await desk.client.read('/tickets/search', page, signal));
        found.push(...rows);
        if (rows.length < largest) break;
      }
      return found;
    }),
  );
  return answers.flat();
}
