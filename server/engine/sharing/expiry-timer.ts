import type { EngineContext } from '../context.js';
import { endExpired, nextExpiry, remindOfExpiry } from './expiry.js';

/** Ends what ends by itself, when it does. */
export interface ExpiryTimer {
  /** A share will end at this moment: looks no later than then. */
  expect(moment: string): void;
  /** Resolves when nothing is being ended. */
  stop(): Promise<void>;
}

// Nobody waits for a reminder to the minute.
const REMIND_EVERY = 60_000;

/**
 * Wakes at the end of the next share. Every process does, and looks again every `pollEvery` milliseconds for what others
 * have written meanwhile; each end is told once, by whoever comes first.
 */
export function createExpiryTimer(
  context: EngineContext,
  pollEvery: number,
  onError: (error: unknown) => void,
): ExpiryTimer {
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** The next end that is known of, by the clock of the engine. */
  let next = Infinity;
  let running: Promise<void> | undefined;
  let remindedAt = -Infinity;
  let stopped = false;

  const clock = () => context.clock().getTime();

  function arm(): void {
    if (stopped || running) return;
    clearTimeout(timer);
    timer = setTimeout(look, Math.min(Math.max(next - clock(), 0), pollEvery));
    if (typeof timer === 'object') timer.unref();
  }

  function look(): void {
    // What is expected from here on may not be written yet when this look is over.
    next = Infinity;
    running = run()
      .catch(onError)
      .then(() => {
        running = undefined;
        arm();
      });
  }

  async function run(): Promise<void> {
    if (Math.abs(clock() - remindedAt) >= REMIND_EVERY) {
      remindedAt = clock();
      // Without reminders everything still ends at its time.
      await remind().catch(onError);
    }
    while (!stopped) {
      const found = await nextExpiry(context);
      if (found === undefined || found > clock()) {
        next = Math.min(next, found ?? Infinity);
        return;
      }
      await endExpired(context);
    }
  }

  async function remind(): Promise<void> {
    while (!stopped && (await remindOfExpiry(context)));
  }

  look();
  return {
    expect(moment) {
      const time = Date.parse(moment);
      if (time >= next) return;
      next = time;
      arm();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
