import * as z from 'zod/mini';

export const eventKinds = [
  'case.created',
  'case.updated',
  'case.closed',
  'case.reopened',
  'case.hidden',
  'note.created',
  /** Somebody was given access to the case, lost it, or has it at another level or for another time. */
  'case.shared',
  'case.unshared',
  'case.access-changed',
  /** A share ends by itself before long. */
  'case.access-expiring',
  /** The case was forwarded within the house. */
  'case.forwarded',
  'settings.updated',
  /** A project, or who follows it, changed. */
  'project.updated',
  /** A message was posted on a project. */
  'project.message',
  /** A project is no longer the reader's to see. */
  'project.hidden',
  /** An inbox or its members changed. */
  'inbox.updated',
  /** An entry came into an inbox, changed there, or left it. */
  'inbox-entry.updated',
  /** A saved view was made, changed or removed. */
  'view.updated',
  /** Some events could not be kept for this reader: read everything shown again. */
  'stream.reset',
] as const;
/** The kinds of event now sent. Later nouns add theirs: a reader ignores a kind it does not know. */
export type EventKind = (typeof eventKinds)[number];

export const caseEventSchema = z.object({
  kind: z.string(),
  caseId: z.optional(z.string()),
  customerId: z.optional(z.string()),
  noteId: z.optional(z.string()),
  projectId: z.optional(z.string()),
  viewId: z.optional(z.string()),
  inboxId: z.optional(z.string()),
  entryId: z.optional(z.string()),
  at: z.optional(z.string()),
});
/**
 * One event of the stream: ids and a kind only; what it means is read through the contract.
 *
 * On the wire it is a server-sent event whose `event` is the kind, whose `data` is this object and whose `id` is an
 * opaque position for `Last-Event-ID`.
 *
 * @interface
 */
export type CaseEvent = z.infer<typeof caseEventSchema>;
