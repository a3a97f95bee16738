import type { LitElement, ReactiveController } from 'lit';

import type { CaseClient } from '../../src/client/client.js';

/** Tells the server that somebody has opened a case, once for each time it comes on show before their eyes (CO-16). */
export class Opening implements ReactiveController {
  readonly #host: LitElement;
  readonly #shown: () => readonly [CaseClient | undefined, string | undefined];
  #seen: IntersectionObserver | undefined;
  #told: string | undefined;

  /** `shown` answers what is on show, and where it was read. */
  constructor(host: LitElement, shown: () => readonly [CaseClient | undefined, string | undefined]) {
    this.#host = host;
    this.#shown = shown;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#stop();
    this.#told = undefined;
  }

  hostUpdated(): void {
    const [client, caseId] = this.#shown();
    if (caseId === this.#told) return;
    this.#stop();
    this.#told = caseId;
    if (!client || !caseId) return;
    // A page in the background, or a part of it that is hidden, is not looked at.
    this.#seen = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      this.#stop();
      client.receipts.record(caseId).catch(() => undefined);
    });
    this.#seen.observe(this.#host);
  }

  #stop(): void {
    this.#seen?.disconnect();
    this.#seen = undefined;
  }
}
