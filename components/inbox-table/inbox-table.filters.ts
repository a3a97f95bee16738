import { addDays } from '../shared/format.js';

/** Which entries are due; days are calendar days where the reader is. */
export const inboxDues = ['overdue', 'today', 'next-7-days', 'none'] as const;
export type InboxDue = (typeof inboxDues)[number];

/** Whose entries. */
export const inboxOwners = ['me', 'none', 'others'] as const;
export type InboxOwner = (typeof inboxOwners)[number];

/** What the table is narrowed to (IB-28). A key that is absent does not filter. */
export interface InboxFilters {
  /** The id of an inbox, or `mine` for what the reader owns in any of them; the first inbox unless told. */
  readonly inbox?: string;
  readonly due?: InboxDue;
  readonly owner?: InboxOwner;
}

/** Filters as read from a host, and what of it was not understood (E-CONFIG). */
export interface ReadInboxFilters {
  readonly filters: InboxFilters;
  readonly unknown: readonly string[];
}

/** The word for what the reader owns, in the place of the id of an inbox. */
export const mine = 'mine';

/** Reads what a host handed over, names and values alike. */
export function readInboxFilters(value: object): ReadInboxFilters {
  const filters: { -readonly [K in keyof InboxFilters]: InboxFilters[K] } = {};
  const unknown: string[] = [];
  for (const [name, given] of Object.entries(value) as [string, unknown][]) {
    if (given === undefined || given === '') continue;
    if (name === 'inbox' && typeof given === 'string') filters.inbox = given;
    else if (name === 'due' && isOneOf(inboxDues, given)) filters.due = given;
    else if (name === 'owner' && isOneOf(inboxOwners, given)) filters.owner = given;
    else unknown.push(typeof given === 'string' ? `${name}=${given}` : name);
  }
  return { filters, unknown };
}

/** Reads the text form: `inbox=…&due=today`. */
export function parseInboxFilters(text: string): ReadInboxFilters {
  return readInboxFilters(Object.fromEntries(new URLSearchParams(text)));
}

export function formatInboxFilters({ inbox, due, owner }: InboxFilters): string {
  const named = Object.entries({ inbox, due, owner }).filter(
    (one): one is [string, string] => one[1] !== undefined,
  );
  return new URLSearchParams(named).toString();
}

/** What the server is asked for, with `today` as the day where the reader is. */
export function toEntryQuery({ inbox, due, owner }: InboxFilters, today: string) {
  const whose = inbox === mine ? 'me' : owner;
  return {
    ...(inbox !== undefined && inbox !== mine && { inboxId: inbox }),
    ...(whose && { owner: whose }),
    ...(due === 'overdue' && { overdueOn: today }),
    ...(due === 'today' && { dueBy: today }),
    ...(due === 'next-7-days' && { dueBy: addDays(today, 6) }),
    ...(due === 'none' && { due: 'none' as const }),
  };
}

function isOneOf<T extends string>(values: readonly T[], given: unknown): given is T {
  return values.some((value) => value === given);
}
