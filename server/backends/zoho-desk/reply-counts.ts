import type { DeskClient } from './desk-client.js';
import type { ZohoDeskOptions } from './options.js';
import { commentSchema, parseList, type DeskTicket } from './wire.js';

/** How many public comments tickets have: Zoho counts the internal ones along, and customers must not know of those. */
export interface ReplyCounts {
  /** As lists tell it: none where counting is switched off. */
  of(ticket: DeskTicket): Promise<number>;
  /** Counted in any case. */
  count(ticket: DeskTicket): Promise<number>;
}

const pageSize = 100;
const most = 20_000;

/** Counted once for as long as neither the comments nor the ticket change. */
export function createReplyCounts(client: DeskClient, { countReplies = true }: ZohoDeskOptions): ReplyCounts {
  const known = new Map<string, { readonly stand: string; readonly count: Promise<number> }>();

  // Without the signal of whoever asks first: others wait for the same answer.
  async function read(ticketId: string): Promise<number> {
    let found = 0;
    for (let from = 0; ; from += pageSize) {
      const rows = parseList(
        commentSchema,
        await client.read(`/tickets/${ticketId}/comments`, { from, limit: pageSize }),
      );
      found += rows.filter(({ isPublic }) => isPublic === true).length;
      if (rows.length < pageSize) return found;
    }
  }

  function count(ticket: DeskTicket): Promise<number> {
    const comments = ticket.commentCount ?? 0;
    if (comments === 0) return Promise.resolve(0);
    const stand = `${comments} ${ticket.modifiedTime ?? ''}`;
    const before = known.get(ticket.id);
    if (before?.stand === stand) return before.count;
    if (known.size >= most) known.clear();
    const entry = { stand, count: read(ticket.id) };
    known.set(ticket.id, entry);
    entry.count.catch(() => {
      if (known.get(ticket.id) === entry) known.delete(ticket.id);
    });
    return entry.count;
  }

  return { count, of: (ticket) => (countReplies ? count(ticket) : Promise.resolve(0)) };
}
