import type { LitElement, ReactiveController } from 'lit';

import type { CaseSummary } from '../../src/contract/cases.js';
import { caseOf, controlLike, rowForKey, rowsOnScreen } from './case-list.focus.js';
import type { RowSlot } from './case-list.rows.js';

// In pixels: what is drawn beyond the screen, and how close to the end of it a scroll may come before more is drawn.
const beyond = 700;
const close = 250;

/** Where a row stood on the screen before an update. */
interface Anchor {
  readonly id: string;
  readonly top: number;
  readonly key: string;
}

/**
 * Draws only the rows near the screen, and keeps the room of the others: a list of any length scrolls as a short one.
 *
 * Works wherever the rows scroll, in the list or with the page. Rows may differ in height: those drawn are measured, the
 * others taken to be average, and what is on the screen stays where it is when that turns out otherwise. The row with
 * the focus and its neighbours are always drawn, so that Tab and the arrows go on from it.
 */
export class RowWindow implements ReactiveController {
  readonly #host: LitElement;
  readonly #question: () => string;
  readonly #heights = new Map<string, number>();
  #items: readonly CaseSummary[] = [];
  #places = new Map<string, number>();
  #average = 0;
  #starts: Float64Array | undefined;
  #first = 0;
  #end = 0;
  #wanted: string | undefined;
  #width = 0;
  #anchor: Anchor | undefined;
  // A list that has become short is drawn whole, without asking here.
  #drawing = false;
  #scrolled = 0;
  #seen: Anchor | undefined;
  #due = 0;
  #returning: Anchor | undefined;
  #listening: AbortController | undefined;

  /** `question` names what the rows answer: rows of another answer need not stay where they are. */
  constructor(host: LitElement, question: () => string) {
    this.#host = host;
    this.#question = question;
    this.#measure();
    host.addController(this);
  }

  /** The rows to draw, with the room between them. */
  slots(items: readonly CaseSummary[]): RowSlot[] {
    this.#drawing = true;
    if (items !== this.#items) {
      this.#items = items;
      this.#places = new Map(items.map(({ id }, index) => [id, index]));
      this.#starts = undefined;
    }
    this.#choose();
    const drawn = new Set<number>();
    for (let index = this.#first; index < this.#end; index++) drawn.add(index);
    for (const id of [caseOf(this.#focused), this.#wanted]) {
      const place = id === undefined ? undefined : this.#places.get(id);
      if (place === undefined) continue;
      for (const index of [place - 1, place, place + 1]) if (items[index]) drawn.add(index);
    }
    const starts = this.#offsets();
    const slots: RowSlot[] = [];
    let reached = 0;
    for (const index of [...drawn].sort((one, other) => one - other)) {
      const item = items[index];
      if (!item) continue;
      if (index > reached) slots.push(gap(`before ${slots.length === 0 ? 'all' : item.id}`, reached, index));
      slots.push({ key: item.id, item, index });
      reached = index + 1;
    }
    if (reached < items.length) slots.push(gap('after all', reached, items.length));
    return slots;

    function gap(key: string, from: number, to: number): RowSlot {
      return { key, height: (starts[to] ?? 0) - (starts[from] ?? 0) };
    }
  }

  /** Goes from row to row, to those too that are not drawn yet. */
  readonly onKeydown = (event: KeyboardEvent): void => {
    const row = event.target as HTMLElement;
    const place = this.#places.get(caseOf(row) ?? '') ?? -1;
    const page = place < 0 ? 1 : rowsOnScreen(row);
    const target = rowForKey(event, { place, count: this.#items.length, page });
    if (target === undefined) return;
    event.preventDefault();
    void this.#focus(this.#items[target]?.id, row);
  };

  hostConnected(): void {
    // Taken out of the page, a box forgets how far it was scrolled.
    this.#due = this.#scrolled;
    this.#returning = this.#due > 0 ? this.#seen : undefined;
    this.#listening = new AbortController();
    const options = { capture: true, passive: true, signal: this.#listening.signal };
    // A scroll inside a shadow root is not heard outside of it.
    let root: Node | undefined = this.#host.renderRoot;
    while (root) {
      root.addEventListener('scroll', this.#onScroll, options);
      root = root instanceof ShadowRoot ? root.host.getRootNode() : undefined;
    }
    window.addEventListener('resize', this.#onScroll, options);
  }

  hostDisconnected(): void {
    this.#listening?.abort();
  }

  hostUpdate(): void {
    this.#anchor = this.#drawing ? (this.#returning ?? this.#findAnchor()) : undefined;
    this.#drawing = false;
  }

  hostUpdated(): void {
    if (!this.#drawing) return;
    this.#measure();
    const scroller = this.#scroller;
    if (this.#due > 0 && scroller) {
      // Only roughly the place: rows that were guessed at may have been measured since.
      if (scroller.scrollTop === 0) scroller.scrollTop = this.#due;
      else this.#returning = undefined;
      this.#due = 0;
    } else {
      this.#stay();
      this.#returning = undefined;
    }
    this.#look();
  }

  readonly #onScroll = (): void => this.#look();

  /** Draws anew once the screen comes close to the end of what is drawn. */
  #look(): void {
    if (!this.#drawing) return;
    const scroller = this.#scroller;
    if (scroller && scroller.clientHeight > 0) {
      this.#scrolled = scroller.scrollTop;
      this.#seen = this.#returning ?? this.#findAnchor();
    }
    const range = this.#range(close);
    if (range && (range.first < this.#first || range.end > this.#end)) this.#host.requestUpdate();
  }

  #choose(): void {
    const range = this.#range(beyond);
    // Out of sight: as it was, to be the same when it comes back.
    this.#first = Math.min(range?.first ?? this.#first, Math.max(0, this.#items.length - 1));
    this.#end = Math.min(Math.max(range?.end ?? this.#end, this.#first + 1), this.#items.length);
  }

  /** The rows on the screen and so many pixels beyond it. */
  #range(margin: number): { readonly first: number; readonly end: number } | undefined {
    const box = this.#body?.getBoundingClientRect();
    if (!box || box.width === 0) return undefined;
    return { first: this.#rowAt(-box.top - margin), end: this.#rowAt(innerHeight - box.top + margin) + 1 };
  }

  /** The row at so many pixels below the top of the first one. */
  #rowAt(offset: number): number {
    const starts = this.#offsets();
    let low = 0;
    let high = this.#items.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return Math.max(low, 0);
  }

  /** Where each row begins, and where the last one ends. */
  #offsets(): Float64Array {
    if (this.#starts) return this.#starts;
    const starts = new Float64Array(this.#items.length + 1);
    let offset = 0;
    this.#items.forEach(({ id }, index) => {
      starts[index] = offset;
      offset += this.#heights.get(id) ?? this.#average;
    });
    starts[this.#items.length] = offset;
    this.#starts = starts;
    return starts;
  }

  #measure(): void {
    const body = this.#body;
    const width = body?.clientWidth || body?.getBoundingClientRect().width || 0;
    if (!body || width === 0) return;
    if (Math.abs(width - this.#width) > 1) {
      // At another width rows wrap elsewhere.
      this.#heights.clear();
      this.#average = 0;
      this.#width = width;
      this.#starts = undefined;
    }
    for (const row of body.querySelectorAll<HTMLElement>('[data-case]')) {
      const id = row.dataset['case'] ?? '';
      const height = row.closest('tr')?.getBoundingClientRect().height ?? 0;
      if (Math.abs(height - (this.#heights.get(id) ?? 0)) < 0.1) continue;
      this.#heights.set(id, height);
      this.#starts = undefined;
    }
    if (this.#average === 0 && this.#heights.size > 0) {
      const sum = [...this.#heights.values()].reduce((one, other) => one + other, 0);
      this.#average = sum / this.#heights.size;
    }
  }

  /** The first row that can be seen, when the list is scrolled. */
  #findAnchor(): Anchor | undefined {
    const body = this.#body;
    const top = this.#top;
    if (!body || body.getBoundingClientRect().top >= top) return undefined;
    for (const row of body.querySelectorAll<HTMLElement>('[data-case]')) {
      const box = row.closest('tr')?.getBoundingClientRect();
      if (box && box.bottom > top && box.top < innerHeight)
        return { id: row.dataset['case'] ?? '', top: box.top - top, key: this.#question() };
    }
    return undefined;
  }

  /** What the reader looks at stays where it was, whatever came or turned out higher above it. */
  #stay(): void {
    const anchor = this.#anchor;
    if (!anchor || anchor.key !== this.#question()) return;
    const row = this.#body?.querySelector(`[data-case="${CSS.escape(anchor.id)}"]`)?.closest('tr');
    if (!row) return;
    const moved = row.getBoundingClientRect().top - this.#top - anchor.top;
    if (Math.abs(moved) >= 1) (this.#scroller ?? scrollerAround(this.#host)).scrollTop += moved;
  }

  async #focus(id: string | undefined, from: Element): Promise<void> {
    if (id === undefined) return;
    this.#wanted = id;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    controlLike(from, this.#body?.querySelector(`[data-case="${CSS.escape(id)}"]`))?.focus();
    this.#wanted = undefined;
  }

  /** The list's own box, where the rows scroll in it. */
  get #scroller(): Element | undefined {
    const own = this.#host.renderRoot.querySelector('.scroll');
    return own && own.scrollHeight > own.clientHeight + 1 ? own : undefined;
  }

  /** Where the rows begin to be seen. */
  get #top(): number {
    return Math.max(0, this.#scroller?.getBoundingClientRect().top ?? 0);
  }

  get #body(): HTMLElement | null {
    return this.#host.renderRoot.querySelector('tbody');
  }

  get #focused(): HTMLElement | undefined {
    const focused = this.#host.shadowRoot?.activeElement;
    return focused instanceof HTMLElement ? focused : undefined;
  }
}

/** What scrolls when the host does not: a box around it, in whichever tree, or the page. */
function scrollerAround(host: Element): Element {
  let element: Element | null = host;
  while (element) {
    const parent: Element | null = element.assignedSlot ?? element.parentElement;
    const root = element.getRootNode();
    element = parent ?? (root instanceof ShadowRoot ? root.host : null);
    if (element && element.scrollHeight > element.clientHeight + 1) {
      const { overflowY } = getComputedStyle(element);
      if (overflowY === 'auto' || overflowY === 'scroll') return element;
    }
  }
  return document.scrollingElement ?? document.documentElement;
}
