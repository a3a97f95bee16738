import type { CaseClient } from '../../../src/client/client.js';
import type { StatusChangeInput } from '../../../src/contract/cases.js';
import type { NewNote, NoteAction } from '../../../src/contract/notes.js';

/** Where an outcome is written, and what is done in the same step. */
export interface OutcomeTarget {
  readonly caseId: string;
  /** The entry to be completed. */
  readonly entryId: string | undefined;
  readonly closeCase: StatusChangeInput | undefined;
}

const longestLine = 200;

/** What became of an action as an internal note. */
export function outcomeNote(action: NoteAction, text: string, longest: number): NewNote {
  const { id, label, outcome, reference } = action;
  const line = (value: string): string =>
    [...value.replace(/\p{Cc}+/gu, ' ').trim()].slice(0, longestLine).join('');
  return {
    visibility: 'internal',
    text: [...text].slice(0, longest).join(''),
    action: {
      id: line(id),
      label: line(label),
      outcome: outcome === 'done' ? 'done' : 'failed',
      ...(reference && { reference: line(reference) }),
    },
  };
}

/**
 * Writes what became of an action on the case and ends what it ended: with an entry in one step, or nothing of it happens
 * (IB-04); without one, the note first and then the closure, each of them once however often it is tried.
 */
export async function writeOutcome(
  client: CaseClient,
  { caseId, entryId, closeCase }: OutcomeTarget,
  note: NewNote,
  attemptKey: string,
): Promise<void> {
  if (entryId !== undefined) {
    const input = { note, ...(closeCase && { closeCase }) };
    const key = `${attemptKey}-complete-${digest([entryId, input])}`;
    await client.inboxEntries.complete(entryId, input, { idempotencyKey: key });
    return;
  }
  await client.notes.create(caseId, note, { idempotencyKey: `${attemptKey}-note` });
  if (!closeCase) return;
  const { version, status, closure } = await client.cases.get(caseId);
  // Closed by the attempt before, whose answer was lost.
  if (status === 'closed' && closure?.note === closeCase.note) return;
  await client.cases.close(caseId, closeCase, {
    version,
    idempotencyKey: `${attemptKey}-close-${digest([version, closeCase])}`,
  });
}

/** Tells what is sent under one key from what is sent otherwise after a refusal. */
function digest(input: unknown): string {
  let sum = 0x811c9dc5;
  for (const sign of JSON.stringify(input)) sum = Math.imul(sum ^ (sign.codePointAt(0) ?? 0), 0x01000193);
  return (sum >>> 0).toString(36);
}
