import * as z from 'zod/mini';

import { grantLevels } from './grants.js';

export const portalScopes = ['own', 'customer', 'organisation', 'projects'] as const;
/**
 * Which cases the portal shows besides a person's own: those of their customer account, of the customers of their
 * organisation, of the projects they follow.
 */
export type PortalScope = (typeof portalScopes)[number];

export const portalFeatures = [
  'createCase',
  'reply',
  'attach',
  'share',
  'listGrantees',
  'seeReceipts',
] as const;
/** What customers may do, each ticked or not: submit cases, reply, attach files, share with co-workers, see who has access, see who opened a case. */
export type PortalFeature = (typeof portalFeatures)[number];

/**
 * The fields of a case that can be kept from a reader. `priority` covers the one a case began with, `closure` the
 * reasons of closing and reopening, `requester` the customer's people wherever they are named, `attachments` all files.
 */
export const maskableFields = [
  'customer',
  'organisation',
  'requester',
  'description',
  'type',
  'priority',
  'deadline',
  'contactMethod',
  'tags',
  'assignee',
  'department',
  'project',
  'externalReference',
  'links',
  'closure',
  'attachments',
] as const;
/** A field of a case that can be kept from a reader. */
export type MaskableField = (typeof maskableFields)[number];

/** What the portal can show or not. Whose case it is, a customer knows; what of the host it is linked to is for agents. */
export const portalFields = maskableFields.filter((field) => field !== 'customer' && field !== 'links');

/** What can be masked for departments. Whose case they received is told (DE-23). */
export const departmentMaskFields = maskableFields.filter((field) => field !== 'department');

export const portalRulesSchema = z.object({
  /** Which cases are shown (CU-21 to CU-24). Own cases always are, while the portal is open (`portalScope`). */
  scope: z.array(z.string()),
  /** What customers may do, by name; `false`: it is not offered, and refused (CU-25). */
  features: z.record(z.string(), z.boolean()),
  /** The fields that customers see (CU-26); the others are in nothing that is sent to them. */
  fields: z.array(z.string()),
});
/**
 * What the portal shows customers, and what they may do there.
 *
 * @interface
 */
export type PortalRules = z.infer<typeof portalRulesSchema>;

export const masksSchema = z.object({
  /** By level, the fields that receiving departments do not see (DE-12). */
  department: z.record(z.string(), z.array(z.string())),
});
/**
 * Fields kept from whom a case is shared with.
 *
 * @interface
 */
export type Masks = z.infer<typeof masksSchema>;

export const settingsProblemSchema = z.object({
  /** Where, as `portal.scope` or `sharing.masks.department.restricted`. */
  setting: z.string(),
  /** `unknown_value`: a name that nothing has, or nothing that can be chosen; `invalid`: no value of the kind that belongs there. */
  code: z.string(),
  /** The name that is not known. */
  value: z.optional(z.string()),
});
/**
 * Something in the stored settings that cannot be meant. Until it is put right, the narrowest applies.
 *
 * @interface
 */
export type SettingsProblem = z.infer<typeof settingsProblemSchema>;

/** What an administrator can choose from: the names a backend knows. */
export interface PortalChoices {
  readonly scopes: readonly string[];
  readonly features: readonly string[];
  readonly fields: readonly string[];
  /** The fields that can be masked for departments. */
  readonly masks: readonly string[];
}

const maskInput = z.array(z.enum(departmentMaskFields)).check(z.maxLength(departmentMaskFields.length));

/** What is absent stays; a list replaces the one before. */
export const masksInput = z.partial(
  z.strictObject({
    department: z.partial(
      z.strictObject({
        // DE-06: at the full level nothing is kept back.
        full: maskInput.check(z.maxLength(0)),
        restricted: maskInput,
        'read-only': maskInput,
      }),
    ),
  }),
);

/** By the id of a department; the whole map replaces the one before. */
export const departmentLevelsInput = z.record(
  z.string().check(z.minLength(1), z.maxLength(200)),
  z.array(z.enum(grantLevels.department)).check(z.maxLength(grantLevels.department.length)),
);

/** What is absent stays; a list replaces the one before. */
export const portalInput = z.partial(
  z.strictObject({
    scope: z.array(z.enum(portalScopes)).check(z.minLength(1), z.maxLength(portalScopes.length)),
    features: z.partial(
      z.strictObject({
        createCase: z.boolean(),
        reply: z.boolean(),
        attach: z.boolean(),
        share: z.boolean(),
        listGrantees: z.boolean(),
        seeReceipts: z.boolean(),
      }),
    ),
    fields: z.array(z.enum(portalFields)).check(z.maxLength(portalFields.length)),
  }),
);
