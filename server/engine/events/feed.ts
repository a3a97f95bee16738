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
import { BEGINNING, beginningAt, formatPosition, isAfter, parsePosition, type Position } from './position.js';
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
  /** Resolves once what is committed from then on will be delivered. */
  subscribe(
    position: string | undefined,
    actor: Actor,
    signal: AbortSignal,
  ): Promise<AsyncIterable<PositionedEvent>>;
  /** Where the outbox stands: whatever is read after the call knows of everything up to there. */
  position(): Promise<string>;
  /** Events that wait to be handed out here, and since when: nothing waits for readers that are not there. */
  lag(): Promise<OutboxLag>;
  dispose(): Promise<void>;
}

const FIRST_LOOK_AGAIN = 15;
const SLOWEST_LOOK_AGAIN = 500;
// While nobody follows, what others wrote may go unnoticed so long: an earlier position misses nothing either.
const LOOK_KEPT = 1_000;

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
  /** Something was committed that has not been read yet. */
  let behind = false;
  /** How often something was committed, and where the outbox ended when nobody followed. */
  let writes = 0;
  let lastLook: { readonly frontier: Position; readonly at: number } | undefined;
  let disposed = false;

  /** One after the other: the frontier moves in one place only. */
  function inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = queue.then(run);
    queue = turn.catch(() => undefined);
    return turn;
  }

  function wake(): void {
    writes += 1;
    lastLook = undefined;
    if (queued || disposed || subscribers.size === 0) return;
    queued = true;
    behind = true;
    inTurn(async () => {
      queued = false;
      await readOn();
      behind = queued;
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
    await listening.catch((error: unknown) => {
      listening = undefined;
      throw error;
    });
    if (poll !== undefined || disposed) return;
    poll = setInterval(wake, options.pollEvery);
    if (typeof poll === 'object') poll.unref();
  }

  /** Joins the live feed, which passes over what lies up to `from`; tells where it stands at that moment. */
  function join(subscriber: Subscriber, from: Position | null): Promise<Position> {
    return inTurn(async () => {
      // While nobody follows nobody moves it on.
      if (subscribers.size === 0) frontier = null;
      frontier ??= await readFrontier(db);
      subscriber.after = from && isAfter(from, frontier) ? from : frontier;
      if (disposed) subscriber.end();
      if (!subscriber.ended) subscribers.add(subscriber);
      return frontier;
    });
  }

  /** What goes before, and then what happens. */
  async function* deliver(
    subscriber: Subscriber,
    before: Iterable<PositionedEvent> | AsyncIterable<PositionedEvent>,
    leave: () => void,
  ): AsyncGenerator<PositionedEvent> {
    try {
      yield* before;
      yield* subscriber.events();
    } finally {
      leave();
    }
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

  /** Where to go on after `text`; `null` where that cannot be done without a gap. */
  async function resume(text: string): Promise<Position | null> {
    const position = parsePosition(text);
    // A little less than what is kept, so that nothing is purged between this look and the reading.
    const kept = options.keepHours * 3_600_000 * 0.95;
    const since = new Date(clock().getTime() - kept).toISOString();
    return position && (await isRetained(db, position, since)) ? position : null;
  }

  async function subscribe(
    position: string | undefined,
    actor: Actor,
    signal: AbortSignal,
  ): Promise<AsyncIterable<PositionedEvent>> {
    const subscriber = createSubscriber(actor, bufferLimit);
    const leave = (): void => {
      signal.removeEventListener('abort', leave);
      subscribers.delete(subscriber);
      subscriber.end();
    };
    if (disposed || signal.aborted) leave();
    if (subscriber.ended) return subscriber.events();
    signal.addEventListener('abort', leave);
    try {
      await start();
      const from = position === undefined ? null : await resume(position);
      const joined = await join(subscriber, from);
      if (from) return deliver(subscriber, missed(subscriber, from, joined), leave);
      return deliver(subscriber, position === undefined ? [] : [startOver(joined)], leave);
    } catch (error) {
      leave();
      throw error;
    }
  }

  function startOver(from: Position): PositionedEvent {
    return { position: formatPosition(named(from)), event: { kind: 'stream.reset' } };
  }

  /** The position as it may be given away: an empty outbox is named with the time. */
  function named(position: Position): Position {
    return position.xid === BEGINNING.xid ? beginningAt(clock()) : position;
  }

  async function position(): Promise<string> {
    // Nothing that was committed here waits to be read: the frontier is the end.
    if (frontier && subscribers.size > 0 && !behind) return formatPosition(named(frontier));
    const known = lastLook && performance.now() - lastLook.at < LOOK_KEPT ? lastLook : undefined;
    if (known) return formatPosition(named(known.frontier));
    const written = writes;
    const found = await readFrontier(db);
    if (written === writes) lastLook = { frontier: found, at: performance.now() };
    return formatPosition(named(found));
  }

  return {
    wake,
    subscribe,
    position,
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
