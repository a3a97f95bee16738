import type { NamedRef, Page } from '../../../src/contract/common.js';
import type { Inbox, InboxQuery, InboxTargetQuery } from '../../../src/contract/inboxes.js';
import { BackendError } from '../../backend-error.js';
import type { CallContext } from '../../backend.js';
import { allow, refuse } from '../../engine/policy/verdict.js';
import { encodePlace, readPlace } from '../cursors.js';
import { readTicket } from './case-record.js';
import { readerOf, type Desk, type Reader } from './desk.js';
import { requireAgent } from './names.js';
import { equals, every, some } from './ticket-sql.js';
import { listOf, refSchema } from './wire.js';

/** The queues that tickets wait in, by name, with how many wait. */
export async function listInboxes(
  desk: Desk,
  { limit = 25, cursor }: InboxQuery,
  context: CallContext,
): Promise<Page<Inbox>> {
  const reader = await readerOf(desk, context);
  requireAgent(context.actor);
  const start = readPlace('inboxes', cursor, 0);
  const queues = await sortedInboxes(desk, context);
  const items = await Promise.all(
    queues.slice(start, start + limit).map((queue) => toInbox(desk, reader, queue)),
  );
  return { items, next: start + limit < queues.length ? encodePlace('inboxes', start + limit) : null };
}

/** @throws {BackendError} `not_found` for a queue that is no inbox, or none the reader sees. */
export async function getInbox(desk: Desk, id: string, context: CallContext): Promise<Inbox> {
  const reader = await readerOf(desk, context);
  requireAgent(context.actor);
  return toInbox(desk, reader, await inboxOf(desk, id, context));
}

export async function inboxOf({ directory }: Desk, id: string, context: CallContext): Promise<NamedRef> {
  const inbox = (await directory.inboxes(context)).find((each) => each.id === id);
  if (!inbox) throw new BackendError('not_found');
  return inbox;
}

/** Where a ticket may go: the inboxes the reader sees, but for the one it is in. */
export async function listInboxTargets(
  desk: Desk,
  { limit = 25, cursor, q = '', entryId }: InboxTargetQuery,
  context: CallContext,
): Promise<Page<NamedRef>> {
  const reader = await readerOf(desk, context);
  requireAgent(context.actor);
  const own = entryId === undefined ? undefined : (await readTicket(desk, reader, entryId)).row.Queue?.id;
  const list = JSON.stringify(['inbox-targets', q, entryId ?? null]);
  const start = readPlace(list, cursor, 0);
  const begins = q.toLowerCase().split(/\s+/).filter(Boolean);
  const queues = (await sortedInboxes(desk, context)).filter(({ id, name }) => {
    const words = name.toLowerCase().split(/\s+/);
    return id !== own && begins.every((begin) => words.some((word) => word.startsWith(begin)));
  });
  return {
    items: queues.slice(start, start + limit),
    next: start + limit < queues.length ? encodePlace(list, start + limit) : null,
  };
}

async function sortedInboxes({ directory }: Desk, context: CallContext): Promise<NamedRef[]> {
  return [...(await directory.inboxes(context))].sort((one, other) => one.name.localeCompare(other.name));
}

async function toInbox(desk: Desk, reader: Reader, { id, name }: NamedRef): Promise<Inbox> {
  const waiting = every(`Queue = ${id}`, openTickets(desk));
  const [open, mine] = await Promise.all([
    countOf(desk, reader, waiting),
    countOf(desk, reader, every(waiting, equals('Owner', reader.user))),
  ]);
  const notHere = refuse('backend.capability', 'Queues are set up in Request Tracker.');
  return {
    id,
    version: id,
    name,
    opensCases: true,
    ...(open !== undefined && { open }),
    ...(mine !== undefined && { mine }),
    permissions: {
      view: allow('backend.right'),
      read: allow('backend.right'),
      forward: allow('backend.right'),
      cancel: refuse('backend.capability', 'A ticket leaves its queue by being closed or sent on.'),
      assign: allow('backend.right'),
      edit: notHere,
    },
  };
}

export function openTickets({ statuses }: Desk): string {
  return some(statuses.open.map((status) => equals('Status', status)));
}

async function countOf(desk: Desk, { context }: Reader, query: string): Promise<number | undefined> {
  const { total } = await desk.tracker.read(listOf(refSchema), '/tickets', { query, per_page: '1' }, context);
  return total ?? undefined;
}
