import * as z from 'zod/mini';

import { attachmentSchema } from './attachments.js';
import { idSchema, instantSchema, pageQuery, personRefSchema, repeated } from './common.js';

export const noteVisibilities = ['internal', 'public'] as const;
/** `internal`: agents only. `public`: the customer reads it too. */
export type NoteVisibility = (typeof noteVisibilities)[number];

export const actionOutcomes = ['done', 'failed'] as const;
/** What became of an action of the host. */
export type ActionOutcome = (typeof actionOutcomes)[number];

export const noteActionSchema = z.object({
  /** The action, as the host registered it. */
  id: z.string(),
  /** What it was called when it was run. */
  label: z.string(),
  outcome: z.string(),
  /** What the host calls the result: a booking, a transaction. */
  reference: z.optional(z.string()),
});
/**
 * That a note tells what became of an action of the host, such as a refund. `outcome` is `done` or `failed`. It is what the
 * page of an agent said; the proof is in the host's own books.
 *
 * @interface
 */
export type NoteAction = z.infer<typeof noteActionSchema>;

export const noteSchema = z.object({
  id: z.string(),
  caseId: z.string(),
  visibility: z.enum(noteVisibilities),
  /** From the settings' note subjects; `null` on a customer's reply and on closing and reopening. */
  subject: z.nullable(z.string()),
  text: z.string(),
  by: z.nullable(personRefSchema),
  at: z.nullable(instantSchema),
  attachments: z.array(attachmentSchema),
  /** Of an internal note that tells what became of an action of the host. */
  action: z.optional(z.unknown() as unknown as z.ZodMiniType<NoteAction>),
});
/**
 * An entry on a case. Closing and reopening write one each (CC-24).
 *
 * @interface
 */
export type Note = z.infer<typeof noteSchema>;

export const newNoteSchema = z.strictObject({
  visibility: z.enum(noteVisibilities),
  subject: z.optional(z.nullable(z.string())),
  text: z.optional(z.string().check(z.maxLength(1_000_000))),
  attachmentIds: z.optional(z.array(idSchema).check(z.maxLength(100))),
  /** What became of an action of the host: the note is then internal, and needs no subject. */
  action: z.optional(
    z.strictObject({
      id: z.string().check(z.maxLength(1_000)),
      label: z.string().check(z.maxLength(1_000)),
      outcome: z.enum(actionOutcomes),
      reference: z.optional(z.string().check(z.maxLength(1_000))),
    }),
  ),
  /** Passed over: the author is who is signed in (CO-25). */
  by: z.optional(z.unknown()),
});
/**
 * A note to be added. Agents choose a subject (CC-35); a customer's reply has none.
 *
 * @interface
 */
export type NewNote = Omit<z.infer<typeof newNoteSchema>, 'by'>;

export const fieldChangeSchema = z.object({ field: z.string(), from: z.unknown(), to: z.unknown() });
/**
 * One field of a change line; values are what the case held, ids for listed values and people.
 *
 * @interface
 */
export type FieldChange = z.infer<typeof fieldChangeSchema>;

export const timelineKinds = [
  'creation',
  'note',
  'closure',
  'reopening',
  'change',
  /** Who was given access, lost it, or has it otherwise. */
  'sharing',
  /** The same among departments: for agents of the owning one. */
  'department-sharing',
  /** Somebody looked at the case with the eyes of whom it could be shared with: for agents it belongs to. */
  'access-preview',
  /** Forwarded within the house, with an internal note: for agents. */
  'forward',
  /** Into a project, or out of one: for agents. */
  'project-move',
  /** Into an inbox, on to another, taken, given back, completed or cancelled there: for agents. */
  'inbox',
] as const;
/** The kinds of line a timeline has. A reader shows an unknown kind as a plain line. */
export type TimelineKind = (typeof timelineKinds)[number];

export const timelineEntrySchema = z.object({
  id: z.string(),
  kind: z.string(),
  by: z.nullable(personRefSchema),
  at: z.nullable(instantSchema),
  /** Of a note, closure or reopening. */
  visibility: z.optional(z.enum(noteVisibilities)),
  subject: z.optional(z.nullable(z.string())),
  text: z.optional(z.string()),
  attachments: z.optional(z.array(attachmentSchema)),
  /** Of a note that tells what became of an action of the host. */
  action: z.optional(z.unknown() as unknown as z.ZodMiniType<NoteAction>),
  /** Of a closure or reopening. */
  reason: z.optional(z.string()),
  /** Of a change. Where a value names a person or department, it is `{ id, name }`. */
  changes: z.optional(z.array(fieldChangeSchema)),
});
/**
 * One line of a case's history: notes and changes merged, append-only.
 *
 * @interface
 */
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

export const noteQuerySchema = z.strictObject({
  ...pageQuery,
  order: z.optional(z.enum(['asc', 'desc'])),
});
/**
 * `order=desc` (default) starts with the newest note.
 *
 * @interface
 */
export type NoteQuery = z.infer<typeof noteQuerySchema>;

export const timelineQuerySchema = z.extend(noteQuerySchema, { kind: repeated(z.enum(timelineKinds)) });
/**
 * `order=desc` (default) starts with the newest line; `kind` leaves only lines of these kinds.
 *
 * @interface
 */
export type TimelineQuery = z.infer<typeof timelineQuerySchema>;
