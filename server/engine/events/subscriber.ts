import type { Actor, PositionedEvent } from '../../backend.js';
import { BEGINNING, type Position } from './position.js';

/** One reader of the live feed, with what it has not read yet. */
export interface Subscriber {
  readonly actor: Actor;
  readonly ended: boolean;
  /** What lies up to here is not for the live feed to deliver. */
  after: Position;
  /** Called once, when it ends. */
  onEnd: () => void;
  push(event: PositionedEvent): void;
  end(): void;
  /** What was pushed, in order, until the end. */
  next(): Promise<IteratorResult<PositionedEvent, undefined>>;
}

type Read = IteratorResult<PositionedEvent, undefined>;

const over: Read = { done: true, value: undefined };

export function createSubscriber(actor: Actor, bufferLimit: number): Subscriber {
  let buffer: PositionedEvent[] = [];
  let ended = false;
  /** Whoever has asked for more than there was. */
  let waiting: ((read: Read) => void)[] = [];

  const subscriber: Subscriber = {
    actor,
    after: BEGINNING,
    onEnd: () => undefined,
    get ended() {
      return ended;
    },
    push(event) {
      if (ended) return;
      const reader = waiting.shift();
      if (reader) reader({ done: false, value: event });
      // Too slow a reader starts over, from the newest on: memory stays bounded and nothing is silently missing.
      else if (buffer.length >= bufferLimit)
        buffer = [{ position: event.position, event: { kind: 'stream.reset' } }];
      else buffer.push(event);
    },
    end() {
      if (ended) return;
      ended = true;
      buffer = [];
      for (const reader of waiting) reader(over);
      waiting = [];
      subscriber.onEnd();
    },
    next() {
      const event = buffer.shift();
      if (event) return Promise.resolve({ done: false, value: event });
      if (ended) return Promise.resolve(over);
      return new Promise((resolve) => waiting.push(resolve));
    },
  };
  return subscriber;
}
