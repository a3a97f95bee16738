/** The reader leaves a case for the list it came from; `preventDefault()` keeps it chosen. */
export class CaseBackEvent extends CustomEvent<{ readonly caseId: string }> {
  constructor(caseId: string) {
    super('case-back', { detail: { caseId }, bubbles: true, composed: true, cancelable: true });
  }
}

/** What may be wrong with a record that is shown all the same. */
export type CaseWarningCode = 'unknown_status' | 'unknown_date';

/** A case holds something that cannot be understood: it is shown raw, or as unknown (CC-16, CC-22). */
export class CaseWarningEvent extends CustomEvent<{
  readonly caseId: string;
  readonly code: CaseWarningCode;
}> {
  constructor(caseId: string, code: CaseWarningCode) {
    super('case-warning', { detail: { caseId, code }, bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'case-back': CaseBackEvent;
    'case-warning': CaseWarningEvent;
  }
}
