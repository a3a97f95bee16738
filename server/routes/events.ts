import type { Context } from 'hono';

import { BackendError } from '../backend-error.js';
import type { CaseBackend, PositionedEvent } from '../backend.js';
import type { SignedIn } from '../middleware/authenticate.js';
import { describeError } from '../middleware/describe-error.js';
import type { AppEnv, AppLogger, AppObserver } from '../middleware/env.js';
import type { StreamSlots } from '../middleware/stream-slots.js';
import { whenAborted } from '../when-aborted.js';
import { eventBody } from './event-body.js';
import type { Heartbeats } from './heartbeats.js';

/** What an event stream needs besides the backend. */
export interface EventStreamOptions {
  readonly backend: CaseBackend;
  readonly heartbeats: Heartbeats;
  /** Aborted when the server stops: every stream ends. */
  readonly stopping?: AbortSignal | undefined;
  readonly logger?: AppLogger | undefined;
  readonly observer?: AppObserver | undefined;
  readonly slots: StreamSlots;
}

// The longest a timer can wait; a token that lives longer outlives any connection.
const longestTimer = 2 ** 31 - 1;
const headers = {
  'Content-Type': 'text/event-stream',
  // Or the server waits for more before it answers.
  'Transfer-Encoding': 'chunked',
  Connection: 'keep-alive',
  'X-Accel-Buffering': 'no',
};
// Readers of a server that stops come back spread over this many milliseconds, not all at once.
const [soonest, latest] = [500, 3_000];

/**
 * Sends what happens, as it happens, to one reader.
 *
 * It answers once the reader has joined: whoever has the answer misses nothing from then on. A comment every so often
 * keeps the way open. It ends when the reader leaves, the server stops, or the token runs out: the reader comes back
 * with a new one and `Last-Event-ID`. A server that stops says first when to come back. Where the backend sends no events,
 * the answer is 204.
 *
 * @throws {BackendError} `rate_limited` when the actor has too many streams open, `unavailable` when the server stops
 *   before the reader has joined, and whatever the backend throws.
 */
export async function eventStream(
  context: Context<AppEnv>,
  { expiresAt, ...actor }: SignedIn,
  { backend, heartbeats, stopping, logger, observer, slots }: EventStreamOptions,
): Promise<Response> {
  const leaveSlot = slots.take(actor);
  const end = new AbortController();
  const leave = () => end.abort();
  const sources = [context.req.raw.signal, ...(stopping ? [stopping] : [])];
  const forget = sources.map((source) => whenAborted(source, leave));
  whenAborted(end.signal, () => {
    leaveSlot();
    for (const forgetSource of forget) forgetSource();
  });
  const position = context.req.header('last-event-id');
  let events: AsyncIterable<PositionedEvent>;
  try {
    const joining = backend.events(position || undefined, { actor, signal: end.signal });
    events = await unlessAborted(joining, end.signal);
  } catch (error) {
    leave();
    if (stopping?.aborted)
      throw new BackendError('unavailable', {
        detail: 'The server stops.',
        retryAfter: Math.ceil(whenBack() / 1_000),
      });
    // An answer that readers of event streams know to mean: none here. A failure would stand in every page's console.
    if (error instanceof BackendError && error.code === 'capability_missing') return context.body(null, 204);
    throw error;
  }
  observer?.streamOpened();
  const remaining = Math.max(0, (expiresAt ?? Infinity) - Date.now());
  const expiry = setTimeout(leave, Math.min(remaining, longestTimer));
  whenAborted(end.signal, () => {
    clearTimeout(expiry);
    observer?.streamClosed();
  });
  const id = context.get('requestId');
  const body = eventBody(events, {
    end,
    heartbeats,
    farewell: () => (stopping?.aborted ? comeBack() : undefined),
    onError: (error) => logger?.error({ id, err: describeError(error) }, 'event stream failed'),
  });
  return context.body(body, 200, headers);
}

/** Settles as `work` does, but rejects at once when `signal` aborts, whether or not `work` heeds it. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** In milliseconds. */
function whenBack(): number {
  return Math.round(soonest + Math.random() * (latest - soonest));
}

function comeBack(): string {
  return `: the server stops, come back\nretry: ${whenBack()}\n\n`;
}
