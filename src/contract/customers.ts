import * as z from 'zod/mini';

import { namedRefSchema, pageQuery, personRefSchema, verdictSchema } from './common.js';

/** The account a case is about. */
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
export type Customer = z.infer<typeof customerSchema>;

/** `q` matches the beginnings of the words of a name, or a number. */
export const customerQuerySchema = z.strictObject({
  ...pageQuery,
  q: z.optional(z.string().check(z.maxLength(200))),
});
export type CustomerQuery = z.infer<typeof customerQuerySchema>;
