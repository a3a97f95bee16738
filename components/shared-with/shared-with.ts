import { defineElement } from '../shared/define.js';
import { SharedWith } from './shared-with.element.js';

defineElement('shared-with', SharedWith);

declare global {
  interface HTMLElementTagNameMap {
    'shared-with': SharedWith;
  }
}
