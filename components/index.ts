import './case-provider/case-provider.js';
import './case-list/case-list.js';
import './case-detail/case-detail.js';
import './note-composer/note-composer.js';
import './case-form/case-form.js';
import './case-edit-panel/case-edit-panel.js';

export { CaseProvider } from './case-provider/case-provider.element.js';
export { CaseList } from './case-list/case-list.element.js';
export { CaseDetail } from './case-detail/case-detail.element.js';
export { NoteComposer } from './note-composer/note-composer.element.js';
export { CaseForm } from './case-form/case-form.element.js';
export { CaseEditPanel } from './case-edit-panel/case-edit-panel.element.js';
