import type { DraftKey } from '../../../src/client/drafts.js';
import type { Settings, SettingsChange } from '../../../src/contract/settings.js';
import type { FieldError } from '../../../src/contract/problem.js';
import type { FieldErrors } from '../field-errors.js';

/** The name of a field of the form. */
export type FieldOf<V> = keyof V & string;

/**
 * What one form edits: how its values are read from a record, compared, checked, told and sent. The record `R` is the
 * settings unless told, `C` what is sent to change it.
 *
 * `V` holds a member per field, each in one plain shape, so that two states can be compared as they are written.
 */
export interface SettingsModel<V extends object, R = Settings, C = SettingsChange> {
  /** Under which key the form keeps what is typed. */
  readonly draft: DraftKey;
  /** The fields, in the order in which they are told. */
  readonly fields: readonly FieldOf<V>[];
  readonly valuesOf: (record: R) => V;
  /** What was kept of the form, or `undefined` when it is not of its shape. */
  readonly parse: (kept: unknown) => V | undefined;
  /** What can be told without a request; a name begins with its field: `caseTypes.billing`, `dueSoonDays`. */
  readonly check: (values: V, base: V) => FieldErrors;
  /** Where the server's word about a field belongs, or `undefined` for one that is not shown. */
  readonly place: (field: string, values: V) => string | undefined;
  /** The server's word about a field in the words of this form. Absent: as in every form. */
  readonly say?: (error: FieldError) => string;
  /** What is sent: the fields that changed. */
  readonly changeBetween: (base: V, values: V) => C;
  /** What is kept of one's own side of a field that both changed. Absent: all of it. */
  readonly keepMine?: (field: FieldOf<V>, base: V, theirs: V, mine: V) => V;
  /** Whether `keepMine` keeps something that only the others added. */
  readonly additions?: (field: FieldOf<V>, base: V, theirs: V) => boolean;
  /** The name of a field, alike wherever it is shown. */
  readonly label: (field: FieldOf<V>) => string;
  /** What became of a field, a sentence each; `from` and `to` as they stand in `V` or on the wire. */
  readonly sentences: (
    field: string,
    from: unknown,
    to: unknown,
    settings: Settings | undefined,
  ) => readonly string[];
}

/** As much of a model as telling what changed needs, whatever the record is. */
export type ToldModel<V extends object> = Pick<
  SettingsModel<V>,
  'fields' | 'label' | 'sentences' | 'additions'
>;

export function sameField<V extends object>(field: FieldOf<V>, one: V, other: V): boolean {
  return JSON.stringify(one[field]) === JSON.stringify(other[field]);
}

/** What two states differ in. */
export function changedFields<V extends object>(
  { fields }: Pick<SettingsModel<V>, 'fields'>,
  one: V,
  other: V,
): FieldOf<V>[] {
  return fields.filter((field) => !sameField(field, one, other));
}

/** `values` with one field of another state. */
export function takeField<V extends object>(field: FieldOf<V>, from: V, values: V): V {
  return { ...values, [field]: from[field] };
}

/** The field an error stands in. */
export function fieldOfError<V extends object>(error: string): FieldOf<V> {
  return error.split('.')[0] as FieldOf<V>;
}
