import * as z from 'zod/mini';

import { idSchema, namedRefSchema, pageQuery } from './common.js';

export const personSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['agent', 'customer']),
  former: z.optional(z.boolean()),
  /** Absent where the reader may not see it. */
  email: z.optional(z.nullable(z.string())),
  customer: z.optional(z.nullable(namedRefSchema)),
  organisation: z.optional(z.nullable(namedRefSchema)),
  departments: z.optional(z.array(namedRefSchema)),
});
/**
 * A person of the tenant: an agent, or a person of a customer account.
 *
 * @interface
 */
export type Person = z.infer<typeof personSchema>;

export const personQuerySchema = z.strictObject({
  ...pageQuery,
  q: z.optional(z.string().check(z.maxLength(200))),
  kind: z.optional(z.enum(['agent', 'customer'])),
  customerId: z.optional(idSchema),
});
/**
 * `q` matches the beginnings of the words of a name.
 *
 * @interface
 */
export type PersonQuery = z.infer<typeof personQuerySchema>;
