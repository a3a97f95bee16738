import * as z from 'zod/mini';

/** An opaque id. Never parse one. */
export const idSchema = z.string().check(z.minLength(1), z.maxLength(200));

/** An instant in an answer, RFC 3339 in UTC. Left a string: a broken one must not hide the record it stands in (CC-22). */
export const instantSchema = z.string();

/** A calendar date sent by a caller, `YYYY-MM-DD`. */
export const dateInputSchema = z.iso.date({ error: 'not_a_date' });

/** A moment sent by a caller: an RFC 3339 instant, or a calendar date read as its first moment in UTC. */
export const momentInputSchema = z.union([z.iso.date(), z.iso.datetime({ offset: true })], {
  error: 'not_a_date',
});

export const personRefSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['agent', 'customer']),
  former: z.optional(z.boolean()),
});
/**
 * A person as others see them. `former` marks somebody who has left: shown as "former user" (CC-21).
 *
 * @interface
 */
export type PersonRef = z.infer<typeof personRefSchema>;

export const namedRefSchema = z.object({ id: z.string(), name: z.string() });
/**
 * An id with the name to show for it.
 *
 * @interface
 */
export type NamedRef = z.infer<typeof namedRefSchema>;

export const verdictSchema = z.object({
  allowed: z.boolean(),
  /** Stable id of the rule that decided. */
  rule: z.string(),
  /** Why not, in plain English; absent when allowed. Elements translate by `rule` and fall back to this. */
  reason: z.optional(z.string()),
});
/**
 * The answer of the policy to one question: may this actor do this, by which rule, and why not.
 *
 * @interface
 */
export type Verdict = z.infer<typeof verdictSchema>;

/** One page of a list. `next` is an opaque cursor, `null` on the last page; `total` only when `count=true` was asked. */
export interface Page<T> {
  readonly items: T[];
  readonly next: string | null;
  readonly total?: number | undefined;
}

/** Schema of a page of `item`. */
export function pageOf<T extends z.ZodMiniType>(item: T) {
  return z.object({ items: z.array(item), next: z.nullable(z.string()), total: z.optional(z.number()) });
}

/** What every list takes. `limit` is 1 to 100, 25 unless told. */
export const pageQuery = {
  // Room for a name and an id of 200 characters each, in bytes and encoded.
  cursor: z.optional(z.string().check(z.minLength(1), z.maxLength(4000))),
  limit: z.optional(z.coerce.number().check(z.int(), z.gte(1), z.lte(100))),
  count: z.optional(z.enum(['true', 'false'])),
};

/** A parameter that may be repeated: always an array once parsed. */
export function repeated<T extends z.ZodMiniType<unknown, string>>(item: T) {
  return z.optional(
    z.pipe(
      z.transform((value: unknown) => (value === undefined || Array.isArray(value) ? value : [value])),
      z.array(item).check(z.maxLength(50)),
    ),
  );
}

/** Where a list takes several values, what a caller of the SDK may pass. */
export type OneOrMany<T> = T | readonly T[];
