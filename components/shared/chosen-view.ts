import { serialiseFilters, type CaseFilters } from './filter-state.js';

/** A saved view as far as a list needs to know it. */
export interface ChosenView {
  readonly id: string;
  /** As it was saved, the order among them. */
  readonly filters: CaseFilters;
  readonly columns: string | undefined;
  /** What it narrows the list by besides, in the words of the server. */
  readonly also: Readonly<Record<string, string | string[]>>;
}

/** Which view is to be shown, none for `null`; `keep` leaves the filters as they are. */
export interface ViewToApply {
  readonly view: ChosenView | null;
  readonly keep: boolean;
}

/** Whether two lists are narrowed and ordered alike, in whatever order their values were chosen. */
export function sameFilters(one: CaseFilters, other: CaseFilters): boolean {
  const [first, second] = [one, other].map((filters) =>
    serialiseFilters(filters).split('&').sort().join('&'),
  );
  return first === second;
}
