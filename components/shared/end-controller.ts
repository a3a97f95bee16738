import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Calls shortly before an element comes into view: a list fetches its next page there. */
export class EndController implements ReactiveController {
  readonly #end: () => Element | null | undefined;
  readonly #onNear: () => void;
  #observer: IntersectionObserver | undefined;

  /** `end` answers the element to watch, none while nothing is to be fetched. */
  constructor(host: ReactiveControllerHost, end: () => Element | null | undefined, onNear: () => void) {
    this.#end = end;
    this.#onNear = onNear;
    host.addController(this);
  }

  hostUpdated(): void {
    // Watched anew after each update: an end that stays in view after a short page must be noticed again.
    this.#observer?.disconnect();
    const end = this.#end();
    if (!end) return;
    this.#observer ??= new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) this.#onNear();
      },
      { rootMargin: '200px' },
    );
    this.#observer.observe(end);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
  }
}
