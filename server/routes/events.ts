import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';

import type { CaseBackend } from '../backend.js';
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
 * Its first bytes go out at once, so that a proxy opens the way; a comment every so often keeps it open. It ends when
 * the reader leaves, the server stops, or the token runs out: the reader comes back with a new one and `Last-Event-ID`.
 * A server that stops says first when to come back.
 *
 * @throws {BackendError} `rate_limited` when the actor has too many streams open.
 */
export function eventStream(
  context: Context<AppEnv>,
  { expiresAt, ...actor }: SignedIn,
  { backend, heartbeatMs, stopping, logger, observer, slots }: EventStreamOptions,
): Response {
  const leaveSlot = slots.take(actor);
  observer?.streamOpened();
  const position = context.req.header('last-event-id');
  const requestId = context.get('requestId');
  const response = streamSSE(context, async (stream) => {
    const end = new AbortController();
    const leave = () => end.abort();
    stream.onAbort(leave);
    const { signal } = context.req.raw;
    for (const source of [signal, stopping]) source?.addEventListener('abort', leave, { once: true });
    if (signal.aborted || stopping?.aborted) leave();
    const heartbeat = setInterval(() => void stream.write(': still here\n\n'), heartbeatMs);
    const remaining = Math.max(0, (expiresAt ?? Infinity) - Date.now());
    const expiry = setTimeout(leave, Math.min(remaining, longestTimer));
    try {
      await stream.write(': connected\n\n');
      const events = backend.events(position || undefined, { actor, signal: end.signal });
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
      leaveSlot();
      observer?.streamClosed();
      clearInterval(heartbeat);
      clearTimeout(expiry);
      stopping?.removeEventListener('abort', leave);
      end.abort();
    }
  });
  response.headers.set('x-accel-buffering', 'no');
  return response;
}

function comeBack(): string {
  const wait = Math.round(soonest + Math.random() * (latest - soonest));
  return `: the server stops, come back\nretry: ${wait}\n\n`;
}
