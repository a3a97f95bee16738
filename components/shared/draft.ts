import type { ReactiveController, ReactiveControllerHost } from 'lit';

import type { CaseClient } from '../../src/client/client.js';
import type { DraftKey } from '../../src/client/drafts.js';
import { personOf } from './person.js';

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
  #person: string | undefined;
  #pending: { readonly value: unknown } | undefined;
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
    this.#drop();
    this.#key = key;
    const client = this.#client();
    this.#person = knownPerson(client);
    try {
      const value = await client?.drafts.load(key);
      return this.#key === key && this.#pending === undefined ? value : undefined;
    } catch {
      this.#keep(false);
      return undefined;
    }
  }

  /** Keeps `value` in a moment. */
  save(value: unknown): void {
    if (!this.#key) return;
    this.#pending = { value };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), pause);
  }

  /** Keeps what is waiting, now. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const client = this.#client();
    const pending = this.#pending;
    // The store is of whoever is signed in: between two people what is typed waits, and is not saved for the other.
    if (!client || !pending || !this.#key || knownPerson(client) !== this.#person) return;
    this.#pending = undefined;
    client.drafts.save(this.#key, pending.value).then(
      () => this.#keep(true),
      () => this.#keep(false),
    );
  }

  /** Forgets what was kept. */
  discard(): void {
    this.#drop();
    if (this.#key)
      this.#client()
        ?.drafts.discard(this.#key)
        .catch(() => this.#keep(false));
  }

  hostUpdated(): void {
    if (this.#timer === undefined) this.flush();
  }

  hostDisconnected(): void {
    this.flush();
  }

  #drop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#pending = undefined;
  }

  #keep(kept: boolean): void {
    if (kept === this.#kept) return;
    this.#kept = kept;
    this.#host.requestUpdate();
  }
}

function knownPerson(client: CaseClient | undefined): string | undefined {
  return personOf(client?.queries.session().getState().data);
}
