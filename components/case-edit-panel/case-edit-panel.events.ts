interface CaseDetail {
  readonly caseId: string;
}

/** What the panel did to a case. */
export type CaseChangeKind = 'note' | 'close' | 'reopen' | 'edit';

/** A case is about to be closed; cancel it to leave it open. */
export class CaseCloseEvent extends CustomEvent<CaseDetail> {
  constructor(caseId: string) {
    super('case-close', { detail: { caseId }, bubbles: true, composed: true, cancelable: true });
  }
}

/** A case is about to be reopened; cancel it to leave it closed. */
export class CaseReopenEvent extends CustomEvent<CaseDetail> {
  constructor(caseId: string) {
    super('case-reopen', { detail: { caseId }, bubbles: true, composed: true, cancelable: true });
  }
}

/** The edits of a case are about to be saved; cancel it to save nothing. */
export class CaseSaveEvent extends CustomEvent<CaseDetail> {
  constructor(caseId: string) {
    super('case-save', { detail: { caseId }, bubbles: true, composed: true, cancelable: true });
  }
}

/** The panel has changed a case and closed. */
export class CaseChangeEvent extends CustomEvent<CaseDetail & { readonly change: CaseChangeKind }> {
  constructor(caseId: string, change: CaseChangeKind) {
    super('case-change', { detail: { caseId, change }, bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'case-close': CaseCloseEvent;
    'case-reopen': CaseReopenEvent;
    'case-save': CaseSaveEvent;
    'case-change': CaseChangeEvent;
  }
}
