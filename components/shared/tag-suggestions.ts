import type { ReactiveController, ReactiveControllerHost } from 'lit';

import type { CaseClient } from '../../src/client/client.js';
import type { Tag } from '../../src/contract/tags.js';

const pause = 150;
const most = 20;
const longestQuestion = 200;

/** Whose tags are suggested. */
export interface TagSource {
  readonly client: CaseClient | undefined;
  /** Only the tags of this customer's cases. */
  readonly customerId?: string | undefined;
  /** Tags that are known without asking, shown until the first answer. */
  readonly known?: readonly string[];
}

/** A tag in use, and on how many cases where that is known. */
export type SuggestedTag = Pick<Tag, 'tag'> & Partial<Pick<Tag, 'count'>>;

/**
 * The tags in use that hold what is typed, the most used first, of the cases the reader may see.
 *
 * Asks a moment after the last letter and has one request under way at most: a newer question takes back the older one,
 * so its answer cannot come late. A failure is only noted, for a tag can be typed without any of this.
 */
export class TagSuggestions implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #source: () => TagSource;
  #items: readonly SuggestedTag[] | undefined;
  // Who was asked for those: what somebody else may see must not show.
  #client: CaseClient | undefined;
  #asked: string | undefined;
  #settled = false;
  #failed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #request: AbortController | undefined;

  constructor(host: ReactiveControllerHost, source: () => TagSource) {
    this.#host = host;
    this.#source = source;
    host.addController(this);
  }

  /** What is known: the last answer, while the next one is awaited. */
  get items(): readonly SuggestedTag[] {
    const { client, known = [] } = this.#source();
    return (client === this.#client && this.#items) || known.map((tag) => ({ tag }));
  }

  /** The last question has been answered. */
  get settled(): boolean {
    return this.#settled;
  }

  /** The last question could not be answered. */
  get failed(): boolean {
    return this.#failed;
  }

  /** Asks in a moment for the tags that hold `text`; the same question again asks nothing. */
  ask(text: string): void {
    const q = text.trim().slice(0, longestQuestion);
    if (q === this.#asked) return;
    this.#asked = q;
    this.#settled = false;
    this.#failed = false;
    this.#stop();
    this.#timer = setTimeout(() => void this.#fetch(q), q ? pause : 0);
  }

  /** Nobody waits any more; the next question asks anew. */
  cancel(): void {
    this.#stop();
    this.#asked = undefined;
  }

  /** Begins anew, as if nothing had been asked. */
  forget(): void {
    this.cancel();
    this.#items = undefined;
  }

  hostDisconnected(): void {
    this.forget();
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#request?.abort();
    this.#request = undefined;
  }

  async #fetch(q: string): Promise<void> {
    const { client, customerId } = this.#source();
    if (!client) return;
    const request = new AbortController();
    this.#request = request;
    try {
      const query = { limit: most, ...(q && { q }), ...(customerId && { customerId }) };
      const { items } = await client.tags.list(query, { signal: request.signal });
      if (request.signal.aborted) return;
      this.#items = items;
      this.#client = client;
      this.#settled = true;
    } catch {
      if (request.signal.aborted) return;
      this.#failed = true;
    }
    this.#host.requestUpdate();
  }
}
