import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';

import { BackendError } from '../backend-error.js';
import type { CaseBackend, PositionedEvent } from '../backend.js';
import type { SignedIn } from '../middleware/authenticate.js';
import { describeError } from '../middleware/describe-error.js';
import type { AppEnv, AppLogger, AppObserver } from '../middleware/env.js';
import type { StreamSlots } from '../middleware/stream-slots.js';

/** What an event stream needs besides the backend. */
export interface EventStreamOptions {
  readonly backend: CaseBackend;
  readonly heartbeatMs: number;
  /** Aborted when the server stops: every stream ends. */
  readonly stopping?: AbortSignal | undefined;
  readonly logger?: AppLogger | undefined;
  readonly observer?: AppObserver | undefined;
  readonly slots: StreamSlots;
}

// The longest a timer can wait; a token that lives longer outlives any connection.
const longestTimer = 2 ** 31 - 1;
// Readers of a server that stops come back spread over this many milliseconds, not all at once.
const [soonest, latest] = [500, 3_000];

/**
 * Sends what happens, as it happens, to one reader.
 *
 * It answers once the reader has joined: whoever has the answer misses nothing from then on. A comment every so often
 * keeps the way open. It ends when the reader leaves, the server stops, or the token runs out: the reader comes back
 * with a new one and `Last-Event-ID`. A server that stops says first when to come back.
 *
 * @throws {BackendError} `rate_limited` when the actor has too many streams open, `unavailable` when the server stops
 *   before the reader has joined, and whatever the backend throws.
 */
export async function eventStream(
  context: Context<AppEnv>,
  { expiresAt, ...actor }: SignedIn,
  { backend, heartbeatMs, stopping, logger, observer, slots }: EventStreamOptions,
): Promise<Response> {
  const leaveSlot = slots.take(actor);
  const end = new AbortController();
  const leave = () => end.abort();
  const sources = [context.req.raw.signal, stopping];
  end.signal.addEventListener('abort', () => {
    leaveSlot();
    for (const source of sources) source?.removeEventListener('abort', leave);
  });
  for (const source of sources) source?.addEventListener('abort', leave, { once: true });
  if (sources.some((source) => source?.aborted)) leave();
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
    throw error;
  }
  observer?.streamOpened();
  const requestId = context.get('requestId');
  const response = streamSSE(context, async (stream) => {
    stream.onAbort(leave);
    const heartbeat = setInterval(() => void stream.write(': still here\n\n'), heartbeatMs);
    const remaining = Math.max(0, (expiresAt ?? Infinity) - Date.now());
    const expiry = setTimeout(leave, Math.min(remaining, longestTimer));
    try {
      await stream.write(': connected\n\n');
      for await (const event of events) {
        await stream.writeSSE({
          id: event.position,
          event: event.event.kind,
          data: JSON.stringify(event.event),
        });
        if (end.signal.aborted) break;
      }
      if (stopping?.aborted) await stream.write(comeBack());
    } catch (error) {
      if (!end.signal.aborted)
        logger?.error({ id: requestId, err: describeError(error) }, 'event stream failed');
    } finally {
      leave();
      observer?.streamClosed();
      clearInterval(heartbeat);
      clearTimeout(expiry);
    }
  });
  response.headers.set('x-accel-buffering', 'no');
  return response;
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
