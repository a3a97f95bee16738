import { inTransaction, now, type EngineContext } from '../context.js';
import { announceGrants, settleGrants } from './grant-state.js';
import { plainReason } from './reason.js';

/** A message that was handed over and came back later. */
export interface Bounce {
  /** As its `Message-ID` and its envelope name it: nobody but its receivers knows it. */
  readonly noticeId: string;
  /** What the other side said; for agents alone. */
  readonly reason: string;
}

/**
 * CU-17: writes down that a message has come back, so that it is shown like one that was refused at once. Gives whether it
 * was one that had been handed over; a repeated report changes nothing.
 */
export async function bounceNotice(context: EngineContext, { noticeId, reason }: Bounce): Promise<boolean> {
  const at = now(context);
  return inTransaction(context, async (tx) => {
    const bounced = await tx
      .updateTable('notices')
      .set({ state: 'failed', reason: plainReason(reason), done_at: at })
      .where('id', '=', noticeId)
      .where('channel', '=', 'email')
      .where('state', '=', 'sent')
      .returning(['tenant', 'grant_id'])
      .executeTakeFirst();
    if (!bounced) return false;
    const { tenant, grant_id: grant } = bounced;
    if (grant !== null) await announceGrants(tx, tenant, await settleGrants(tx, tenant, [grant]), at);
    return true;
  });
}
