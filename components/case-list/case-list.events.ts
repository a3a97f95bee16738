/** The reader wants to add a case. Unless cancelled, the form for a new case opens (CC-25, CC-26). */
export class CaseAddEvent extends CustomEvent<{ readonly customerId: string | null }> {
  constructor(customerId: string | null) {
    super('case-add', { detail: { customerId }, bubbles: true, composed: true, cancelable: true });
  }
}

/** The reader wants to see all cases of the customer (CC-04): where that is, is the host's to say. */
export class CasesAllEvent extends CustomEvent<{ readonly customerId: string | null }> {
  constructor(customerId: string | null) {
    super('cases-all', { detail: { customerId }, bubbles: true, composed: true });
  }
}

/**
 * The reader chose other filters; `filters` is their text form, to be kept in an address (CC-14). It is empty while the
 * filters are those of the chosen view.
 */
export class FiltersChangeEvent extends CustomEvent<{ readonly filters: string }> {
  constructor(filters: string) {
    super('filters-change', { detail: { filters }, bubbles: true, composed: true });
  }
}

/** Another saved view was chosen, or none: to be kept beside the filters, as `view-id`. */
export class ViewChangeEvent extends CustomEvent<{ readonly viewId: string | null }> {
  constructor(viewId: string | null) {
    super('view-change', { detail: { viewId }, bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'case-add': CaseAddEvent;
    'cases-all': CasesAllEvent;
    'filters-change': FiltersChangeEvent;
    'view-change': ViewChangeEvent;
  }
}
