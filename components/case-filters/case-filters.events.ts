import type { CaseFilters } from '../shared/filter-state.js';

/** The reader chose other filters. Stays inside the list that shows them: the host hears `filters-change`. */
export class FiltersApplyEvent extends CustomEvent<{ readonly filters: CaseFilters }> {
  constructor(filters: CaseFilters) {
    super('filters-apply', { detail: { filters } });
  }
}

declare global {
  interface HTMLElementEventMap {
    'filters-apply': FiltersApplyEvent;
  }
}
