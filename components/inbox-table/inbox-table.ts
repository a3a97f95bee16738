import { defineElement } from '../shared/define.js';
import { InboxTable } from './inbox-table.element.js';

defineElement('inbox-table', InboxTable);

declare global {
  interface HTMLElementTagNameMap {
    'inbox-table': InboxTable;
  }
}
