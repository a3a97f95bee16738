import * as z from 'zod/mini';

import { caseSchema } from './cases.js';
import { idSchema, instantSchema } from './common.js';
import { granteeKinds, historyChoices } from './grants.js';
import { timelineEntrySchema } from './notes.js';

export const previewInputSchema = z.strictObject({
  caseId: idSchema,
  kind: z.enum(granteeKinds),
  id: idSchema,
  /** Left out: the one they have, or would be given. */
  level: z.optional(z.string().check(z.minLength(1), z.maxLength(50))),
  /** Of customers and organisations: whether they would read what was written so far; `include` unless told. */
  history: z.optional(z.enum(historyChoices)),
});
/**
 * With whose eyes a case is to be seen.
 *
 * @interface
 */
export type PreviewInput = z.infer<typeof previewInputSchema>;

export const disclosureSchema = z.object({
  /** How many public notes there are so far. */
  notes: z.number(),
  oldest: z.nullable(instantSchema),
  /** Who reads them already: the requester, and whom the case is shared with outside the house. */
  readers: z.array(z.object({ kind: z.string(), id: z.string(), name: z.string() })),
  /** Whether they belong to another organisation than those (CU-07). */
  otherOrganisations: z.boolean(),
});
/**
 * What a customer would learn of what was written before them (CU-06).
 *
 * @interface
 */
export type Disclosure = z.infer<typeof disclosureSchema>;

export const sharePreviewSchema = z.object({
  /** The case exactly as they would get it. */
  case: caseSchema,
  /** The first page of its history as they would get it, newest first. */
  timeline: z.array(timelineEntrySchema),
  visible: z.object({ fields: z.array(z.string()), notes: z.number(), files: z.number() }),
  /** What stays hidden from them, as far as the actor may know of it. */
  hidden: z.object({ fields: z.array(z.string()), internalNotes: z.number() }),
  /** Of customers and organisations, where anything was written to the customer so far; otherwise `null`. */
  history: z.nullable(disclosureSchema),
  /** `cross_organisation`: they belong to another organisation than those who have the case (CU-07). */
  warnings: z.array(z.string()),
});
/**
 * A case as somebody would see it if it were shared with them.
 *
 * @interface
 */
export type SharePreview = z.infer<typeof sharePreviewSchema>;
