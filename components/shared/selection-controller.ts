import type { ReactiveController, ReactiveControllerHost } from 'lit';

import type { CaseSelection } from './selection-context.js';

/** Renders its host again whenever another case is chosen in the provider. */
export class SelectionController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #selection: () => CaseSelection | undefined;
  readonly #changed = () => this.#host.requestUpdate();
  #current: CaseSelection | undefined;
  #connected = false;

  constructor(host: ReactiveControllerHost, selection: () => CaseSelection | undefined) {
    this.#host = host;
    this.#selection = selection;
    host.addController(this);
  }

  get caseId(): string | undefined {
    return this.#current?.caseId;
  }

  hostUpdate(): void {
    const selection = this.#selection();
    // What comes late may still change an element that has left the page.
    if (!this.#connected || selection === this.#current) return;
    this.#current?.removeEventListener('change', this.#changed);
    this.#current = selection;
    selection?.addEventListener('change', this.#changed);
  }

  hostConnected(): void {
    this.#connected = true;
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#connected = false;
    this.#current?.removeEventListener('change', this.#changed);
    this.#current = undefined;
  }
}
