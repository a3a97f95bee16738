import type { LitElement, ReactiveController } from 'lit';

import type { Sentence } from './field-errors.js';

// Long enough to be read out, short enough not to be met again later.
const shownFor = 10_000;

/** What a screen reader is told once; the host draws `text` in a `role="status"`. */
export class Notice implements ReactiveController {
  readonly #host: LitElement;
  #sentence: Sentence | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  get text(): string | undefined {
    return this.#sentence?.();
  }

  say(sentence: Sentence | undefined): void {
    clearTimeout(this.#timer);
    this.#sentence = sentence;
    this.#host.requestUpdate();
    if (sentence) this.#timer = setTimeout(() => this.say(undefined), shownFor);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#sentence = undefined;
  }
}
