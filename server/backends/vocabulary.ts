import * as z from 'zod/mini';

import { choiceSchema, dueTypeSchema, requirableFields, type Settings } from '../../src/contract/settings.js';
import { defaultSettings, limits } from '../engine/settings-defaults.js';

const choices = z.array(choiceSchema).check(z.maxLength(200));

/**
 * The lists and limits of a gateway: a vendor has none that could be asked for, so they stand in its configuration. What is
 * left out is as a new tenant of our own engine has it.
 */
export const vocabularySchema = z.strictObject({
  caseTypes: z.optional(choices),
  /** Highest first. */
  priorities: z.optional(choices),
  defaultPriority: z.optional(z.nullable(z.string())),
  contactMethods: z.optional(choices),
  closureReasons: z.optional(choices),
  reopenReasons: z.optional(choices),
  noteSubjects: z.optional(choices),
  dueTypes: z.optional(z.array(dueTypeSchema).check(z.maxLength(200))),
  requiredFields: z.optional(z.array(z.enum(requirableFields))),
  reopenOnCustomerReply: z.optional(z.boolean()),
  dueSoonDays: z.optional(z.number().check(z.int(), z.gte(0), z.lte(365))),
  limits: z.optional(
    z.partial(
      z.strictObject({
        subject: z.number(),
        description: z.number(),
        noteText: z.number(),
        attachmentBytes: z.number(),
        attachmentsPerNote: z.number(),
      }),
    ),
  ),
});
/** The lists and limits of a gateway, as they are configured. */
export type Vocabulary = z.infer<typeof vocabularySchema>;

/** The settings a gateway tells: its configured lists over the usual ones. Nobody edits them over HTTP. */
export function settingsOf(vocabulary: Vocabulary = {}): Settings {
  const { limits: own, requiredFields, ...lists } = vocabulary;
  const {
    sharing: _sharing,
    inboxes: _inboxes,
    notices: _notices,
    portal: _portal,
    ...usual
  } = defaultSettings;
  const settings: Settings = {
    ...usual,
    ...withoutUndefined(lists),
    ...(requiredFields && { requiredFields: { newCase: requiredFields } }),
    version: '1',
    limits: { ...limits, ...withoutUndefined(own ?? {}) },
  };
  const { priorities, defaultPriority } = settings;
  // A list of one's own need not have the priority that is usual.
  const known = priorities.some(({ id, retired }) => id === defaultPriority && !retired);
  return known ? settings : { ...settings, defaultPriority: null };
}

function withoutUndefined<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
