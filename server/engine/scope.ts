import { sql, type RawBuilder } from 'kysely';

import type { SessionAction } from '../../src/contract/session.js';
import type { Settings } from '../../src/contract/settings.js';
import type { Actor } from '../backend.js';
import { BackendError } from '../backend-error.js';
import type { Executor } from './context.js';
import {
  countedGrants,
  membershipsOf,
  type GranteeKind,
  type LiveGrant,
  type NamedGrant,
} from './policy/facts.js';
import { decideTenant } from './policy/tenant.js';
import { assembleSettings, type SettingsData } from './settings-defaults.js';
import { plannedOnce } from './sql/planned-once.js';

/** Everything the policy needs besides the case: who, by which settings, with which live grants. */
export interface Scope {
  readonly actor: Actor;
  readonly settings: Settings;
  readonly grants: readonly LiveGrant[];
}

/** A scope as it was read. Two readings with the same mark found the same. */
export interface ReadScope extends Scope {
  readonly mark: string;
}

/** What many units are shared by in the same way: a department may have thousands of cases. */
type AlikeGrants = Omit<LiveGrant, 'unitId'> & { readonly units: readonly string[] };

interface ScopeRow {
  settings: { version: number; data: Partial<SettingsData> } | null;
  grants: AlikeGrants[];
  mark: string;
}

/** Reads settings and live grants as they stand at this moment, in one question. */
export async function loadScope(db: Executor, actor: Actor, now: string): Promise<ReadScope> {
  const { rows } = await sql<ScopeRow>`${plannedOnce} select ${settingsOf(actor)} as settings, (
      select coalesce(json_agg(json_build_object('unit', a.unit, 'granteeKind', a.grantee_kind, 'level', a.level,
          'units', a.units, 'history', case when a.history_after is null then null
            else json_build_object('from', a.history_from, 'after', a.history_after) end)
          order by a.unit, a.grantee_kind, a.level, a.history_after), '[]'::json)
        from (select g.unit, g.grantee_kind, g.level, g.history_from, g.history_after, array_agg(g.unit_id) as units
          ${grantsTo(actor, now)} group by 1, 2, 3, 4, 5) a) as grants,
      ${currentMark(actor, now)} as mark`.execute(db);
  const row = rows[0];
  const settings = row?.settings
    ? assembleSettings(row.settings.version, row.settings.data)
    : assembleSettings(1, {});
  return {
    actor,
    settings,
    grants: countedGrants(actor, settings, (row?.grants ?? []).flatMap(eachOf)),
    mark: row?.mark ?? '',
  };
}

function eachOf({ units, history, ...alike }: AlikeGrants): LiveGrant[] {
  return units.map((unitId) => ({ ...alike, unitId, ...(history && { history }) }));
}

/**
 * The mark of the scope as it stands while a question is answered that supposes one read before. It is made of every list, so
 * it costs little: what the grants say is added up, in whatever order they are found.
 */
export function currentMark(actor: Actor, now: string): RawBuilder<string> {
  const said = sql`concat_ws(' ', g.id, g.unit, g.unit_id, g.grantee_kind, g.level, g.history_from, g.history_after)`;
  return sql<string>`(select encode(sha256(convert_to(concat(${settingsOf(actor)}, ' ', count(*), ' ',
      sum(hashtextextended(${said}, 0))), 'UTF8')), 'base64') ${grantsTo(actor, now)})`;
}

function settingsOf({ tenant }: Actor): RawBuilder<unknown> {
  return sql`(select jsonb_build_object('version', s.version, 'data', s.data) from settings s where s.tenant = ${tenant})`;
}

/** `from` and `where` of the live grants to the actor, as `grants as g`. */
function grantsTo(actor: Actor, now: string): RawBuilder<unknown> {
  return sql`from grants g
        where g.tenant = ${actor.tenant} and g.revoked_at is null
          and (g.expires_at is null or g.expires_at > ${now}::timestamptz)
          and (${sql.join(granteesOf(actor).map(names), sql` or `)})
          and (g.member_of is null or g.member_of = any(${membershipsOf(actor)}::text[]))`;
}

/** Refuses what the actor may not do in the tenant as a whole, by the rule that says so. */
export function requireTenant({ actor, settings }: Scope, action: SessionAction): void {
  const { allowed, rule, reason } = decideTenant(actor, action, settings);
  if (!allowed) throw new BackendError('forbidden', { rule, detail: reason ?? '' });
}

/** Whether a grant is one to the actor: it names them or what they belong to, as their token says now (decision 7). */
export function isGrantee(actor: Actor, { granteeKind, granteeId, memberOf }: NamedGrant): boolean {
  const named = granteesOf(actor).some(({ kind, ids }) => kind === granteeKind && ids.includes(granteeId));
  return named && (memberOf === null || membershipsOf(actor).includes(memberOf));
}

/** Whom a grant must name to reach the actor. */
function granteesOf(actor: Actor): { readonly kind: GranteeKind; readonly ids: readonly string[] }[] {
  const person = { kind: 'person', ids: [actor.id] } as const;
  if (actor.kind === 'agent') return [person, { kind: 'department', ids: actor.departments }];
  return [
    person,
    { kind: 'customer', ids: actor.customer === null ? [] : [actor.customer] },
    { kind: 'organisation', ids: actor.organisation === null ? [] : [actor.organisation] },
  ];
}

function names({ kind, ids }: { kind: GranteeKind; ids: readonly string[] }) {
  return sql<boolean>`(g.grantee_kind = ${kind} and g.grantee_id = any(${[...ids]}::text[]))`;
}
