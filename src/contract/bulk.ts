import * as z from 'zod/mini';

import { caseSummarySchema, statusChangeInputSchema, tagsInput } from './cases.js';
import { idSchema } from './common.js';
import { problemSchema } from './problem.js';

export const bulkActions = ['close', 'reopen', 'tag', 'assign'] as const;
/** What can be done to many cases at once. */
export type BulkAction = (typeof bulkActions)[number];

/** Cases one call may name. */
export const bulkLimit = 100;

/** To close and reopen takes reason and note, as for one case (CC-42). */
export const bulkInputSchema = z.extend(statusChangeInputSchema, {
  action: z.enum(bulkActions),
  cases: z
    .array(
      z.strictObject({
        id: idSchema,
        /** As it was read: the case is refused when it has moved meanwhile. Left out: whatever it is now. */
        version: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
      }),
    )
    .check(z.minLength(1), z.maxLength(bulkLimit)),
  /** To tag: at least one of both lists holds a tag. */
  addTags: z.optional(tagsInput),
  removeTags: z.optional(tagsInput),
  /** To assign: an agent, or `null` for nobody. */
  assigneeId: z.optional(z.nullable(idSchema)),
});
/**
 * One thing to be done to many cases, each named once.
 *
 * @interface
 */
export type BulkInput = z.infer<typeof bulkInputSchema>;

export const bulkResultSchema = z.union([
  z.object({ id: z.string(), outcome: z.enum(['done']), case: caseSummarySchema }),
  z.object({ id: z.string(), outcome: z.enum(['refused']), problem: problemSchema }),
]);
/** What became of one case: done, with the case as it now is, or refused, with the problem a single call would have had. */
export type BulkResult = z.infer<typeof bulkResultSchema>;

export const bulkAnswerSchema = z.object({ results: z.array(bulkResultSchema) });
/**
 * What became of each case, in the order asked.
 *
 * @interface
 */
export type BulkAnswer = z.infer<typeof bulkAnswerSchema>;
