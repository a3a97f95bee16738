import { BackendError } from '../backend-error.js';
import { whenAborted } from '../when-aborted.js';

/** A request, as far as an operation reads it. */
export interface ReceivedRequest {
  readonly url: string;
  readonly headers: Headers;
  readonly signal: AbortSignal;
  readonly body: ReadableStream<Uint8Array> | null;
}

/** How long a body may keep the server waiting. */
export interface BodyPatience {
  /** Milliseconds between two pieces of a body, and for a whole JSON body. */
  readonly timeoutMs: number;
  /** Aborted when the server stops and can wait no longer: what is still coming is refused. */
  readonly deadline?: AbortSignal | undefined;
}

/**
 * The request with a body that cannot be sent for ever: one that stalls fails with `request_timeout`, one that is not
 * there when the server has to stop with `unavailable`.
 *
 * @param whole - Whether the time is for the whole body, as for JSON, or for each piece, as for files.
 */
export function receive(request: Request, patience: BodyPatience, whole: boolean): ReceivedRequest {
  const { url, headers, signal } = request;
  return {
    url,
    headers,
    signal,
    get body() {
      return request.body && timed(request.body, patience, whole);
    },
  };
}

function timed(
  body: ReadableStream<Uint8Array>,
  { timeoutMs, deadline }: BodyPatience,
  whole: boolean,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const began = Date.now();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const left = whole ? Math.max(0, timeoutMs - (Date.now() - began)) : timeoutMs;
        try {
          const { done, value } = await orFail(reader.read(), left, deadline);
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          void reader.cancel(error).catch(() => undefined);
          throw error;
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

function orFail<T>(reading: Promise<T>, milliseconds: number, deadline: AbortSignal | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    let forget: (() => void) | undefined;
    const stop = () => {
      clearTimeout(timer);
      forget?.();
    };
    const refuse = () => {
      stop();
      reject(
        new BackendError('unavailable', {
          detail: 'The server is stopping. Send it again, with the same key.',
          retryAfter: 1,
        }),
      );
    };
    const timer = setTimeout(() => {
      stop();
      reject(new BackendError('request_timeout', { detail: 'The body stopped coming.' }));
    }, milliseconds);
    if (deadline) forget = whenAborted(deadline, refuse);
    reading.finally(stop).then(resolve, reject);
  });
}
