import type { ImportedCase } from '../../engine/import-types.js';
import { toCalendarDate, toInstant, type DateStyle } from './dates.js';
import type { DateSource, ImportMap, TextSource } from './map.js';

/** One record of a file by the names of its columns. */
export type Row = Readonly<Record<string, string>>;

/** A case as the map reads it, or the reasons why the row cannot be one. */
export type Converted =
  | { readonly imported: ImportedCase }
  | { readonly reference: string; readonly reasons: readonly string[] };

/** Reads one row by the map. */
export function convert(row: Row, map: ImportMap): Converted {
  const reasons: string[] = [];
  const { fields } = map;
  const text = (source: TextSource | undefined) => (source ? textOf(row, source) : '');
  const needed = (source: TextSource | undefined, what: string) => {
    const found = text(source);
    if (found === '') reasons.push(`no ${what}`);
    return found;
  };
  const date = (
    source: DateSource | undefined,
    read: (text: string, style: DateStyle) => string | undefined,
  ) => {
    const written = source ? (row[source.column] ?? '').trim() : '';
    if (!source || written === '') return undefined;
    const found = read(written, {
      format: source.format ?? map.dates.format,
      zone: source.zone ?? map.dates.zone,
    });
    if (found === undefined) reasons.push(`${source.column} "${shortened(written)}" is not a date`);
    return found;
  };

  const reference = (row[fields.externalReference.column] ?? '').trim();
  if (reference === '') reasons.push('no reference');
  const created = date(fields.createdAt, toInstant);
  if (created === undefined && reasons.length === 0) reasons.push(`no ${fields.createdAt.column}`);
  const status = statusOf(row, map);
  if (status === undefined) reasons.push('the status is not in the map');
  const closure =
    status === 'closed'
      ? {
          reason: needed(fields.closureReason, 'closure reason'),
          note: needed(fields.closureNote, 'closure note'),
          at: date(fields.closedAt, toInstant) ?? null,
        }
      : undefined;
  const imported: ImportedCase = {
    externalReference: reference,
    customer: needed(fields.customer, 'customer'),
    organisation: text(fields.organisation) || null,
    department: text(fields.department) || null,
    subject: needed(fields.subject, 'subject'),
    description: needed(fields.description, 'description'),
    type: text(fields.type) || null,
    priority: text(fields.priority) || null,
    contactMethod: text(fields.contactMethod) || null,
    tags: tagsOf(row, map),
    deadline: date(fields.deadline, toCalendarDate) ?? null,
    createdAt: created ?? '',
    status: status ?? 'open',
    closure,
  };
  return reasons.length > 0 ? { reference, reasons } : { imported };
}

function textOf(row: Row, source: TextSource): string {
  if ('constant' in source) return source.constant;
  if ('lines' in source) {
    const lines = source.lines.flatMap(({ label, column }) => {
      const value = (row[column] ?? '').trim();
      if (value === '') return [];
      return [label === undefined ? value : `${label}: ${value}`];
    });
    return lines.join('\n') || (source.default ?? '');
  }
  const value = (row[source.column] ?? '').trim();
  const mapped = source.values && Object.hasOwn(source.values, value) ? source.values[value] : value;
  return mapped || (source.default ?? '');
}

function statusOf(row: Row, { fields: { status } }: ImportMap): 'open' | 'closed' | undefined {
  if ('constant' in status) return status.constant;
  const value = (row[status.column] ?? '').trim();
  return Object.hasOwn(status.values, value) ? status.values[value] : undefined;
}

function tagsOf(row: Row, { fields: { tags } }: ImportMap): string[] {
  if (!tags) return [];
  return (row[tags.column] ?? '')
    .split(tags.separator)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
