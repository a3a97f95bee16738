import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { throttle } from '../../src/client/throttle.js';

describe('throttle', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('runs a burst once at once and once at the end of each interval', () => {
    const runs: string[] = [];
    const touch = throttle((key) => runs.push(`${key} ${Date.now() - start}`));
    const start = Date.now();
    for (let i = 0; i < 50; i++) {
      touch('a');
      vi.advanceTimersByTime(50);
    }
    vi.advanceTimersByTime(10_000);
    expect(runs).toEqual(['a 0', 'a 1000', 'a 2000', 'a 3000']);
  });

  it('keeps keys apart, and lets a write through at once', () => {
    const runs: string[] = [];
    const touch = throttle((key) => runs.push(key));
    touch('a');
    touch('b');
    touch.now('a');
    touch('a');
    expect(runs).toEqual(['a', 'b', 'a']);
    touch.cancel();
    vi.advanceTimersByTime(10_000);
    expect(runs).toHaveLength(3);
  });
});
