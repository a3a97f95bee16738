import type { CaseSummary } from '../../src/contract/cases.js';
import { ShownRows } from '../shared/shown-rows.js';

/** The cases a list shows. */
export class CaseRows extends ShownRows<CaseSummary> {
  #tagged: readonly CaseSummary[] | undefined;
  #tags: readonly string[] = [];

  /** The tags of the rows, in the order of the alphabet; the same list until the rows change. */
  get tags(): readonly string[] {
    const items = this.data?.items ?? [];
    if (this.#tagged !== items) {
      this.#tagged = items;
      this.#tags = [...new Set(items.flatMap(({ tags }) => tags ?? []))].sort();
    }
    return this.#tags;
  }
}
