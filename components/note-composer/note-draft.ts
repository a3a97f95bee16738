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

/** A stored draft, if it is one this version understands. */
export function readNoteDraft(value: unknown): NoteDraft | undefined {
  const parsed = noteDraftSchema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

/** Whether there is anything in a draft worth keeping. */
export function isEmptyDraft(draft: NoteDraft): boolean {
  return draft.text.trim() === '' && draft.attachments.length === 0;
}
