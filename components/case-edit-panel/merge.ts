import { caseFields, sameField, takeField, type CaseField, type CaseValues } from '../shared/case-values.js';

/** A newer state of the case than the one being edited, and whose it is. */
export interface NewerState {
  readonly values: CaseValues;
  readonly version: string;
  readonly by: string | undefined;
  readonly at: string | undefined;
}

/** Whose value of a field stands. */
export type Side = 'mine' | 'theirs';

/** A field that was changed since it was read: by the other side, by this one, by both alike, or by each differently. */
export interface FieldChange {
  readonly field: CaseField;
  readonly by: Side | 'both' | 'each';
  readonly base: CaseValues;
  readonly theirs: CaseValues;
  readonly mine: CaseValues;
}

/** What was chosen for the fields that each side changed. */
export type Choices = Readonly<Partial<Record<CaseField, Side>>>;

/** Every field that either side changed, in the order of the form (CC-50). */
export function compare(base: CaseValues, theirs: CaseValues, mine: CaseValues): readonly FieldChange[] {
  return caseFields.flatMap((field): readonly FieldChange[] => {
    const theirsMoved = !sameField(field, base, theirs);
    const mineMoved = !sameField(field, base, mine);
    if (!theirsMoved && !mineMoved) return [];
    const by = !mineMoved ? 'theirs' : !theirsMoved ? 'mine' : 'each';
    return [{ field, by: sameField(field, theirs, mine) ? 'both' : by, base, theirs, mine }];
  });
}

/** The fields that somebody must choose about. */
export function conflictsOf(changes: readonly FieldChange[]): readonly FieldChange[] {
  return changes.filter(({ by }) => by === 'each');
}

/** The edit on top of the newer state: untouched fields follow it, of the others stands what was chosen. */
export function merge(
  theirs: CaseValues,
  changes: readonly FieldChange[],
  choices: Choices = {},
): CaseValues {
  return changes.reduce((values, { field, by, mine }) => {
    const keeps = by === 'mine' || (by === 'each' && choices[field] === 'mine');
    return keeps ? takeField(field, mine, values) : values;
  }, theirs);
}
