import { isAbortError, type CaseError } from '../errors.js';

/** Names what was asked, from the general to the special: `['case', id]`. */
export type QueryKey = readonly unknown[];

/** What is under way: everything anew, or one more page. */
export type Fetching = 'all' | 'next';

/** What is known of one query. Replaced, never changed. */
export interface EntryState<T> {
  readonly data?: T | undefined;
  readonly error?: CaseError | undefined;
  readonly fetching?: Fetching | undefined;
}

/** Asks the server: for everything, or for what comes after `data`. */
export type Reader<T> = (fetching: Fetching, data: T | undefined, signal: AbortSignal) => Promise<T>;

/** What a store is made with. */
export interface QueryStoreOptions {
  /** How long data stays fresh, in milliseconds. */
  readonly freshFor: () => number;
  /** A request failed; called before those who watch are told. */
  readonly onError: (entry: QueryEntry<unknown>, error: CaseError) => void;
}

interface Run {
  /** When what it will have brought was asked for, in milliseconds. */
  readonly askedAt: number;
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

const keptUnwatched = 5 * 60_000;

/** One query's data, who watches it, and at most one request for it. */
export class QueryEntry<T> {
  readonly key: QueryKey;
  state: EntryState<T> = {};
  /** When the data came, in milliseconds; 0 for never. */
  updatedAt = 0;
  /** When it was asked for. */
  #askedAt = 0;
  readonly #options: QueryStoreOptions;
  readonly #read: Reader<T>;
  readonly #drop: () => void;
  readonly #listeners = new Set<() => void>();
  #run: Run | undefined;
  #stale = false;
  #unwatched: ReturnType<typeof setTimeout> | undefined;

  constructor(key: QueryKey, read: Reader<T>, drop: () => void, options: QueryStoreOptions) {
    this.key = key;
    this.#read = read;
    this.#drop = drop;
    this.#options = options;
  }

  /** Watches, and asks when there is nothing fresh. */
  subscribe(listener: () => void): () => void {
    // One function may watch twice.
    const own = () => listener();
    this.#listeners.add(own);
    clearTimeout(this.#unwatched);
    const fresh = !this.#stale && Date.now() - this.updatedAt < this.#options.freshFor();
    if (!fresh) void this.fetch();
    return () => {
      this.#listeners.delete(own);
      // An element that moves within the page leaves and comes back at once.
      queueMicrotask(() => this.#settle());
    };
  }

  /** Resolves when everything was asked, by the request under way if there is one. Never rejects. */
  async fetch(fetching: Fetching = 'all'): Promise<void> {
    await (this.#run ?? this.#start(fetching)).done;
  }

  /** Asks anew, not content with an answer to an earlier question. Never rejects. */
  async refetch(): Promise<void> {
    if (this.state.data !== undefined || this.state.error) this.cancel();
    await this.fetch();
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    await this.#run?.done;
  }

  /**
   * What is here may be out of date: asks again if somebody watches.
   *
   * @param restart - An answer under way is older than what is known, so it is dropped. Otherwise it is shown and
   *   followed by another, so that a busy stream of changes cannot keep an answer from ever arriving.
   */
  invalidate(restart: boolean): void {
    this.#stale = true;
    if (this.#run && (!restart || this.state.data === undefined)) return;
    this.cancel();
    if (this.#listeners.size > 0) this.#start('all');
  }

  /** What was asked for at `time` or before may be out of date. */
  renew(time: number): void {
    if ((this.#run?.askedAt ?? this.#askedAt) <= time) this.invalidate(false);
  }

  /** Puts what another answer has told. What is under way was asked before it, and is dropped. */
  put(data: T): void {
    this.cancel();
    this.#stale = false;
    this.updatedAt = this.#askedAt = Date.now();
    this.#set({ data });
  }

  /** Changes what is here, if anything is. */
  map(change: (data: T) => T): void {
    const { data } = this.state;
    if (data !== undefined) this.#set({ ...this.state, data: change(data) });
  }

  /** Forgets the data, not why it went. */
  withdraw(): void {
    this.updatedAt = 0;
    this.#set({ ...this.state, data: undefined });
  }

  /** Forgets everything; asks anew if somebody watches. */
  reset(): void {
    this.cancel();
    this.updatedAt = 0;
    this.#set({});
    if (this.#listeners.size > 0) this.#start('all');
  }

  /** Drops what is under way: its answer never shows. */
  cancel(): void {
    const run = this.#run;
    if (!run) return;
    this.#run = undefined;
    run.controller.abort();
    this.#set({ ...this.state, fetching: undefined });
  }

  #start(fetching: Fetching): Run {
    const controller = new AbortController();
    const { signal } = controller;
    if (fetching === 'all') this.#stale = false;
    // One more page leaves those before it as old as they are.
    const askedAt = fetching === 'all' ? Date.now() : this.#askedAt;
    const answer = this.#read(fetching, this.state.data, signal);
    const run: Run = {
      askedAt,
      controller,
      done: answer.then(
        (data) => {
          if (this.#run !== run) return;
          this.#run = undefined;
          this.#askedAt = askedAt;
          this.updatedAt = Date.now();
          this.#set({ data });
          this.#again();
        },
        (error: unknown) => {
          if (this.#run !== run) return;
          this.#run = undefined;
          if (isAbortError(error)) {
            this.#set({ ...this.state, fetching: undefined });
            return;
          }
          this.#askedAt = askedAt;
          this.state = { data: this.state.data, error: error as CaseError };
          this.#options.onError(this as QueryEntry<unknown>, error as CaseError);
          this.#tell();
        },
      ),
    };
    this.#run = run;
    this.#set({ ...this.state, fetching });
    return run;
  }

  /** Something happened while the answer was on its way: it may not know. */
  #again(): void {
    if (this.#stale && this.#listeners.size > 0) this.#start('all');
  }

  #settle(): void {
    if (this.#listeners.size > 0) return;
    this.cancel();
    clearTimeout(this.#unwatched);
    this.#unwatched = setTimeout(this.#drop, keptUnwatched);
    // In Node a forgotten entry must not keep the process alive.
    (this.#unwatched as { unref?: () => void }).unref?.();
  }

  #set(state: EntryState<T>): void {
    this.state = state;
    this.#tell();
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** Every query that was asked, by key. */
export class QueryStore {
  readonly #entries = new Map<string, QueryEntry<unknown>>();
  readonly #options: QueryStoreOptions;

  constructor(options: QueryStoreOptions) {
    this.#options = options;
  }

  /** The entry of a key, made when it is not there. */
  open<T>(key: QueryKey, read: Reader<T>): QueryEntry<T> {
    const name = JSON.stringify(key);
    let entry = this.#entries.get(name);
    if (!entry) {
      entry = new QueryEntry<unknown>(
        key,
        read as Reader<unknown>,
        () => this.#entries.delete(name),
        this.#options,
      );
      this.#entries.set(name, entry);
    }
    return entry as unknown as QueryEntry<T>;
  }

  /** The entry of a key, if it was asked. */
  find<T>(key: QueryKey): QueryEntry<T> | undefined {
    return this.#entries.get(JSON.stringify(key)) as unknown as QueryEntry<T> | undefined;
  }

  /** The entries whose keys begin so; all of them for an empty beginning. */
  matching(beginning: QueryKey): QueryEntry<unknown>[] {
    return [...this.#entries.values()].filter(({ key }) =>
      beginning.every((part, index) => part === key[index]),
    );
  }
}
