import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Keeps the reader's place in a history: at the end when they were there, otherwise at the line they were reading.
 *
 * Works whether the history scrolls by itself or with the page.
 */
export class TimelineScroll implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #scroller: HTMLElement | undefined;
  #end: HTMLElement | undefined;
  #watch: IntersectionObserver | undefined;
  #resize: ResizeObserver | undefined;
  #atEnd = true;
  /** Where the box stood when its end was last seen. */
  #endTop = 0;
  #scrolls = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** The reader sees the last line. */
  get atEnd(): boolean {
    return this.#atEnd;
  }

  /** There is more than fits, so the history must be reachable by keyboard. */
  get scrolls(): boolean {
    return this.#scrolls;
  }

  /** Names the scrolling box and the mark after its last line; called after every rendering. */
  observe(scroller: HTMLElement | undefined, end: HTMLElement | undefined): void {
    if (scroller === this.#scroller && end === this.#end) return;
    this.#stop();
    this.#scroller = scroller;
    this.#end = end;
    this.#start();
  }

  toEnd(): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    if (scroller.scrollHeight > scroller.clientHeight + 1) this.#scrollToEnd(scroller);
    else this.#end?.scrollIntoView({ block: 'nearest' });
    this.#seen(true);
  }

  /** As `toEnd`, but only inside: a page that scrolls as a whole must not jump by itself. */
  toInnerEnd(): void {
    const scroller = this.#scroller;
    if (!scroller || scroller.scrollHeight <= scroller.clientHeight + 1) return;
    this.#scrollToEnd(scroller);
    this.#atEnd = true;
  }

  /** Remembers where `line` is seen; the answered function brings it back there. */
  hold(line: Element | null): () => void {
    const before = line?.getBoundingClientRect().top;
    return () => {
      if (!line?.isConnected || before === undefined) return;
      const moved = line.getBoundingClientRect().top - before;
      if (moved === 0) return;
      const scroller = this.#scroller;
      if (scroller && scroller.scrollHeight > scroller.clientHeight + 1) {
        scroller.scrollTop += moved;
        this.#endTop += moved;
      } else pageScrollerOf(line).scrollTop += moved;
    };
  }

  hostConnected(): void {
    this.#start();
  }

  hostDisconnected(): void {
    this.#stop();
  }

  #start(): void {
    if (!this.#scroller || !this.#end || this.#watch) return;
    this.#watch = new IntersectionObserver((entries) => {
      const last = entries.at(-1);
      if (last) this.#seen(last.isIntersecting);
    });
    this.#watch.observe(this.#end);
    this.#resize = new ResizeObserver(() => this.#resized());
    this.#resize.observe(this.#scroller);
    const content = this.#end.parentElement;
    if (content) this.#resize.observe(content);
  }

  #stop(): void {
    this.#watch?.disconnect();
    this.#resize?.disconnect();
    this.#watch = this.#resize = undefined;
  }

  #resized(): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    const scrolls = scroller.scrollHeight > scroller.clientHeight + 1;
    if (this.#atEnd && this.#leftEnd(scroller)) this.#seen(false);
    // A composer that grows must not hide the line that was just being read.
    if (scrolls && this.#atEnd) this.#scrollToEnd(scroller);
    if (scrolls === this.#scrolls) return;
    this.#scrolls = scrolls;
    this.#tell();
  }

  /** Whether the reader has gone up since: within one frame the other observer tells so only after this one. */
  #leftEnd({ scrollTop, clientHeight, scrollHeight }: HTMLElement): boolean {
    return scrollTop < this.#endTop - 1 && scrollTop + clientHeight < scrollHeight - 1;
  }

  #scrollToEnd(scroller: HTMLElement): void {
    scroller.scrollTop = scroller.scrollHeight;
    this.#endTop = scroller.scrollTop;
  }

  #seen(atEnd: boolean): void {
    if (atEnd && this.#scroller) this.#endTop = this.#scroller.scrollTop;
    if (atEnd === this.#atEnd) return;
    this.#atEnd = atEnd;
    this.#tell();
  }

  /** In the next frame: rendered at once, what an observer of sizes tells would change sizes, which browsers report as an error of the page. */
  #tell(): void {
    requestAnimationFrame(() => this.#host.requestUpdate());
  }
}

function pageScrollerOf(start: Element): Element {
  for (let node: Node | null = start; node; node = node.parentNode ?? hostOf(node)) {
    if (!(node instanceof Element) || node.scrollHeight <= node.clientHeight + 1) continue;
    if (/auto|scroll/.test(getComputedStyle(node).overflowY)) return node;
  }
  return document.scrollingElement ?? document.documentElement;
}

function hostOf(node: Node): Element | null {
  return node instanceof ShadowRoot ? node.host : null;
}
