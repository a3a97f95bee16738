/** A complete new case is about to be sent; cancel it to send nothing. */
export class CaseSubmitEvent extends CustomEvent<{ readonly customerId: string }> {
  constructor(customerId: string) {
    super('case-submit', { detail: { customerId }, bubbles: true, composed: true, cancelable: true });
  }
}

/** A new case is stored. */
export class CaseCreateEvent extends CustomEvent<{ readonly caseId: string }> {
  constructor(caseId: string) {
    super('case-create', { detail: { caseId }, bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'case-submit': CaseSubmitEvent;
    'case-create': CaseCreateEvent;
  }
}
