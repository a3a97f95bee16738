import { defineElement } from '../shared/define.js';
import { CaseProvider } from './case-provider.element.js';

defineElement('case-provider', CaseProvider);

declare global {
  interface HTMLElementTagNameMap {
    'case-provider': CaseProvider;
  }
}
