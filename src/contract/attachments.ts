import * as z from 'zod/mini';

export const attachmentSchema = z.object({
  id: z.string(),
  name: z.string(),
  size: z.number(),
  mediaType: z.string(),
});
/**
 * A stored file. `size` in bytes; `mediaType` follows from the ending of the name, never from the sender.
 *
 * @interface
 */
export type Attachment = z.infer<typeof attachmentSchema>;

/** The body of an upload is the file's bytes; its name travels here. */
export const uploadQuerySchema = z.strictObject({
  name: z.string().check(z.minLength(1), z.maxLength(255)),
});
