import type { BulkAction } from '../../src/contract/bulk.js';

interface BulkDetail {
  readonly action: BulkAction;
  readonly caseIds: readonly string[];
}

/** Many cases are about to be closed, reopened, tagged or assigned at once; cancel it to send nothing (CC-42). */
export class BulkSubmitEvent extends CustomEvent<BulkDetail> {
  constructor(action: BulkAction, caseIds: readonly string[]) {
    super('bulk-submit', { detail: { action, caseIds }, bubbles: true, composed: true, cancelable: true });
  }
}

/** What became of many cases: `caseIds` are done, `refusedIds` were left as they are. */
export class BulkDoneEvent extends CustomEvent<BulkDetail & { readonly refusedIds: readonly string[] }> {
  constructor(action: BulkAction, caseIds: readonly string[], refusedIds: readonly string[]) {
    super('bulk-done', { detail: { action, caseIds, refusedIds }, bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'bulk-submit': BulkSubmitEvent;
    'bulk-done': BulkDoneEvent;
  }
}
