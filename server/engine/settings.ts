import type { Choice, Settings, SettingsChange } from '../../src/contract/settings.js';
import { BackendError } from '../backend-error.js';
import type { CallContext, GuardedContext } from '../backend.js';
import { personOf } from './case-record.js';
import { inTransaction, now, toJson, type EngineContext, type Executor, type Tx } from './context.js';
import { checkInboxRules, namedByRules } from './inboxes/check-rules.js';
import { checkNotices } from './notices/check-rules.js';
import { announce } from './outbox.js';
import { isAdministrator } from './policy/facts.js';
import { loadScope, requireTenant } from './scope.js';
import { assembleSettings, type SettingsData } from './settings-defaults.js';
import { tellSettings } from './settings-told.js';
import { FieldErrors } from '../input/validation.js';

const lists = [
  'caseTypes',
  'priorities',
  'contactMethods',
  'closureReasons',
  'reopenReasons',
  'noteSubjects',
  'dueTypes',
  'automations',
] as const;

export async function getSettings({ db }: EngineContext, { actor }: CallContext): Promise<Settings> {
  return isAdministrator(actor)
    ? readWithProblems(db, actor.tenant)
    : tellSettings(await readSettings(db, actor.tenant), actor);
}

export async function readSettings(db: Executor, tenant: string): Promise<Settings> {
  const { version, data } = await storedSettings(db, tenant);
  return assembleSettings(version, data);
}

/** The settings as administrators are told them: with everything that is wrong with them. */
async function readWithProblems(db: Executor, tenant: string): Promise<Settings> {
  const { version, data } = await storedSettings(db, tenant);
  const { inboxes } = assembleSettings(version, data);
  return assembleSettings(version, data, await namedByRules(db, tenant, inboxes?.rules ?? []));
}

async function storedSettings(
  db: Executor,
  tenant: string,
): Promise<{ readonly version: number; readonly data: Partial<SettingsData> }> {
  const row = await db
    .selectFrom('settings')
    .select(['version', 'data'])
    .where('tenant', '=', tenant)
    .executeTakeFirst();
  return row ?? { version: 1, data: {} };
}

/** Reads the settings, and nobody else changes them until the transaction ends. */
export async function lockSettings(tx: Tx, tenant: string, at: string): Promise<Settings> {
  await tx
    .insertInto('settings')
    .values({ tenant, version: 1, data: toJson({}), updated_at: at, updated_by: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await tx.selectFrom('settings').select('version').where('tenant', '=', tenant).forUpdate().execute();
  return readSettings(tx, tenant);
}

/** Changes the lists and switches of the tenant. */
export async function updateSettings(
  context: EngineContext,
  change: SettingsChange,
  { actor, version }: GuardedContext,
): Promise<Settings> {
  return inTransaction(context, async (tx) => {
    const at = now(context);
    const scope = await loadScope(tx, actor, at);
    requireTenant(scope, 'editSettings');
    const current = await lockSettings(tx, actor.tenant, at);
    if (current.version !== version) throw await moved(tx, actor.tenant);
    const known: Record<string, unknown> = Object.fromEntries(
      Object.entries(change).filter(([, value]) => value !== undefined),
    );
    if (change.sharing) {
      const receipts = { ...current.sharing?.receipts, ...change.sharing.receipts };
      const masks = {
        department: { ...current.sharing?.masks?.department, ...change.sharing.masks?.department },
      };
      known['sharing'] = { ...current.sharing, ...change.sharing, receipts, masks };
    }
    if (change.portal) {
      const features = { ...current.portal?.features, ...change.portal.features };
      known['portal'] = { ...current.portal, ...change.portal, features };
    }
    if (change.notices) known['notices'] = { ...current.notices, ...change.notices };
    if (change.inboxes) known['inboxes'] = { ...current.inboxes, ...change.inboxes };
    const next = { ...current, ...(known as Partial<SettingsData>) };
    checkSettings(next, change);
    if (change.inboxes?.rules) await checkInboxRules(tx, actor.tenant, change.inboxes.rules, next);
    if (change.notices) await checkNotices(tx, actor.tenant, change.notices, next, context);
    // What is stored and cannot be meant is put right by the values it counted as, too.
    const mistaken = new Set(current.problems?.map(({ setting }) => setting.split('.')[0]));
    const differs = Object.entries(known).some(
      ([key, value]) => mistaken.has(key) || toJson(value) !== toJson(current[key as keyof SettingsData]),
    );
    if (differs) await writeSettings(tx, actor.tenant, current, known, { by: actor.id, at });
    return readWithProblems(tx, actor.tenant);
  });
}

/** Stores a checked change of locked settings, with its history and its event. */
export async function writeSettings(
  tx: Tx,
  tenant: string,
  current: Settings,
  change: Partial<SettingsData>,
  deed: { readonly by: string | null; readonly at: string },
): Promise<Settings> {
  const version = Number(current.version) + 1;
  // As it is stored rather than as it is read: what nobody put right must go on being told.
  const stored = await tx
    .selectFrom('settings')
    .select('data')
    .where('tenant', '=', tenant)
    .executeTakeFirst();
  const data: Partial<SettingsData> = { ...stored?.data, ...change };
  await tx
    .updateTable('settings')
    .set({ version, data: toJson(data), updated_at: deed.at, updated_by: deed.by })
    .where('tenant', '=', tenant)
    .execute();
  await tx
    .insertInto('settings_history')
    .values({ tenant, version, change: toJson(change), at: deed.at, by_id: deed.by })
    .execute();
  if (change.priorities) await followPriorities(tx, tenant, current.priorities, change.priorities);
  await announce(tx, tenant, deed.at, [{ kind: 'settings.updated' }]);
  return assembleSettings(version, data);
}

/** Lists sort by the place of a priority: cases follow when the list changes. */
async function followPriorities(
  tx: Tx,
  tenant: string,
  before: readonly Choice[],
  after: readonly Choice[],
): Promise<void> {
  const ids = new Set([...before, ...after].map(({ id }) => id));
  for (const id of ids) {
    const rank = after.findIndex((choice) => choice.id === id);
    if (rank === before.findIndex((choice) => choice.id === id)) continue;
    await tx
      .updateTable('cases')
      .set({ priority_rank: rank === -1 ? null : rank })
      .where('tenant', '=', tenant)
      .where('priority', '=', id)
      .execute();
  }
}

function checkSettings(next: SettingsData, change: SettingsChange): void {
  const fields = new FieldErrors();
  for (const list of lists) {
    if (!change[list]) continue;
    const seen = new Set<string>();
    for (const [index, choice] of change[list].entries()) {
      fields.line(`${list}.${index}.label`, choice.label, 120, true);
      fields.line(`${list}.${index}.id`, choice.id, 200, true);
      if (seen.has(choice.id))
        fields.add(`${list}.${index}.id`, 'invalid', 'Another value has this id already.');
      seen.add(choice.id);
    }
  }
  if (next.defaultPriority !== null && !next.priorities.some(({ id }) => id === next.defaultPriority)) {
    fields.add('defaultPriority', 'unknown_value', 'The default must be one of the priorities.');
  }
  fields.throwIfAny();
}

async function moved(tx: Tx, tenant: string): Promise<BackendError> {
  const row = await tx
    .selectFrom('settings as s')
    .select(['s.updated_at', personOf('s', 'updated_by').as('by')])
    .where('s.tenant', '=', tenant)
    .executeTakeFirst();
  return new BackendError('version_conflict', {
    current: await readWithProblems(tx, tenant),
    by: row?.by ? { id: row.by.id, name: row.by.name } : null,
    at: row?.updated_at ?? null,
  });
}
