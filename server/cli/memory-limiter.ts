import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

import type { LimitName, RateLimiter } from '../middleware/limits.js';
import type { Config } from './config.js';

const window = 60;

/** Counts the requests that reach this process. Several processes each count their own: together they let more pass. */
export function createMemoryLimiter(config: Config): RateLimiter {
  const limits: Record<LimitName, number> = {
    address: config.limitAddress,
    reads: config.limitReads,
    writes: config.limitWrites,
    uploads: config.limitUploads,
    streams: config.limitStreams,
  };
  const counters = new Map(
    Object.entries(limits)
      .filter(([, limit]) => limit > 0)
      .map(([name, points]) => [name, new RateLimiterMemory({ points, duration: window, keyPrefix: name })]),
  );
  return {
    async take(name, key) {
      const counter = counters.get(name);
      if (!counter) return undefined;
      const state = (exceeded: boolean, result: RateLimiterRes) => ({
        limit: counter.points,
        window,
        remaining: result.remainingPoints,
        reset: Math.max(1, Math.ceil(result.msBeforeNext / 1000)),
        exceeded,
      });
      try {
        return state(false, await counter.consume(key));
      } catch (error) {
        // The library rejects with how things stand when there were too many.
        if (error instanceof RateLimiterRes) return state(true, error);
        throw error;
      }
    },
  };
}
