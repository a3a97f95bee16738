import type { WriteContext } from '../backend.js';
import { BackendError } from '../backend-error.js';

const keptMs = 24 * 60 * 60_000;

interface Kept {
  readonly fingerprint: string;
  readonly answer: Promise<unknown>;
  readonly at: number;
}

/** Answers to writes by their keys, for a vendor that knows no such keys. */
export interface KeptAnswers {
  /**
   * Writes, or answers what the same call was answered before, waiting for one that is under way. A write that failed may be
   * tried again under its key.
   *
   * @throws {BackendError} `idempotency_key_reused` for another call under the key.
   */
  once<T>(call: WriteContext, write: () => Promise<T>): Promise<T>;
}

/**
 * Keeps answers in the memory of this process for 24 hours, the newest `most` of them. A restart forgets them, and another
 * process does not know them: whoever runs several sends one caller to one process.
 */
export function createKeptAnswers(most = 10_000, clock: () => number = Date.now): KeptAnswers {
  // In the order they came, so that the oldest are first.
  const kept = new Map<string, Kept>();

  function forgetOld(): void {
    const since = clock() - keptMs;
    for (const [key, { at }] of kept) {
      if (at >= since && kept.size < most) return;
      kept.delete(key);
    }
  }

  return {
    async once<T>({ actor, idempotencyKey, fingerprint }: WriteContext, write: () => Promise<T>) {
      forgetOld();
      const key = JSON.stringify([actor.tenant, actor.id, idempotencyKey]);
      const before = kept.get(key);
      if (before) {
        if (before.fingerprint !== fingerprint) throw keyReused();
        return before.answer as Promise<T>;
      }
      const answer = write();
      const entry = { fingerprint, answer, at: clock() };
      kept.set(key, entry);
      try {
        return await answer;
      } catch (error) {
        if (kept.get(key) === entry) kept.delete(key);
        throw error;
      }
    },
  };
}

function keyReused(): BackendError {
  return new BackendError('idempotency_key_reused', {
    detail: 'This key was used for another request. Use a new key for each new write.',
  });
}
