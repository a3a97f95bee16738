import * as z from 'zod/mini';

import {
  idSchema,
  instantSchema,
  momentInputSchema,
  namedRefSchema,
  pageQuery,
  personRefSchema,
  verdictSchema,
} from './common.js';

export const granteeKinds = ['person', 'department', 'customer', 'organisation'] as const;
/** Whom a case can be shared with: a co-worker of the requester, another department, a customer, an organisation of customers. */
export type GranteeKind = (typeof granteeKinds)[number];

/** What each kind may be given, the widest first. Capabilities say which of them a backend has. */
export const grantLevels = {
  person: ['collaborate'],
  department: ['full', 'restricted', 'read-only'],
  customer: ['collaborate', 'view'],
  organisation: ['collaborate', 'view'],
} as const satisfies Record<GranteeKind, readonly string[]>;

export const historyChoices = ['include', 'none'] as const;
/** Whether a customer reads what was written before the case was shared with them. */
export type HistoryChoice = (typeof historyChoices)[number];

/** Grants one case may have at a time. */
export const mostGrants = 100;

export const granteeSchema = z.object({
  /** One of `person`, `department`, `customer`, `organisation`; pass over one you do not know. */
  kind: z.string(),
  id: z.string(),
  name: z.string(),
  former: z.optional(z.boolean()),
  /** Of an organisation: how many people it has now. Who joins gains, who leaves loses (CU-12). */
  people: z.optional(z.number()),
});
/**
 * Who was given something.
 *
 * @interface
 */
export type Grantee = z.infer<typeof granteeSchema>;

export const grantSchema = z.object({
  id: z.string(),
  /** Changes with every change of the grant; sent back in `If-Match`. */
  version: z.string(),
  /** `case`, or `project` where the whole project is shared. */
  unit: z.string(),
  unitId: z.string(),
  grantee: granteeSchema,
  level: z.string(),
  givenBy: z.nullable(personRefSchema),
  givenAt: z.nullable(instantSchema),
  /** When it ends by itself; `null` for never. */
  expiresAt: z.nullable(instantSchema),
  /** Whether they were told of it: `pending`, `sent`, `failed`, or `off` where nobody is to be told. Absent from older servers. */
  notified: z.optional(z.string()),
  /** When the last message about it left; `null` for none. */
  notifiedAt: z.optional(z.nullable(instantSchema)),
  /** Of customers who started a new conversation: what was written before is not theirs to read. */
  historyFrom: z.optional(instantSchema),
  /** The verdicts on `revoke`, `changeLevel` and `changeExpiry`. */
  permissions: z.record(z.string(), verdictSchema),
});
/**
 * One share: who has access, at which level, from whom, since when and until when.
 *
 * @interface
 */
export type Grant = z.infer<typeof grantSchema>;

export const grantListSchema = z.object({
  items: z.array(grantSchema),
  next: z.nullable(z.string()),
  /**
   * As many as there are items. A backend that counts more keeps somebody who is in from the others, which sharing does not
   * allow: it is not set up for this (CO-14).
   */
  total: z.optional(z.number()),
  /** May the reader share the case, by kind of grantee. */
  share: z.record(z.string(), verdictSchema),
});
/**
 * Who has access to a case, the oldest grant first, and whom the reader may add. `next` is always `null`.
 *
 * @interface
 */
export type GrantList = z.infer<typeof grantListSchema>;

export const newGranteeSchema = z.strictObject({
  kind: z.enum(granteeKinds),
  id: idSchema,
  /** Left out: the one of the settings for departments, otherwise the widest of the kind. */
  level: z.optional(z.string().check(z.minLength(1), z.maxLength(50))),
  /** When it ends by itself; a calendar date is read as its first moment in UTC. */
  expiresAt: z.optional(z.nullable(momentInputSchema)),
  /** Of a customer or organisation: its people read the case in the portal alone, and nothing is sent to them (CU-04). */
  portalOnly: z.optional(z.boolean()),
});
/**
 * Somebody a case is to be shared with.
 *
 * @interface
 */
export type NewGrantee = z.infer<typeof newGranteeSchema>;

export const newGranteesInput = z.array(newGranteeSchema).check(z.maxLength(mostGrants));

export const shareUnits = ['case', 'project'] as const;
/** What can be shared: one case, or a project with all its cases (CU-01). */
export type ShareUnit = (typeof shareUnits)[number];

export const newGrantsSchema = z.strictObject({
  /** What is shared, for who wants to be sure: another unit than that of the address is refused. */
  unit: z.optional(z.enum(shareUnits)),
  grantees: newGranteesInput.check(z.minLength(1)),
  /** The same as `history: 'include'`. */
  includeHistory: z.optional(z.boolean()),
  /**
   * Whether customers and organisations read the earlier public notes (`include`), or start a new conversation and read
   * what is written from now on (`none`). Needed where there are any (CU-06). Others read everything.
   */
  history: z.optional(z.enum(historyChoices)),
  /** The same for every customer and organisation of this call. One or the other is needed for those no e-mail reaches. */
  portalOnly: z.optional(z.boolean()),
});
/**
 * Shares a case with several at once: all of them, or nobody.
 *
 * @interface
 */
export type NewGrants = z.infer<typeof newGrantsSchema>;

export const grantsAnswerSchema = z.object({
  /** The grant of everybody named, in the order asked, each once. */
  items: z.array(grantSchema),
  /** `duplicate`, `already_shared`: who was named twice, or had access already and keeps what they had. */
  ignored: z.array(z.object({ field: z.string(), code: z.string() })),
  /**
   * `cross_organisation`: customers of another organisation than those who had the case (CU-07). `portal_closed`: customers
   * who will not see it, for the portal shows nothing (CU-23).
   */
  warnings: z.optional(z.array(z.object({ field: z.string(), code: z.string() }))),
});
/**
 * What came of sharing.
 *
 * @interface
 */
export type GrantsAnswer = z.infer<typeof grantsAnswerSchema>;

export const grantChangeSchema = z.strictObject({
  level: z.optional(z.string().check(z.minLength(1), z.maxLength(50))),
  /** `null`: it never ends by itself. */
  expiresAt: z.optional(z.nullable(momentInputSchema)),
});
/**
 * A change of a grant: what is absent stays.
 *
 * @interface
 */
export type GrantChange = z.infer<typeof grantChangeSchema>;

export const candidateSchema = z.object({
  kind: z.string(),
  id: z.string(),
  name: z.string(),
  /** Of a person. */
  customer: z.optional(z.nullable(namedRefSchema)),
  /** Of a person or customer. */
  organisation: z.optional(z.nullable(namedRefSchema)),
  /** Of an organisation: how many people it has now. */
  people: z.optional(z.number()),
  /** The grant they have on the case already; `null` when none. */
  grantId: z.nullable(z.string()),
});
/**
 * Somebody a case can be shared with.
 *
 * @interface
 */
export type Candidate = z.infer<typeof candidateSchema>;

export const candidateQuerySchema = z.strictObject({
  ...pageQuery,
  kind: z.enum(granteeKinds),
  /** Left out: co-workers for a case that the actor is about to submit. */
  caseId: z.optional(idSchema),
  /** For a project instead: customers and organisations. */
  projectId: z.optional(idSchema),
  q: z.optional(z.string().check(z.maxLength(200))),
});
/**
 * `q` matches the beginnings of the words of a name.
 *
 * @interface
 */
export type CandidateQuery = z.infer<typeof candidateQuerySchema>;
