import { defineElement } from '../shared/define.js';
import { ShareManager } from './share-manager.element.js';

defineElement('share-manager', ShareManager);

declare global {
  interface HTMLElementTagNameMap {
    'share-manager': ShareManager;
  }
}
