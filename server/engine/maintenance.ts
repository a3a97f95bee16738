import { sql } from 'kysely';

import { purgeUnclaimed } from './attachments.js';
import type { EngineContext } from './context.js';
import { eachOf } from './each-of.js';
import { sweepLooseFiles } from './loose-files.js';
import { purgeReceipts } from './sharing/receipts.js';

const HOUR = 3_600_000;
const NOTICES_KEPT_DAYS = 90;

/** Forgets what is kept for a time only: events that were read long ago, answered keys, uploads nobody used or finished. */
export async function clean(context: EngineContext, keepHours: number): Promise<void> {
  const { db } = context;
  const now = context.clock().getTime();
  const before = (hours: number): string => new Date(now - hours * HOUR).toISOString();
  await eachOf([
    // The last row stays, however old: it is where readers stand while nothing happens.
    () =>
      sql`delete from outbox where at < ${before(keepHours)}::timestamptz
        and (xid, seq) < (select xid, seq from outbox order by xid desc, seq desc limit 1)`.execute(db),
    () => db.deleteFrom('idempotency').where('created_at', '<', before(24)).execute(),
    () => purgeReceipts(db, new Date(now).toISOString()),
    // Once nothing can name it again, it is no use to know that it was sent.
    () =>
      db
        .deleteFrom('notices')
        .where('done_at', '<', before(NOTICES_KEPT_DAYS * 24))
        .execute(),
    () =>
      db
        .deleteFrom('postponed_notices')
        .where('set_aside_at', '<', before(NOTICES_KEPT_DAYS * 24))
        .execute(),
    () => purgeUnclaimed(context),
    () => sweepLooseFiles(context),
  ]);
}

/** Cleans at once and then every hour; gives what stops it, and waits for a cleaning under way. */
export function cleanHourly(
  context: EngineContext,
  keepHours: number,
  onError: (error: unknown) => void,
): () => Promise<void> {
  const run = (): Promise<void> => clean(context, keepHours).catch(onError);
  let running = run();
  const timer = setInterval(() => {
    running = run();
  }, HOUR);
  if (typeof timer === 'object') timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
