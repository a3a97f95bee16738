import * as z from 'zod/mini';

import { identitiesSchema } from '../identities.js';
import { vocabularySchema } from '../vocabulary.js';

const name = z.string().check(z.minLength(1), z.maxLength(200));

const accountSchema = z.strictObject({
  /** What Request Tracker calls the user; what the identities found unless told. */
  user: z.optional(name),
  password: z.string().check(z.minLength(1)),
});
/** What opens a session of Request Tracker for somebody. */
export type Account = z.infer<typeof accountSchema>;

const knownCustomerSchema = z.strictObject({
  name,
  number: z.optional(name),
  organisation: z.optional(z.strictObject({ id: name, name })),
  /** The user of Request Tracker who asks for a case that names nobody. */
  mainContact: z.optional(name),
});
/** A customer as the configuration names it. */
export type KnownCustomer = z.infer<typeof knownCustomerSchema>;

const customersSchema = z.discriminatedUnion('by', [
  /** The customer of a ticket is its first requestor. */
  z.strictObject({ by: z.literal('requestor') }),
  /** A custom field holds the id of the customer, as the host knows it. */
  z.strictObject({
    by: z.literal('field'),
    field: name,
    known: z.optional(z.record(z.string(), knownCustomerSchema)),
  }),
]);

/** Checks a configuration that came from outside: what it does not know is refused, and each mistake is said in plain words. */
export const requestTrackerOptionsSchema = z.strictObject({
  /** Of the web pages of Request Tracker, such as `https://rt.example`; REST 2.0 is below it. */
  baseUrl: z.url({ error: 'must be an address such as "https://rt.example".' }),
  /** When set, tokens of other tenants are refused. */
  tenant: z.optional(name),
  identities: z.optional(identitiesSchema),
  /** Who may sign in, by what the identities say: an e-mail address unless they say otherwise. */
  accounts: z.record(z.string(), accountSchema),
  customers: z.optional(customersSchema),
  /** The custom fields that hold what tickets have no field for. What is left out is not kept. */
  fields: z.optional(
    z.strictObject({
      type: z.optional(name),
      contactMethod: z.optional(name),
      externalReference: z.optional(name),
      closureReason: z.optional(name),
      tags: z.optional(name),
      /** Why a ticket is in an inbox. */
      inboxMessage: z.optional(name),
    }),
  ),
  statuses: z.optional(
    z.strictObject({
      open: z.optional(z.array(name).check(z.minLength(1))),
      closed: z.optional(z.array(name).check(z.minLength(1))),
      /** What closing and reopening set; the first of each list unless told. */
      close: z.optional(name),
      reopen: z.optional(name),
    }),
  ),
  /** The number Request Tracker keeps for each priority. */
  priorities: z.optional(z.record(z.string(), z.number().check(z.int(), z.gte(0)))),
  /** The queue of cases that name no department. */
  queue: name,
  /** Queues whose tickets wait to be taken; all that the reader sees unless told. */
  inboxes: z.optional(z.array(name)),
  /** The group that works each queue: who a case is shared with when its department is; of the same name unless told. */
  groups: z.optional(z.record(z.string(), name)),
  vocabulary: z.optional(vocabularySchema),
  /** Milliseconds until an answer is given up; 20,000 unless told. */
  timeoutMs: z.optional(z.number().check(z.int(), z.gte(100), z.lte(120_000))),
});
/** How a Request Tracker is reached and read. */
export type RequestTrackerOptions = z.infer<typeof requestTrackerOptionsSchema>;

/** The options with what only code can hand in. */
export type RequestTrackerSetup = RequestTrackerOptions & {
  /** In place of the global one. */
  readonly fetch?: typeof fetch | undefined;
  /** Finds the account of somebody whom `accounts` does not name, such as in a vault. */
  readonly accountOf?: ((known: string) => Promise<Account | undefined>) | undefined;
  /** In place of the time of the machine. */
  readonly clock?: (() => number) | undefined;
};

/** What the statuses of the lifecycle mean. */
export interface Statuses {
  readonly open: readonly string[];
  readonly closed: readonly string[];
  readonly close: string;
  readonly reopen: string;
}

/** The statuses of Request Tracker's own lifecycle, where the configuration names no others. */
export function statusesOf({ statuses = {} }: RequestTrackerOptions): Statuses {
  const { open = ['open', 'new', 'stalled'], closed = ['resolved', 'rejected'] } = statuses;
  const { close = closed[0] ?? 'resolved', reopen = open[0] ?? 'open' } = statuses;
  return { open, closed, close, reopen };
}
