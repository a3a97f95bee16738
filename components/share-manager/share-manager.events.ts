import type { Grant } from '../../src/contract/grants.js';

/** Who has access was changed here; `grants` is the list as it stands now. */
export class ShareChangeEvent extends CustomEvent<{ readonly grants: readonly Grant[] }> {
  constructor(grants: readonly Grant[]) {
    super('share-change', { detail: { grants }, bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'share-change': ShareChangeEvent;
  }
}
