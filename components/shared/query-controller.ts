import type { ReactiveController, ReactiveControllerHost } from 'lit';

import type { LiveQuery, QueryState } from '../../src/client/live-query.js';

const idle: QueryState<never> = { status: 'pending', refreshing: false };

/**
 * Shows a live query in an element: subscribes while connected, follows its arguments, re-renders on every state.
 *
 * `query` may answer `undefined` (no client yet, no id): the state is then `pending` and no request is made.
 */
export class QueryController<T, Args extends readonly unknown[]> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #args: () => readonly [...Args];
  readonly #query: (...args: Args) => LiveQuery<T> | undefined;
  #lastArgs: readonly [...Args] | undefined;
  #current: LiveQuery<T> | undefined;
  #unsubscribe: (() => void) | undefined;
  #connected = false;
  #state: QueryState<T> = idle;

  constructor(
    host: ReactiveControllerHost,
    args: () => readonly [...Args],
    query: (...args: Args) => LiveQuery<T> | undefined,
  ) {
    this.#host = host;
    this.#args = args;
    this.#query = query;
    host.addController(this);
  }

  get state(): QueryState<T> {
    return this.#state;
  }

  get data(): T | undefined {
    return this.#state.data;
  }

  refetch(): Promise<void> {
    return this.#current?.refetch() ?? Promise.resolve();
  }

  fetchNext(): Promise<void> {
    return this.#current?.fetchNext?.() ?? Promise.resolve();
  }

  hostUpdate(): void {
    const args = this.#args();
    const last = this.#lastArgs;
    if (last && args.length === last.length && args.every((value, index) => Object.is(value, last[index])))
      return;
    this.#lastArgs = args;
    this.#follow(this.#query(...args));
  }

  hostConnected(): void {
    this.#connected = true;
    if (!this.#lastArgs) return;
    this.#follow(this.#current);
    // It may have changed while nobody watched.
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#connected = false;
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  #follow(query: LiveQuery<T> | undefined): void {
    this.#unsubscribe?.();
    this.#current = query;
    this.#state = query?.getState() ?? idle;
    // What comes late may still change an element that has left the page.
    if (!this.#connected) return;
    this.#unsubscribe = query?.subscribe((state) => {
      this.#state = state;
      this.#host.requestUpdate();
    });
  }
}
