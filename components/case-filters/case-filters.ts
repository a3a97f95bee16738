import { defineElement } from '../shared/define.js';
import { CaseFiltersBar } from './case-filters.element.js';

defineElement('case-filters', CaseFiltersBar);

declare global {
  interface HTMLElementTagNameMap {
    'case-filters': CaseFiltersBar;
  }
}
