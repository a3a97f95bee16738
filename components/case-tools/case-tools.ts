import { defineElement } from '../shared/define.js';
import { CaseTools } from './case-tools.element.js';

defineElement('case-tools', CaseTools);

declare global {
  interface HTMLElementTagNameMap {
    'case-tools': CaseTools;
  }
}
