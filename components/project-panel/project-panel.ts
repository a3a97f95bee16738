import { defineElement } from '../shared/define.js';
import { ProjectPanel } from './project-panel.element.js';

defineElement('project-panel', ProjectPanel);

declare global {
  interface HTMLElementTagNameMap {
    'project-panel': ProjectPanel;
  }
}
