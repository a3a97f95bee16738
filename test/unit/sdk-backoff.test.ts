import { describe, expect, it } from 'vitest';

import { backoff } from '../../src/http/backoff.js';

describe('backoff', () => {
  it('doubles with every failure up to the cap', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7].map((failures) => backoff(failures, 1_000, 30_000, () => 0));
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  it('takes off up to half by chance, so that clients do not come back together', () => {
    expect(backoff(1, 1_000, 30_000, () => 0.999_999)).toBeCloseTo(500, 1);
    expect(backoff(9, 1_000, 30_000, () => 0.5)).toBe(22_500);
  });
});
