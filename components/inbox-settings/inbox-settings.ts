import { defineElement } from '../shared/define.js';
import { InboxSettings } from './inbox-settings.element.js';

defineElement('inbox-settings', InboxSettings);

declare global {
  interface HTMLElementTagNameMap {
    'inbox-settings': InboxSettings;
  }
}
