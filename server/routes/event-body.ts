import type { PositionedEvent } from '../backend.js';
import { whenAborted } from '../when-aborted.js';
import type { Heartbeats } from './heartbeats.js';

/** What the body of an event stream needs besides the events. */
export interface EventBodyOptions {
  /** Ends the stream, and is aborted when it has ended otherwise. */
  readonly end: AbortController;
  readonly heartbeats: Heartbeats;
  /** What is said last to a reader that is still there. */
  readonly farewell: () => string | undefined;
  /** Told why a stream ended that nobody ended. */
  readonly onError: (error: unknown) => void;
}

const encoder = new TextEncoder();
const connected = encoder.encode(': connected\n\n');
const stillHere = encoder.encode(': still here\n\n');
/** What very many readers are told is put into bytes once. */
const written = new WeakMap<PositionedEvent, Uint8Array<ArrayBuffer>>();

/** The events as they go over the wire, each taken only when the connection has room for it. */
export function eventBody(
  events: AsyncIterable<PositionedEvent>,
  { end, heartbeats, farewell, onError }: EventBodyOptions,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const iterator = events[Symbol.asyncIterator]();
  let open = true;
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      start(controller) {
        controller.enqueue(connected);
        const stop = heartbeats.join(() => {
          // Whoever has not taken the last thing yet needs no sign of life, and must not pile them up.
          if (controller.desiredSize === 0) controller.enqueue(stillHere);
        });
        whenAborted(end.signal, () => {
          stop();
          Promise.resolve(iterator.return?.()).catch(() => undefined);
        });
      },
      async pull(controller) {
        try {
          const read = await iterator.next();
          if (!read.done && !end.signal.aborted) {
            controller.enqueue(bytesOf(read.value));
            return;
          }
          const last = farewell();
          if (open && last !== undefined) controller.enqueue(encoder.encode(last));
        } catch (error) {
          if (!end.signal.aborted) onError(error);
        }
        end.abort();
        if (open) controller.close();
      },
      cancel() {
        open = false;
        end.abort();
      },
    },
    { highWaterMark: 0 },
  );
}

function bytesOf(told: PositionedEvent): Uint8Array<ArrayBuffer> {
  const known = written.get(told);
  if (known) return known;
  const { position, event } = told;
  if (/[\r\n]/.test(event.kind + position))
    throw new Error('An event has a line break in its kind or position.');
  const bytes = encoder.encode(`event: ${event.kind}\ndata: ${JSON.stringify(event)}\nid: ${position}\n\n`);
  written.set(told, bytes);
  return bytes;
}
