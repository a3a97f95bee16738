/** How many open entries of the reader's inboxes they own has changed (IB-28). */
export class InboxCountEvent extends CustomEvent<{ readonly count: number }> {
  constructor(count: number) {
    super('inbox-count', { detail: { count }, bubbles: true, composed: true });
  }
}

/** The reader wants to see a customer, whose record is the host's (IB-21). Cancel it where the page shows it by itself. */
export class OpenCustomerEvent extends CustomEvent<{ readonly customerId: string }> {
  constructor(customerId: string) {
    super('open-customer', { detail: { customerId }, bubbles: true, composed: true, cancelable: true });
  }
}

/** Another inbox or other filters were chosen; `filters` is their text form, to be kept in an address (IB-28). */
export class InboxFiltersChangeEvent extends CustomEvent<{ readonly filters: string }> {
  constructor(filters: string) {
    super('inbox-filters-change', { detail: { filters }, bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'inbox-count': InboxCountEvent;
    'open-customer': OpenCustomerEvent;
    'inbox-filters-change': InboxFiltersChangeEvent;
  }
}
