/** The reader chose a case. Unless cancelled, the elements of the same provider turn to it. */
export class CaseSelectEvent extends CustomEvent<{ readonly caseId: string }> {
  constructor(caseId: string) {
    super('case-select', { detail: { caseId }, bubbles: true, composed: true, cancelable: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'case-select': CaseSelectEvent;
  }
}
