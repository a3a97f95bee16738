import { sql } from 'kysely';

import { now, type EngineContext, type Tx } from '../context.js';
import type { OutboxRow } from '../events/outbox-reader.js';
import { isOutage } from '../failures.js';
import { announceGrants } from './grant-state.js';
import { waitAfter, type NoticesOptions } from './options.js';
import { planRow, untoldShares, type PlannedEvent } from './plan.js';

type Place = Pick<OutboxRow, 'xid' | 'seq'>;

interface PostponedRow extends PlannedEvent, Place {
  readonly attempts: number;
}

/** What came of planning one event: whether readers are to be woken, and what went wrong. */
export interface Planned {
  readonly told: boolean;
  readonly trouble?: Error;
}

/**
 * Plans an event of the outbox. What goes wrong keeps no other one waiting: the event is written down for another attempt, in
 * the transaction that reads on. Where not even that can be written, the database is away, and nothing is passed over.
 */
export async function planOrPostpone(
  tx: Tx,
  row: PlannedEvent & Place,
  options: NoticesOptions,
  at: string,
): Promise<Planned> {
  const { told, error } = await plan(tx, row, options, at);
  if (error === undefined) return { told };
  const { tenant, xid, seq, kind, case_id: caseId, note_id: noteId, internal } = row;
  const attempts = isOutage(error) ? 0 : 1;
  const due = new Date(Date.parse(at) + waitAfter(1, options)).toISOString();
  await sql`
    insert into postponed_notices (tenant, xid, seq, kind, case_id, note_id, internal, attempts, due_at)
    values (${tenant}, ${xid}::xid8, ${seq}, ${kind}, ${caseId}, ${noteId}, ${internal}, ${attempts}, ${due}::timestamptz)
    on conflict do nothing`.execute(tx);
  return { told: false, trouble: troubleOf(row, 'is tried again', error) };
}

/** Plans one event that was postponed and is due; `null` once there is none. Several processes share them. */
export async function planPostponed(
  context: EngineContext,
  options: NoticesOptions,
): Promise<Planned | null> {
  return context.db.transaction().execute(async (tx) => {
    const at = now(context);
    const { rows } = await sql<PostponedRow>`
      select tenant, xid::text as xid, seq, kind, case_id, note_id, internal, attempts from postponed_notices
      where set_aside_at is null and due_at <= ${at}::timestamptz order by due_at limit 1 for update skip locked`.execute(
      tx,
    );
    const [row] = rows;
    if (!row) return null;
    const { told, error } = await plan(tx, row, options, at);
    const place = sql`tenant = ${row.tenant} and xid = ${row.xid}::xid8 and seq = ${row.seq}`;
    if (error === undefined) {
      await sql`delete from postponed_notices where ${place}`.execute(tx);
      return { told };
    }
    const attempts = row.attempts + (isOutage(error) ? 0 : 1);
    const { attempts: most = 8 } = options;
    if (attempts < most) {
      const due = new Date(Date.parse(at) + waitAfter(Math.max(attempts, 1), options)).toISOString();
      await sql`update postponed_notices set attempts = ${attempts}, due_at = ${due}::timestamptz where ${place}`.execute(
        tx,
      );
      return { told: false, trouble: troubleOf(row, 'is tried again', error) };
    }
    await sql`update postponed_notices set attempts = ${attempts}, set_aside_at = ${at}::timestamptz where ${place}`.execute(
      tx,
    );
    const shown = await tellNobody(tx, row, at);
    return { told: shown, trouble: troubleOf(row, 'is told to nobody and set aside', error) };
  });
}

/** All of it or nothing: what goes wrong leaves the transaction as it was. */
async function plan(
  tx: Tx,
  row: PlannedEvent,
  { channels }: NoticesOptions,
  at: string,
): Promise<{ readonly told: boolean; readonly error?: unknown }> {
  await sql`savepoint planning`.execute(tx);
  try {
    const changed = await planRow(tx, row, { channels, at });
    await announceGrants(tx, row.tenant, changed, at);
    await sql`release savepoint planning`.execute(tx);
    return { told: changed.length > 0 };
  } catch (error) {
    await sql`rollback to savepoint planning`.execute(tx);
    await sql`release savepoint planning`.execute(tx);
    return { told: false, error };
  }
}

/** CO-10: a share nobody will be told of says so to whoever shared. */
async function tellNobody(tx: Tx, { tenant, kind, case_id: caseId }: PlannedEvent, at: string) {
  if (kind !== 'case.shared' || caseId === null) return false;
  const rows = await tx
    .updateTable('grants as g')
    .set({ notified: 'failed' })
    .where(untoldShares(tenant, caseId))
    .returning('g.id')
    .execute();
  await announceGrants(
    tx,
    tenant,
    rows.map(({ id }) => id),
    at,
  );
  return rows.length > 0;
}

/** For the log, which names no person and quotes no text. */
function troubleOf({ kind, xid, seq }: PlannedEvent & Place, what: string, cause: unknown): Error {
  return new Error(`A notice ${what}: ${kind} at ${xid}-${seq} of the outbox.`, { cause });
}
