import type { ReactiveController, ReactiveControllerHost } from 'lit';

import type { CaseClient } from '../../src/client/client.js';
import type { DraftKey } from '../../src/client/drafts.js';

const pause = 400;

/**
 * Keeps what is typed into one form, so that a reload or a closed window loses nothing.
 *
 * Saved shortly after the last change and when the form leaves the page. A browser that keeps nothing must not stop the
 * writing: the text stays in the form, and `kept` says that it is nowhere else.
 */
export class Draft implements ReactiveController {
  readonly #client: () => CaseClient | undefined;
  readonly #host: ReactiveControllerHost;
  #key: DraftKey | undefined;
  #value: unknown;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #kept = true;

  constructor(host: ReactiveControllerHost, client: () => CaseClient | undefined) {
    this.#host = host;
    this.#client = client;
    host.addController(this);
  }

  /** Whether the last change could be kept. */
  get kept(): boolean {
    return this.#kept;
  }

  /** Follows `key` from now on; answers what was kept under it. */
  async open(key: DraftKey): Promise<unknown> {
    this.flush();
    this.#key = key;
    try {
      const value = await this.#client()?.drafts.load(key);
      return this.#key === key && this.#timer === undefined ? value : undefined;
    } catch {
      this.#keep(false);
      return undefined;
    }
  }

  /** Keeps `value` in a moment. */
  save(value: unknown): void {
    if (!this.#key) return;
    this.#value = value;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), pause);
  }

  /** Keeps what is waiting, now. */
  flush(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const client = this.#client();
    if (client && this.#key)
      client.drafts.save(this.#key, this.#value).then(
        () => this.#keep(true),
        () => this.#keep(false),
      );
  }

  /** Forgets what was kept. */
  discard(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#key)
      this.#client()
        ?.drafts.discard(this.#key)
        .catch(() => this.#keep(false));
  }

  hostDisconnected(): void {
    this.flush();
  }

  #keep(kept: boolean): void {
    if (kept === this.#kept) return;
    this.#kept = kept;
    this.#host.requestUpdate();
  }
}
