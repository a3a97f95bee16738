import * as z from 'zod/mini';

import { idSchema, pageQuery } from './common.js';

export const tagSchema = z.object({ tag: z.string(), count: z.number() });
/**
 * A tag in use, and how many of the cases the actor may see carry it.
 *
 * @interface
 */
export type Tag = z.infer<typeof tagSchema>;

export const tagQuerySchema = z.strictObject({
  /** What the tag holds, whatever its case. */
  q: z.optional(z.string().check(z.maxLength(200))),
  limit: pageQuery.limit,
  customerId: z.optional(idSchema),
});
/**
 * Which tags, the most used first: what a field that completes tags asks for.
 *
 * @interface
 */
export type TagQuery = z.infer<typeof tagQuerySchema>;
