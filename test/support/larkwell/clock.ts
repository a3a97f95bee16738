/** The time in a case system of a test: what it is set to, or what it is. */
export interface VendorClock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly at: (ms: number) => void;
  /** From now on it is as late there as it is. */
  readonly live: () => void;
}

/** A clock that goes as all others until it is set. */
export function createVendorClock(): VendorClock {
  let set: number | undefined;
  return {
    now: () => set ?? Date.now(),
    at(ms) {
      set = ms;
    },
    live() {
      set = undefined;
    },
  };
}
