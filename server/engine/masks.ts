import { sql, type RawBuilder } from 'kysely';

import type { Case, CaseSummary, StatusChange } from '../../src/contract/cases.js';
import type { PersonRef } from '../../src/contract/common.js';
import type { Note } from '../../src/contract/notes.js';
import type { MaskableField } from '../../src/contract/portal.js';
import type { Actor } from '../backend.js';
import type { Masked } from './policy/masks.js';

/** What of a record each field covers, where that is not the member of its name. */
const membersOf: Partial<Record<MaskableField, readonly (keyof Case)[]>> = {
  priority: ['priority', 'initialPriority'],
  closure: ['closure', 'reopening'],
  attachments: [],
};

/** The record without what is masked: absent, not empty. Agents are told which fields those are. */
export function withoutMasked<Record extends CaseSummary>(
  record: Record,
  masked: Masked,
  actor: Actor,
): Record {
  if (masked.size === 0) return record;
  const shown: Partial<Case> = { ...record, createdBy: shownPerson(record.createdBy, masked, actor) };
  for (const field of masked) {
    for (const member of membersOf[field] ?? [field as keyof Case]) delete shown[member];
  }
  for (const change of ['closure', 'reopening'] as const) {
    const made: StatusChange | null | undefined = shown[change];
    if (made) shown[change] = { ...made, by: shownPerson(made.by, masked, actor) };
  }
  if (actor.kind === 'agent') shown.masked = [...masked];
  return shown as Record;
}

/** Whoever writes for the customer is named where the requester is; everybody knows their own name. */
export function shownPerson(person: PersonRef | null, masked: Masked, actor: Actor): PersonRef | null {
  return masked.has('requester') && person?.kind === 'customer' && person.id !== actor.id ? null : person;
}

export function withoutMaskedFiles(note: Note, masked: Masked, actor: Actor): Note {
  if (masked.size === 0) return note;
  const attachments = masked.has('attachments') ? [] : note.attachments;
  return { ...note, by: shownPerson(note.by, masked, actor), attachments };
}

/** As the history names what is masked: shares are told by the kind of who was given access. */
function namesOf(masked: Masked): string[] {
  return [...masked, ...(masked.has('requester') ? ['person'] : [])];
}

/** The changes that a line of `history as h` tells, without masked fields. */
export function shownChanges(masked: Masked): RawBuilder<unknown> {
  if (masked.size === 0) return sql`h.changes`;
  return sql`(select jsonb_agg(e.change order by e.place)
    from jsonb_array_elements(h.changes) with ordinality e (change, place)
    where e.change ->> 'field' <> all(${namesOf(masked)}::text[]))`;
}

/** The condition on `history as h` that leaves no line of which nothing would be told. */
export function tellingLines(masked: Masked): RawBuilder<boolean> {
  if (masked.size === 0) return sql<boolean>`true`;
  return sql<boolean>`(h.changes is null or h.changes = '[]'::jsonb or exists (
    select from jsonb_array_elements(h.changes) e where e ->> 'field' <> all(${namesOf(masked)}::text[])))`;
}
