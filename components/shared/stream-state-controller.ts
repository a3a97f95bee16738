import type { ReactiveController, ReactiveControllerHost } from 'lit';

import type { CaseClient } from '../../src/client/client.js';
import type { EventStreamState } from '../../src/client/events.js';

/** Follows whether live changes arrive, while the host element is in the page. */
export class StreamStateController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #client: () => CaseClient | undefined;
  #current: CaseClient | undefined;
  #unsubscribe: (() => void) | undefined;
  #connected = false;

  constructor(host: ReactiveControllerHost, client: () => CaseClient | undefined) {
    this.#host = host;
    this.#client = client;
    host.addController(this);
  }

  get state(): EventStreamState {
    return this.#current?.events.getState() ?? 'offline';
  }

  hostUpdate(): void {
    const client = this.#client();
    // What comes late may still change an element that has left the page.
    if (!this.#connected || (client === this.#current && this.#unsubscribe)) return;
    this.#unsubscribe?.();
    this.#current = client;
    this.#unsubscribe = client?.events.subscribeState(() => this.#host.requestUpdate());
  }

  hostConnected(): void {
    this.#connected = true;
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#connected = false;
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }
}
