import type { LitElement } from 'lit';

import type { CaseSummary } from '../../src/contract/cases.js';
import { LazyPart } from '../shared/lazy-part.js';
import type { BulkLink, BulkPart } from './bulk-part.js';

// Whoever has one of these on a case shown can do something to many.
const rights = ['close', 'reopen', 'edit', 'assign'];

/** Selecting rows, fetched where the reader can do something with them (CC-42). */
export class ListBulk {
  readonly #link: BulkLink;
  readonly #off: () => boolean;
  readonly #part: LazyPart<BulkPart>;

  /** `off`: the list is of a kind in which nothing is selected. */
  constructor(host: LitElement, off: () => boolean, link: BulkLink) {
    this.#link = link;
    this.#off = off;
    this.#part = new LazyPart(
      host,
      () => this.#possible,
      async () => {
        const { BulkPart } = await import('./bulk-part.js');
        return () => new BulkPart(host, link);
      },
    );
  }

  /** The checkboxes; `null` until they are there, absent where rows cannot be selected. */
  get picks(): BulkPart | null | undefined {
    return this.#possible ? (this.#part.value ?? null) : undefined;
  }

  /** What takes the toolbar while something is selected. */
  get bar(): BulkPart | undefined {
    return this.picks?.size ? this.picks : undefined;
  }

  renderBanner(): unknown {
    return this.#part.value?.renderBanner();
  }

  renderDialog(): unknown {
    return this.#part.value?.renderDialog();
  }

  get #possible(): boolean {
    if (this.#off() || !this.#link.session()?.capabilities.bulk) return false;
    const may = ({ permissions }: CaseSummary) => rights.some((action) => permissions[action]?.allowed);
    return this.#part.value?.active || this.#link.data()?.items.some(may) === true;
  }
}
