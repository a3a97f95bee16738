import { createParser } from 'eventsource-parser';

import { caseEventSchema, type CaseEvent } from '../../../src/contract/events.js';
import type { Caller } from './caller.js';
import { Broken } from './failure.js';

/** One event as it came. */
export interface Received {
  /** The position to resume after. */
  readonly id: string;
  readonly event: CaseEvent;
  /** The data as they were sent. */
  readonly data: string;
}

/** The events of one person, as they come. */
export interface EventStream {
  readonly received: readonly Received[];
  /** Waits until an event that `wanted` picks has come, and gives it. */
  until(what: string, wanted: (received: Received) => boolean): Promise<Received>;
  close(): void;
}

/** Follows what happens, after `lastEventId` when given. Resolves once the reader has joined. */
export async function followEvents(
  caller: Caller,
  patience: number,
  lastEventId?: string,
): Promise<EventStream> {
  const leaving = new AbortController();
  const headers = {
    accept: 'text/event-stream',
    ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
  };
  const asked = `as ${caller.role}: GET /v1/events${lastEventId === undefined ? '' : ` Last-Event-ID: ${lastEventId}`}`;
  const response = await caller.open('streamEvents', { headers }, leaving.signal);
  const type = response.headers.get('content-type') ?? '';
  if (response.status !== 200 || !type.startsWith('text/event-stream') || !response.body) {
    leaving.abort();
    throw new Broken('Events are answered with 200 text/event-stream.', asked, `${response.status} ${type}`);
  }

  const received: Received[] = [];
  let mistake: string | undefined;
  let wake: () => void = () => undefined;
  const parser = createParser({
    onEvent({ id, event: kind, data }) {
      const parsed = caseEventSchema.safeParse(jsonOf(data));
      if (!parsed.success) mistake ??= `the data of an event do not fit their schema: ${data}`;
      else if (kind !== parsed.data.kind) mistake ??= `"event: ${kind}" carries the kind ${parsed.data.kind}`;
      else received.push({ id: id ?? '', event: parsed.data, data });
      wake();
    },
  });
  void (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>)
      parser.feed(decoder.decode(chunk, { stream: true }));
  })().catch(() => undefined);

  return {
    received,
    async until(what, wanted) {
      const end = Date.now() + patience;
      for (;;) {
        const found = received.find(wanted);
        if (mistake !== undefined) throw new Broken('Each event is of the contract.', asked, mistake);
        if (found) return found;
        const left = end - Date.now();
        const came = received.map(({ data }) => data).join('\n') || 'no event';
        if (left <= 0)
          throw new Broken(`The stream tells of ${what}, within ${patience / 1000} s.`, asked, came);
        await woken(left);
      }
    },
    close: () => leaving.abort(),
  };

  function woken(atMost: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, atMost);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
