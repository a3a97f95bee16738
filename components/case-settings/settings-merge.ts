import {
  changedFields,
  isList,
  sameField,
  takeField,
  type ListName,
  type ListValue,
  type SettingsField,
  type SettingsValues,
} from './settings-values.js';

/** A newer state of the settings than the one being edited, and whose it is. */
export interface NewerState {
  readonly values: SettingsValues;
  readonly version: string;
  readonly by: string | undefined;
  readonly at: string | undefined;
}

/** A list or switch that both sides changed, each to something else. */
export interface SettingsConflict {
  readonly field: SettingsField;
  readonly base: SettingsValues;
  readonly theirs: SettingsValues;
  readonly mine: SettingsValues;
  readonly choice: 'mine' | 'theirs';
}

/** What becomes of an edit when the settings have moved under it. */
export interface SettingsMerge {
  /** What nobody edited here: it follows the newer state. */
  readonly taken: readonly SettingsField[];
  readonly conflicts: readonly SettingsConflict[];
  readonly values: SettingsValues;
}

/** Brings an edit onto newer settings: what is untouched follows them, what is touched stays until somebody chooses. */
export function merge(base: SettingsValues, theirs: SettingsValues, mine: SettingsValues): SettingsMerge {
  const taken: SettingsField[] = [];
  const conflicts: SettingsConflict[] = [];
  let values = mine;
  for (const field of changedFields(base, theirs)) {
    if (sameField(field, base, mine)) {
      taken.push(field);
      values = takeField(field, theirs, values);
    } else if (!sameField(field, theirs, mine)) {
      const kept = isList(field) ? withTheirAdditions(field, base, theirs, mine) : mine;
      conflicts.push({ field, base, theirs, mine: kept, choice: 'mine' });
      values = takeField(field, kept, values);
    }
  }
  return { taken, conflicts, values };
}

/** Cases may name a value the moment it is stored: keeping one's own list does not take it away again. */
function withTheirAdditions(
  list: ListName,
  base: SettingsValues,
  theirs: SettingsValues,
  mine: SettingsValues,
): SettingsValues {
  const known = new Set([...base[list], ...mine[list]].map(({ id }) => id));
  const added: readonly ListValue[] = theirs[list].filter(({ id }) => !known.has(id));
  return added.length > 0 ? { ...mine, [list]: [...mine[list], ...added] } : mine;
}
