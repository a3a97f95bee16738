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

interface ScopeRow {
  settings: { version: number; data: Partial<SettingsData> } | null;
  grants: LiveGrant[];
  mark: string;
}

/** Reads settings and live grants as they stand at this moment, in one question. */
export async function loadScope(db: Executor, actor: Actor, now: string): Promise<ReadScope> {
  const { rows } = await sql<ScopeRow>`${plannedOnce} select s.settings, s.grants, ${mark} as mark
    from (${settingsAndGrants(actor, now)}) s`.execute(db);
  const row = rows[0];
  const settings = row?.settings
    ? assembleSettings(row.settings.version, row.settings.data)
    : assembleSettings(1, {});
  return {
    actor,
    settings,
    grants: countedGrants(actor, settings, row?.grants ?? []),
    mark: row?.mark ?? '',
  };
}

/** The mark of the scope as it stands while a question is answered that supposes one read before. */
export function currentMark(actor: Actor, now: string): RawBuilder<string> {
  return sql<string>`(select ${mark} from (${settingsAndGrants(actor, now)}) s)`;
}

const mark = sql`encode(sha256(convert_to(concat(s.settings, ' ', s.grants), 'UTF8')), 'base64')`;

function settingsAndGrants(actor: Actor, now: string): RawBuilder<unknown> {
  return sql`select
      (select jsonb_build_object('version', s.version, 'data', s.data) from settings s where s.tenant = ${actor.tenant})
        as settings,
      (select coalesce(jsonb_agg(jsonb_build_object(
          'unit', g.unit, 'unitId', g.unit_id, 'granteeKind', g.grantee_kind, 'level', g.level)
          || case when g.history_after is null then '{}'::jsonb else jsonb_build_object('history',
            jsonb_build_object('from', g.history_from, 'after', g.history_after)) end order by g.id), '[]'::jsonb)
        from grants g
        where g.tenant = ${actor.tenant} and g.revoked_at is null
          and (g.expires_at is null or g.expires_at > ${now}::timestamptz)
          and (${sql.join(granteesOf(actor).map(names), sql` or `)})
          and (g.member_of is null or g.member_of = any(${membershipsOf(actor)}::text[]))) as grants`;
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
