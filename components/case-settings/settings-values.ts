import {
  requirableFields,
  type Choice,
  type DueType,
  type Settings,
  type SettingsChange,
} from '../../src/contract/settings.js';
import { changedFields } from '../shared/settings/settings-model.js';

/** The lists an administrator edits, in the order they are shown. */
export const listNames = [
  'caseTypes',
  'priorities',
  'contactMethods',
  'closureReasons',
  'reopenReasons',
  'noteSubjects',
  'dueTypes',
] as const;
export type ListName = (typeof listNames)[number];

/** One value of a list. `dateRequired` is of due types alone. */
export type ListValue = Choice & Partial<Pick<DueType, 'dateRequired'>>;

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

export function isList(field: string): field is ListName {
  return (listNames as readonly string[]).includes(field);
}

/** The settings as the form holds them. */
export function valuesOf(settings: Settings): SettingsValues {
  const lists = Object.fromEntries(listNames.map((list) => [list, settings[list].map(plainValue)]));
  return {
    ...(lists as Record<ListName, ListValue[]>),
    defaultPriority: settings.defaultPriority,
    requiredFields: requirableFields.filter((name) => settings.requiredFields.newCase.includes(name)),
    reopenOnCustomerReply: settings.reopenOnCustomerReply,
    portalScope: settings.portalScope,
    dueSoonDays: String(settings.dueSoonDays ?? dueSoonDays),
  };
}

/** The same value in the same shape: two states are compared as they are written. */
export function plainValue({ id, label, retired, dateRequired }: ListValue): ListValue {
  return { id, label, ...(retired && { retired }), ...(dateRequired !== undefined && { dateRequired }) };
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
  const named = withLastingIds(base, values);
  const change: Record<string, unknown> = {};
  for (const field of changedFields({ fields: settingsFields }, base, named)) {
    const value = named[field];
    if (field === 'requiredFields') change[field] = { newCase: value };
    else if (field === 'dueSoonDays') change[field] = Number(value);
    else change[field] = value;
  }
  return change;
}

function withLastingIds(base: SettingsValues, values: SettingsValues): SettingsValues {
  let named = values;
  for (const list of listNames) {
    const taken = new Set(base[list].map(({ id }) => id));
    const lasting = new Map<string, string>();
    const renamed = values[list].map((value) => {
      const label = value.label.trim();
      if (taken.has(value.id)) return { ...value, label };
      const id = freeId(label, value.id, taken);
      taken.add(id);
      lasting.set(value.id, id);
      return { ...value, id, label };
    });
    named = { ...named, [list]: renamed };
    const kept = list === 'priorities' && lasting.get(named.defaultPriority ?? '');
    if (kept) named = { ...named, defaultPriority: kept };
  }
  return named;
}

/** A readable id where the label has letters for one: it stands in addresses, imports and histories. */
function freeId(label: string, fallback: string, taken: ReadonlySet<string>): string {
  const words = label
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '-')
    .replace(/^-|-$/g, '');
  if (!words) return fallback;
  for (let next = 1; ; next++) {
    const id = next === 1 ? words : `${words}-${next}`;
    if (!taken.has(id)) return id;
  }
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

/** Whether something read from elsewhere is a list of values. */
export function isListOfValues(value: unknown): value is readonly ListValue[] {
  return (
    Array.isArray(value) &&
    value.every(
      (item: unknown) =>
        typeof item === 'object' &&
        item !== null &&
        typeof Reflect.get(item, 'id') === 'string' &&
        typeof Reflect.get(item, 'label') === 'string',
    )
  );
}

/** Cases may name a value the moment it is stored: keeping one's own list does not take it away again. */
export function withTheirAdditions(
  list: ListName,
  base: SettingsValues,
  theirs: SettingsValues,
  mine: SettingsValues,
): SettingsValues {
  const known = new Set([...base[list], ...mine[list]].map(({ id }) => id));
  const added = theirs[list].filter(({ id }) => !known.has(id));
  return added.length > 0 ? { ...mine, [list]: [...mine[list], ...added] } : mine;
}
