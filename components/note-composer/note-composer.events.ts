export { NoteSubmitEvent } from '../shared/note-submit.events.js';

/** A note was added to a case (CC-37). */
export class NoteCreateEvent extends CustomEvent<{ readonly caseId: string; readonly noteId: string }> {
  constructor(caseId: string, noteId: string) {
    super('note-create', { detail: { caseId, noteId }, bubbles: true, composed: true });
  }
}

/** The writer wants a closed case open again (CC-37); the edit panel opens unless `preventDefault()` is called. */
export class CaseReopenRequestEvent extends CustomEvent<{ readonly caseId: string }> {
  constructor(caseId: string) {
    super('case-reopen-request', { detail: { caseId }, bubbles: true, composed: true, cancelable: true });
  }
}

/** The writer wants somebody else to read the case (CO-26); a `<case-detail>` around opens its sharing panel. */
export class ShareRequestEvent extends CustomEvent<{ readonly caseId: string }> {
  constructor(caseId: string) {
    super('share-request', { detail: { caseId }, bubbles: true, composed: true, cancelable: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'share-request': ShareRequestEvent;
    'note-create': NoteCreateEvent;
    'case-reopen-request': CaseReopenRequestEvent;
  }
}
