import {
  changedFields,
  sameField,
  takeField,
  type CaseField,
  type CaseValues,
} from '../shared/case-values.js';

/** A newer state of the case than the one being edited, and whose it is. */
export interface NewerState {
  readonly values: CaseValues;
  readonly version: string;
  readonly by: string | undefined;
  readonly at: string | undefined;
}

/** A field that both sides changed, each to something else. */
export interface FieldConflict {
  readonly field: CaseField;
  readonly base: CaseValues;
  readonly theirs: CaseValues;
  readonly mine: CaseValues;
  readonly choice: 'mine' | 'theirs';
}

/** What becomes of an edit when the case has moved under it. */
export interface Merge {
  /** Fields nobody edited here: they follow the newer state. */
  readonly taken: readonly CaseField[];
  readonly conflicts: readonly FieldConflict[];
  readonly values: CaseValues;
}

/** Brings an edit onto a newer state: untouched fields follow it, touched ones stay until somebody chooses (CC-50). */
export function merge(base: CaseValues, theirs: CaseValues, mine: CaseValues): Merge {
  const taken: CaseField[] = [];
  const conflicts: FieldConflict[] = [];
  let values = mine;
  for (const field of changedFields(base, theirs)) {
    if (sameField(field, base, mine)) {
      taken.push(field);
      values = takeField(field, theirs, values);
    } else if (!sameField(field, theirs, mine)) {
      conflicts.push({ field, base, theirs, mine, choice: 'mine' });
    }
  }
  return { taken, conflicts, values };
}
