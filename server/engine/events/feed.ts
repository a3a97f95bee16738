import type { Actor, PositionedEvent } from '../../backend.js';
import { whenAborted } from '../../when-aborted.js';
import { asBackendError } from '../failures.js';
import type { Database, StopListening } from '../sql/database.js';
import { judgeRows } from './audience.js';
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
import { createSubscribers } from './subscribers.js';
import { nextTurn } from './turns.js';

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
// So many events are handed out before requests have their turn: each costs a write to a connection, a few milliseconds all.
const AT_ONCE = 100;
// Many readers take a while: whoever is reached later than this is judged by what holds then.
const JUDGED_FOR = 250;
// While nobody follows, what others wrote may go unnoticed so long: an earlier position misses nothing either.
const LOOK_KEPT = 1_000;

export function createFeed(options: FeedOptions): Feed {
  const { database, clock, bufferLimit, onError } = options;
  const { db } = database;
  const subscribers = createSubscribers();
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
    const wanted = rows.filter((row) => subscribers.has(row.tenant));
    if (wanted.length === 0) return;
    const judge = () => judgeRows(db, wanted, clock().toISOString());
    let judgedAt = clock().getTime();
    let judged = await judge();
    let done = 0;
    for (const { actor, readers } of subscribers.audiences(new Set(wanted.map(({ tenant }) => tenant)))) {
      if (Math.abs(clock().getTime() - judgedAt) > JUDGED_FOR) {
        judgedAt = clock().getTime();
        judged = await judge();
      }
      const told = judged.flatMap((row) => {
        const event = row.to(actor);
        return event ? [{ row, event }] : [];
      });
      done += judged.length;
      for (const reader of readers) {
        for (const { row, event } of told) if (isAfter(row, reader.after)) reader.push(event);
        done += told.length;
        if (done < AT_ONCE) continue;
        done = 0;
        await nextTurn();
        if (disposed) return;
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
      // What was written while nobody followed woke nobody, and may not have settled before this look.
      if (subscribers.size === 1) wake();
      return frontier;
    });
  }

  /** What was missed, and then what happens. Steps by hand: a generator around each reader would cost more than the rest. */
  function deliver(
    subscriber: Subscriber,
    missed: AsyncIterator<PositionedEvent, undefined> | undefined,
  ): AsyncIterableIterator<PositionedEvent, undefined> {
    let before = missed;
    async function catchUp(
      from: AsyncIterator<PositionedEvent, undefined>,
    ): Promise<IteratorResult<PositionedEvent, undefined>> {
      try {
        const read = await from.next();
        if (!read.done && !subscriber.ended) return read;
      } catch (error) {
        subscriber.end();
        throw asBackendError(error);
      }
      before = undefined;
      return subscriber.next();
    }
    return {
      next: () => (before ? catchUp(before) : subscriber.next()),
      return() {
        subscriber.end();
        return Promise.resolve({ done: true, value: undefined });
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  /** What a reader who was away has missed between its position and the moment it joined. */
  async function* missed(
    subscriber: Subscriber,
    from: Position,
    upTo: Position,
  ): AsyncGenerator<PositionedEvent, undefined> {
    const { actor } = subscriber;
    for (let after = from; isAfter(upTo, after);) {
      const rows = await readBetween(db, actor.tenant, after, upTo);
      const last = rows.at(-1);
      if (!last) return;
      for (const row of await judgeRows(db, rows, clock().toISOString())) {
        const event = row.to(actor);
        if (event) yield event;
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
    const forget = whenAborted(signal, () => subscriber.end());
    subscriber.onEnd = () => {
      forget();
      subscribers.remove(subscriber);
    };
    if (disposed) subscriber.end();
    if (subscriber.ended) return deliver(subscriber, undefined);
    try {
      await start();
      const from = position === undefined ? null : await resume(position);
      const joined = await join(subscriber, from);
      if (from) return deliver(subscriber, missed(subscriber, from, joined));
      return deliver(subscriber, position === undefined ? undefined : startOver(joined));
    } catch (error) {
      subscriber.end();
      throw error;
    }
  }

  async function* startOver(from: Position): AsyncGenerator<PositionedEvent, undefined> {
    yield { position: formatPosition(named(from)), event: { kind: 'stream.reset' } };
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
      subscribers.end();
      await queue;
      const stop = await listening?.catch(() => undefined);
      await stop?.();
    },
  };
}
