import * as z from 'zod/mini';

import { caseFilterSchema, caseSorts, sharedFilters } from './cases.js';
import { idSchema, instantSchema, pageQuery, personRefSchema, verdictSchema } from './common.js';

export const viewDues = ['overdue', 'today', 'next-7-days'] as const;
/** A deadline reckoned from the day on which a view is opened, where its reader is. */
export type ViewDue = (typeof viewDues)[number];

export const viewSchema = z.object({
  id: z.string(),
  version: z.string(),
  name: z.string(),
  /** The filters of the list by name, several values as a list; `due` is for the reader's side to reckon. */
  filters: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  sort: z.optional(z.string()),
  columns: z.optional(z.array(z.string())),
  visibility: z.union([
    z.object({ kind: z.enum(['roles']), roles: z.array(z.string()) }),
    z.object({ kind: z.enum(['private']) }),
  ]),
  owner: z.nullable(personRefSchema),
  updatedAt: z.nullable(instantSchema),
  permissions: z.object({ edit: verdictSchema, remove: verdictSchema }),
  /**
   * `retired_value`, `unknown_value`: what a filter names and nobody can choose any more. The view works all the same.
   * `contradictory`: a condition that the others rule out, so that the view finds nothing (DE-29). `hidden_condition`: a
   * condition on what is kept from the reader is left out, without its name (DE-30).
   */
  warnings: z.array(z.object({ code: z.string(), field: z.string(), value: z.string() })),
});
/**
 * A list as somebody likes it: filters, order and columns under a name.
 *
 * @interface
 */
export type View = z.infer<typeof viewSchema>;

const viewName = z.string().check(z.minLength(1), z.maxLength(1_000));
const viewFilters = z.extend(caseFilterSchema, {
  due: z.optional(z.enum(viewDues)),
  shared: z.optional(z.enum(sharedFilters)),
});
const viewSort = z.nullable(z.enum(caseSorts));
const viewColumns = z.nullable(
  z.array(z.string().check(z.minLength(1), z.maxLength(50))).check(z.maxLength(30)),
);
/** `private`: the owner's alone. `roles`: whoever has one of `roles`. */
const viewVisibility = z.strictObject({
  kind: z.enum(['private', 'roles']),
  roles: z.optional(z.array(idSchema).check(z.maxLength(20))),
});

export const newViewSchema = z.strictObject({
  name: viewName,
  filters: z.optional(viewFilters),
  sort: z.optional(viewSort),
  columns: z.optional(viewColumns),
  visibility: z.optional(viewVisibility),
});
/**
 * A view to be kept; `private` unless told.
 *
 * @interface
 */
export type NewView = z.input<typeof newViewSchema>;

export const viewChangeSchema = z.partial(newViewSchema);
/**
 * A change of a view: what is absent stays, filters are replaced as a whole.
 *
 * @interface
 */
export type ViewChange = z.input<typeof viewChangeSchema>;

/** The inputs as the server reads them. */
export type ParsedNewView = z.output<typeof newViewSchema>;
export type ParsedViewChange = z.output<typeof viewChangeSchema>;

export const viewQuerySchema = z.strictObject(pageQuery);
/**
 * Which page of the views.
 *
 * @interface
 */
export type ViewQuery = z.infer<typeof viewQuerySchema>;
