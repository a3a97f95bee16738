import * as z from 'zod/mini';

import { namedRefSchema, verdictSchema } from './common.js';
import type { PortalChoices } from './portal.js';
import { settingsSchema } from './settings.js';

export const capabilitiesSchema = z.object({
  /** `atomic`: checked with the write; `checked`: compared just before it; `none`: last writer wins. */
  versions: z.enum(['atomic', 'checked', 'none']),
  /** Whether `count=true` is answered. */
  totals: z.boolean(),
  search: z.boolean(),
  /** Whether `/v1/events` delivers. */
  events: z.boolean(),
  internalNotes: z.boolean(),
  attachments: z.boolean(),
  createCases: z.boolean(),
  editCases: z.boolean(),
  closeCases: z.boolean(),
  tags: z.boolean(),
  deadlines: z.boolean(),
  editSettings: z.boolean(),
  /** Whether `/v1/cases/export` answers. This and what follows: absent is no, for older servers do not say. */
  export: z.optional(z.boolean()),
  bulk: z.optional(z.boolean()),
  views: z.optional(z.boolean()),
  projects: z.optional(z.boolean()),
  inboxes: z.optional(z.boolean()),
  /** Absent: cases cannot be shared. */
  sharing: z.optional(
    z.object({
      /** Whom cases can be shared with. */
      kinds: z.array(z.string()),
      /** By kind, the widest first. */
      levels: z.record(z.string(), z.array(z.string())),
      /** Whether a grant can end by itself. */
      expiry: z.boolean(),
    }),
  ),
  /** What an administrator can choose for the portal. Absent: it has no settings here. */
  portal: z.optional(z.unknown() as unknown as z.ZodMiniType<PortalChoices>),
});
/**
 * What the configured backend can do, and how far a promise holds. A missing capability hides its control.
 *
 * @interface
 */
export type Capabilities = z.infer<typeof capabilitiesSchema>;

export const knownRoles = ['system-administrator', 'customer-service', 'sales-agent', 'finance'] as const;
/** The roles the policy knows. Others may be sent; they grant nothing. */
export type KnownRole = (typeof knownRoles)[number];

export const sessionActions = [
  'listCases',
  'createCase',
  'listCustomers',
  'listPeople',
  'listProjects',
  'createProject',
  /** Whether the actor's role works inboxes (IB-01). */
  'listInboxes',
  /** Whether they make inboxes and name their members (IB-26). */
  'manageInboxes',
  'editSettings',
  'exportCases',
  'saveViews',
  'shareViews',
] as const;
/** What may be asked about the tenant as a whole. */
export type SessionAction = (typeof sessionActions)[number];

export const sessionSchema = z.object({
  actor: z.object({
    id: z.string(),
    tenant: z.string(),
    name: z.string(),
    kind: z.enum(['agent', 'customer']),
    roles: z.array(z.string()),
    departments: z.array(namedRefSchema),
    customer: z.nullable(namedRefSchema),
    organisation: z.nullable(namedRefSchema),
  }),
  settings: settingsSchema,
  capabilities: capabilitiesSchema,
  permissions: z.record(z.string(), verdictSchema),
});
/**
 * Who is signed in, what they may do, and the lists to choose from.
 *
 * @interface
 */
export type Session = z.infer<typeof sessionSchema>;
