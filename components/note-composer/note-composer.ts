import '../case-edit-panel/case-edit-panel.js';
import { defineElement } from '../shared/define.js';
import { NoteComposer } from './note-composer.element.js';

defineElement('note-composer', NoteComposer);

declare global {
  interface HTMLElementTagNameMap {
    'note-composer': NoteComposer;
  }
}
