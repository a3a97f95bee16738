import * as z from 'zod/mini';

export const forwardInputSchema = z.strictObject({
  /** The id or the e-mail address of an agent. */
  to: z.optional(z.string().check(z.maxLength(320))),
  /** What they should know. */
  text: z.optional(z.string().check(z.maxLength(1_000_000))),
});
/**
 * Forwards a case within the house; both are required by the server, every missing one reported at once.
 *
 * @interface
 */
export type ForwardInput = z.infer<typeof forwardInputSchema>;
