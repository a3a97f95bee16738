import type { Actor } from '../backend.js';
import { BackendError } from '../backend-error.js';

/** Counts the event streams each actor has open. */
export interface StreamSlots {
  /** Takes a place and answers how to give it back. @throws {BackendError} `rate_limited` when none is left. */
  take(actor: Actor): () => void;
}

// Streams end when tabs are closed and tokens run out: sooner is no use.
const retryAfter = 30;

export function createStreamSlots(most: number): StreamSlots {
  const open = new Map<string, number>();
  return {
    take({ tenant, id }) {
      const key = JSON.stringify([tenant, id]);
      const before = open.get(key) ?? 0;
      if (before >= most) {
        throw new BackendError('rate_limited', {
          detail: `At most ${most} event streams at once (open-streams). Close one, or share one between pages.`,
          limit: most,
          limitName: 'open-streams',
          retryAfter,
        });
      }
      open.set(key, before + 1);
      let given = false;
      return () => {
        if (given) return;
        given = true;
        const left = (open.get(key) ?? 1) - 1;
        if (left > 0) open.set(key, left);
        else open.delete(key);
      };
    },
  };
}
