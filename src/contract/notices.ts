import * as z from 'zod/mini';

import { idSchema, instantSchema, personRefSchema } from './common.js';

/**
 * How telling somebody stands: `pending` until the message has left, `sent`, `failed` when it was given up (nobody was
 * told), `off` where nobody is to be told.
 */
export const noticeStates = ['pending', 'sent', 'failed', 'off'] as const;
/** How telling somebody stands. */
export type NoticeState = (typeof noticeStates)[number];

export const noticePreferenceSchema = z.object({
  /** Whether the reader is told of replies on this case. */
  replies: z.boolean(),
  /** Whether anything can reach them: notices are switched on and an address of theirs is known. */
  deliverable: z.boolean(),
});
/**
 * What the reader is told about one case.
 *
 * @interface
 */
export type NoticePreference = z.infer<typeof noticePreferenceSchema>;

export const noticePreferenceInputSchema = z.strictObject({
  replies: z.boolean(),
  /** Whose preference it is; nobody can set another person's (CO-12). */
  personId: z.optional(idSchema),
});
/**
 * A preference to be kept.
 *
 * @interface
 */
export type NoticePreferenceInput = z.infer<typeof noticePreferenceInputSchema>;

export const noticeDeliverySchema = z.object({
  /** How many messages wait, or are tried again. */
  pending: z.number(),
  /** How many have left. */
  sent: z.number(),
  /** Whom no message reached, why in the words of the server that refused it, and when it was given up. */
  failed: z.array(
    z.object({ person: personRefSchema, reason: z.nullable(z.string()), at: z.nullable(instantSchema) }),
  ),
});
/**
 * What became of telling people about one note or message (CU-17).
 *
 * @interface
 */
export type NoticeDelivery = z.infer<typeof noticeDeliverySchema>;

/** What people are told of. */
export const noticeEvents = ['share', 'reply', 'message', 'forward', 'expiry'] as const;
/** Something people are told of. */
export type NoticeEvent = (typeof noticeEvents)[number];

/** The languages notices are written in. */
export const noticeLocales = ['en', 'de', 'es', 'fr', 'it', 'ar'] as const;
/** A language notices are written in. */
export type NoticeLocale = (typeof noticeLocales)[number];

const line = (most: number) => z.string().check(z.minLength(1), z.maxLength(most));

export const noticeTemplateSchema = z.strictObject({
  /** Whose cases it is for: those of the department a case is shared with, otherwise of the one it belongs to. `null`: of all others. */
  department: z.nullable(idSchema),
  event: z.enum(noticeEvents),
  locale: z.enum(noticeLocales),
  /** With placeholders such as `{{case.number}}`. */
  subject: line(200),
  /** Plain text; the HTML part is made of it. */
  text: line(5_000),
  /** A short text for telephones, for channels that have one. */
  sms: z.optional(z.nullable(line(300))),
});
/**
 * The words of one notice.
 *
 * @interface
 */
export type NoticeTemplate = z.infer<typeof noticeTemplateSchema>;

export const departmentNoticesSchema = z.strictObject({
  /** Whether its agents are told that a case is shared with it (DE-31). */
  onShare: z.boolean(),
  /** Whether its agents are told of replies on its cases, and on those it received. */
  onReply: z.optional(z.boolean()),
});

export const noticeRulesSchema = z.strictObject({
  /** The language of people whose own is not known. */
  locale: z.enum(noticeLocales),
  /** By department; one that is absent is told of nothing. */
  departments: z.record(idSchema, departmentNoticesSchema),
  /** What is written instead of the usual words. */
  templates: z.array(noticeTemplateSchema).check(z.maxLength(500)),
  /** Where messages go besides, as signed requests; the operator says which addresses may be named. `null`: nowhere. */
  webhook: z.nullable(z.url().check(z.maxLength(2_000))),
});
/**
 * Who is told what, and in which words. Administrators read and change it.
 *
 * @interface
 */
export type NoticeRules = z.infer<typeof noticeRulesSchema>;
