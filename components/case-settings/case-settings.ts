import { defineElement } from '../shared/define.js';
import { CaseSettings } from './case-settings.element.js';

defineElement('case-settings', CaseSettings);

declare global {
  interface HTMLElementTagNameMap {
    'case-settings': CaseSettings;
  }
}
