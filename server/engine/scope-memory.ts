import type { Actor } from '../backend.js';
import { BackendError } from '../backend-error.js';
import type { Executor } from './context.js';
import { loadScope, type ReadScope, type Scope } from './scope.js';

/** What was answered by a scope. */
export interface Answered<T> {
  readonly answer: T;
  /** `currentMark`, read by the statement that gave the answer; `undefined` where it gave no rows. */
  readonly mark: string | undefined;
}

/**
 * Asks by an actor's settings and grants as they were last time, which saves asking for them first. The answer counts only
 * if the statement that gave it found them as they were; otherwise they are read, and it is asked again.
 */
export type AskByScope = <T>(
  db: Executor,
  actor: Actor,
  now: string,
  ask: (scope: Scope) => Promise<Answered<T>>,
) => Promise<T>;

const remembered = 1_000;

export function createScopeMemory(): AskByScope {
  const scopes = new Map<string, ReadScope>();

  return async (db, actor, now, ask) => {
    // Everything the token says: whoever is said to be otherwise is remembered apart.
    const key = JSON.stringify(actor);
    const supposed = scopes.get(key);
    if (supposed) {
      try {
        const { answer, mark } = await ask(supposed);
        if (mark === supposed.mark) return answer;
      } catch (error) {
        // What was refused may be allowed by now.
        if (!(error instanceof BackendError)) throw error;
      }
    }
    const scope = await loadScope(db, actor, now);
    scopes.delete(key);
    scopes.set(key, scope);
    const [oldest] = scopes.keys();
    if (scopes.size > remembered && oldest !== undefined) scopes.delete(oldest);
    return (await ask(scope)).answer;
  };
}
