import { msg } from '@lit/localize';
import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';

/**
 * A part of an element that is fetched when it is first needed: a page does not wait for what few of its readers open.
 *
 * The host shows `renderPart()` until `value` is there. A fetch that failed is tried again when the reader asks for it,
 * or when the part is needed anew.
 */
export class LazyPart<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #needed: () => boolean;
  readonly #fetch: () => Promise<() => T>;
  #value: T | undefined;
  #state: 'idle' | 'fetching' | 'failed' = 'idle';

  /** `fetch` imports the module of the part and answers what makes the part of it. */
  constructor(host: ReactiveControllerHost, needed: () => boolean, fetch: () => Promise<() => T>) {
    this.#host = host;
    this.#needed = needed;
    this.#fetch = fetch;
    host.addController(this);
  }

  /** The part, once it has been fetched. */
  get value(): T | undefined {
    return this.#value;
  }

  /** Whether it could not be had. */
  get failed(): boolean {
    return this.#state === 'failed';
  }

  /** Whether it is still on its way. */
  get fetching(): boolean {
    return !this.#value && !this.failed;
  }

  hostUpdate(): void {
    if (!this.#needed()) {
      if (this.#state === 'failed') this.#state = 'idle';
    } else if (this.#state === 'idle' && !this.#value) void this.#load();
  }

  /** That it could not be had, and the way to try again. */
  renderFailure(): TemplateResult {
    return html`<div class="message" role="alert">
      <p>${msg('The form could not be loaded.', { id: 'state.form-failed' })}</p>
      <button class="button" type="button" @click=${this.#retry}>
        ${msg('Try again', { id: 'action.retry' })}
      </button>
    </div>`;
  }

  readonly #retry = (): void => void this.#load();

  async #load(): Promise<void> {
    this.#state = 'fetching';
    this.#host.requestUpdate();
    try {
      const make = await this.#fetch();
      // Made and shown in one go: an update in between would find a part that is not drawn.
      this.#value = make();
      this.#state = 'idle';
    } catch (error) {
      this.#state = 'failed';
      console.warn('Casement: a part of the page could not be fetched.', error);
    }
    this.#host.requestUpdate();
  }
}

/** What stands in the place of a part until it is there: that it comes, or that it could not be had. */
export function renderPart(part: LazyPart<unknown>): TemplateResult {
  return part.failed ? part.renderFailure() : renderLines();
}

/** Lines of what is to come. */
export function renderLines(): TemplateResult {
  return html`<div class="lines" role="status">
    <span class="visually-hidden">${msg('Loading…', { id: 'state.loading' })}</span>
    ${[1, 2, 3, 4].map(() => html`<span class="skeleton"></span>`)}
  </div>`;
}
