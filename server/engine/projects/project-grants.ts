import { sql } from 'kysely';

import {
  granteeKinds,
  grantLevels,
  type Grant,
  type GrantChange,
  type NewGrants,
} from '../../../src/contract/grants.js';
import type {
  ProjectGrantList,
  ProjectGrantsAnswer,
  SharingWarning,
} from '../../../src/contract/projects.js';
import { BackendError } from '../../backend-error.js';
import type { CallContext, GuardedContext, WriteContext } from '../../backend.js';
import { toPerson } from '../case-record.js';
import { inTransaction, notFound, now, type EngineContext, type Executor, type Tx } from '../context.js';
import { claimKey, keepResult } from '../idempotency.js';
import { newId } from '../ids.js';
import type { HistoryStart } from '../policy/facts.js';
import { decideProject, decideProjectSharing, showsProjects } from '../policy/projects.js';
import { loadScope, type Scope } from '../scope.js';
import { checkExpiry, checkGrantees, keyOf, type CheckedGrantee } from '../sharing/check-grantees.js';
import { named, requireAllowed, selectGrants, type GrantRow } from '../sharing/grant-record.js';
import { FieldErrors } from '../../input/validation.js';
import { requireNoHistory } from './disclosure.js';
import { tellOfItems } from './items.js';
import {
  findProject,
  itemOf,
  lockProject,
  projectQuestion,
  tellOfProject,
  type ProjectRow,
} from './project-record.js';

/** CU-13, CU-14: who follows the project, and what whoever shares it should know first. */
export async function listProjectGrants(
  context: EngineContext,
  projectId: string,
  { actor }: CallContext,
): Promise<ProjectGrantList> {
  const { db } = context;
  const at = now(context);
  const scope = await loadScope(db, actor, at);
  const row = await findProject(db, projectId, scope);
  const question = projectQuestion(row, scope);
  requireAllowed(decideProject('listGrantees', ...question));
  const items = (await projectGrants(db, row, at)).map((grant) => toProjectGrant(grant, row, scope));
  return {
    items,
    next: null,
    total: items.length,
    share: Object.fromEntries(
      granteeKinds.map((kind) => [kind, decideProjectSharing('share', kind, ...question)]),
    ),
    warnings: warningsFor(scope),
  };
}

/** CU-09, CU-10: lets several follow the project at once, or nobody. */
export async function createProjectGrants(
  context: EngineContext,
  projectId: string,
  input: NewGrants,
  call: WriteContext,
): Promise<ProjectGrantsAnswer> {
  return inTransaction(context, async (tx) => {
    const at = now(context);
    const key = await claimKey<ProjectGrantsAnswer>(tx, call, at);
    const { row, scope } = await lockProject(tx, projectId, call.actor, at);
    const question = projectQuestion(row, scope);
    for (const { kind } of input.grantees) requireAllowed(decideProjectSharing('share', kind, ...question));
    if (key.replay) return key.result;
    const { actor, settings } = scope;
    const before = await projectGrants(tx, row, at);
    const known = new Set(before.map((grant) => keyOf(grant.grantee_kind, grant.grantee_id)));
    const fields = new FieldErrors();
    if (input.unit === 'case') fields.add('unit', 'invalid', 'This is the address of a project.');
    const check = { actor, settings, facts: itemOf(row), known, at };
    const { wanted, ignored } = await checkGrantees(tx, 'grantees', input.grantees, check, fields);
    fields.throwIfAny();
    const history = input.history ?? (input.includeHistory ? 'include' : undefined);
    if (history === undefined) await requireNoHistory(tx, row, wanted, before, scope);

    const start = history === 'none' ? await newStart(tx, at) : null;
    await give(tx, row, wanted, { by: actor.id, at }, start);
    for (const { expiresAt } of wanted) if (expiresAt !== null) context.expiring?.(expiresAt);
    const after = new Map(
      (await projectGrants(tx, row, at)).map((grant) => [keyOf(grant.grantee_kind, grant.grantee_id), grant]),
    );
    const asked = new Set(input.grantees.map(({ kind, id }) => keyOf(kind, id)));
    const answer: ProjectGrantsAnswer = {
      items: [...asked].flatMap((one) => {
        const grant = after.get(one);
        return grant ? [toProjectGrant(grant, row, scope)] : [];
      }),
      ignored,
      warnings: warningsFor(scope),
    };
    await keepResult(tx, call, answer);
    return answer;
  });
}

/** Gives a follower another level, or another end. */
export async function updateProjectGrant(
  context: EngineContext,
  id: string,
  change: GrantChange,
  call: GuardedContext,
): Promise<Grant> {
  return inTransaction(context, async (tx) => {
    const { grant, row, scope, at } = await lockGrant(tx, context, id, call);
    const question = projectQuestion(row, scope);
    const kind = grant.grantee_kind;
    if (change.level !== undefined) requireAllowed(decideProjectSharing('changeLevel', kind, ...question));
    if (change.expiresAt !== undefined || change.level === undefined)
      requireAllowed(decideProjectSharing('share', kind, ...question));
    if (String(grant.version) !== call.version) {
      throw new BackendError('version_conflict', {
        by: grant.changer && { id: grant.changer.id, name: grant.changer.name },
        at: grant.changed_at ?? grant.given_at,
        current: toProjectGrant(grant, row, scope),
      });
    }
    const fields = new FieldErrors();
    const levels: readonly string[] = grantLevels[kind];
    const { level = grant.level } = change;
    if (!levels.includes(level)) {
      fields.add('level', 'unknown_value', `Choose one of: ${levels.join(', ')}.`);
    }
    const expiresAt =
      change.expiresAt === undefined
        ? grant.expires_at
        : checkExpiry('expiresAt', change.expiresAt, at, fields);
    fields.throwIfAny();
    if (level !== grant.level || expiresAt !== grant.expires_at) {
      await write(tx, grant, row, {
        level,
        expires_at: expiresAt,
        changed_by: call.actor.id,
        changed_at: at,
      });
      await tellOfItems(tx, row, at, 'case.access-changed');
      await tellOfProject(tx, row, at);
      if (expiresAt !== null) context.expiring?.(expiresAt);
    }
    return toProjectGrant(await findGrant(tx, id, row, at), row, scope);
  });
}

/** CU-13, CU-16: ends a share. Whoever followed by it alone is told that project and cases are hidden from then on. */
export async function revokeProjectGrant(
  context: EngineContext,
  id: string,
  call: CallContext,
): Promise<void> {
  return inTransaction(context, async (tx) => {
    const { grant, row, scope, at } = await lockGrant(tx, context, id, call);
    requireAllowed(decideProjectSharing('unshare', grant.grantee_kind, ...projectQuestion(row, scope)));
    const by = call.actor.id;
    await write(tx, grant, row, { revoked_at: at, revoked_by: by, changed_by: by, changed_at: at });
    const ended = [named(grant)];
    await tellOfItems(tx, row, at, 'case.unshared', ended);
    await tellOfProject(tx, row, at, { ended });
  });
}

/** Whether a grant is one of a project; `undefined` where there is none. */
export async function unitOfGrant(db: Executor, tenant: string, id: string) {
  const found = await db
    .selectFrom('grants')
    .select('unit')
    .where('tenant', '=', tenant)
    .where('id', '=', id)
    .executeTakeFirst();
  return found?.unit;
}

/** CU-18, CU-23 */
function warningsFor({ settings }: Scope): SharingWarning[] {
  const names = (settings.automations ?? []).filter(({ retired }) => !retired).map(({ label }) => label);
  return [
    ...(showsProjects(settings) ? [] : [{ code: 'portal_hides_projects' }]),
    ...(names.length > 0 ? [{ code: 'automations', names }] : []),
  ];
}

async function projectGrants(db: Executor, row: ProjectRow, at: string): Promise<GrantRow[]> {
  const rows = await selectGrants(db)
    .where('g.tenant', '=', row.tenant)
    .where('g.unit', '=', 'project')
    .where('g.unit_id', '=', row.id)
    .where('g.revoked_at', 'is', null)
    .where(sql<boolean>`(g.expires_at is null or g.expires_at > ${at}::timestamptz)`)
    .execute();
  const placeOf = ({ given_at, name, id }: GrantRow) => `${given_at} ${name.toLowerCase()} ${id}`;
  return rows.sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
}

function toProjectGrant(grant: GrantRow, row: ProjectRow, scope: Scope): Grant {
  const kind = grant.grantee_kind;
  const question = projectQuestion(row, scope);
  return {
    id: grant.id,
    version: String(grant.version),
    unit: grant.unit,
    unitId: grant.unit_id,
    grantee: {
      kind,
      id: grant.grantee_id,
      name: grant.name,
      ...(grant.people !== null && { people: grant.people }),
    },
    level: grant.level,
    givenBy: toPerson(grant.giver),
    givenAt: grant.given_at,
    expiresAt: grant.expires_at,
    ...(grant.history_from !== null && { historyFrom: grant.history_from }),
    notified: grant.notified,
    notifiedAt: grant.notified_at,
    permissions: {
      revoke: decideProjectSharing('unshare', kind, ...question),
      changeLevel: decideProjectSharing('changeLevel', kind, ...question),
      changeExpiry: decideProjectSharing('share', kind, ...question),
    },
  };
}

async function give(
  tx: Tx,
  row: ProjectRow,
  wanted: readonly CheckedGrantee[],
  { by, at }: { readonly by: string; readonly at: string },
  start: HistoryStart | null,
): Promise<void> {
  if (wanted.length === 0) return;
  const ofProject = { tenant: row.tenant, unit: 'project' as const, unit_id: row.id };
  // Only one grant of a grantee stands: theirs that has ended by itself makes room.
  const keys = wanted.map(({ kind, id }) => keyOf(kind, id));
  await tx
    .updateTable('grants')
    .set({ revoked_at: sql<string>`expires_at` })
    .where('tenant', '=', row.tenant)
    .where('unit', '=', 'project')
    .where('unit_id', '=', row.id)
    .where('revoked_at', 'is', null)
    .where(sql<boolean>`expires_at <= ${at}::timestamptz`)
    .where(sql<boolean>`concat(grantee_kind, ':', grantee_id) = any(${keys}::text[])`)
    .execute();
  await tx
    .insertInto('grants')
    .values(
      wanted.map(({ kind, id, level, expiresAt }) => ({
        ...ofProject,
        id: newId('grant'),
        grantee_kind: kind,
        grantee_id: id,
        level,
        given_by: by,
        given_at: at,
        changed_by: by,
        changed_at: at,
        expires_at: expiresAt,
        ...(start && { history_from: start.from, history_after: start.after }),
      })),
    )
    .execute();
  await tellOfItems(tx, row, at, 'case.shared');
  await tellOfProject(tx, row, at);
}

async function write(
  tx: Tx,
  grant: GrantRow,
  row: ProjectRow,
  values: {
    level?: string;
    expires_at?: string | null;
    revoked_at?: string;
    revoked_by?: string;
    changed_by: string;
    changed_at: string;
  },
): Promise<void> {
  await tx
    .updateTable('grants')
    .set({ ...values, version: grant.version + 1 })
    .where('tenant', '=', row.tenant)
    .where('id', '=', grant.id)
    .execute();
}

/** Reads a grant in force, and nobody else changes who follows its project until the transaction ends. */
async function lockGrant(tx: Tx, context: EngineContext, id: string, { actor }: CallContext) {
  const at = now(context);
  const found = await tx
    .selectFrom('grants')
    .select('unit_id')
    .where('tenant', '=', actor.tenant)
    .where('id', '=', id)
    .where('unit', '=', 'project')
    .executeTakeFirst();
  if (!found) throw notFound();
  const { row, scope } = await lockProject(tx, found.unit_id, actor, at);
  requireAllowed(decideProject('listGrantees', ...projectQuestion(row, scope)));
  return { grant: await findGrant(tx, id, row, at), row, scope, at };
}

/** `gone` with who and when for what has ended. */
async function findGrant(db: Executor, id: string, row: ProjectRow, at: string): Promise<GrantRow> {
  const grant = await selectGrants(db)
    .where('g.tenant', '=', row.tenant)
    .where('g.id', '=', id)
    .executeTakeFirst();
  if (!grant) throw notFound();
  const expired = grant.expires_at !== null && Date.parse(grant.expires_at) <= Date.parse(at);
  if (grant.revoked_at === null && !expired) return grant;
  throw new BackendError('gone', {
    detail: grant.revoker ? 'This share was ended.' : 'This share has expired.',
    by: grant.revoker && { id: grant.revoker.id, name: grant.revoker.name },
    at: grant.revoked_at ?? grant.expires_at,
  });
}

/**
 * A new conversation that begins now: after every note written so far, on whatever case. One that is moved into the project
 * later has its earlier notes, too.
 */
async function newStart(tx: Tx, at: string): Promise<HistoryStart> {
  const { rows } = await sql<{ last: number | null }>`
    select pg_sequence_last_value(pg_get_serial_sequence('notes', 'seq')::regclass) as last`.execute(tx);
  return { from: at, after: Number(rows[0]?.last ?? 0) };
}
