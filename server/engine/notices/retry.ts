import type { Grant } from '../../../src/contract/grants.js';
import { BackendError } from '../../backend-error.js';
import type { WriteContext } from '../../backend.js';
import { lockCase } from '../case-record.js';
import { inTransaction, notFound, now, type EngineContext } from '../context.js';
import { claimKey, keepResult } from '../idempotency.js';
import { decideSharing } from '../policy/sharing.js';
import { findGrant, questionOf, requireAllowed, toGrant } from '../sharing/grant-record.js';
import { announceGrants, settleGrants } from './grant-state.js';
import { planShare } from './plan.js';

/** CO-10: tries again to tell those a case was shared with, where that was given up. Nobody is told twice. */
export async function retryNotice(context: EngineContext, id: string, call: WriteContext): Promise<Grant> {
  const { notices } = context;
  const { tenant } = call.actor;
  return inTransaction(context, async (tx) => {
    const at = now(context);
    const key = await claimKey<Grant>(tx, call, at);
    const found = await tx
      .selectFrom('grants')
      .select(['unit_id', 'given_by', 'given_at'])
      .where('tenant', '=', tenant)
      .where('id', '=', id)
      .where('unit', '=', 'case')
      .executeTakeFirst();
    if (!found) throw notFound();
    const { row, scope } = await lockCase(tx, found.unit_id, call.actor, at);
    const question = questionOf(row, scope);
    const grant = await findGrant(tx, id, question, at);
    // Who may end a share looks after it, whether or not the case is open.
    requireAllowed(decideSharing('unshare', grant.grantee_kind, ...question));
    if (key.replay) return key.result;
    if (!notices) throw new BackendError('capability_missing', { detail: 'This server sends no notices.' });
    if (grant.notified === 'failed') {
      await tx
        .updateTable('notices')
        .set({
          state: 'waiting',
          attempts: 0,
          uncounted: 0,
          due_at: at,
          claimed_until: null,
          done_at: null,
          reason: null,
        })
        .where('tenant', '=', tenant)
        .where('grant_id', '=', id)
        .where('event', '=', 'share')
        .where('state', 'in', ['failed', 'dropped'])
        .execute();
      await tx
        .updateTable('grants')
        .set({ notified: 'pending' })
        .where('tenant', '=', tenant)
        .where('id', '=', id)
        .execute();
      // Whose address was missing may have one by now.
      await planShare(tx, tenant, { ...grant, ...found }, { channels: notices.channels, at });
      await settleGrants(tx, tenant, [id]);
      await announceGrants(tx, tenant, [id], at);
    }
    const answer = toGrant(await findGrant(tx, id, question, at), question);
    await keepResult(tx, call, answer);
    return answer;
  });
}
