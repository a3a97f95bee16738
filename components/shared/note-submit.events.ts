/** A note is about to be sent, from a composer or from the edit panel; `preventDefault()` keeps it from being sent. */
export class NoteSubmitEvent extends CustomEvent<{ readonly caseId: string }> {
  constructor(caseId: string) {
    super('note-submit', { detail: { caseId }, bubbles: true, composed: true, cancelable: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'note-submit': NoteSubmitEvent;
  }
}
