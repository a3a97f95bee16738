import { defineElement } from '../shared/define.js';
import { CaseForm } from './case-form.element.js';

defineElement('case-form', CaseForm);

declare global {
  interface HTMLElementTagNameMap {
    'case-form': CaseForm;
  }
}
