import { sql } from 'kysely';

import type { Executor } from '../context.js';
import type { InboxAudience, ProjectAudience } from '../outbox.js';
import type { CaseFacts, NamedGrant } from '../policy/facts.js';
import type { ViewFacts } from '../policy/views.js';
import { BEGINNING, type Position } from './position.js';

/** One row of the outbox. */
export interface OutboxRow extends Position {
  readonly tenant: string;
  readonly kind: string;
  readonly case_id: string | null;
  readonly customer_id: string | null;
  readonly note_id: string | null;
  readonly internal: boolean;
  readonly before: (CaseFacts & { readonly ended?: readonly NamedGrant[] }) | null;
  readonly view: (ViewFacts & { readonly id: string }) | null;
  readonly project: ProjectAudience | null;
  readonly inbox: InboxAudience | null;
  readonly at: string;
}

export const BATCH = 500;

// Only what no running transaction can still come before: nothing is ever passed over (design: the outbox trap).
const settled = sql<boolean>`o.xid < pg_snapshot_xmin(pg_current_snapshot())`;

const columns = sql.raw(
  'o.tenant, o.xid::text as xid, o.seq, o.kind, o.case_id, o.customer_id, o.note_id, o.internal, o.before, o.view, o.project, o.inbox, o.at',
);

/** The last settled row. */
export async function readFrontier(db: Executor): Promise<Position> {
  const { rows } = await sql<Position>`
    select o.xid::text as xid, o.seq from outbox o where ${settled} order by o.xid desc, o.seq desc limit 1`.execute(
    db,
  );
  return rows[0] ?? BEGINNING;
}

/** The settled rows after a position, oldest first, and whether unsettled ones wait behind them. */
export async function readAfter(
  db: Executor,
  after: Position,
): Promise<{ readonly rows: readonly OutboxRow[]; readonly waiting: boolean }> {
  const { rows } = await sql<OutboxRow & { settled: boolean }>`
    select ${columns}, ${settled} as settled from outbox o
    where (o.xid, o.seq) > (${after.xid}::xid8, ${after.seq}::bigint)
    order by o.xid, o.seq limit ${BATCH}`.execute(db);
  const end = rows.findIndex((row) => !row.settled);
  return end === -1 ? { rows, waiting: false } : { rows: rows.slice(0, end), waiting: true };
}

/** One tenant's rows after one position and up to another. */
export async function readBetween(
  db: Executor,
  tenant: string,
  after: Position,
  upTo: Position,
): Promise<readonly OutboxRow[]> {
  const { rows } = await sql<OutboxRow>`
    select ${columns} from outbox o
    where o.tenant = ${tenant}
      and (o.xid, o.seq) > (${after.xid}::xid8, ${after.seq}::bigint)
      and (o.xid, o.seq) <= (${upTo.xid}::xid8, ${upTo.seq}::bigint)
    order by o.xid, o.seq limit ${BATCH}`.execute(db);
  return rows;
}

/**
 * Whether everything after the position is still there: its own row must be, and nothing behind it about to be purged.
 * The last row is never purged, so that nobody starts over because nothing has happened for long.
 */
export async function isRetained(db: Executor, position: Position, since: string): Promise<boolean> {
  if (position.xid === BEGINNING.xid) return position.seq > Date.parse(since);
  const { rows } = await sql<{ kept: boolean }>`
    select o.at > ${since}::timestamptz or not exists (
      select from outbox later
      where later.at <= ${since}::timestamptz and (later.xid, later.seq) > (o.xid, o.seq)) as kept
    from outbox o where o.xid = ${position.xid}::xid8 and o.seq = ${position.seq}::bigint`.execute(db);
  return rows[0]?.kept ?? false;
}

/** What waits in the outbox. */
export interface OutboxLag {
  readonly events: number;
  /** Age of the oldest of them. */
  readonly seconds: number;
}

/** What has been committed after a position: handed out a moment later, unless an older transaction keeps running. */
export async function readLag(db: Executor, after: Position, at: Date): Promise<OutboxLag> {
  const { rows } = await sql<{ events: number; oldest: string | null }>`
    select count(*)::integer as events, min(o.at) as oldest from outbox o
    where (o.xid, o.seq) > (${after.xid}::xid8, ${after.seq}::bigint)`.execute(db);
  const { events = 0, oldest = null } = rows[0] ?? {};
  const seconds = oldest === null ? 0 : Math.max(0, (at.getTime() - Date.parse(oldest)) / 1000);
  return { events, seconds };
}
