import '../case-edit-panel/case-edit-panel.js';
import '../note-composer/note-composer.js';
import { defineElement } from '../shared/define.js';
import { CaseDetail } from './case-detail.element.js';
import { CaseTimeline } from './case-timeline.element.js';

defineElement('case-timeline', CaseTimeline);
defineElement('case-detail', CaseDetail);

declare global {
  interface HTMLElementTagNameMap {
    'case-timeline': CaseTimeline;
    'case-detail': CaseDetail;
  }
}
