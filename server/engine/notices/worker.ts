import { sql } from 'kysely';

import { now, type EngineContext } from '../context.js';
import { readAfter, readFrontier } from '../events/outbox-reader.js';
import type { Position } from '../events/position.js';
import type { NoticesOptions } from './options.js';
import { tells } from './plan.js';
import { planOrPostpone, planPostponed } from './postponed.js';
import { claim, deliver, nextDue } from './send.js';

/** Tells people what happens, in the background of one process; any number of processes may. */
export interface NoticeWorker {
  /** Looks at the outbox now. */
  wake(): void;
  /** How many messages wait, and for how long the one that should have left first does. */
  lag(): Promise<NoticeLag>;
  /** Waits for what is being sent, and ends. */
  dispose(): Promise<void>;
}

/** What waits to be sent, by all processes. */
export interface NoticeLag {
  readonly waiting: number;
  readonly seconds: number;
}

// Each costs a connection to somebody else's server.
const AT_ONCE = 5;
const POSITION = 'notices';
const LOOK_AGAIN = 25;

export async function startNoticeWorker(
  context: EngineContext,
  options: NoticesOptions,
  onError: (error: unknown) => void,
): Promise<NoticeWorker> {
  const { db } = context;
  const pollEvery = options.pollEvery ?? 5_000;
  let disposed = false;
  let behind = false;
  let running: Promise<void> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function wake(): void {
    behind = true;
    if (disposed) return;
    clearTimeout(timer);
    running ??= run()
      .catch((error: unknown) => {
        onError(error);
        lookIn(pollEvery);
      })
      .finally(() => {
        running = undefined;
        if (behind) wake();
      });
  }

  function lookIn(milliseconds: number): void {
    clearTimeout(timer);
    if (disposed) return;
    timer = setTimeout(wake, milliseconds);
    if (typeof timer === 'object') timer.unref();
  }

  async function run(): Promise<void> {
    let settled = true;
    do {
      behind = false;
      // What cannot be read on does not keep what was read before.
      settled = await planAll().catch(report);
      await planPostponedAll();
      await sendAll();
    } while (behind && !disposed);
    const due = await nextDue(db);
    const wait = due === null ? pollEvery : Date.parse(due) - context.clock().getTime();
    lookIn(settled ? Math.min(Math.max(wait, LOOK_AGAIN), pollEvery) : LOOK_AGAIN);
  }

  function report(error: unknown): true {
    onError(error);
    return true;
  }

  /** Reads on in the outbox, by one process at a time. Gives whether nothing waits behind a running transaction. */
  async function planAll(): Promise<boolean> {
    for (;;) {
      if (disposed) return true;
      const { read, waiting, told, troubles } = await planNext();
      if (told) context.wake();
      troubles.forEach(report);
      if (!read) return !waiting;
    }
  }

  /** What was planned and how far that was read are written together: nothing is planned twice, nothing left out. */
  async function planNext(): Promise<{ read: boolean; waiting: boolean; told: boolean; troubles: Error[] }> {
    return db.transaction().execute(async (tx) => {
      const after =
        await sql<Position>`select xid::text as xid, seq from casement_notice_position where name = ${POSITION}
        for update`.execute(tx);
      const position = after.rows[0];
      if (!position) throw new Error('The place of the notices in the outbox is missing.');
      const at = now(context);
      const { rows, waiting } = await readAfter(tx, position);
      const last = rows.at(-1);
      if (!last) return { read: false, waiting, told: false, troubles: [] };
      let told = false;
      const troubles: Error[] = [];
      for (const row of rows.filter(tells)) {
        const planned = await planOrPostpone(tx, row, options, at);
        told ||= planned.told;
        if (planned.trouble) troubles.push(planned.trouble);
      }
      await sql`update casement_notice_position set xid = ${last.xid}::xid8, seq = ${last.seq} where name = ${POSITION}`.execute(
        tx,
      );
      return { read: true, waiting, told, troubles };
    });
  }

  async function planPostponedAll(): Promise<void> {
    for (;;) {
      if (disposed) return;
      const planned = await planPostponed(context, options);
      if (!planned) return;
      if (planned.told) context.wake();
      if (planned.trouble) report(planned.trouble);
    }
  }

  async function sendAll(): Promise<void> {
    for (;;) {
      if (disposed) return;
      const claimed = await claim(context, AT_ONCE);
      if (claimed.length === 0) return;
      await Promise.all(claimed.map((notice) => deliver(context, options, notice).catch(onError)));
    }
  }

  // Whoever begins, begins now: what happened before was not to be told.
  const { xid, seq } = await readFrontier(db);
  await sql`insert into casement_notice_position (name, xid, seq) values (${POSITION}, ${xid}::xid8, ${seq})
    on conflict do nothing`.execute(db);
  wake();

  return {
    wake,
    async lag() {
      const { rows } = await sql<{ waiting: number; due: string | null }>`
        select count(*)::integer as waiting, min(due_at) as due from (
          select due_at from notices where state = 'waiting'
          union all select due_at from postponed_notices where set_aside_at is null) w`.execute(db);
      const { waiting = 0, due = null } = rows[0] ?? {};
      const seconds = due === null ? 0 : Math.max(0, (context.clock().getTime() - Date.parse(due)) / 1000);
      return { waiting, seconds };
    },
    async dispose() {
      disposed = true;
      behind = false;
      clearTimeout(timer);
      await running;
      clearTimeout(timer);
      for (const channel of options.channels) await channel.close?.();
    },
  };
}
