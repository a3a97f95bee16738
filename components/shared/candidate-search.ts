import type { LiveQuery, QueryState } from '../../src/client/live-query.js';
import type { Candidate } from '../../src/contract/grants.js';
import { isAbortError, type CaseError } from '../../src/errors.js';

type Found<T> = { readonly items: readonly T[] };

/** What matches what is typed, such as who may be added: asked once, while somebody looks. */
export class CandidateSearch<T = Candidate> implements LiveQuery<Found<T>> {
  readonly #ask: (signal: AbortSignal) => Promise<readonly T[]>;
  readonly #listeners = new Set<(state: QueryState<Found<T>>) => void>();
  #state: QueryState<Found<T>> = { status: 'pending', refreshing: false };
  #asking: AbortController | undefined;

  constructor(ask: (signal: AbortSignal) => Promise<readonly T[]>) {
    this.#ask = ask;
  }

  getState(): QueryState<Found<T>> {
    return this.#state;
  }

  subscribe(listener: (state: QueryState<Found<T>>) => void): () => void {
    this.#listeners.add(listener);
    if (this.#state.status !== 'ready' && !this.#asking) void this.refetch();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#asking?.abort();
    };
  }

  async refetch(): Promise<void> {
    this.#asking?.abort();
    const asking = (this.#asking = new AbortController());
    try {
      this.#become({ status: 'ready', data: { items: await this.#ask(asking.signal) }, refreshing: false });
    } catch (error) {
      if (!isAbortError(error))
        this.#become({ status: 'failed', error: error as CaseError, refreshing: false });
    } finally {
      if (this.#asking === asking) this.#asking = undefined;
    }
  }

  #become(state: QueryState<Found<T>>): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}
