import type { NamedRef } from '../../src/contract/common.js';
import { granteeKinds, grantLevels } from '../../src/contract/grants.js';
import {
  departmentMaskFields,
  portalFeatures,
  portalFields,
  portalScopes,
} from '../../src/contract/portal.js';
import { sessionActions, type Capabilities, type Session } from '../../src/contract/session.js';
import type { CallContext } from '../backend.js';
import { sessionActor } from '../session-actor.js';
import { now, type EngineContext, type Executor } from './context.js';
import { isAdministrator } from './policy/facts.js';
import { decideTenant } from './policy/tenant.js';
import { loadScope } from './scope.js';
import { getSettings } from './settings.js';
import { tellSettings } from './settings-told.js';

/** What our own engine can do: everything the contract names so far. */
export const engineCapabilities: Capabilities = {
  versions: 'atomic',
  totals: true,
  search: true,
  events: true,
  internalNotes: true,
  attachments: true,
  createCases: true,
  editCases: true,
  closeCases: true,
  tags: true,
  deadlines: true,
  editSettings: true,
  export: true,
  bulk: true,
  views: true,
  projects: true,
  inboxes: true,
  sharing: { kinds: [...granteeKinds], levels: levelsOf(), expiry: true },
  portal: {
    scopes: [...portalScopes],
    features: [...portalFeatures],
    fields: [...portalFields],
    masks: [...departmentMaskFields],
  },
};

function levelsOf(): Record<string, string[]> {
  return Object.fromEntries(granteeKinds.map((kind) => [kind, [...grantLevels[kind]]]));
}

export async function getSession(context: EngineContext, { actor }: CallContext): Promise<Session> {
  const { db } = context;
  const scope = await loadScope(db, actor, now(context));
  const [settings, departments, [customer], [organisation]] = await Promise.all([
    // What is wrong with them is looked up for administrators alone.
    isAdministrator(actor) ? getSettings(context, { actor }) : tellSettings(scope.settings, actor),
    named(db, 'departments', actor.tenant, actor.departments),
    named(db, 'customers', actor.tenant, actor.customer === null ? [] : [actor.customer]),
    named(db, 'organisations', actor.tenant, actor.organisation === null ? [] : [actor.organisation]),
  ]);
  return {
    actor: sessionActor(actor, { departments, customer, organisation }),
    settings,
    capabilities: engineCapabilities,
    permissions: Object.fromEntries(
      sessionActions.map((action) => [action, decideTenant(actor, action, scope.settings)]),
    ),
  };
}

/** The names of some records, in the order asked; one that is missing is named by its id. */
export async function named(
  db: Executor,
  table: 'departments' | 'customers' | 'organisations',
  tenant: string,
  ids: readonly string[],
): Promise<NamedRef[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom(table)
    .select(['id', 'name'])
    .where('tenant', '=', tenant)
    .where('id', 'in', [...ids])
    .execute();
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return ids.map((id) => ({ id, name: names.get(id) ?? id }));
}
