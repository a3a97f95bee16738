import type { Choice, DueType } from '../../../src/contract/settings.js';

/** The lists an administrator edits, in the order they are shown. */
export const listNames = [
  'caseTypes',
  'priorities',
  'contactMethods',
  'closureReasons',
  'reopenReasons',
  'noteSubjects',
  'dueTypes',
  'automations',
] as const;
export type ListName = (typeof listNames)[number];

/** One value of a list. `dateRequired` is of due types alone. */
export type ListValue = Choice & Partial<Pick<DueType, 'dateRequired'>>;

export function isList(field: string): field is ListName {
  return (listNames as readonly string[]).includes(field);
}

/** The same value in the same shape: two states are compared as they are written. */
export function plainValue({ id, label, retired, dateRequired }: ListValue): ListValue {
  return { id, label, ...(retired && { retired }), ...(dateRequired !== undefined && { dateRequired }) };
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

/**
 * A list as it is sent: labels without blanks around them, and a value just added with the id it keeps, read from its
 * label. `lasting` is told which.
 */
export function withLastingIds(
  base: readonly ListValue[],
  values: readonly ListValue[],
  lasting?: (id: string, kept: string) => void,
): readonly ListValue[] {
  const taken = new Set(base.map(({ id }) => id));
  return values.map((value) => {
    const label = value.label.trim();
    if (taken.has(value.id)) return { ...value, label };
    const id = freeId(label, value.id, taken);
    taken.add(id);
    lasting?.(value.id, id);
    return { ...value, id, label };
  });
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

/** Cases may name a value the moment it is stored: keeping one's own list does not take it away again. */
export function withTheirAdditions(
  base: readonly ListValue[],
  theirs: readonly ListValue[],
  mine: readonly ListValue[],
): readonly ListValue[] {
  const known = new Set([...base, ...mine].map(({ id }) => id));
  const added = theirs.filter(({ id }) => !known.has(id));
  return added.length > 0 ? [...mine, ...added] : mine;
}

/** Whether the others added a value. */
export function hasAdditions(base: readonly ListValue[], theirs: readonly ListValue[]): boolean {
  return theirs.some(({ id }) => !base.some((each) => each.id === id));
}
