import * as z from 'zod/mini';

import { instantSchema, personRefSchema } from './common.js';

export const receiptSchema = z.object({
  person: personRefSchema,
  /** When they first opened the case. */
  firstAt: instantSchema,
  /** When they last did. */
  lastAt: instantSchema,
});
/**
 * Who opened a case, and when.
 *
 * @interface
 */
export type Receipt = z.infer<typeof receiptSchema>;

export const receiptListSchema = z.object({
  items: z.array(receiptSchema),
  next: z.nullable(z.string()),
});
/**
 * Who has opened a case, whoever came first at the top. `next` is always `null`.
 *
 * @interface
 */
export type ReceiptList = z.infer<typeof receiptListSchema>;
