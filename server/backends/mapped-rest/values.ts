import { plainTextOf } from '../plain-text.js';
import { dayOf, instantOf, theirDate, type DateForm } from './dates.js';
import type { Field, IdKind, MappedRestOptions } from './options.js';
import { at } from './pointers.js';

type Ids = MappedRestOptions['ids'];

/** A value of theirs as ours has it: by the list of values where there is one, as it is otherwise. */
export function ourValue(record: unknown, field: Field | undefined): string | null {
  if (!field) return null;
  const found = at(record, field.at);
  if (found === null || found === undefined || found === '') return null;
  if (typeof found !== 'string' && typeof found !== 'number' && typeof found !== 'boolean') return null;
  const told = String(found);
  const text = field.as === 'html' ? plainTextOf(told) : told;
  return field.values && Object.hasOwn(field.values, text) ? (field.values[text] ?? null) : text;
}

/** All of their values that mean one of ours, in their order. */
export function theirValues(value: string, field: Field | undefined): unknown[] {
  const { values } = field ?? {};
  const texts = values
    ? Object.entries(values).flatMap(([theirs, ours]) => (ours === value ? [theirs] : []))
    : [value];
  return texts.map((text) => written(text, field?.as));
}

/** What is written for a value of ours; `undefined` where they have none for it. */
export function theirValue(value: string, field: Field | undefined): unknown {
  return theirValues(value, field)[0];
}

/** A text of ours as a field takes it. */
export function theirText(text: string, field: Field | undefined): string {
  if (field?.as !== 'html') return text;
  const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\n': '<br>' };
  return text.replace(/[&<>\n]/g, (mark) => marks[mark] ?? mark);
}

function written(text: string, as: Field['as']): unknown {
  if (as === 'number') return Number(text);
  return as === 'boolean' ? text === 'true' : text;
}

/** An id of theirs as callers know it. */
export function ourId(value: unknown, kind: IdKind, ids: Ids): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value);
  return text === '' ? undefined : `${ids[kind].prefix}${text}`;
}

/** An id as they wrote it; `undefined` for one that cannot be theirs. */
export function theirId(id: string, kind: IdKind, ids: Ids): string | number | undefined {
  const { prefix, as } = ids[kind];
  if (!id.startsWith(prefix) || id.length === prefix.length) return undefined;
  const bare = id.slice(prefix.length);
  if (as === 'text') return bare;
  return /^(0|-?[1-9]\d{0,15})$/.test(bare) ? Number(bare) : undefined;
}

/** An instant of theirs. */
export function ourInstant(record: unknown, field: Field | undefined, usual: DateForm): string | null {
  return field ? instantOf(at(record, field.at), field.date ?? usual) : null;
}

/** A calendar date of theirs. */
export function ourDay(record: unknown, field: Field | undefined, usual: DateForm): string | null {
  return field ? dayOf(at(record, field.at), field.date ?? usual) : null;
}

/** A moment or day of ours in the form of a field. */
export function fieldDate(given: string, field: Field | undefined, usual: DateForm): string | number {
  return theirDate(given, field?.date ?? usual);
}
