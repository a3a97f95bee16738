import { shadowOf } from './find.js';

/** A list of very many rows, as somebody sees it who scrolls it: which rows stand on the screen, and what is blank. */
export class LongList {
  /** The most rows that were drawn at once since the last `watch()`. */
  mostDrawn = 0;
  /** The most pixels of the screen that showed no row. */
  mostBlank = 0;
  readonly #root: ShadowRoot;
  #frames: number[] = [];

  private constructor(root: ShadowRoot) {
    this.#root = root;
  }

  static async of(canvasElement: HTMLElement): Promise<LongList> {
    return new LongList(await shadowOf(canvasElement, 'case-list'));
  }

  /** Forgets what was seen so far. */
  watch(): void {
    this.mostDrawn = 0;
    this.mostBlank = 0;
    this.#frames = [];
  }

  /** Goes to a part of the list, 0 to 1. */
  async scrollTo(part: number): Promise<void> {
    const { scrollHeight, clientHeight, scrollTop } = this.#scroller;
    await this.scrollBy(part * (scrollHeight - clientHeight) - scrollTop);
  }

  /** Goes on by so many pixels. */
  async scrollBy(pixels: number): Promise<void> {
    this.#scroller.scrollTop += pixels;
    await this.look();
  }

  /** Looks at the next frame, at the moment before it is painted. */
  async look(): Promise<void> {
    const began = performance.now();
    await new Promise(requestAnimationFrame);
    this.#frames.push(performance.now() - began);
    this.mostDrawn = Math.max(this.mostDrawn, this.#rows.length);
    this.mostBlank = Math.max(this.mostBlank, this.#blank);
  }

  /** How long the frames took, in words. */
  get pace(): string {
    const sorted = this.#frames.toSorted((one, other) => one - other);
    const at = (part: number) => (sorted[Math.floor(part * (sorted.length - 1))] ?? 0).toFixed(0);
    return `${sorted.length} frames: half within ${at(0.5)} ms, 95 of 100 within ${at(0.95)} ms, all within ${at(1)} ms`;
  }

  /** How many rows the table says it has; 0 while it is drawn whole. */
  get rowCount(): number {
    return Number(this.#root.querySelector('table')?.getAttribute('aria-rowcount') ?? 1) - 1;
  }

  /** The places of the rows in the page, on the screen or not. */
  get placesDrawn(): number[] {
    return this.#rows.map((row) => this.placeOf(row));
  }

  /** The places of the rows on the screen, from the top. */
  get placesOnScreen(): number[] {
    return this.#rowsOnScreen.map((row) => this.placeOf(row));
  }

  get subjectsOnScreen(): string[] {
    return this.#rowsOnScreen.map((row) => row.querySelector('[data-case]')?.textContent?.trim() ?? '');
  }

  /** What has the focus. */
  get focused(): Element | null {
    return this.#root.activeElement;
  }

  /** The place in the whole list that the row around an element says it has; the first one is 1. */
  placeOf(element: Element | null): number {
    const row = element?.closest<HTMLTableRowElement>('tbody tr');
    const told = row?.getAttribute('aria-rowindex');
    // A table drawn whole needs not say it.
    return told == null ? (row?.sectionRowIndex ?? NaN) + 1 : Number(told) - 1;
  }

  /** What opens the case at a place, which must be drawn. */
  wayInto(place: number): HTMLElement {
    const way = this.#rows
      .find((row) => this.placeOf(row) === place)
      ?.querySelector<HTMLElement>('[data-case]');
    if (!way) throw new Error(`Row ${place} is not drawn.`);
    return way;
  }

  get #rows(): readonly HTMLElement[] {
    return [...this.#root.querySelectorAll<HTMLElement>('tbody tr:not(.gap)')];
  }

  get #rowsOnScreen(): readonly HTMLElement[] {
    const { top, bottom } = this.#screen;
    return this.#rows.filter((row) => {
      const box = row.getBoundingClientRect();
      return box.bottom > top && box.top < bottom;
    });
  }

  /** How many pixels of the screen show no row, above what fetches the next page. */
  get #blank(): number {
    const { top, bottom } = this.#screen;
    const end = this.#root.querySelector('.more')?.getBoundingClientRect().top ?? bottom;
    const covered = this.#rows
      .map((row) => row.getBoundingClientRect())
      .reduce((sum, box) => sum + Math.max(0, Math.min(box.bottom, bottom) - Math.max(box.top, top)), 0);
    return Math.max(0, Math.min(bottom, end) - top - covered);
  }

  /** Where rows can be seen: the list's own box, below its headings. */
  get #screen(): { readonly top: number; readonly bottom: number } {
    const box = this.#scroller.getBoundingClientRect();
    const head = this.#root.querySelector('thead')?.getBoundingClientRect();
    return { top: Math.max(box.top, head?.bottom ?? 0), bottom: Math.min(box.bottom, innerHeight) };
  }

  get #scroller(): Element {
    const own = this.#root.querySelector('.scroll');
    if (!own) throw new Error('Nothing scrolls.');
    return own;
  }
}
