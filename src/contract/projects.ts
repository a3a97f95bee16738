import * as z from 'zod/mini';

import {
  idSchema,
  instantSchema,
  namedRefSchema,
  pageQuery,
  personRefSchema,
  verdictSchema,
} from './common.js';
import { grantListSchema, grantsAnswerSchema } from './grants.js';
import { noticeDeliverySchema } from './notices.js';

export const projectActions = ['view', 'edit', 'share', 'listGrantees', 'post'] as const;
/** What may be asked about one project. */
export type ProjectAction = (typeof projectActions)[number];

export const projectSchema = z.object({
  id: z.string(),
  /** Changes with every change of the record; sent back in `If-Match`. */
  version: z.string(),
  name: z.string(),
  /** Whose agents look after it, `null` for all of them. For agents alone. */
  department: z.optional(z.nullable(namedRefSchema)),
  createdAt: z.nullable(instantSchema),
  permissions: z.record(z.string(), verdictSchema),
});
/**
 * Cases that belong together, and can be shared as a whole.
 *
 * @interface
 */
export type Project = z.infer<typeof projectSchema>;

export const projectQuerySchema = z.strictObject({
  ...pageQuery,
  q: z.optional(z.string().check(z.maxLength(200))),
});
/**
 * `q` matches the beginnings of the words of a name.
 *
 * @interface
 */
export type ProjectQuery = z.infer<typeof projectQuerySchema>;

const nameInput = z.string().check(z.maxLength(1_000));

export const newProjectSchema = z.strictObject({
  name: z.optional(nameInput),
  /** Whose agents look after it; left out or `null`: all of them. */
  departmentId: z.optional(z.nullable(idSchema)),
});
/**
 * A project to be made; it needs a name.
 *
 * @interface
 */
export type NewProject = z.infer<typeof newProjectSchema>;

export const projectChangeSchema = z.strictObject({
  name: z.optional(nameInput),
  departmentId: z.optional(z.nullable(idSchema)),
});
/**
 * A change of a project: what is absent stays.
 *
 * @interface
 */
export type ProjectChange = z.infer<typeof projectChangeSchema>;

export const sharingWarningSchema = z.object({
  /**
   * `portal_hides_projects`: the portal does not show followers the cases of projects (CU-23). `automations`: those named
   * write to customers, and so to followers (CU-18).
   */
  code: z.string(),
  names: z.optional(z.array(z.string())),
});
/**
 * What whoever shares a project should know.
 *
 * @interface
 */
export type SharingWarning = z.infer<typeof sharingWarningSchema>;

export const projectGrantListSchema = z.extend(grantListSchema, { warnings: z.array(sharingWarningSchema) });
/**
 * Who follows a project, the oldest grant first, and whom the reader may add. `next` is always `null`.
 *
 * @interface
 */
export type ProjectGrantList = z.infer<typeof projectGrantListSchema>;

export const projectGrantsAnswerSchema = z.extend(grantsAnswerSchema, {
  warnings: z.array(sharingWarningSchema),
});
/**
 * What came of sharing a project.
 *
 * @interface
 */
export type ProjectGrantsAnswer = z.infer<typeof projectGrantsAnswerSchema>;

export const projectMessageSchema = z.object({
  id: z.string(),
  projectId: z.string(),
  text: z.string(),
  by: z.nullable(personRefSchema),
  at: z.nullable(instantSchema),
  /** To how many it goes, and who did not get it (CU-17). For agents alone. */
  delivery: z.optional(noticeDeliverySchema),
});
/**
 * A message to everybody who follows a project.
 *
 * @interface
 */
export type ProjectMessage = z.infer<typeof projectMessageSchema>;

export const projectMessageQuerySchema = z.strictObject(pageQuery);
/**
 * Which messages, newest first.
 *
 * @interface
 */
export type ProjectMessageQuery = z.infer<typeof projectMessageQuerySchema>;

export const newProjectMessageSchema = z.strictObject({
  text: z.optional(z.string().check(z.maxLength(1_000_000))),
});
/**
 * A message to be posted; it needs a text.
 *
 * @interface
 */
export type NewProjectMessage = z.infer<typeof newProjectMessageSchema>;
