import { createContext } from '@lit/context';

/** Which case the elements of one `<case-provider>` are about, so that a detail follows a list's choice. */
export class CaseSelection extends EventTarget {
  #caseId: string | undefined;

  get caseId(): string | undefined {
    return this.#caseId;
  }

  select(caseId: string | undefined): void {
    if (caseId === this.#caseId) return;
    this.#caseId = caseId;
    this.dispatchEvent(new Event('change'));
  }
}

export const selectionContext = createContext<CaseSelection | undefined>('casement-selection');
