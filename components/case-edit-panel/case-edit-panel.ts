import { defineElement } from '../shared/define.js';
import { CaseEditPanel } from './case-edit-panel.element.js';

defineElement('case-edit-panel', CaseEditPanel);

declare global {
  interface HTMLElementTagNameMap {
    'case-edit-panel': CaseEditPanel;
  }
}
