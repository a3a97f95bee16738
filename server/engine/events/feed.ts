import type { Actor, PositionedEvent } from '../../backend.js';
import type { Database, StopListening } from '../sql/database.js';
import { loadJudge } from './audience.js';
import {
  isRetained,
  readAfter,
  readBetween,
  readFrontier,
  readLag,
  type OutboxLag,
  type OutboxRow,
} from './outbox-reader.js';
import { formatPosition, isAfter, parsePosition, type Position } from './position.js';
import { createSubscriber, type Subscriber } from './subscriber.js';

/** What the feed needs. */
export interface FeedOptions {
  readonly database: Database;
  readonly clock: () => Date;
  readonly pollEvery: number;
  readonly bufferLimit: number;
  readonly keepHours: number;
  readonly onError: (error: unknown) => void;
}

/** The live end of the outbox: one reader for all who follow it in this process. */
export interface Feed {
  /** Looks at the outbox now. */
  wake(): void;
  subscribe(position: string | undefined, actor: Actor, signal: AbortSignal): AsyncIterable<PositionedEvent>;
  /** Events that wait to be handed out here, and since when: nothing waits for readers that are not there. */
  lag(): Promise<OutboxLag>;
  dispose(): Promise<void>;
}

const FIRST_LOOK_AGAIN = 15;
const SLOWEST_LOOK_AGAIN = 500;

export function createFeed(options: FeedOptions): Feed {
  const { database, clock, bufferLimit, onError } = options;
  const { db } = database;
  const subscribers = new Set<Subscriber>();
  /** Everything settled up to here has been handed out; `null` while nobody follows. */
  let frontier: Position | null = null;
  let listening: Promise<StopListening> | undefined;
  let poll: ReturnType<typeof setInterval> | undefined;
  let lookAgain: ReturnType<typeof setTimeout> | undefined;
  let patience = FIRST_LOOK_AGAIN;
  let queue: Promise<unknown> = Promise.resolve();
  let queued = false;
  let disposed = false;

  /** One after the other: the frontier moves in one place only. */
  function inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = queue.then(run);
    queue = turn.catch(() => undefined);
    return turn;
  }

  function wake(): void {
    if (queued || disposed || subscribers.size === 0) return;
    queued = true;
    inTurn(() => {
      queued = false;
      return readOn();
    }).catch(onError);
  }

  async function readOn(): Promise<void> {
    clearTimeout(lookAgain);
    if (subscribers.size === 0) frontier = null;
    while (frontier && !disposed) {
      const { rows, waiting } = await readAfter(db, frontier);
      const last = rows.at(-1);
      if (last) {
        await handOut(rows);
        frontier = last;
        patience = FIRST_LOOK_AGAIN;
      }
      if (waiting && !last) {
        lookAgain = setTimeout(wake, patience);
        patience = Math.min(patience * 2, SLOWEST_LOOK_AGAIN);
      }
      if (!last) return;
    }
  }

  async function handOut(rows: readonly OutboxRow[]): Promise<void> {
    const tenants = new Set([...subscribers].map(({ actor }) => actor.tenant));
    const wanted = rows.filter((row) => tenants.has(row.tenant));
    if (wanted.length === 0) return;
    const judge = await loadJudge(db, wanted, clock().toISOString());
    for (const subscriber of subscribers) {
      for (const row of wanted) {
        if (row.tenant !== subscriber.actor.tenant || !isAfter(row, subscriber.after)) continue;
        const event = judge(row, subscriber.actor);
        if (event) subscriber.push({ position: formatPosition(row), event });
      }
    }
  }

  async function start(): Promise<void> {
    listening ??= database.listen(wake);
    await listening;
    if (poll !== undefined || disposed) return;
    poll = setInterval(wake, options.pollEvery);
    if (typeof poll === 'object') poll.unref();
  }

  /** Joins the live feed, and tells where it stands at that moment. */
  function join(subscriber: Subscriber): Promise<Position> {
    return inTurn(async () => {
      // While nobody follows nobody moves it on.
      if (subscribers.size === 0) frontier = null;
      frontier ??= await readFrontier(db);
      if (!subscriber.ended) subscribers.add(subscriber);
      return frontier;
    });
  }

  /** What a reader who was away has missed between its position and the moment it joined. */
  async function* missed(
    subscriber: Subscriber,
    from: Position,
    upTo: Position,
  ): AsyncIterable<PositionedEvent> {
    const { actor } = subscriber;
    for (let after = from; isAfter(upTo, after);) {
      const rows = await readBetween(db, actor.tenant, after, upTo);
      const last = rows.at(-1);
      if (!last) return;
      const judge = await loadJudge(db, rows, clock().toISOString());
      for (const row of rows) {
        const event = judge(row, actor);
        if (event) yield { position: formatPosition(row), event };
      }
      after = last;
    }
  }

  async function retained(position: Position): Promise<boolean> {
    // A little less than what is kept, so that nothing is purged between this look and the reading.
    const kept = options.keepHours * 3_600_000 * 0.95;
    return isRetained(db, position, new Date(clock().getTime() - kept).toISOString());
  }

  async function* subscribe(
    position: string | undefined,
    actor: Actor,
    signal: AbortSignal,
  ): AsyncGenerator<PositionedEvent> {
    if (disposed || signal.aborted) return;
    const subscriber = createSubscriber(actor, bufferLimit);
    const leave = (): void => {
      subscribers.delete(subscriber);
      subscriber.end();
    };
    signal.addEventListener('abort', leave, { once: true });
    try {
      await start();
      const joined = await join(subscriber);
      if (position !== undefined) {
        const from = parsePosition(position);
        if (from && (await retained(from))) {
          subscriber.after = isAfter(from, joined) ? from : joined;
          yield* missed(subscriber, from, joined);
        } else {
          yield { position: formatPosition(joined), event: { kind: 'stream.reset' } };
        }
      }
      yield* subscriber.events();
    } finally {
      signal.removeEventListener('abort', leave);
      leave();
    }
  }

  return {
    wake,
    subscribe,
    lag: async () => (frontier ? readLag(db, frontier, clock()) : { events: 0, seconds: 0 }),
    async dispose() {
      disposed = true;
      clearInterval(poll);
      clearTimeout(lookAgain);
      for (const subscriber of subscribers) subscriber.end();
      subscribers.clear();
      await queue;
      const stop = await listening?.catch(() => undefined);
      await stop?.();
    },
  };
}
