import type { Actor, PositionedEvent } from '../../backend.js';
import { BEGINNING, type Position } from './position.js';

/** One reader of the live feed, with what it has not read yet. */
export interface Subscriber {
  readonly actor: Actor;
  readonly ended: boolean;
  /** What lies up to here is not for the live feed to deliver. */
  after: Position;
  push(event: PositionedEvent): void;
  end(): void;
  /** What was pushed, in order, until the end. */
  events(): AsyncIterable<PositionedEvent>;
}

export function createSubscriber(actor: Actor, bufferLimit: number): Subscriber {
  let buffer: PositionedEvent[] = [];
  let ended = false;
  let stir: () => void = () => undefined;

  return {
    actor,
    after: BEGINNING,
    get ended() {
      return ended;
    },
    push(event) {
      // Too slow a reader starts over, from the newest on: memory stays bounded and nothing is silently missing.
      if (buffer.length >= bufferLimit)
        buffer = [{ position: event.position, event: { kind: 'stream.reset' } }];
      else buffer.push(event);
      stir();
    },
    end() {
      ended = true;
      buffer = [];
      stir();
    },
    async *events() {
      while (!ended) {
        const waiting = buffer;
        buffer = [];
        for (const event of waiting) {
          if (ended) return;
          yield event;
        }
        if (buffer.length > 0 || ended) continue;
        await new Promise<void>((resolve) => {
          stir = resolve;
        });
      }
    },
  };
}
