/** Where the event stream begins, so that it tells of everything that answers read meanwhile do not know of. */
export interface StreamOrigin {
  /** A read is asked for. The function is called with the position its answer carries, and once it has ended. */
  readonly reading: () => (position?: string | null) => void;
  /**
   * Resolves with the position of the next answer under way; with none when nothing is under way, or when answers
   * carry none.
   */
  find(): Promise<string | undefined>;
  /** Forgets what earlier answers carried. */
  forget(): void;
}

/** @param renew - Events may have been missed by what was asked for at `time` or before. */
export function createStreamOrigin(renew: (time: number) => void): StreamOrigin {
  let underWay = 0;
  let first: { readonly position: string; readonly at: number } | undefined;
  let found: ((position?: string) => void) | undefined;

  /** A position covers what is asked for after it came, and what was read at the very same one. */
  function compare(askedAt: number, position: string | null): void {
    if (found && position) first = { position, at: Date.now() };
    found?.(position ?? undefined);
    if (first && position !== first.position && askedAt <= first.at) renew(first.at);
  }

  return {
    reading() {
      const askedAt = Date.now();
      let ended = false;
      underWay += 1;
      return (position) => {
        if (ended) return;
        ended = true;
        underWay -= 1;
        if (position !== undefined) compare(askedAt, position);
        if (underWay === 0) found?.();
      };
    },
    async find() {
      first = undefined;
      found?.();
      // Whoever watches takes hold of the stream first and asks then.
      await Promise.resolve();
      if (underWay === 0) return undefined;
      return new Promise((resolve) => {
        found = (position) => {
          found = undefined;
          resolve(position);
        };
      });
    },
    forget() {
      first = undefined;
      found?.();
    },
  };
}
