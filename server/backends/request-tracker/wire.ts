import * as z from 'zod/mini';

/** Numbers come as texts, now and then as numbers. */
const id = z.pipe(z.union([z.string(), z.number()]), z.transform(String));
const text = z.pipe(
  z.union([z.string(), z.number(), z.null()]),
  z.transform((value) => String(value ?? '')),
);

export const refSchema = z.looseObject({
  id,
  type: z.optional(z.string()),
  Name: z.optional(text),
  RealName: z.optional(text),
  EmailAddress: z.optional(text),
});
/** A user, group or queue as a ticket names it. A user's id is their name. */
export type Ref = z.infer<typeof refSchema>;

/** A field the reader may not read comes as an empty text. */
const refs = z.catch(z.array(refSchema), []);
const ref = z.catch(z.nullable(refSchema), null);

export const customFieldSchema = z.looseObject({ id, name: z.string(), values: z.array(z.unknown()) });

export const linkSchema = z.looseObject({ ref: z.string(), to: z.optional(z.string()) });
/** What the reader may do with a ticket. */
export type Link = z.infer<typeof linkSchema>;

export const ticketRowSchema = z.looseObject({
  id,
  Subject: z.catch(text, ''),
  Status: z.catch(z.string(), ''),
  Priority: z.catch(text, ''),
  Queue: ref,
  Owner: ref,
  Creator: ref,
  Requestor: refs,
  Cc: refs,
  AdminCc: refs,
  Created: z.catch(z.string(), ''),
  LastUpdated: z.catch(z.string(), ''),
  Due: z.catch(z.string(), ''),
  Resolved: z.catch(z.string(), ''),
  LastUpdatedBy: ref,
  CustomFields: z.catch(z.array(customFieldSchema), []),
  _hyperlinks: z.catch(z.array(linkSchema), []),
});
/** A ticket as a list tells it. */
export type TicketRow = z.infer<typeof ticketRowSchema>;

export const transactionSchema = z.looseObject({
  id,
  Type: z.catch(z.string(), ''),
  Field: z.catch(text, ''),
  OldValue: z.catch(text, ''),
  NewValue: z.catch(text, ''),
  Creator: ref,
  Created: z.catch(z.string(), ''),
});
/** One line of a ticket's history, without its texts. */
export type Transaction = z.infer<typeof transactionSchema>;

export const attachmentRowSchema = z.looseObject({
  id,
  Filename: z.catch(text, ''),
  ContentType: z.catch(z.string(), ''),
  ContentLength: z.catch(text, '0'),
  Content: z.optional(z.catch(text, '')),
  // The list names the id alone, the single record everything.
  TransactionId: z.pipe(
    z.union([z.string(), z.number(), refSchema]),
    z.transform((value) => (typeof value === 'object' ? value.id : String(value))),
  ),
});
/** A part of a message: a text, a file, or what holds several. */
export type AttachmentRow = z.infer<typeof attachmentRowSchema>;

export const userSchema = z.looseObject({
  id: z.optional(id),
  Name: z.catch(text, ''),
  RealName: z.catch(text, ''),
  EmailAddress: z.catch(text, ''),
  Privileged: z.catch(z.pipe(z.union([z.string(), z.number()]), z.transform(Number)), 0),
  Disabled: z.catch(z.pipe(z.union([z.string(), z.number()]), z.transform(Number)), 0),
  Memberships: z.catch(z.array(refSchema), []),
});
/** A user, as far as the reader may know of them. */
export type RtUser = z.infer<typeof userSchema>;

export const groupSchema = z.looseObject({
  id,
  Name: z.catch(text, ''),
  Members: z.catch(z.array(refSchema), []),
});
/** A group of users. */
export type RtGroup = z.infer<typeof groupSchema>;

export const createdSchema = z.looseObject({ id });

/** A page of a list. `total` is null where Request Tracker does not count. */
export function listOf<T extends z.ZodMiniType>(item: T) {
  return z.looseObject({ items: z.array(item), total: z.optional(z.nullable(z.number())) });
}

/** The sentences that answer a change. */
export const sentencesSchema = z.catch(z.array(z.catch(z.string(), '')), []);
