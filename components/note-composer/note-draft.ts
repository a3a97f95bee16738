import * as z from 'zod/mini';

import { attachmentSchema } from '../../src/contract/attachments.js';
import { noteVisibilities } from '../../src/contract/notes.js';

const noteDraftSchema = z.object({
  visibility: z.enum(noteVisibilities),
  subject: z.string(),
  text: z.string(),
  attachments: z.array(attachmentSchema),
  /** Kept with the text, so that a note sent just before a reload is not sent a second time. */
  idempotencyKey: z.string(),
});

/** An unsent note. */
export type NoteDraft = z.infer<typeof noteDraftSchema>;

/** A note not begun: internal, unless the writer decides otherwise. */
export function newDraft(): NoteDraft {
  return {
    visibility: 'internal',
    subject: '',
    text: '',
    attachments: [],
    idempotencyKey: crypto.randomUUID(),
  };
}

// The edit panel keeps its notes in the same place, without files.
const storedDraftSchema = z.extend(noteDraftSchema, {
  attachments: z.optional(noteDraftSchema.shape.attachments),
  idempotencyKey: z.optional(z.string()),
});

/** A stored draft, if it is one this version understands; what it does not name stays as in `current`. */
export function readNoteDraft(value: unknown, current: NoteDraft): NoteDraft | undefined {
  const parsed = storedDraftSchema.safeParse(value);
  if (!parsed.success) return undefined;
  const { attachments = current.attachments, idempotencyKey = crypto.randomUUID(), ...rest } = parsed.data;
  return { ...rest, attachments, idempotencyKey };
}

/** Whether there is anything in a draft worth keeping. */
export function isEmptyDraft(draft: NoteDraft): boolean {
  return draft.text.trim() === '' && draft.attachments.length === 0;
}
