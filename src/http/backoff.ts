/** How long to wait after the `failures`-th failure in a row, in milliseconds: doubling up to `cap`, less up to half by chance. */
export function backoff(failures: number, first: number, cap: number, random = Math.random): number {
  return Math.min(cap, first * 2 ** (failures - 1)) * (1 - random() / 2);
}
