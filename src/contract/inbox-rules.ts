import * as z from 'zod/mini';

import { idSchema } from './common.js';

const oneOf = z.optional(z.array(idSchema).check(z.maxLength(50)));

export const inboxRuleInput = z.strictObject({
  /** What a case must have, all of it; an empty condition is met by every case. */
  when: z.strictObject({ type: oneOf, priority: oneOf, departmentId: oneOf }),
  inboxId: idSchema,
  dueType: z.optional(z.nullable(idSchema)),
  /** Due so many days after; only with a due type that needs a date. */
  dueInDays: z.optional(z.nullable(z.number().check(z.int(), z.gte(0), z.lte(365)))),
  message: z.optional(z.string().check(z.maxLength(2_000))),
});
/**
 * Puts a case into an inbox when it is created, or when a change makes the rule hold. The first rule that holds counts.
 *
 * @interface
 */
export type InboxRule = z.infer<typeof inboxRuleInput>;

export const inboxRulesInput = z.strictObject({
  /** Whether an entry has to be owned before it is completed (decision 8). */
  requireOwnership: z.boolean(),
  /** Whether a case may be in several inboxes at once (IB-03). */
  severalAtOnce: z.boolean(),
  rules: z.array(inboxRuleInput).check(z.maxLength(100)),
});
/**
 * How inboxes are worked, and what comes into them by itself.
 *
 * @interface
 */
export interface InboxRules {
  readonly requireOwnership: boolean;
  readonly severalAtOnce: boolean;
  readonly rules?: readonly InboxRule[];
}
