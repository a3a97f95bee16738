import type { SharedFilter } from '../../../src/contract/cases.js';
import type { Desk } from './desk.js';
import type { TicketSearch } from './ticket-search.js';
import type { Viewer } from './viewers.js';
import { parseList, requireId, ticketSchema, type DeskTicket } from './wire.js';

const largest = 100;
const most = 1_000;

/**
 * The tickets that others shared with the viewer's departments, or that these shared. Zoho lists them without what is needed of
 * them, so the search tells the rest, a hundred at a time, and takes the conditions of the list along.
 */
export async function receivedOrGiven(
  desk: Desk,
  viewer: Viewer,
  shared: SharedFilter,
  search: TicketSearch,
  signal?: AbortSignal,
): Promise<DeskTicket[]> {
  const [conditions] = search.questions;
  if (viewer.kind === 'customer' || !conditions) return [];
  const lists = await Promise.all([...viewer.departments].map((id) => associated(desk, shared, id, signal)));
  const ids = [...new Set(lists.flat())];
  const { departmentId: _, ...rest } = conditions;
  const parts = Array.from({ length: Math.ceil(ids.length / largest) }, (_each, part) =>
    ids.slice(part * largest, (part + 1) * largest),
  );
  const rows = await Promise.all(
    parts.map(async (part) => {
      const query = { ...rest, id: part.join(','), limit: largest };
      return parseList(ticketSchema, await desk.client.read('/tickets/search', query, signal));
    }),
  );
  return rows.flat().filter((ticket) => {
    const isOwn = viewer.departments.has(ticket.departmentId ?? '');
    if (shared === 'with-me') return !isOwn;
    return isOwn && (ticket.sharedDepartments?.length ?? 0) > 0;
  });
}

async function associated(
  desk: Desk,
  shared: SharedFilter,
  departmentId: string,
  signal?: AbortSignal,
): Promise<string[]> {
  const whose =
    shared === 'with-me' ? { sharedDepartmentId: departmentId } : { isShared: true, departmentId };
  const ids: string[] = [];
  while (ids.length < most) {
    const query = { ...whose, from: ids.length, limit: largest };
    const rows = parseList(ticketSchema, await desk.client.read('/associatedTickets', query, signal));
    ids.push(...rows.map(({ id }) => requireId(id)));
    if (rows.length < largest) break;
  }
  return ids;
}
