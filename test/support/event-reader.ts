import { EventSourceParserStream } from 'eventsource-parser/stream';

import { caseEventSchema, type CaseEvent } from '../../src/contract/events.js';
import type { Caller } from './app.js';

/** One event as it came over the wire. */
export interface ReceivedEvent {
  readonly id: string;
  readonly event: CaseEvent;
}

/** Reads the event stream of one person. */
export interface EventReader {
  readonly response: Response;
  /** All events so far. */
  readonly events: readonly ReceivedEvent[];
  readonly comments: readonly string[];
  /** Resolves when the server has ended the stream. */
  readonly ended: Promise<void>;
  leave(): void;
}

/** Opens the stream, after `lastEventId` when given. */
export async function readEvents(caller: Caller, lastEventId?: string): Promise<EventReader> {
  const left = new AbortController();
  const response = await caller.raw('GET', '/v1/events', {
    headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId },
    signal: left.signal,
  });
  const events: ReceivedEvent[] = [];
  const comments: string[] = [];
  const stream = (response.body ?? new ReadableStream<Uint8Array<ArrayBuffer>>())
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream({ onComment: (comment) => void comments.push(comment) }));
  const reader = stream.getReader();
  const ended = (async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const event = caseEventSchema.parse(JSON.parse(value.data));
      if (value.event !== event.kind) throw new Error(`The event ${value.event} carries ${event.kind}.`);
      events.push({ id: value.id ?? '', event });
    }
  })().catch(() => undefined);
  return {
    response,
    events,
    comments,
    ended,
    leave() {
      left.abort();
      void reader.cancel().catch(() => undefined);
    },
  };
}
