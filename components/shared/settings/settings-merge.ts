import { changedFields, sameField, takeField, type FieldOf, type SettingsModel } from './settings-model.js';

/** A newer state of the settings than the one being edited, and whose it is. */
export interface NewerState<V> {
  readonly values: V;
  readonly version: string;
  readonly by: string | undefined;
  readonly at: string | undefined;
}

/** A list or switch that both sides changed, each to something else. */
export interface SettingsConflict<V> {
  readonly field: FieldOf<V>;
  readonly base: V;
  readonly theirs: V;
  readonly mine: V;
  readonly choice: 'mine' | 'theirs';
}

/** What becomes of an edit when the settings have moved under it. */
export interface SettingsMerge<V> {
  /** What nobody edited here: it follows the newer state. */
  readonly taken: readonly FieldOf<V>[];
  readonly conflicts: readonly SettingsConflict<V>[];
  readonly values: V;
}

/** Brings an edit onto newer settings: what is untouched follows them, what is touched stays until somebody chooses. */
export function merge<V extends object>(
  model: Pick<SettingsModel<V>, 'fields' | 'keepMine'>,
  base: V,
  theirs: V,
  mine: V,
): SettingsMerge<V> {
  const taken: FieldOf<V>[] = [];
  const conflicts: SettingsConflict<V>[] = [];
  let values = mine;
  for (const field of changedFields(model, base, theirs)) {
    if (sameField(field, base, mine)) {
      taken.push(field);
      values = takeField(field, theirs, values);
    } else if (!sameField(field, theirs, mine)) {
      const kept = model.keepMine?.(field, base, theirs, mine) ?? mine;
      conflicts.push({ field, base, theirs, mine: kept, choice: 'mine' });
      values = takeField(field, kept, values);
    }
  }
  return { taken, conflicts, values };
}
