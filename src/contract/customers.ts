import * as z from 'zod/mini';

import { namedRefSchema, pageQuery, personRefSchema, verdictSchema } from './common.js';

export const customerSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** The number the host's own system knows it by. */
  number: z.optional(z.nullable(z.string())),
  organisation: z.optional(z.nullable(namedRefSchema)),
  /** Who a new case is submitted for unless told otherwise. */
  mainContact: z.optional(z.nullable(personRefSchema)),
  permissions: z.record(z.string(), verdictSchema),
});
/**
 * The account a case is about.
 *
 * @interface
 */
export type Customer = z.infer<typeof customerSchema>;

export const customerQuerySchema = z.strictObject({
  ...pageQuery,
  q: z.optional(z.string().check(z.maxLength(200))),
});
/**
 * `q` matches the beginnings of the words of a name, or a number.
 *
 * @interface
 */
export type CustomerQuery = z.infer<typeof customerQuerySchema>;
