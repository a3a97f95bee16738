import type { CaseEvent } from '../contract/events.js';
import { followEvents, type EventStreamState } from '../http/event-stream.js';
import type { Transport } from '../http/transport.js';
import type { StreamOrigin } from './stream-origin.js';

export type { EventStreamState } from '../http/event-stream.js';

/** What happens to the cases the actor may see, as it happens. Reached as `client.events`. */
export interface EventsResource {
  /**
   * Calls `listener` with every event: ids and a kind only, to be read through the resources.
   *
   * Opens the client's one stream unless it is open; it resumes where it was after a lost connection.
   *
   * @returns The function that ends it.
   *
   * @example
   * ```ts
   * const stop = client.events.subscribe(({ kind, caseId }) => console.log(kind, caseId));
   * ```
   */
  subscribe(listener: (event: CaseEvent) => void): () => void;
  /** Whether changes arrive now. */
  getState(): EventStreamState;
  /** Calls `listener` whenever the state changes; opens no stream. Answers the function that ends it. */
  subscribeState(listener: (state: EventStreamState) => void): () => void;
}

/** The client's one event stream, open while anybody holds it. */
export interface LiveEvents extends EventsResource {
  /** Keeps the stream open; answers the function that lets it go. */
  hold(): () => void;
  /** Ends the stream and forgets where it was; begins anew for those who hold it unless `closed`. */
  restart(closed: boolean): void;
}

/** What the cache does about the stream. */
export interface EventEffects {
  apply(event: CaseEvent): void;
  /** Events may have been missed by whatever was asked for at `time` or before. */
  renew(time: number): void;
}

// An element that is moved in the page lets go and takes hold again.
const linger = 5_000;

export function createLiveEvents(http: Transport, effects: EventEffects, origin: StreamOrigin): LiveEvents {
  const listeners = new Set<(event: CaseEvent) => void>();
  const stateListeners = new Set<(state: EventStreamState) => void>();
  let state: EventStreamState = 'offline';
  let holders = 0;
  let closed = false;
  let position: string | undefined;
  let running: AbortController | undefined;
  let closing: ReturnType<typeof setTimeout> | undefined;

  function setState(next: EventStreamState): void {
    if (next === state) return;
    state = next;
    for (const listener of [...stateListeners]) listener(next);
  }

  function open(): void {
    clearTimeout(closing);
    if (running || closed || holders === 0) return;
    running = new AbortController();
    setState('connecting');
    void follow(running);
  }

  async function follow(run: AbortController): Promise<void> {
    if (position === undefined) {
      const found = await origin.find();
      if (running !== run) return;
      position = found;
    }
    const ifCurrent =
      <A extends unknown[]>(act: (...args: A) => void) =>
      (...args: A) => {
        if (running === run) act(...args);
      };
    await followEvents(
      http,
      {
        onEvent: ifCurrent((event, id) => {
          position = id;
          effects.apply(event);
          for (const listener of [...listeners]) listener(event);
        }),
        onState: ifCurrent(setState),
        onLive: ifCurrent((resumed) => {
          if (!resumed) effects.renew(Date.now());
        }),
        onPoll: ifCurrent(() => effects.renew(Date.now())),
      },
      run.signal,
      position,
    );
  }

  function close(): void {
    clearTimeout(closing);
    running?.abort();
    running = undefined;
    setState('offline');
  }

  function hold(): () => void {
    holders += 1;
    open();
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      holders -= 1;
      if (holders > 0) return;
      clearTimeout(closing);
      if (running) closing = setTimeout(close, linger);
    };
  }

  return {
    subscribe(listener) {
      // A wrapper of its own, so that one function may listen twice.
      const own = (event: CaseEvent) => {
        try {
          listener(event);
        } catch (error) {
          // The listener's trouble, not the stream's: reported as any uncaught error is.
          queueMicrotask(() => {
            throw error;
          });
        }
      };
      listeners.add(own);
      const release = hold();
      return () => {
        listeners.delete(own);
        release();
      };
    },
    getState: () => state,
    subscribeState(listener) {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    hold,
    restart(isClosed) {
      closed = isClosed;
      position = undefined;
      origin.forget();
      close();
      open();
    },
  };
}
