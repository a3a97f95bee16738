import * as z from 'zod/mini';

import { idSchema, pageQuery, personRefSchema, verdictSchema } from './common.js';

export const inboxRights = ['read', 'forward', 'cancel'] as const;
/**
 * What a member may do besides being one, granted one by one (IB-25). `read`: see the entries, take and complete them; without
 * it the others reach nothing.
 */
export type InboxRight = (typeof inboxRights)[number];

export const inboxActions = ['view', 'read', 'forward', 'cancel', 'assign', 'edit'] as const;
/** What may be asked about one inbox. */
export type InboxAction = (typeof inboxActions)[number];

export const inboxMemberSchema = z.object({
  person: personRefSchema,
  rights: z.array(z.string()),
});
/**
 * An agent who works an inbox.
 *
 * @interface
 */
export type InboxMember = z.infer<typeof inboxMemberSchema>;

export const inboxSchema = z.object({
  id: z.string(),
  /** Changes with every change of the inbox or its members; sent back in `If-Match`. */
  version: z.string(),
  name: z.string(),
  /** Takes no new entries; what is in it can still be worked. */
  retired: z.optional(z.boolean()),
  /** Whether its members may open the cases of its entries; if not, they have the message and the customer alone (IB-20). */
  opensCases: z.boolean(),
  /** Entries waiting here, and those of them the reader owns; absent without the right to read (IB-28). */
  open: z.optional(z.number()),
  mine: z.optional(z.number()),
  /** For administrators. */
  members: z.optional(z.array(inboxMemberSchema)),
  permissions: z.record(z.string(), verdictSchema),
});
/**
 * A named queue of cases handed over, with its members (IB-02).
 *
 * @interface
 */
export type Inbox = z.infer<typeof inboxSchema>;

export const inboxQuerySchema = z.strictObject({
  ...pageQuery,
  /** `true`: also those that are retired and empty. */
  retired: z.optional(z.enum(['true', 'false'])),
});
/**
 * Which inboxes, by name: the reader's own, for administrators all.
 *
 * @interface
 */
export type InboxQuery = z.infer<typeof inboxQuerySchema>;

export const inboxTargetQuerySchema = z.strictObject({
  ...pageQuery,
  /** Matches the beginnings of the words of a name. */
  q: z.optional(z.string().check(z.maxLength(200))),
  /** The entry to be forwarded: its own inbox is left out (IB-13). */
  entryId: z.optional(idSchema),
});
/**
 * Where an entry may go: the names of all inboxes that take one, whether the reader is a member or not.
 *
 * @interface
 */
export type InboxTargetQuery = z.infer<typeof inboxTargetQuerySchema>;

const nameInput = z.string().check(z.maxLength(1_000));
const membersInput = z
  .array(
    z.strictObject({
      personId: idSchema,
      rights: z.array(z.enum(inboxRights)).check(z.maxLength(inboxRights.length)),
    }),
  )
  .check(z.maxLength(500));

export const newInboxSchema = z.strictObject({
  name: z.optional(nameInput),
  /** `true` unless told. */
  opensCases: z.optional(z.boolean()),
  members: z.optional(membersInput),
});
/**
 * An inbox to be made; it needs a name that no other has.
 *
 * @interface
 */
export type NewInbox = z.infer<typeof newInboxSchema>;

export const inboxChangeSchema = z.strictObject({
  name: z.optional(nameInput),
  retired: z.optional(z.boolean()),
  opensCases: z.optional(z.boolean()),
  /** The members whole: who is not named is one no longer, and owns nothing here any more. */
  members: z.optional(membersInput),
});
/**
 * A change of an inbox: what is absent stays.
 *
 * @interface
 */
export type InboxChange = z.infer<typeof inboxChangeSchema>;
