/** One line of the table: what was measured, the figure, and what it is compared with. */
export interface Figure {
  readonly area: string;
  readonly what: string;
  readonly value: number;
  readonly unit: 'ms' | '/s' | 'KiB' | 'nodes' | '×' | 'lost';
  /** `value` divided by the figure of the same unit it is held against. */
  readonly ratio?: number | undefined;
  /** What the ratio compares with. */
  readonly against?: string | undefined;
}

/** Percentiles of a set of milliseconds. */
export interface Spread {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** The value below which `share` of the values lie, by nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  if (value === undefined) throw new Error('Nothing was measured.');
  return value;
}

export function spread(values: readonly number[]): Spread {
  return { p50: percentile(values, 0.5), p95: percentile(values, 0.95), p99: percentile(values, 0.99) };
}

/** Runs `work` one after another and answers how long each run took, in milliseconds, without the first `warmUp` ones. */
export async function timed(
  runs: number,
  warmUp: number,
  work: (run: number) => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < runs + warmUp; run++) {
    const started = performance.now();
    await work(run);
    if (run >= warmUp) times.push(performance.now() - started);
  }
  return times;
}

/** Numbers that look random and are the same at each run (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
