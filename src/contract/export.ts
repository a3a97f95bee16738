import * as z from 'zod/mini';

import { caseFilterSchema, caseSorts } from './cases.js';
import { repeated } from './common.js';

export const exportColumns = [
  'id',
  'number',
  'subject',
  'status',
  'customer',
  'organisation',
  'type',
  'priority',
  'deadline',
  'contactMethod',
  'tags',
  'requester',
  'assignee',
  'department',
  'createdBy',
  'created',
  'updated',
  'replies',
] as const;
/** A column of an exported table. */
export type ExportColumn = (typeof exportColumns)[number];

export const caseExportQuerySchema = z.extend(caseFilterSchema, {
  sort: z.optional(z.enum(caseSorts)),
  /** In the order of the table; all but `id` and `organisation` unless told. */
  columns: repeated(z.enum(exportColumns)),
  /** Where the reader is, as `Europe/Rome`: moments are written as the clocks there say. UTC unless told. */
  timeZone: z.optional(z.string().check(z.minLength(1), z.maxLength(100))),
});
/**
 * Which cases go into a file, in which order and with which columns: the filters are those of the list.
 *
 * @interface
 */
export type CaseExportQuery = z.infer<typeof caseExportQuerySchema>;
