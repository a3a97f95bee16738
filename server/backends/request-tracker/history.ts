import type { Desk, Reader } from './desk.js';
import { pageSize } from './tracker.js';
import { listOf, transactionSchema, type Transaction } from './wire.js';

/** One line of a ticket's history, and the page it was found on. */
export interface Line extends Transaction {
  readonly page: number;
}

/** Pages without a line the reader may see, after which the rest is taken to be so, too. */
const mostEmpty = 20;

/**
 * The history of a ticket, newest first, read page by page and only as far as it is asked for. Request Tracker counts what the
 * reader may not see as part of a page and leaves it out: a short page is not the last one. The last line is the creation.
 */
export async function* historyOf(
  { tracker }: Desk,
  { actor, context }: Reader,
  ticketId: string,
  firstPage = 1,
): AsyncGenerator<Line, void, undefined> {
  let empty = 0;
  for (let page = firstPage; empty < mostEmpty; page += 1) {
    const { items } = await tracker.read(
      listOf(transactionSchema),
      `/ticket/${ticketId}/history`,
      {
        fields: 'Type,Field,OldValue,NewValue,Creator,Created,Data',
        'fields[Creator]': 'Name,RealName',
        orderby: 'id',
        order: 'DESC',
        per_page: String(pageSize),
        page: String(page),
      },
      context,
    );
    empty = items.length === 0 ? empty + 1 : 0;
    for (const item of items) {
      // Whatever rights a queue gives away: a private comment is no customer's to read.
      if (item.Type !== 'Comment' || actor.kind === 'agent') yield { ...item, page };
      if (item.Type === 'Create') return;
    }
  }
}
