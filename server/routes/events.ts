import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';

import type { CaseBackend } from '../backend.js';
import type { SignedIn } from '../middleware/authenticate.js';
import type { AppEnv, AppLogger } from '../middleware/env.js';

/** What an event stream needs besides the backend. */
export interface EventStreamOptions {
  readonly backend: CaseBackend;
  readonly heartbeatMs: number;
  /** Aborted when the server stops: every stream ends. */
  readonly stopping?: AbortSignal | undefined;
  readonly logger?: AppLogger | undefined;
}

// The longest a timer can wait; a token that lives longer outlives any connection.
const longestTimer = 2 ** 31 - 1;

/**
 * Sends what happens, as it happens, to one reader.
 *
 * Its first bytes go out at once, so that a proxy opens the way; a comment every so often keeps it open. It ends when
 * the reader leaves, the server stops, or the token runs out: the reader comes back with a new one and `Last-Event-ID`.
 */
export function eventStream(
  context: Context<AppEnv>,
  { expiresAt, ...actor }: SignedIn,
  { backend, heartbeatMs, stopping, logger }: EventStreamOptions,
): Response {
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
    } catch (error) {
      if (!end.signal.aborted) logger?.error({ id: requestId, err: error }, 'event stream failed');
    } finally {
      clearInterval(heartbeat);
      clearTimeout(expiry);
      stopping?.removeEventListener('abort', leave);
      end.abort();
    }
  });
  response.headers.set('x-accel-buffering', 'no');
  return response;
}
