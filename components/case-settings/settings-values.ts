import { requirableFields, type Settings, type SettingsChange } from '../../src/contract/settings.js';
import {
  isListOfValues,
  listNames,
  plainValue,
  withLastingIds,
  type ListName,
  type ListValue,
} from '../shared/settings/list-values.js';
import { changedFields } from '../shared/settings/settings-model.js';

/** What the form holds: the settings that can be changed, in one shape, so that two states can be compared. */
export interface SettingsValues extends Readonly<Record<ListName, readonly ListValue[]>> {
  readonly defaultPriority: string | null;
  /** In the order of the contract; names it does not know are left out. */
  readonly requiredFields: readonly string[];
  readonly reopenOnCustomerReply: boolean;
  readonly portalScope: string;
  /** As it was typed. */
  readonly dueSoonDays: string;
}

export type SettingsField = keyof SettingsValues;

export const settingsFields: readonly SettingsField[] = [
  ...listNames,
  'defaultPriority',
  'requiredFields',
  'reopenOnCustomerReply',
  'portalScope',
  'dueSoonDays',
];

/** What an administrator of an older server has without saying so. */
const dueSoonDays = 3;

/** The settings as the form holds them. */
export function valuesOf(settings: Settings): SettingsValues {
  const lists = Object.fromEntries(listNames.map((list) => [list, (settings[list] ?? []).map(plainValue)]));
  return {
    ...(lists as Record<ListName, ListValue[]>),
    defaultPriority: settings.defaultPriority,
    requiredFields: requirableFields.filter((name) => settings.requiredFields.newCase.includes(name)),
    reopenOnCustomerReply: settings.reopenOnCustomerReply,
    portalScope: settings.portalScope,
    dueSoonDays: String(settings.dueSoonDays ?? dueSoonDays),
  };
}

/** The mandatory fields with one more, or one less. */
export function withRequired(
  { requiredFields }: SettingsValues,
  name: string,
  required: boolean,
): readonly string[] {
  return requirableFields.filter((each) => (each === name ? required : requiredFields.includes(each)));
}

/** The default names a value that cannot be chosen any more (CC-28). */
export function hasRetiredDefault({
  defaultPriority,
  priorities,
}: Pick<SettingsValues, 'defaultPriority' | 'priorities'>): boolean {
  return (
    defaultPriority !== null && !priorities.some(({ id, retired }) => id === defaultPriority && !retired)
  );
}

/** What is sent: the fields that changed. A value just added is given the id it keeps, read from its label. */
export function changeBetween(base: SettingsValues, values: SettingsValues): SettingsChange {
  const named = withIds(base, values);
  const change: Record<string, unknown> = {};
  for (const field of changedFields({ fields: settingsFields }, base, named)) {
    const value = named[field];
    if (field === 'requiredFields') change[field] = { newCase: value };
    else if (field === 'dueSoonDays') change[field] = Number(value);
    else change[field] = value;
  }
  return change;
}

function withIds(base: SettingsValues, values: SettingsValues): SettingsValues {
  let named = values;
  for (const list of listNames) {
    const lasting = new Map<string, string>();
    named = {
      ...named,
      [list]: withLastingIds(base[list], values[list], (id, kept) => lasting.set(id, kept)),
    };
    const kept = list === 'priorities' && lasting.get(named.defaultPriority ?? '');
    if (kept) named = { ...named, defaultPriority: kept };
  }
  return named;
}

/** What was kept of the form, or `undefined` when it is not of its shape. */
export function parseSettingsValues(kept: unknown): SettingsValues | undefined {
  if (!kept || typeof kept !== 'object') return undefined;
  const read = kept as Partial<Record<SettingsField, unknown>>;
  if (!listNames.every((list) => isListOfValues(read[list]))) return undefined;
  const { defaultPriority, requiredFields, reopenOnCustomerReply, portalScope } = read;
  const whole =
    (defaultPriority === null || typeof defaultPriority === 'string') &&
    Array.isArray(requiredFields) &&
    requiredFields.every((name) => typeof name === 'string') &&
    typeof reopenOnCustomerReply === 'boolean' &&
    typeof portalScope === 'string' &&
    typeof read.dueSoonDays === 'string';
  return whole ? (read as SettingsValues) : undefined;
}
