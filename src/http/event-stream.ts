import { pageRoutes as routes } from '../contract/page-routes.js';
import { caseEventSchema, type CaseEvent } from '../contract/events.js';
import { isAuthenticationError, isCaseError } from '../errors.js';
import { backoff } from './backoff.js';
import { createEventParser } from './event-parser.js';
import { pause, withLimits } from './limits.js';
import type { Transport } from './transport.js';

/** How the event stream stands: `offline` also while nobody listens and where the backend sends no events. */
export type EventStreamState = 'connecting' | 'live' | 'offline';

/** What a follower is told. */
export interface EventStreamHandlers {
  /** `position` is what a later stream may resume after. */
  onEvent(event: CaseEvent, position: string | undefined): void;
  onState(state: EventStreamState): void;
  /** The stream is live; `resumed` where it goes on after the last event it brought. */
  onLive(resumed: boolean): void;
  /** Events are not to be had for the moment, or not at all: time to look for oneself. */
  onPoll(): void;
}

// The server sends something every 15 seconds.
const silence = 45_000;
const pollInterval = 30_000;
// A connection that lasted this long was a good one.
const settled = 5_000;

/**
 * Follows the server's events until `signal` aborts: resumes after the last event, backs off while it cannot
 * connect, gives up a connection that has gone silent.
 */
export async function followEvents(
  http: Transport,
  handlers: EventStreamHandlers,
  signal: AbortSignal,
  resumeAfter?: string,
): Promise<void> {
  let position = resumeAfter;
  let failures = 0;
  let wait = 0;

  async function connect(): Promise<void> {
    await withLimits([signal], Infinity, async (outer) => {
      const connection = new AbortController();
      outer.addEventListener('abort', () => connection.abort());
      let watchdog: ReturnType<typeof setTimeout> | undefined;
      const listen = () => {
        clearTimeout(watchdog);
        watchdog = setTimeout(() => connection.abort(), silence);
      };
      const feed = createEventParser(({ id, data }) => {
        if (id !== undefined) position = id;
        const event = caseEventSchema.safeParse(parseJson(data));
        if (event.success) handlers.onEvent(event.data, position);
      });
      listen();
      try {
        const response = await http.stream(
          routes.streamEvents,
          { accept: 'text/event-stream', ...(position !== undefined && { 'last-event-id': position }) },
          connection.signal,
        );
        if (!response.body) {
          wait = pollInterval;
          return;
        }
        handlers.onState('live');
        handlers.onLive(position !== undefined);
        const since = Date.now();
        const reader = response.body.getReader();
        const decoder = new TextDecoder();
        // A fetch handed in may not heed the signal once it has answered.
        connection.signal.addEventListener('abort', () => void reader.cancel().catch(() => {}));
        for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
          listen();
          if (Date.now() - since > settled) failures = 0;
          feed(decoder.decode(chunk.value, { stream: true }));
        }
      } finally {
        clearTimeout(watchdog);
        connection.abort();
      }
    });
  }

  while (!signal.aborted) {
    wait = 0;
    handlers.onState(failures > 1 ? 'offline' : 'connecting');
    try {
      await connect();
    } catch (error) {
      if (isCaseError(error)) wait = (error.retryAfter ?? 0) * 1000;
      // Asking again soon would bring the same answer: there is no stream, or nobody is signed in.
      if (isAuthenticationError(error) || hasNoStream(error)) wait = pollInterval;
    }
    failures += 1;
    if (signal.aborted) break;
    handlers.onState(wait >= pollInterval || failures > 1 ? 'offline' : 'connecting');
    try {
      await pause(Math.max(wait, backoff(failures, 1_000, 30_000)), [signal]);
    } catch {
      break;
    }
    if (failures > 2 || wait >= pollInterval) handlers.onPoll();
  }
  handlers.onState('offline');
}

function hasNoStream(error: unknown): boolean {
  return isCaseError(error) && [404, 405, 501].includes(error.status ?? 0);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // An event nobody can read is no event.
    return undefined;
  }
}
