import {
  caseSorts,
  caseStatuses,
  type CaseQuery,
  type CaseSort,
  type SharedFilter,
} from '../../src/contract/cases.js';
import type { FieldErrorCode } from '../../src/contract/problem.js';
import type { Settings } from '../../src/contract/settings.js';
import { viewDues } from '../../src/contract/views.js';
import type { QueryInput } from '../../src/http/request-options.js';
import { addDays, isDate, startOfLocalDay } from './format.js';

/**
 * What a list is narrowed to; all must match (CC-14). A key that is absent does not filter.
 *
 * Days are calendar days where the reader is, both ends included.
 */
export interface CaseFilters {
  /** Keywords in subject and description (CC-11). */
  readonly q?: string;
  readonly status?: readonly string[];
  readonly type?: readonly string[];
  readonly priority?: readonly string[];
  readonly tag?: readonly string[];
  /** Raised on this day or later (CC-05). */
  readonly raisedFrom?: string;
  /** Raised on this day or earlier (CC-06). */
  readonly raisedTo?: string;
  /** Has a deadline (`set`) or has none (`none`). */
  readonly deadline?: string;
  /**
   * A deadline reckoned from the reader's own today: `overdue`, `today` or `next-7-days`, today among them. Nothing is
   * due on a closed case, so only open ones match unless a status is chosen too.
   */
  readonly due?: string;
  /** Has a deadline on this day or later. */
  readonly dueAfter?: string;
  /** Has a deadline on this day or earlier. */
  readonly dueBy?: string;
  /** What others shared with the reader's side (`with-me`), or it with others (`by-us`); alone it leaves nothing out. */
  readonly shared?: string;
  readonly sort?: CaseSort;
}

/** Why one filter cannot be applied. */
export interface FilterError {
  readonly field: keyof CaseFilters;
  readonly code: FieldErrorCode;
  /** The offending value, or how many characters were given. */
  readonly value?: string;
  readonly limit?: number;
}

/** Filters as read from a host, and what of it was not understood (E-CONFIG). */
export interface ReadFilters {
  readonly filters: CaseFilters;
  readonly unknown: readonly string[];
}

const listKeys = ['status', 'type', 'priority', 'tag'] as const;
const textKeys = [
  'q',
  'raisedFrom',
  'raisedTo',
  'deadline',
  'due',
  'dueAfter',
  'dueBy',
  'shared',
  'sort',
] as const;
const dateKeys = ['raisedFrom', 'raisedTo', 'dueAfter', 'dueBy'] as const;
const searchLimit = 200;

/** The filters whose values are chosen from a list. */
export type ListFilter = (typeof listKeys)[number];

/** The order of a list that says nothing else. */
export const defaultSort: CaseSort = '-updated';

/** Reads filters that a host hands over as an object: what is no filter is left out and named. */
export function readFilters(input: object): ReadFilters {
  const filters: Record<string, unknown> = {};
  const unknown: string[] = [];
  for (const [given, value] of Object.entries(input) as [string, unknown][]) {
    if (value === undefined || value === null) continue;
    // As addresses said it that were kept before there were several presets.
    const key = given === 'deadline' && value === 'overdue' ? 'due' : given;
    const known = isListKey(key)
      ? toList(value)
      : isTextKey(key) && typeof value === 'string'
        ? value
        : undefined;
    if (known === undefined || (key === 'sort' && !isSort(known)) || (key === 'shared' && !isShared(known)))
      unknown.push(given);
    else if (known.length > 0) filters[key] = known;
  }
  return { filters, unknown };
}

/** Reads filters from their text form, with or without a leading "?". */
export function parseFilters(text: string): ReadFilters {
  const parameters = new URLSearchParams(text);
  const input: Record<string, unknown> = {};
  for (const key of new Set(parameters.keys()))
    input[key] = isListKey(key) ? parameters.getAll(key) : parameters.get(key);
  return readFilters(input);
}

/** Filters as text for an address or a saved view: `status=open&type=billing`. Empty when nothing filters. */
export function serialiseFilters(filters: CaseFilters): string {
  const parameters = new URLSearchParams();
  for (const key of textKeys) {
    const value = filters[key];
    if (value && !(key === 'sort' && value === defaultSort)) parameters.set(key, value);
  }
  for (const key of listKeys) for (const value of filters[key] ?? []) parameters.append(key, value);
  return parameters.toString();
}

/** Whether anything is left out of the list; an order alone leaves nothing out, nor does whose cases they are. */
export function isFiltering(filters: CaseFilters): boolean {
  return [...listKeys, ...textKeys].some(
    (key) => key !== 'sort' && key !== 'shared' && (filters[key]?.length ?? 0) > 0,
  );
}

/** What stays when all filters are taken back: the order, and whose cases they are. */
export function unfiltered({ sort, shared }: CaseFilters): CaseFilters {
  return { ...(shared && { shared }), ...(sort && { sort }) };
}

/** Everything that makes filters impossible to apply, as far as it can be told without asking (CC-05 to CC-13). */
export function validateFilters(filters: CaseFilters, settings?: Settings): FilterError[] {
  const errors: FilterError[] = [];
  const limit = settings?.limits.search ?? searchLimit;
  if (filters.q && filters.q.length > limit)
    errors.push({ field: 'q', code: 'too_long', value: String(filters.q.length), limit });
  for (const field of dateKeys) {
    const value = filters[field];
    if (value && !isDate(value)) errors.push({ field, code: 'not_a_date', value });
  }
  if (isBackwards(filters.raisedFrom, filters.raisedTo))
    errors.push({ field: 'raisedTo', code: 'empty_range' });
  if (isBackwards(filters.dueAfter, filters.dueBy)) errors.push({ field: 'dueBy', code: 'empty_range' });
  if (filters.deadline && !['set', 'none'].includes(filters.deadline))
    errors.push({ field: 'deadline', code: 'unknown_value', value: filters.deadline });
  if (filters.due && !viewDues.some((due) => due === filters.due))
    errors.push({ field: 'due', code: 'unknown_value', value: filters.due });
  for (const value of filters.status ?? [])
    if (!caseStatuses.some((status) => status === value))
      errors.push({ field: 'status', code: 'unknown_value', value });
  for (const value of filters.priority ?? [])
    if (settings && !settings.priorities.some(({ id }) => id === value))
      errors.push({ field: 'priority', code: 'unknown_value', value });
  return errors;
}

/** The question for the server. Only for filters that passed `validateFilters`. */
export function toCaseQuery(filters: CaseFilters, today: string): QueryInput<CaseQuery> {
  const { q, status, type, priority, tag, raisedFrom, raisedTo, deadline, due, shared, sort } = filters;
  return {
    ...(q?.trim() && { q: q.trim() }),
    // The server knows by itself that nothing closed is overdue.
    ...(lastDueDay(due, today) && { status: 'open' }),
    ...(status?.length && { status: status.filter((value) => value === 'open' || value === 'closed') }),
    ...(type?.length && { type }),
    ...(priority?.length && { priority }),
    ...(tag?.length && { tag }),
    ...(raisedFrom && { raisedAfter: startOfLocalDay(raisedFrom) }),
    ...(raisedTo && { raisedBefore: startOfLocalDay(addDays(raisedTo, 1)) }),
    ...((deadline === 'set' || deadline === 'none') && { deadline }),
    ...(due === 'overdue' && { overdueOn: today }),
    ...dueRange(filters, today),
    ...(isShared(shared) && { shared }),
    sort: sort ?? defaultSort,
  };
}

/** The last of the days a preset reaches to; `undefined` where it is none that ends. */
export function lastDueDay(due: string | undefined, today: string): string | undefined {
  if (due === 'today') return today;
  return due === 'next-7-days' ? addDays(today, 7) : undefined;
}

/** The days of a preset and those of a range, where both are asked for: what lies in both. */
function dueRange({ due, dueAfter, dueBy }: CaseFilters, today: string) {
  const last = lastDueDay(due, today);
  const from = [dueAfter, last && today].filter((day) => day !== undefined && day !== '').sort();
  const to = [dueBy, last].filter((day) => day !== undefined && day !== '').sort();
  return { ...(from.length > 0 && { dueAfter: from.at(-1) }), ...(to.length > 0 && { dueBy: to[0] }) };
}

function isBackwards(from: string | undefined, to: string | undefined): boolean {
  return Boolean(from && to && isDate(from) && isDate(to) && to < from);
}

/** The same filters with some changed; `undefined` takes one away. */
export function changeFilters(
  filters: CaseFilters,
  change: { readonly [K in keyof CaseFilters]?: CaseFilters[K] | undefined },
): CaseFilters {
  return readFilters({ ...filters, ...change }).filters;
}

function isListKey(key: string): key is ListFilter {
  return listKeys.some((known) => known === key);
}

function isTextKey(key: string): key is (typeof textKeys)[number] {
  return textKeys.some((known) => known === key);
}

function isShared(value: unknown): value is SharedFilter {
  return value === 'with-me' || value === 'by-us';
}

function isSort(value: unknown): value is CaseSort {
  return caseSorts.some((sort) => sort === value);
}

function toList(value: unknown): string[] | undefined {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  if (!values.every((entry): entry is string => typeof entry === 'string')) return undefined;
  return [...new Set(values.filter(Boolean))];
}
