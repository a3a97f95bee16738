import '../case-filters/case-filters.js';
import { defineElement } from '../shared/define.js';
import { CaseList } from './case-list.element.js';

defineElement('case-list', CaseList);

declare global {
  interface HTMLElementTagNameMap {
    'case-list': CaseList;
  }
}
