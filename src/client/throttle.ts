/** A function that runs at once, and then at most once an interval for the same key, however often it is called. */
export interface Throttled {
  (key: string): void;
  /** Runs at once whatever happened before. */
  now(key: string): void;
  /** Drops what was to run later. */
  cancel(): void;
}

export function throttle(run: (key: string) => void, interval = 1_000): Throttled {
  const waiting = new Map<string, { timer: ReturnType<typeof setTimeout>; again: boolean }>();

  function now(key: string): void {
    clearTimeout(waiting.get(key)?.timer);
    const entry = {
      again: false,
      timer: setTimeout(() => {
        waiting.delete(key);
        if (entry.again) now(key);
      }, interval),
    };
    waiting.set(key, entry);
    run(key);
  }

  function throttled(key: string): void {
    const entry = waiting.get(key);
    if (entry) entry.again = true;
    else now(key);
  }

  function cancel(): void {
    for (const { timer } of waiting.values()) clearTimeout(timer);
    waiting.clear();
  }

  return Object.assign(throttled, { now, cancel });
}
