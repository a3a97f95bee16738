import { grantLevels, type Grant, type GrantChange } from '../../../src/contract/grants.js';
import { BackendError } from '../../backend-error.js';
import type { CallContext, GuardedContext } from '../../backend.js';
import { requireState } from '../case-change.js';
import { factsOf, lockCase, type CaseRow } from '../case-record.js';
import { inTransaction, notFound, now, type EngineContext, type Tx } from '../context.js';
import { writeLine, type Deed } from '../history.js';
import { announce } from '../outbox.js';
import { decideGrantChange, decideRevoke, type SharingQuestion } from '../policy/sharing.js';
import type { Scope } from '../scope.js';
import { FieldErrors } from '../../input/validation.js';
import { checkExpiry } from './check-grantees.js';
import { allowedLevels, levelChoices } from './levels.js';
import { findGrant, named, questionOf, requireAllowed, toGrant, type GrantRow } from './grant-record.js';
import { accessOf, changeOf, lineKind, type Access } from './sharing-lines.js';

/** DE-36: gives a grant another level, or another end; of a closed case none that is wider. */
export async function updateGrant(
  context: EngineContext,
  id: string,
  change: GrantChange,
  call: GuardedContext,
): Promise<Grant> {
  return inTransaction(context, async (tx) => {
    const { grant, deed, row, scope, question } = await lockGrant(tx, context, id, call);
    if (change.level !== undefined)
      requireAllowed(decideGrantChange('changeLevel', named(grant), ...question));
    // A change of nothing as well: a conflict tells who changed the grant last.
    if (change.expiresAt !== undefined || change.level === undefined)
      requireAllowed(decideGrantChange('changeExpiry', named(grant), ...question));
    if (String(grant.version) !== call.version) {
      throw new BackendError('version_conflict', {
        by: grant.changer && { id: grant.changer.id, name: grant.changer.name },
        at: grant.changed_at ?? grant.given_at,
        current: toGrant(grant, question),
      });
    }
    const fields = new FieldErrors();
    const { level = grant.level } = change;
    const { grantee_kind: kind, grantee_id: grantee } = grant;
    // DE-20: what they have may stay.
    if (level !== grant.level && !allowedLevels(kind, grantee, scope.settings).includes(level)) {
      fields.add('level', 'unknown_value', levelChoices(kind, grantee, scope.settings));
    }
    const expiresAt =
      change.expiresAt === undefined
        ? grant.expires_at
        : checkExpiry('expiresAt', change.expiresAt, deed.at, fields);
    fields.throwIfAny();
    if (level === grant.level && expiresAt === grant.expires_at) return toGrant(grant, question);
    if (isWider(grant, { level, expiresAt })) requireState(row, scope, 'share');

    await tx
      .updateTable('grants')
      .set({
        level,
        expires_at: expiresAt,
        version: grant.version + 1,
        changed_by: deed.by,
        changed_at: deed.at,
      })
      .where('tenant', '=', deed.tenant)
      .where('id', '=', id)
      .execute();
    if (expiresAt !== null) context.expiring?.(expiresAt);
    const internal = grant.grantee_kind === 'department';
    await writeLine(tx, deed, {
      kind: lineKind(internal),
      changes: [changeOf(grant, accessOf(grant), { level, expiresAt })],
    });
    await announce(tx, deed.tenant, deed.at, [
      { kind: 'case.access-changed', caseId: row.id, customerId: row.customer_id, internal },
    ]);
    return toGrant(await findGrant(tx, id, question, deed.at), question);
  });
}

/** CO-05, CO-09, DE-26: ends a grant. Whoever had the case by it alone is told that it is hidden from then on. */
export async function revokeGrant(context: EngineContext, id: string, call: CallContext): Promise<void> {
  return inTransaction(context, async (tx) => {
    const { grant, deed, row, question } = await lockGrant(tx, context, id, call);
    requireAllowed(decideRevoke(named(grant), ...question));
    await tx
      .updateTable('grants')
      .set({
        revoked_at: deed.at,
        revoked_by: deed.by,
        version: grant.version + 1,
        changed_by: deed.by,
        changed_at: deed.at,
      })
      .where('tenant', '=', deed.tenant)
      .where('id', '=', id)
      .execute();
    const internal = grant.grantee_kind === 'department';
    await writeLine(tx, deed, {
      kind: lineKind(internal),
      changes: [changeOf(grant, accessOf(grant), null)],
    });
    await announce(tx, deed.tenant, deed.at, [
      {
        kind: 'case.unshared',
        caseId: row.id,
        customerId: row.customer_id,
        internal,
        before: { ...factsOf(row), ended: [named(grant)] },
      },
    ]);
  });
}

/** Whether a grant would give more than it does, or for longer: as much as to share anew. */
function isWider(grant: GrantRow, { level, expiresAt }: Access): boolean {
  // The widest first.
  const levels: readonly string[] = grantLevels[grant.grantee_kind];
  if (level !== grant.level && levels.indexOf(level) < levels.indexOf(grant.level)) return true;
  if (grant.expires_at === null) return false;
  return expiresAt === null || Date.parse(expiresAt) > Date.parse(grant.expires_at);
}

interface LockedGrant {
  readonly grant: GrantRow;
  readonly row: CaseRow;
  readonly scope: Scope;
  readonly question: SharingQuestion;
  readonly deed: Deed;
}

/** Reads a grant in force, and nobody else changes who has access to its case until the transaction ends. */
async function lockGrant(
  tx: Tx,
  context: EngineContext,
  id: string,
  { actor }: CallContext,
): Promise<LockedGrant> {
  const at = now(context);
  const found = await tx
    .selectFrom('grants')
    .select('unit_id')
    .where('tenant', '=', actor.tenant)
    .where('id', '=', id)
    .where('unit', '=', 'case')
    .executeTakeFirst();
  if (!found) throw notFound();
  const { row, scope } = await lockCase(tx, found.unit_id, actor, at);
  const question = questionOf(row, scope);
  const grant = await findGrant(tx, id, question, at);
  return { grant, row, scope, question, deed: { tenant: actor.tenant, caseId: row.id, by: actor.id, at } };
}
