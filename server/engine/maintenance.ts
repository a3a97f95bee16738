import { sql } from 'kysely';

import { purgeUnclaimed } from './attachments.js';
import type { EngineContext } from './context.js';
import { sweepLooseFiles } from './loose-files.js';
import { purgeReceipts } from './sharing/receipts.js';

const HOUR = 3_600_000;
const NOTICES_KEPT_DAYS = 90;

/** Forgets what is kept for a time only: events that were read long ago, answered keys, uploads nobody used or finished. */
export async function clean(context: EngineContext, keepHours: number): Promise<void> {
  const now = context.clock().getTime();
  const before = (hours: number): string => new Date(now - hours * HOUR).toISOString();
  // The last row stays, however old: it is where readers stand while nothing happens.
  await sql`
    delete from outbox where at < ${before(keepHours)}::timestamptz
      and (xid, seq) < (select xid, seq from outbox order by xid desc, seq desc limit 1)`.execute(context.db);
  await context.db.deleteFrom('idempotency').where('created_at', '<', before(24)).execute();
  await purgeReceipts(context.db, new Date(now).toISOString());
  // Once nothing can name it again, it is no use to know that it was sent.
  await context.db
    .deleteFrom('notices')
    .where('done_at', '<', before(NOTICES_KEPT_DAYS * 24))
    .execute();
  await purgeUnclaimed(context);
  await sweepLooseFiles(context);
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
