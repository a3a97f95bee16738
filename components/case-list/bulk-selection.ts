import type { CaseSummary } from '../../src/contract/cases.js';

/** So many cases can be selected at once: enough for a day's clearing up, few enough to be waited for. */
export const mostSelected = 1_000;

/** Which rows of a list are selected; only rows that were loaded can be. */
export class RowSelection {
  readonly #chosen = new Map<string, CaseSummary>();
  #anchor: string | undefined;

  get size(): number {
    return this.#chosen.size;
  }

  /** No further row can be selected. */
  get full(): boolean {
    return this.size >= mostSelected;
  }

  /** The cases as last heard of. */
  get cases(): readonly CaseSummary[] {
    return [...this.#chosen.values()];
  }

  /** The row picked last, from which a range goes. */
  get anchor(): string | undefined {
    return this.#anchor;
  }

  has(id: string): boolean {
    return this.#chosen.has(id);
  }

  /** Selects one row, or lets go of it; with `range` every row between the one picked last and this one. */
  pick(
    id: string,
    {
      on,
      range,
      items,
    }: { readonly on: boolean; readonly range: boolean; readonly items: readonly CaseSummary[] },
  ): void {
    const place = (wanted: string | undefined) => items.findIndex((item) => item.id === wanted);
    const to = place(id);
    const from = range ? place(this.#anchor) : -1;
    const [first, last] = from < 0 ? [to, to] : [Math.min(from, to), Math.max(from, to)];
    this.#set(items.slice(first, last + 1), on);
    this.#anchor = id;
  }

  /** Selects all of these, as far as there is room. */
  add(items: readonly CaseSummary[]): void {
    this.#set(items, true);
  }

  drop(ids: readonly string[]): void {
    for (const id of ids) this.#chosen.delete(id);
  }

  clear(): void {
    this.#chosen.clear();
    this.#anchor = undefined;
  }

  /** Takes up the rows as they are now; answers the selected ones that are not among them. */
  follow(items: readonly CaseSummary[]): readonly CaseSummary[] {
    if (this.size === 0) return [];
    const missing = new Map(this.#chosen);
    for (const item of items) if (missing.delete(item.id)) this.#chosen.set(item.id, item);
    return [...missing.values()];
  }

  #set(items: readonly CaseSummary[], on: boolean): void {
    for (const item of items)
      if (!on) this.#chosen.delete(item.id);
      else if (!this.full || this.has(item.id)) this.#chosen.set(item.id, item);
  }
}
