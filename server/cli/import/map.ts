import { readFile } from 'node:fs/promises';

import * as z from 'zod/mini';

import { PlainError } from '../../embedded/plain-error.js';
import { isZone } from './dates.js';

const name = z.string().check(z.minLength(1));

/** A text: of a column (put through `values`, or `default` when it is empty), always the same, or lines of several columns. */
const textSchema = z.union([
  z.strictObject({
    column: name,
    values: z.optional(z.record(z.string(), z.string())),
    default: z.optional(z.string()),
  }),
  z.strictObject({ constant: z.string() }),
  z.strictObject({
    lines: z.array(z.strictObject({ label: z.optional(name), column: name })).check(z.minLength(1)),
    default: z.optional(z.string()),
  }),
]);
export type TextSource = z.infer<typeof textSchema>;

const zoneSchema = z
  .string()
  .check(z.refine(isZone, { error: 'is not a time zone such as America/New_York' }));

const dateSchema = z.strictObject({
  column: name,
  format: z.optional(name),
  zone: z.optional(zoneSchema),
});
export type DateSource = z.infer<typeof dateSchema>;

const statusSchema = z.union([
  z.strictObject({ column: name, values: z.record(z.string(), z.enum(['open', 'closed'])) }),
  z.strictObject({ constant: z.enum(['open', 'closed']) }),
]);

const mapSchema = z.strictObject({
  /** For people. */
  description: z.optional(z.string()),
  delimiter: z.optional(z.string().check(z.length(1))),
  dates: z.strictObject({ format: name, zone: zoneSchema }),
  fields: z.strictObject({
    externalReference: z.strictObject({ column: name }),
    customer: textSchema,
    organisation: z.optional(textSchema),
    department: z.optional(textSchema),
    subject: textSchema,
    description: textSchema,
    type: z.optional(textSchema),
    priority: z.optional(textSchema),
    contactMethod: z.optional(textSchema),
    tags: z.optional(z.strictObject({ column: name, separator: z.string().check(z.minLength(1)) })),
    deadline: z.optional(dateSchema),
    createdAt: dateSchema,
    status: statusSchema,
    closedAt: z.optional(dateSchema),
    closureReason: z.optional(textSchema),
    closureNote: z.optional(textSchema),
  }),
  /** Columns left out on purpose. */
  ignore: z.optional(z.array(name)),
});

/** Says which column of a file becomes what of a case. */
export type ImportMap = z.infer<typeof mapSchema>;

/**
 * Reads an import map.
 *
 * @throws {PlainError} naming every mistake in it.
 */
export async function readMap(file: string): Promise<ImportMap> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new PlainError(`The map ${file} cannot be read: ${(error as Error).message}.`, { cause: error });
  }
  const result = mapSchema.safeParse(json);
  const mistakes = result.success
    ? missingForClosed(result.data)
    : result.error.issues.map((issue) => `  ${issue.path.join('.') || 'the map'}: ${wordsFor(issue)}`);
  if (result.success && mistakes.length === 0) return result.data;
  throw new PlainError(`The map ${file} cannot be used:\n${mistakes.join('\n')}`);
}

/** A closed case has a reason and a note (CC-40, CC-41): a map that knows closed cases says where they come from. */
function missingForClosed({ fields }: ImportMap): string[] {
  const { status } = fields;
  const statuses = 'constant' in status ? [status.constant] : Object.values(status.values);
  if (!statuses.includes('closed')) return [];
  return (['closureReason', 'closureNote'] as const)
    .filter((field) => fields[field] === undefined)
    .map((field) => `  fields.${field}: is missing, and a closed case needs it.`);
}

/**
 * Checks that map and file fit, before anything is imported.
 *
 * @throws {PlainError} naming columns the file lacks, and columns of the file the map says nothing about.
 */
export function checkColumns(map: ImportMap, columns: readonly string[]): void {
  const used = new Set([...columnsIn(map.fields), ...(map.ignore ?? [])]);
  const missing = [...used].filter((column) => !columns.includes(column));
  const unknown = columns.filter((column) => !used.has(column));
  const repeated = columns.filter((column, index) => columns.indexOf(column) !== index);
  const mistakes = [
    missing.length > 0 && `The file has no column ${quoted(missing)}, which the map names.`,
    unknown.length > 0 &&
      `The map says nothing about the column ${quoted(unknown)}: use it, or name it in "ignore".`,
    repeated.length > 0 && `The file has the column ${quoted(repeated)} more than once.`,
  ].filter((line) => line !== false);
  if (mistakes.length > 0) throw new PlainError(`Nothing was imported.\n${mistakes.join('\n')}`);
}

function columnsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(columnsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    key === 'column' && typeof part === 'string' ? [part] : key === 'values' ? [] : columnsIn(part),
  );
}

function quoted(names: readonly string[]): string {
  return names.map((each) => `"${each}"`).join(', ');
}

function wordsFor(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `${quoted(issue.keys)} is not known here.`;
    case 'invalid_union':
      return 'is none of the forms a source can have: { "column" }, { "constant" } or { "lines" }.';
    case 'invalid_value':
      return `must be one of ${quoted(issue.values.map(String))}.`;
    case 'invalid_type':
      return `is missing, or not ${issue.expected === 'array' ? 'a list' : `of type ${issue.expected}`}.`;
    case 'custom':
      return `${issue.message}.`;
    default:
      return 'is empty, too short or too long.';
  }
}
