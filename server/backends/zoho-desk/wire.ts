import * as z from 'zod/mini';

import { BackendError } from '../../backend-error.js';
import { vendor } from './desk-errors.js';

const id = z.pipe(z.union([z.string(), z.number()]), z.transform(String));
const maybeId = z.nullish(id);
const maybeText = z.nullish(z.string());
const count = z.nullish(z.pipe(z.union([z.string(), z.number()]), z.transform(Number)));

const named = z.object({ id, name: maybeText });
const account = z.nullish(z.object({ id: maybeId, accountName: maybeText }));

export const contactSchema = z.object({
  id,
  firstName: maybeText,
  lastName: maybeText,
  email: maybeText,
  accountId: maybeId,
  account,
});
export type DeskContact = z.infer<typeof contactSchema>;

export const ticketSchema = z.object({
  id,
  ticketNumber: count,
  subject: maybeText,
  description: maybeText,
  status: maybeText,
  statusType: maybeText,
  priority: maybeText,
  classification: maybeText,
  category: maybeText,
  channel: maybeText,
  dueDate: maybeText,
  departmentId: maybeId,
  department: z.nullish(named),
  contactId: maybeId,
  contact: z.nullish(contactSchema),
  accountId: maybeId,
  assigneeId: maybeId,
  assignee: z.nullish(z.object({ id, firstName: maybeText, lastName: maybeText })),
  createdTime: maybeText,
  modifiedTime: maybeText,
  closedTime: maybeText,
  createdBy: maybeId,
  commentCount: count,
  tagCount: count,
  isSpam: z.nullish(z.boolean()),
  isTrashed: z.nullish(z.boolean()),
  cf: z.nullish(z.record(z.string(), z.unknown())),
  sharedDepartments: z.nullish(z.array(z.object({ id, name: maybeText, type: maybeText }))),
});
export type DeskTicket = z.infer<typeof ticketSchema>;

const fileSchema = z.object({ id, name: maybeText, size: count });
export type DeskFile = z.infer<typeof fileSchema>;

export const commentSchema = z.object({
  id,
  content: maybeText,
  contentType: maybeText,
  isPublic: z.nullish(z.boolean()),
  commentedTime: maybeText,
  commenterId: maybeId,
  commenter: z.nullish(z.object({ id: maybeId, name: maybeText, type: maybeText })),
  attachments: z.nullish(z.array(fileSchema)),
});
export type DeskComment = z.infer<typeof commentSchema>;

export const agentSchema = z.object({
  id,
  name: maybeText,
  firstName: maybeText,
  lastName: maybeText,
  emailId: maybeText,
  status: maybeText,
  rolePermissionType: maybeText,
  associatedDepartmentIds: z.nullish(z.array(id)),
});
export type DeskAgent = z.infer<typeof agentSchema>;

export const departmentSchema = z.object({
  id,
  name: maybeText,
  isEnabled: z.nullish(z.boolean()),
  isDefault: z.nullish(z.boolean()),
});
export type DeskDepartment = z.infer<typeof departmentSchema>;

export const historySchema = z.object({
  eventName: maybeText,
  eventTime: maybeText,
  actor: z.nullish(z.object({ id: maybeId, name: maybeText, type: maybeText })),
  eventInfo: z.nullish(
    z.array(z.object({ propertyName: maybeText, propertyValue: z.optional(z.unknown()) })),
  ),
});
export type DeskEvent = z.infer<typeof historySchema>;

export const tagSchema = z.object({ name: maybeText, ticketCount: count });
export const followerSchema = z.object({ id: maybeId, following: maybeText });
export const viewSchema = z.object({
  id,
  name: maybeText,
  displayLabel: maybeText,
  sanitizedName: maybeText,
});
export { fileSchema };

/** One record as the schema has it. */
export function parseOne<T extends z.ZodMiniType>(schema: T, given: unknown): z.infer<T> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new BackendError('unavailable', { detail: `${vendor} answered in a form that is not known here.` });
}

/** The records of a list; none for the `null` of an empty one. */
export function parseList<T extends z.ZodMiniType>(schema: T, given: unknown, key = 'data'): z.infer<T>[] {
  if (given === null) return [];
  const list = (given as Readonly<Record<string, unknown>>)[key];
  return Array.isArray(list) ? list.map((each) => parseOne(schema, each)) : [];
}

const digits = /^\d{1,20}$/;

/** An id that may stand in a path; nothing else is there. */
export function requireId(given: string): string {
  if (!digits.test(given)) throw new BackendError('not_found');
  return given;
}

export function isId(given: string): boolean {
  return digits.test(given);
}

export function fullName(person: {
  readonly firstName?: string | null | undefined;
  readonly lastName?: string | null | undefined;
}): string {
  return [person.firstName, person.lastName].filter(Boolean).join(' ').trim();
}
