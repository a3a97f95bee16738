import * as z from 'zod/mini';

import { statusChangeInputSchema } from './cases.js';
import {
  dateInputSchema,
  idSchema,
  instantSchema,
  namedRefSchema,
  pageQuery,
  personRefSchema,
  repeated,
  verdictSchema,
} from './common.js';
import { newNoteSchema } from './notes.js';

export const entryActions = [
  'take',
  'release',
  'assign',
  'complete',
  'cancel',
  'forward',
  'undo',
  'openCase',
  'openCustomer',
] as const;
/** What may be asked about one entry. */
export type EntryAction = (typeof entryActions)[number];

export const entryStates = ['open', 'completed', 'cancelled'] as const;
/** Completed and cancelled are distinct ends (IB-10). */
export type EntryState = (typeof entryStates)[number];

export const inboxEntrySchema = z.object({
  id: z.string(),
  /** Changes with every change of the entry. */
  version: z.string(),
  state: z.string(),
  inbox: namedRefSchema,
  /** The inbox it was forwarded from. */
  from: z.nullable(namedRefSchema),
  /** `null` where it carries a customer alone, or the reader may not open the case; `permissions.openCase` says which. */
  case: z.nullable(z.object({ id: z.string(), number: z.number(), subject: z.string(), status: z.string() })),
  customer: z.nullable(namedRefSchema),
  /** Why it is here, in the words of who put it here; may be empty. */
  message: z.string(),
  /** From the due types of the settings. */
  dueType: z.nullable(z.string()),
  dueOn: z.nullable(z.string()),
  owner: z.nullable(personRefSchema),
  ownedAt: z.nullable(instantSchema),
  /** Who put it here or forwarded it, `null` for a rule of the settings. */
  sentBy: z.nullable(personRefSchema),
  sentAt: z.nullable(instantSchema),
  /** Who completed or cancelled it, and when. */
  endedBy: z.nullable(personRefSchema),
  endedAt: z.nullable(instantSchema),
  permissions: z.record(z.string(), verdictSchema),
});
/**
 * A case, or a customer alone, put into an inbox; owned by one agent or nobody (IB-27).
 *
 * @interface
 */
export type InboxEntry = z.infer<typeof inboxEntrySchema>;

export const entrySorts = ['due', '-due', 'sent', '-sent'] as const;
/** How a list of entries may be ordered; those without a date come last. */
export type EntrySort = (typeof entrySorts)[number];

export const inboxEntryQuerySchema = z.strictObject({
  inboxId: repeated(idSchema),
  /** `me`, `none`, `others`, or the id of a person. */
  owner: z.optional(idSchema),
  /** `open` unless told. */
  state: z.optional(z.enum(entryStates)),
  /** Of this case. Agents the case belongs to see where it is, members or not. */
  caseId: z.optional(idSchema),
  customerId: z.optional(idSchema),
  dueType: repeated(idSchema),
  /** `set`: has a date; `none`: has none. */
  due: z.optional(z.enum(['set', 'none'])),
  /** Due on this date or earlier. */
  dueBy: z.optional(dateInputSchema),
  /** Due before this date: the caller says what day it is where the reader is. */
  overdueOn: z.optional(dateInputSchema),
  ...pageQuery,
  sort: z.optional(z.enum(entrySorts)),
});
/**
 * The filters of a list of entries. All must match. An inbox the reader may not read has none (IB-02, IB-28).
 *
 * @interface
 */
export type InboxEntryQuery = z.infer<typeof inboxEntryQuerySchema>;

const messageInput = z.string().check(z.maxLength(1_000_000));

const handOver = {
  inboxId: z.optional(idSchema),
  /** From the due types of the settings. */
  dueType: z.optional(z.nullable(idSchema)),
  /** Today or later where the caller is; only with a due type that needs a date (IB-15). */
  dueOn: z.optional(z.nullable(dateInputSchema)),
  message: z.optional(messageInput),
};

export const newInboxEntrySchema = z.strictObject({
  ...handOver,
  /** A case, or a customer alone: one of the two (IB-27). */
  caseId: z.optional(idSchema),
  customerId: z.optional(idSchema),
});
/**
 * Puts a case, or a customer alone, into an inbox. Mandatory fields are reported at once (decision 1).
 *
 * @interface
 */
export type NewInboxEntry = z.infer<typeof newInboxEntrySchema>;

export const forwardEntrySchema = z.strictObject({
  ...handOver,
  /** The inbox it was seen in: sent on from there meanwhile, it is gone, also for who reads where it went. */
  fromInboxId: z.optional(idSchema),
});
/**
 * Sends an entry on to another inbox, where nobody owns it yet (IB-12 to IB-18).
 *
 * @interface
 */
export type ForwardEntry = z.infer<typeof forwardEntrySchema>;

export const assignEntrySchema = z.strictObject({ personId: z.optional(idSchema) });
/**
 * Whose it is to be: a member of the inbox who may read it (IB-29).
 *
 * @interface
 */
export type AssignEntry = z.infer<typeof assignEntrySchema>;

export const completeEntrySchema = z.strictObject({
  /** Written on the case first, such as the outcome of an action of the host. */
  note: z.optional(newNoteSchema),
  /** Closes the case in the same step (IB-04). */
  closeCase: z.optional(statusChangeInputSchema),
});
/**
 * Completes an entry, and with it, if told, writes a note and closes the case: all of it or nothing (IB-04).
 *
 * @interface
 */
export type CompleteEntry = z.infer<typeof completeEntrySchema>;
