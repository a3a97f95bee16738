import type { Settings } from '../../src/contract/settings.js';
import type { NewView, View } from '../../src/contract/views.js';
import { choiceLabel } from '../shared/choices.js';
import { defaultSort, readFilters, type CaseFilters } from '../shared/filter-state.js';
import { addDays, isDate, startOfLocalDay, toLocalDate } from '../shared/format.js';

/** What a view narrows a list by that no filter of the list shows: it is asked for all the same. */
export type OtherFilters = Readonly<Record<string, string | string[]>>;

/** A view as the list takes it. */
export interface ViewState {
  readonly filters: CaseFilters;
  readonly also: OtherFilters;
}

// What may stand in `also`: a view may come from a newer server, whose names this list cannot vouch for.
const others = ['customerId', 'assigneeId', 'overdueOn', 'raisedAfter', 'raisedBefore'];

/** Reads the filters and the order of a view. Days are days where the reader is, whoever saved it (CC-05, CC-06). */
export function readView({ filters, sort }: View): ViewState {
  const known: Record<string, unknown> = { ...filters, ...(sort !== defaultSort && { sort }) };
  const also: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(filters)) {
    if (!others.includes(name)) continue;
    delete known[name];
    const day = typeof value === 'string' ? dayOf(value) : undefined;
    if (name === 'raisedAfter' && day) known['raisedFrom'] = day;
    else if (name === 'raisedBefore' && day) known['raisedTo'] = addDays(day, -1);
    else also[name] = value;
  }
  return { filters: readFilters(known).filters, also };
}

/** What a view keeps of a list that stands as it does. */
export function filtersToKeep(
  filters: CaseFilters,
  also: OtherFilters = {},
): NonNullable<NewView['filters']> {
  const { raisedFrom, raisedTo, sort: _order, ...same } = filters;
  const kept = Object.entries(same).filter(([, value]) => value.length > 0);
  return {
    ...also,
    ...Object.fromEntries(kept),
    // A day, not a moment: elsewhere it begins at another one.
    ...(raisedFrom && { raisedAfter: raisedFrom }),
    ...(raisedTo && { raisedBefore: addDays(raisedTo, 1) }),
  };
}

/** What of a view can no longer be chosen, as it is called now: "Complaint (retired)" (CC-08). */
export function retiredNames(view: View, settings: Settings): string[] {
  return retiredIn(view).map(({ field, value }) =>
    choiceLabel(settings, field === 'priority' ? 'priorities' : 'caseTypes', value),
  );
}

export function retiredIn({ warnings }: View): View['warnings'] {
  return warnings.filter(({ code }) => code === 'retired_value' || code === 'unknown_value');
}

export function warnsOf({ warnings }: View, code: 'contradictory' | 'hidden_condition'): boolean {
  return warnings.some((warning) => warning.code === code);
}

/** The day a moment begins where the reader is; `undefined` when none begins then. */
function dayOf(moment: string): string | undefined {
  if (isDate(moment)) return moment;
  const time = new Date(moment);
  if (Number.isNaN(time.getTime())) return undefined;
  const day = toLocalDate(time);
  return startOfLocalDay(day) === time.toISOString() ? day : undefined;
}
