import { msg, str } from '@lit/localize';

import type { FieldError } from '../../src/contract/problem.js';
import type { ChoiceList, Settings } from '../../src/contract/settings.js';
import { choiceLabel, statusLabel } from '../shared/choices.js';
import type { CaseFilters, FilterError, ListFilter } from '../shared/filter-state.js';
import { formatDate } from '../shared/format.js';
import { formatNumber, plural } from '../shared/locale.js';
import { fieldCodeText } from '../shared/localization.js';

/** The filters, as the reader meets them. */
export type FilterName = 'status' | 'type' | 'priority' | 'raised' | 'deadline' | 'tag';

/** The name of a filter. */
export function filterLabel(name: FilterName): string {
  switch (name) {
    case 'status':
      return msg('Status', { id: 'case.status' });
    case 'type':
      return msg('Type', { id: 'case.type' });
    case 'priority':
      return msg('Priority', { id: 'case.priority' });
    case 'raised':
      return msg('Raised', { id: 'filters.raised' });
    case 'deadline':
      return msg('Deadline', { id: 'case.deadline' });
    case 'tag':
      return msg('Tag', { id: 'filters.tag' });
  }
}

const listOf: Partial<Record<ListFilter, ChoiceList>> = { type: 'caseTypes', priority: 'priorities' };

/** What to show for one value of a filter; a retired one is marked, an unknown one shown raw (CC-08). */
export function valueLabel(name: ListFilter, value: string, settings: Settings | undefined): string {
  if (name === 'status') return statusLabel(value);
  const list = listOf[name];
  return list ? choiceLabel(settings, list, value) : value;
}

/** The chosen values of a filter in a few words; nothing when it does not filter. */
export function filterSummary(
  name: FilterName,
  filters: CaseFilters,
  settings: Settings | undefined,
): string {
  if (name === 'raised') {
    const { raisedFrom: from, raisedTo: to } = filters;
    if (from && to) return rangeText(from, to);
    if (from) return fromText(from);
    return to ? msg(str`until ${formatDate(to)}`, { id: 'filters.raised.until' }) : '';
  }
  if (name === 'deadline') {
    const { due, deadline, dueAfter: from, dueBy: by } = filters;
    const range = from && by ? rangeText(from, by) : from ? fromText(from) : by && byText(by);
    return [due && deadlineLabel(due), deadline && deadlineLabel(deadline), range].filter(Boolean).join(', ');
  }
  return (filters[name] ?? []).map((value) => valueLabel(name, value, settings)).join(', ');
}

function rangeText(from: string, to: string): string {
  return from === to ? formatDate(from) : `${formatDate(from)} – ${formatDate(to)}`;
}

function fromText(date: string): string {
  return msg(str`from ${formatDate(date)}`, { id: 'filters.raised.from' });
}

/** The last day of something that is due. */
export function byText(date: string): string {
  return msg(str`by ${formatDate(date)}`, { id: 'filters.deadline.by' });
}

/** A choice of the deadline filter in words. */
export function deadlineLabel(value: string): string {
  switch (value) {
    case 'set':
      return msg('Has a deadline', { id: 'filters.deadline.set' });
    case 'none':
      return msg('No deadline', { id: 'filters.deadline.none' });
    case 'overdue':
      return msg('Overdue', { id: 'filters.deadline.overdue' });
    case 'today':
      return msg('Due today', { id: 'deadline.today' });
    case 'next-7-days':
      return msg('Due in the next 7 days', { id: 'filters.deadline.week' });
    default:
      return value;
  }
}

/** Why a filter cannot be applied, in one sentence. */
export function filterErrorText({ field, code, value = '', limit = 0 }: FilterError): string {
  if (code === 'too_long' && field === 'q')
    return plural(
      limit,
      msg(
        str`one {The search may have # character; it has ${formatNumber(Number(value))}.} other {The search may have # characters; it has ${formatNumber(Number(value))}.}`,
        { id: 'filters.error.search' },
      ),
    );
  if (code === 'empty_range')
    return msg('The last day is before the first one.', { id: 'filters.error.range' });
  if (code === 'not_a_date') return msg('This is not a date.', { id: 'filters.error.date' });
  return msg(str`“${value}” is not a value of ${filterLabel(nameOf(field))}.`, { id: 'filters.error.value' });
}

/** Which filter a field belongs to. */
export function nameOf(field: string): FilterName {
  if (field.startsWith('raised')) return 'raised';
  if (field === 'deadline' || field === 'overdueOn' || field.startsWith('due')) return 'deadline';
  return field === 'type' || field === 'priority' || field === 'tag' ? field : 'status';
}

/** A refusal by the server, where the reader can mend it: the fields of the question are not those of the form. */
export function fromServer(error: FieldError): { field: keyof CaseFilters; text: string } {
  const fields: Record<string, keyof CaseFilters> = {
    raisedAfter: 'raisedFrom',
    raisedBefore: 'raisedTo',
    overdueOn: 'due',
  };
  const name = error.field.replace(/[.[].*$/, '');
  return {
    field: fields[name] ?? (name as keyof CaseFilters),
    text: fieldCodeText(error.code) ?? error.message,
  };
}
