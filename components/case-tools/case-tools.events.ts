import type { ChosenView, ViewToApply } from '../shared/chosen-view.js';

/**
 * A view is to be shown, `null` for none; `keep` leaves the filters as they are. Stays inside the list, whose host hears
 * `view-change`.
 */
export class ViewApplyEvent extends CustomEvent<ViewToApply> {
  constructor(view: ChosenView | null, keep: boolean) {
    super('view-apply', { detail: { view, keep } });
  }
}

/** The view that the list waits for cannot be had now. Stays inside the list. */
export class ViewFailEvent extends CustomEvent<null> {
  constructor() {
    super('view-fail');
  }
}

declare global {
  interface HTMLElementEventMap {
    'view-apply': ViewApplyEvent;
    'view-fail': ViewFailEvent;
  }
}
