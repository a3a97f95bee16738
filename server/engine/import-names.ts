import { sql } from 'kysely';

import type { Choice, Settings } from '../../src/contract/settings.js';
import type { Tx } from './context.js';
import { idOfName } from './ids.js';
import { searchVector } from './search.js';
import { lockSettings, readSettings, writeSettings } from './settings.js';
import { kebab } from '../input/text.js';

/** From a name to the id it has here. */
export type Ids = ReadonlyMap<string, string>;

type NamedTable = 'departments' | 'organisations';

/** Finds records by their exact names, and makes those that are missing. */
export async function ensureNamed(
  tx: Tx,
  table: NamedTable,
  tenant: string,
  names: ReadonlySet<string>,
): Promise<Ids> {
  if (names.size === 0) return new Map();
  const found = await tx
    .selectFrom(table)
    .select(['id', 'name'])
    .where('tenant', '=', tenant)
    .where('name', 'in', [...names])
    .orderBy('id', 'desc')
    .execute();
  const ids = new Map(found.map(({ id, name }) => [name, id]));
  const missing = missingOf(names, ids);
  if (missing.length > 0) {
    await tx
      .insertInto(table)
      .values(missing.map(({ id, name }) => ({ tenant, id, name })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  for (const { id, name } of missing) ids.set(name, id);
  return ids;
}

/** Like `ensureNamed`, for customers; a new one belongs to the organisation it was first seen with. */
export async function ensureCustomers(
  tx: Tx,
  tenant: string,
  organisationOf: ReadonlyMap<string, string | null>,
): Promise<Ids> {
  const names = new Set(organisationOf.keys());
  if (names.size === 0) return new Map();
  const found = await tx
    .selectFrom('customers')
    .select(['id', 'name'])
    .where('tenant', '=', tenant)
    .where(sql<boolean>`lower(name) in (select lower(n) from unnest(${[...names]}::text[]) n)`)
    .orderBy('id', 'desc')
    .execute();
  const ids = new Map(found.map(({ id, name }) => [name, id]));
  const missing = missingOf(names, ids);
  if (missing.length > 0) {
    await tx
      .insertInto('customers')
      .values(
        missing.map(({ id, name }) => ({
          tenant,
          id,
          name,
          number: null,
          organisation_id: organisationOf.get(name) ?? null,
          main_contact_id: null,
          search: searchVector(tenant, name),
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  for (const { id, name } of missing) ids.set(name, id);
  return ids;
}

/** Made in one order by everybody, so that two imports at once do not wait for each other in a ring. */
function missingOf(names: ReadonlySet<string>, ids: Ids): { id: string; name: string }[] {
  return [...names]
    .filter((name) => !ids.has(name))
    .map((name) => ({ id: idOfName(name, kebab(name)), name }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

const LONGEST_LIST = 200;

/** The lists that an import may add to. */
export const growingLists = ['caseTypes', 'contactMethods', 'closureReasons'] as const;
export type GrowingList = (typeof growingLists)[number];

/** The value of a list that a label or id names. */
export function choiceOf(list: readonly Choice[], label: string): Choice | undefined {
  const wanted = label.trim().toLowerCase();
  return list.find(({ id, label: known }) => known.toLowerCase() === wanted || id === label);
}

/** The settings, with the labels added that were missing, as far as the lists have room. */
export async function ensureChoices(
  tx: Tx,
  tenant: string,
  labels: Readonly<Record<GrowingList, ReadonlySet<string>>>,
  deed: { readonly by: string | null; readonly at: string },
): Promise<Settings> {
  const settings = await readSettings(tx, tenant);
  if (!growingLists.some((list) => additions(settings[list], labels[list]).length > 0)) return settings;
  const locked = await lockSettings(tx, tenant, deed.at);
  const change: Partial<Record<GrowingList, Choice[]>> = {};
  for (const list of growingLists) {
    const added = additions(locked[list], labels[list]);
    if (added.length > 0) change[list] = [...locked[list], ...added];
  }
  return Object.keys(change).length > 0 ? writeSettings(tx, tenant, locked, change, deed) : locked;
}

function additions(list: readonly Choice[], labels: ReadonlySet<string>): Choice[] {
  const added: Choice[] = [];
  for (const label of labels) {
    if (choiceOf([...list, ...added], label) || list.length + added.length >= LONGEST_LIST) continue;
    const taken = new Set([...list, ...added].map(({ id }) => id));
    const slug = kebab(label);
    added.push({ id: slug === '' || taken.has(slug) ? idOfName(label, slug) : slug, label: label.trim() });
  }
  return added;
}
