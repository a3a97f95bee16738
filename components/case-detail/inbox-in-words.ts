import { msg, str } from '@lit/localize';

import type { PersonRef } from '../../src/contract/common.js';
import type { FieldChange, TimelineEntry } from '../../src/contract/notes.js';
import { personName } from '../shared/person.js';

/** Puts what became of a case in an inbox into words. */
export type InboxInWords = typeof inboxInWords;

/** Into an inbox, on to another, taken, given back, completed, cancelled: one sentence for what was done in one go. */
export function inboxInWords({ by, changes = [] }: Pick<TimelineEntry, 'by' | 'changes'>): string {
  const find = (field: string) => changes.find((change) => change.field === field);
  const [inbox, owner, state] = [find('inbox'), find('owner'), find('state')];
  return (
    (state && endedText(by, state, inbox)) ??
    (inbox && movedText(by, inbox)) ??
    (owner && ownerText(by, owner)) ??
    otherText(by)
  );
}

function endedText(by: PersonRef | null | undefined, { to }: FieldChange, inbox: FieldChange | undefined) {
  const who = personName(by);
  const name = nameOf(inbox?.from) ?? nameOf(inbox?.to) ?? '?';
  switch (to) {
    case 'completed':
      return msg(str`${who} completed what waited in ${name}`, { id: 'inbox.change.completed' });
    case 'cancelled':
      return msg(str`${who} cancelled what waited in ${name}`, { id: 'inbox.change.cancelled' });
    case 'open':
      return msg(str`${who} put the case back into ${name}`, { id: 'inbox.change.back' });
    default:
      return undefined;
  }
}

function movedText(by: PersonRef | null | undefined, { from, to }: FieldChange): string | undefined {
  const [was, is] = [nameOf(from), nameOf(to)];
  if (!is) return undefined;
  const who = personName(by);
  if (was) return msg(str`${who} forwarded the case from ${was} to ${is}`, { id: 'inbox.change.forwarded' });
  // Nobody did it: a rule of the settings holds.
  if (!by) return msg(str`A rule put the case into ${is}`, { id: 'inbox.change.rule' });
  return msg(str`${who} put the case into ${is}`, { id: 'inbox.change.put' });
}

function ownerText(by: PersonRef | null | undefined, { to }: FieldChange): string {
  const who = personName(by);
  const owner = nameOf(to);
  if (!owner) return msg(str`${who} gave the case back to its inbox`, { id: 'inbox.change.released' });
  return idOf(to) === by?.id
    ? msg(str`${who} took the case from its inbox`, { id: 'inbox.change.taken' })
    : msg(str`${who} gave the case in its inbox to ${owner}`, { id: 'inbox.change.assigned' });
}

function otherText(by: PersonRef | null | undefined): string {
  const who = personName(by);
  return msg(str`${who} changed what waits in an inbox`, { id: 'inbox.change.other' });
}

function nameOf(ref: unknown): string | undefined {
  const name: unknown = ref && typeof ref === 'object' ? Reflect.get(ref, 'name') : undefined;
  return typeof name === 'string' ? name : undefined;
}

function idOf(ref: unknown): unknown {
  return ref && typeof ref === 'object' ? Reflect.get(ref, 'id') : undefined;
}
