import { caseStatuses, type Case } from '../../src/contract/cases.js';
import type { Session } from '../../src/contract/session.js';

/** The sections of the edit panel. */
export type PanelSection = 'note' | 'status' | 'edit';

/** Which section each pencil opens; a pencil without a section is not shown (CC-31, CC-32, CC-39, CC-48). */
export interface Pencils {
  readonly status: PanelSection | undefined;
  readonly notes: PanelSection | undefined;
  readonly corner: PanelSection | undefined;
}

/** Whether the status is one of the domain's; otherwise nothing may be done with the case (CC-16). */
export function isKnownStatus({ status }: Case): boolean {
  return caseStatuses.some((known) => known === status);
}

/** Reads the verdicts: a pencil for each right, none for customers. */
export function pencilsOf(record: Case, { actor, capabilities }: Session): Pencils {
  const may = (action: string) => record.permissions[action]?.allowed === true;
  if (actor.kind !== 'agent' || !isKnownStatus(record))
    return { status: undefined, notes: undefined, corner: undefined };
  const turn = capabilities.closeCases && may(record.status === 'closed' ? 'reopen' : 'close');
  const status = turn ? 'status' : undefined;
  const notes = (capabilities.internalNotes && may('addInternalNote')) || may('reply') ? 'note' : undefined;
  const edit = capabilities.editCases && record.status === 'open' && may('edit') ? 'edit' : undefined;
  return { status, notes, corner: edit ?? status ?? notes };
}
