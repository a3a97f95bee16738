import * as z from 'zod/mini';

import {
  dateInputSchema,
  idSchema,
  instantSchema,
  momentInputSchema,
  namedRefSchema,
  pageQuery,
  personRefSchema,
  repeated,
  verdictSchema,
} from './common.js';
import { newGranteesInput } from './grants.js';

export const caseActions = [
  'view',
  'reply',
  'addInternalNote',
  'attach',
  'edit',
  'close',
  'reopen',
  'assign',
  'forward',
  'putInInbox',
  'moveToProject',
  'share',
  'unshare',
  'changeLevel',
  'listGrantees',
  'seeReceipts',
  'export',
] as const;
/** What may be asked about one case. Later nouns add their own; an element treats an absent verdict as refused. */
export type CaseAction = (typeof caseActions)[number];

export const caseStatuses = ['open', 'closed'] as const;
/** The statuses of the domain. A foreign backend may send others: shown raw, actions disabled (CC-16). */
export type CaseStatus = (typeof caseStatuses)[number];

export const statusChangeSchema = z.object({
  reason: z.string(),
  note: z.optional(z.string()),
  by: z.nullable(personRefSchema),
  at: z.nullable(instantSchema),
});
/**
 * Why and by whom a case was closed or reopened. `note` is absent for readers who may not see it.
 *
 * @interface
 */
export type StatusChange = z.infer<typeof statusChangeSchema>;

export const caseLinkSchema = z.object({
  /** Of the host's making: `invoice`, `payment`, `subscription`. */
  type: z.string(),
  /** What the host calls the object. */
  id: z.string(),
  /** What to show for it, where the host knows no more by itself. */
  label: z.optional(z.string()),
});
/**
 * An object of the host that a case is about, such as an invoice. Casement keeps and shows it, and looks at nothing behind it.
 *
 * @interface
 */
export type CaseLink = z.infer<typeof caseLinkSchema>;

const summaryFields = {
  id: z.string(),
  /** The number people quote: "#2291". */
  number: z.number(),
  /** Changes with every change of the record; sent back in `If-Match`. */
  version: z.string(),
  status: z.string(),
  // Optional, because a field masked for the reader is absent from the payload (DE-12, CU-26).
  customer: z.optional(namedRefSchema),
  organisation: z.optional(z.nullable(namedRefSchema)),
  subject: z.string(),
  type: z.optional(z.nullable(z.string())),
  priority: z.optional(z.nullable(z.string())),
  deadline: z.optional(z.nullable(z.string())),
  contactMethod: z.optional(z.nullable(z.string())),
  tags: z.optional(z.array(z.string())),
  requester: z.optional(z.nullable(personRefSchema)),
  assignee: z.optional(z.nullable(personRefSchema)),
  department: z.optional(z.nullable(namedRefSchema)),
  /** Absent where the reader may not know of the project. */
  project: z.optional(z.nullable(namedRefSchema)),
  createdBy: z.nullable(personRefSchema),
  createdAt: z.nullable(instantSchema),
  updatedAt: z.nullable(instantSchema),
  /** Public notes after the description, as far as the reader sees them. */
  replyCount: z.number(),
  /** For agents: what is kept from them at the level their department has the case. */
  masked: z.optional(z.array(z.string())),
  permissions: z.record(z.string(), verdictSchema),
};

export const caseSummarySchema = z.object(summaryFields);
/**
 * A case as a list shows it.
 *
 * @interface
 */
export type CaseSummary = z.infer<typeof caseSummarySchema>;

export const caseSchema = z.object({
  ...summaryFields,
  description: z.optional(z.string()),
  /** The priority allocated when the case was created (decision 3). */
  initialPriority: z.optional(z.nullable(z.string())),
  externalReference: z.optional(z.nullable(z.string())),
  /** Objects of the host it is about; for agents alone. */
  links: z.optional(z.unknown() as unknown as z.ZodMiniType<CaseLink[]>),
  /** The closure in force; `null` while open. */
  closure: z.optional(z.nullable(statusChangeSchema)),
  /** The latest reopening; `null` when there was none or the case was closed again. */
  reopening: z.optional(z.nullable(statusChangeSchema)),
});
/**
 * A case, whole.
 *
 * @interface
 */
export type Case = z.infer<typeof caseSchema>;

export const changedCaseSchema = z.extend(caseSchema, {
  /** `already_requester`: the case is theirs already, and nothing was changed about that (CU-03). */
  ignored: z.optional(z.array(z.object({ field: z.string(), code: z.string() }))),
});
/**
 * A case as a change has left it, with what of the change was needless.
 *
 * @interface
 */
export type ChangedCase = z.infer<typeof changedCaseSchema>;

export const caseSorts = [
  '-updated',
  'updated',
  '-created',
  'created',
  'deadline',
  '-deadline',
  'priority',
  '-priority',
  '-number',
  'number',
] as const;
/** How a list may be ordered; `-` is descending. Cases without a deadline or priority come last. */
export type CaseSort = (typeof caseSorts)[number];

/** What a list of cases can be narrowed by. */
export const caseFilterSchema = z.strictObject({
  customerId: z.optional(idSchema),
  /** Belongs to this project. */
  projectId: z.optional(idSchema),
  status: repeated(z.enum(caseStatuses)),
  type: repeated(idSchema),
  priority: repeated(idSchema),
  tag: repeated(z.string().check(z.minLength(1), z.maxLength(100))),
  assigneeId: z.optional(idSchema),
  /** Linked to this object of the host, as `invoice:INV-1`; for agents. */
  link: repeated(z.string().check(z.minLength(1), z.maxLength(300))),
  /** Raised at or after this moment. */
  raisedAfter: z.optional(momentInputSchema),
  /** Raised before this moment (exclusive). */
  raisedBefore: z.optional(momentInputSchema),
  /** `set`: has a deadline; `none`: has none. */
  deadline: z.optional(z.enum(['set', 'none'])),
  /** Has a deadline on this date or earlier. */
  dueBy: z.optional(dateInputSchema),
  /** Has a deadline on this date or later. */
  dueAfter: z.optional(dateInputSchema),
  /** Open, with a deadline before this date: the caller says what day it is where the reader is. */
  overdueOn: z.optional(dateInputSchema),
  /** Keywords that must all stand in subject or description; never in notes (CC-11). */
  q: z.optional(z.string().check(z.maxLength(200))),
});

export const sharedFilters = ['with-me', 'by-us'] as const;
/** `with-me`: what others shared with the reader or their department; `by-us`: what the reader's side shared. */
export type SharedFilter = (typeof sharedFilters)[number];

export const caseQuerySchema = z.extend(caseFilterSchema, {
  /** Cases received from other departments are in no list but `with-me` (DE-22). */
  shared: z.optional(z.enum(sharedFilters)),
  /** Shared with this customer now, itself and not only as part of a project (CU-15). */
  sharedWithCustomerId: z.optional(idSchema),
  sharedWithOrganisationId: z.optional(idSchema),
  ...pageQuery,
  sort: z.optional(z.enum(caseSorts)),
});
/**
 * The filters of a list. All must match; several values of one filter match any of them (CC-04 to CC-14).
 *
 * @interface
 */
export type CaseQuery = z.infer<typeof caseQuerySchema>;

// Only the shape and a hard ceiling: which fields are mandatory, and the tenant's limits, are the server's to say.
const subjectInput = z.string().check(z.maxLength(100_000));
const textInput = z.string().check(z.maxLength(1_000_000));
/** What a case may be linked to at most, and how long the texts of a link may be, in characters. */
export const linkLimits = { links: 50, type: 50, id: 200, label: 200 } as const;
export const linksInput = z
  .array(
    z.strictObject({
      type: z.string().check(z.maxLength(1_000)),
      id: z.string().check(z.maxLength(1_000)),
      label: z.optional(z.string().check(z.maxLength(1_000))),
    }),
  )
  .check(z.maxLength(200));
export const tagsInput = z.array(z.string().check(z.maxLength(1_000))).check(z.maxLength(200));

export const statusChangeInputSchema = z.strictObject({
  /** From the closure or reopen reasons of the settings. */
  reason: z.optional(z.string()),
  /** The explanation. */
  note: z.optional(textInput),
  /** Who may read the explanation; `internal` unless told. */
  visibility: z.optional(z.enum(['internal', 'public'])),
  /** Whether what is waiting in an inbox about the case is completed with it (IB-04); closing alone leaves it there. */
  completeEntry: z.optional(z.boolean()),
});
/**
 * Closes or reopens: reason and note are required by the server, every missing one reported at once.
 *
 * @interface
 */
export type StatusChangeInput = z.infer<typeof statusChangeInputSchema>;

export const newCaseSchema = z.strictObject({
  customerId: idSchema,
  subject: z.optional(subjectInput),
  description: z.optional(textInput),
  type: z.optional(z.nullable(z.string())),
  /** Left out: the default of the settings. `null`: none. */
  priority: z.optional(z.nullable(z.string())),
  deadline: z.optional(z.nullable(dateInputSchema)),
  contactMethod: z.optional(z.nullable(z.string())),
  tags: z.optional(tagsInput),
  /** The person the case is submitted for; the customer's main contact when an agent leaves it out. */
  requesterId: z.optional(idSchema),
  departmentId: z.optional(z.nullable(idSchema)),
  projectId: z.optional(z.nullable(idSchema)),
  assigneeId: z.optional(z.nullable(idSchema)),
  attachmentIds: z.optional(z.array(idSchema).check(z.maxLength(100))),
  externalReference: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
  /** Objects of the host it is about, at most 50; for agents. */
  links: z.optional(linksInput),
  /** Save and close in one step (CC-30). */
  close: z.optional(statusChangeInputSchema),
  /** Share it in the same step: with everybody named, or nothing is created (CO-02). */
  shareWith: z.optional(newGranteesInput),
});
/**
 * A case to be created. Mandatory fields come from the settings; the server reports every missing one at once.
 *
 * @interface
 */
export type NewCase = z.infer<typeof newCaseSchema>;

export const caseChangeSchema = z.strictObject({
  subject: z.optional(subjectInput),
  description: z.optional(textInput),
  type: z.optional(z.nullable(z.string())),
  priority: z.optional(z.nullable(z.string())),
  deadline: z.optional(z.nullable(dateInputSchema)),
  contactMethod: z.optional(z.nullable(z.string())),
  tags: z.optional(tagsInput),
  /** The whole list, at most 50: what is not named is linked no longer. */
  links: z.optional(linksInput),
  departmentId: z.optional(z.nullable(idSchema)),
  /** For agents the case belongs to: whoever follows the project sees it from then on. */
  projectId: z.optional(z.nullable(idSchema)),
  assigneeId: z.optional(z.nullable(idSchema)),
  /** Another person of the same organisation, whose case it is from then on; for administrators (decision 6). */
  requesterId: z.optional(idSchema),
});
/**
 * A change of a case: what is absent stays. Status is changed by close and reopen alone.
 *
 * @interface
 */
export type CaseChange = z.infer<typeof caseChangeSchema>;
