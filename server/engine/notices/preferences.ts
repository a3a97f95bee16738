import { sql } from 'kysely';

import type { NoticePreference, NoticePreferenceInput } from '../../../src/contract/notices.js';
import { BackendError } from '../../backend-error.js';
import type { Actor, CallContext } from '../../backend.js';
import { findCase } from '../case-record.js';
import { now, type EngineContext, type Executor } from '../context.js';
import { loadScope } from '../scope.js';
import { noticeRules, tellsDepartment } from './rules.js';
import type { UnsubscribeClaims } from './token.js';

/** CO-11: what the actor is told about one case. */
export async function getNotices(
  context: EngineContext,
  caseId: string,
  { actor }: CallContext,
): Promise<NoticePreference> {
  const { db } = context;
  const at = now(context);
  const scope = await loadScope(db, actor, at);
  const row = await findCase(db, caseId, scope);
  const chosen = await db
    .selectFrom('notice_preferences')
    .select('replies')
    .where('tenant', '=', actor.tenant)
    .where('unit', '=', 'case')
    .where('unit_id', '=', caseId)
    .where('person_id', '=', actor.id)
    .executeTakeFirst();
  const replies = chosen?.replies ?? (await isToldUnasked());
  return { replies, deliverable: context.notices !== undefined && isAddress(actor.email) };

  async function isToldUnasked(): Promise<boolean> {
    if (row.requester_id === actor.id) return true;
    const rules = noticeRules(scope.settings);
    const departments = actor.departments.filter((id) => tellsDepartment(rules, id, 'onReply'));
    if (row.department_id !== null && departments.includes(row.department_id)) return true;
    return hasGrant(db, caseId, actor, departments, at);
  }
}

/** Whether something tells the actor of replies without their asking: as a customer, or as their department's rules say. */
async function hasGrant(
  db: Executor,
  caseId: string,
  actor: Actor,
  departments: readonly string[],
  at: string,
): Promise<boolean> {
  const named =
    actor.kind === 'agent'
      ? sql`g.grantee_kind = 'department' and g.grantee_id = any(${[...departments]}::text[])`
      : sql`not g.portal_only and (g.grantee_kind = 'customer' and g.grantee_id = ${actor.customer}
          or g.grantee_kind = 'organisation' and g.grantee_id = ${actor.organisation})`;
  const { rows } = await sql<{ found: boolean }>`select exists (select from grants g
    where g.tenant = ${actor.tenant} and g.unit = 'case' and g.unit_id = ${caseId} and (${named})
      and g.revoked_at is null and (g.expires_at is null or g.expires_at > ${at}::timestamptz)) as found`.execute(
    db,
  );
  return rows[0]?.found ?? false;
}

/** CO-12: keeps what the actor wants to be told; of others nobody does. */
export async function setNotices(
  context: EngineContext,
  caseId: string,
  { replies, personId }: NoticePreferenceInput,
  call: CallContext,
): Promise<NoticePreference> {
  const { actor } = call;
  const at = now(context);
  await findCase(context.db, caseId, await loadScope(context.db, actor, at));
  if (personId !== undefined && personId !== actor.id) {
    throw new BackendError('forbidden', {
      rule: 'notices.own',
      detail: 'What somebody is told is theirs alone to choose.',
    });
  }
  await keepPreference(
    context,
    { tenant: actor.tenant, personId: actor.id, unit: 'case', unitId: caseId },
    replies,
    at,
  );
  return getNotices(context, caseId, call);
}

/** CO-13: ends what a message told of. Who has no account here any more may do it as well: nothing but notices changes. */
export async function endPreference(context: EngineContext, claims: UnsubscribeClaims): Promise<void> {
  await keepPreference(context, claims, false, now(context));
}

async function keepPreference(
  { db }: EngineContext,
  { tenant, personId, unit, unitId }: UnsubscribeClaims,
  replies: boolean,
  at: string,
): Promise<void> {
  await db
    .insertInto('notice_preferences')
    .values({ tenant, unit, unit_id: unitId, person_id: personId, replies, changed_at: at })
    .onConflict((conflict) =>
      conflict.columns(['tenant', 'unit', 'unit_id', 'person_id']).doUpdateSet({ replies, changed_at: at }),
    )
    .execute();
}

/** Whether something can be sent there; whether it arrives, nobody knows before. */
export function isAddress(email: string | null): boolean {
  return email !== null && /^[^\s@,;<>]+@[^\s@,;<>]+$/.test(email);
}
