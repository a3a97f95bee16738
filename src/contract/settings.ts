import * as z from 'zod/mini';

import { idSchema, instantSchema, pageQuery, personRefSchema } from './common.js';
import { grantLevels } from './grants.js';
import { inboxRulesInput, type InboxRules } from './inbox-rules.js';
import { fieldChangeSchema } from './notes.js';
import {
  departmentLevelsInput,
  masksInput,
  portalInput,
  type Masks,
  type PortalRules,
  type SettingsProblem,
} from './portal.js';
import { noticeRulesSchema, type NoticeRules } from './notices.js';

export const choiceSchema = z.object({
  id: z.string(),
  label: z.string(),
  retired: z.optional(z.boolean()),
});
/**
 * One value of a configured list. A retired value stays readable on old cases and cannot be chosen anew.
 *
 * @interface
 */
export type Choice = z.infer<typeof choiceSchema>;

export const dueTypeSchema = z.extend(choiceSchema, { dateRequired: z.boolean() });
/**
 * A due type of inbox entries; `dateRequired` says whether it needs a date (decision 2).
 *
 * @interface
 */
export type DueType = z.infer<typeof dueTypeSchema>;

/** The fields of a new case that the settings may make mandatory (decision 1). */
export const requirableFields = [
  'type',
  'priority',
  'contactMethod',
  'subject',
  'description',
  'deadline',
  'tags',
] as const;

export const limitsSchema = z.object({
  subject: z.number(),
  description: z.number(),
  noteText: z.number(),
  search: z.number(),
  tag: z.number(),
  tags: z.number(),
  attachmentBytes: z.number(),
  attachmentsPerNote: z.number(),
  /** Accepted file name endings, lower case, without the dot. */
  attachmentExtensions: z.array(z.string()),
});
/**
 * Lengths in characters, sizes in bytes. Fixed by the server, not by an administrator.
 *
 * @interface
 */
export type Limits = z.infer<typeof limitsSchema>;

const choices = z.array(choiceSchema);

export const candidateScopes = ['customer', 'organisation', 'tenant'] as const;

/** The longest times the settings may name, in days. */
export const mostDays = { keepDays: 3650, expiryReminderDays: 365 } as const;

export const sharingSchema = z.object({
  /** Roles that may share cases of their own department with others; without any, nobody does (DE-01). */
  departmentRoles: z.array(z.string()),
  /** The level a department gets unless told (DE-03); one that is not known counts as the narrowest. */
  departmentLevel: z.string(),
  /** Whether cases can be shared with whole organisations of customers (decision 9). */
  organisations: z.boolean(),
  /** Who counts as a co-worker: people of the same `customer`, `organisation` or anybody in the `tenant` (CO-27). */
  candidateScope: z.string(),
  /** Whether co-workers may end their own access (decision 6). */
  allowSelfLeave: z.boolean(),
  /** Whether it is kept who opened a case, and for how many days; `null`: for good (CO-15). */
  receipts: z.optional(z.object({ enabled: z.boolean(), keepDays: z.nullable(z.number()) })),
  /** How many days before the end of a share it is told that it ends; `null`: it is not. */
  expiryReminderDays: z.optional(z.nullable(z.number())),
  /** Whether a reply may name addresses for a copy (CO-26); absent or `false`: who reads along is in the list of shares alone. */
  ccAllowed: z.optional(z.boolean()),
  /** Fields kept from receiving departments, by level. Not told to customers, as what follows. */
  masks: z.optional(z.unknown() as unknown as z.ZodMiniType<Masks>),
  /** The levels a department may be given, by its id (DE-20); one that is not named may be given each. */
  departmentLevels: z.optional(z.unknown() as unknown as z.ZodMiniType<Record<string, string[]>>),
});
/**
 * The rules of sharing.
 *
 * @interface
 */
export type SharingRules = z.infer<typeof sharingSchema>;

export const settingsSchema = z.object({
  version: z.string(),
  limits: limitsSchema,
  caseTypes: choices,
  /** Highest first. */
  priorities: choices,
  /** The priority a new case starts with; `null` for none. */
  defaultPriority: z.nullable(z.string()),
  contactMethods: choices,
  closureReasons: choices,
  reopenReasons: choices,
  noteSubjects: choices,
  dueTypes: z.array(dueTypeSchema),
  /** The host's automations that write to customers: whoever shares a project is told of them (CU-18). */
  automations: z.optional(choices),
  /** Names of fields; a reader passes over one it does not know. */
  requiredFields: z.object({ newCase: z.array(z.string()) }),
  /** Whether a customer's reply reopens a closed case (decision 4). */
  reopenOnCustomerReply: z.boolean(),
  /** Which cases customers see; one that is not known counts as the narrowest (CU-24). */
  portalScope: z.string(),
  /** A deadline this many days ahead, or fewer, counts as soon. Absent from older servers: 3. */
  dueSoonDays: z.optional(z.number()),
  sharing: z.optional(sharingSchema),
  /** The rules of inboxes; for agents alone, `rules` for administrators alone. */
  inboxes: z.optional(z.unknown() as unknown as z.ZodMiniType<InboxRules>),
  /** What the portal shows, while `portalScope` opens it. */
  portal: z.optional(z.unknown() as unknown as z.ZodMiniType<PortalRules>),
  /** What is wrong with the settings as they are stored, for administrators alone; absent when nothing is. */
  problems: z.optional(z.unknown() as unknown as z.ZodMiniType<readonly SettingsProblem[]>),
  /** For administrators alone. A page that edits it knows its shape; the others need not load it. */
  notices: z.optional(z.unknown() as unknown as z.ZodMiniType<NoticeRules>),
});
/**
 * The tenant's lists and switches.
 *
 * @interface
 */
export type Settings = z.infer<typeof settingsSchema>;

const newChoices = z
  .array(z.extend(choiceSchema, { id: idSchema, label: z.string().check(z.minLength(1), z.maxLength(120)) }))
  .check(z.maxLength(200));

export const settingsChangeSchema = z.partial(
  z.strictObject({
    caseTypes: newChoices,
    priorities: newChoices,
    defaultPriority: z.nullable(idSchema),
    contactMethods: newChoices,
    closureReasons: newChoices,
    reopenReasons: newChoices,
    noteSubjects: newChoices,
    dueTypes: z
      .array(
        z.extend(dueTypeSchema, { id: idSchema, label: z.string().check(z.minLength(1), z.maxLength(120)) }),
      )
      .check(z.maxLength(200)),
    automations: newChoices,
    requiredFields: z.object({ newCase: z.array(z.enum(requirableFields)) }),
    reopenOnCustomerReply: z.boolean(),
    portalScope: z.enum(['own', 'none']),
    portal: portalInput,
    dueSoonDays: z.number().check(z.int(), z.gte(0), z.lte(365)),
    /** What is absent stays. */
    sharing: z.partial(
      z.strictObject({
        departmentRoles: z.array(idSchema).check(z.maxLength(20)),
        departmentLevel: z.enum(grantLevels.department),
        organisations: z.boolean(),
        candidateScope: z.enum(candidateScopes),
        allowSelfLeave: z.boolean(),
        receipts: z.partial(
          z.strictObject({
            enabled: z.boolean(),
            keepDays: z.nullable(z.number().check(z.int(), z.gte(1), z.lte(mostDays.keepDays))),
          }),
        ),
        expiryReminderDays: z.nullable(
          z.number().check(z.int(), z.gte(1), z.lte(mostDays.expiryReminderDays)),
        ),
        ccAllowed: z.boolean(),
        masks: masksInput,
        departmentLevels: departmentLevelsInput,
      }),
    ),
    /** What is absent stays; `rules` are sent whole. */
    inboxes: z.partial(inboxRulesInput),
    /** What is absent stays; `departments` and `templates` are sent whole. */
    notices: z.partial(noticeRulesSchema),
  }),
);
/** A change of the settings: what is absent stays. */
export type SettingsChange = z.infer<typeof settingsChangeSchema>;

export const settingsRevisionSchema = z.object({
  /** The version the change made. */
  version: z.string(),
  by: z.nullable(personRefSchema),
  at: z.nullable(instantSchema),
  changes: z.array(fieldChangeSchema),
});
/**
 * One change of the settings: who, when, and each field as it was and as it became.
 *
 * @interface
 */
export type SettingsRevision = z.infer<typeof settingsRevisionSchema>;

export const settingsRevisionQuerySchema = z.strictObject(pageQuery);
/**
 * Which changes of the settings, newest first.
 *
 * @interface
 */
export type SettingsRevisionQuery = z.infer<typeof settingsRevisionQuerySchema>;

/** The lists of settings that a case refers to. */
export type ChoiceList =
  | 'caseTypes'
  | 'priorities'
  | 'contactMethods'
  | 'closureReasons'
  | 'reopenReasons'
  | 'noteSubjects';
