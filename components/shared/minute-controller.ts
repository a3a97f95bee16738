import type { ReactiveController, ReactiveControllerHost } from 'lit';

const minute = 60_000;

/**
 * Renders its host again at every minute of the clock while it is in the page, so that "4 min ago" and "Due today" stay
 * true: a day begins on a minute wherever the reader is, so midnight is never missed. A page that nobody looked at is
 * drawn again when somebody does, because browsers let the timers of hidden pages sleep.
 */
export class MinuteController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#wait();
    document.addEventListener('visibilitychange', this.#whenSeen);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    document.removeEventListener('visibilitychange', this.#whenSeen);
  }

  #wait(): void {
    this.#timer = setTimeout(
      () => {
        this.#host.requestUpdate();
        this.#wait();
      },
      minute - (Date.now() % minute),
    );
  }

  readonly #whenSeen = (): void => {
    if (!document.hidden) this.#host.requestUpdate();
  };
}
