import { msg, str } from '@lit/localize';

import type { Verdict } from '../../src/contract/common.js';
import type { EntryAction, InboxEntry } from '../../src/contract/inbox-entries.js';
import type { Settings } from '../../src/contract/settings.js';
import { isConflictError, isGoneError, isNotFoundError } from '../../src/errors.js';
import { failureText } from '../shared/failure.js';
import { daysBetween, describeDeadline, formatDate, localToday } from '../shared/format.js';
import { personName } from '../shared/person.js';
import { refusalText } from '../shared/verdict.js';
import type { InboxColumn } from './inbox-table.columns.js';
import type { InboxDue, InboxOwner } from './inbox-table.filters.js';

/** What an entry is called: the subject of its case, or whom it is about where there is none to be read. */
export function entryTitle({ case: about, customer }: InboxEntry): string {
  if (about) return about.subject || msg('(no subject)', { id: 'case-list.no-subject' });
  return customer?.name ?? msg('A case you cannot open', { id: 'inbox-table.title.hidden' });
}

/** When an entry is due, how urgent that is, and its whole wording. */
export interface DueWords {
  readonly text: string;
  readonly title: string;
  readonly tone: 'critical' | 'caution' | 'plain';
}

/** "Resolve by today", "2 days overdue", "Resolve by 24 Nov", "No deadline". */
export function dueWords({ dueOn, dueType }: InboxEntry, settings: Settings | undefined): DueWords {
  const label = settings?.dueTypes.find(({ id }) => id === dueType)?.label ?? dueType ?? '';
  if (!dueOn) {
    const text = label || msg('No deadline', { id: 'inbox-table.due.none' });
    return { text, title: text, tone: 'plain' };
  }
  const { text: left, tone } = describeDeadline(dueOn, { soonDays: settings?.dueSoonDays });
  const date = formatDate(dueOn);
  const whole = label ? msg(str`${label} ${date}`, { id: 'inbox-table.due.date' }) : date;
  if (tone === 'critical' || !label) return { text: left, title: whole, tone };
  const days = daysBetween(localToday(), dueOn);
  const text =
    days === 0
      ? msg(str`${label} today`, { id: 'inbox-table.due.today' })
      : days === 1
        ? msg(str`${label} tomorrow`, { id: 'inbox-table.due.tomorrow' })
        : whole;
  return { text, title: whole, tone };
}

export function columnLabel(column: InboxColumn): string {
  switch (column) {
    case 'case':
      return msg('Case', { id: 'case-list.case' });
    case 'customer':
      return msg('Customer', { id: 'case-form.customer' });
    case 'inbox':
      return msg('Inbox', { id: 'inbox.field.inbox' });
    case 'from':
      return msg('From', { id: 'inbox-table.column.from' });
    case 'sent':
      return msg('Sent', { id: 'inbox-table.column.sent' });
    case 'due':
      return msg('Due', { id: 'inbox-table.column.due' });
    case 'owner':
      return msg('Owned by', { id: 'inbox-table.column.owner' });
    case 'actions':
      return msg('Actions', { id: 'inbox-table.column.actions' });
  }
}

export function dueLabel(due: InboxDue): string {
  switch (due) {
    case 'overdue':
      return msg('Overdue', { id: 'inbox-table.filter.overdue' });
    case 'today':
      return msg('Today or earlier', { id: 'inbox-table.filter.today' });
    case 'next-7-days':
      return msg('Within 7 days', { id: 'inbox-table.filter.next-7-days' });
    case 'none':
      return msg('No date', { id: 'inbox-table.filter.no-date' });
  }
}

export function ownerLabel(owner: InboxOwner): string {
  switch (owner) {
    case 'me':
      return msg('You', { id: 'inbox-table.owner.you' });
    case 'none':
      return msg('Nobody', { id: 'inbox-table.owner.nobody' });
    case 'others':
      return msg('Others', { id: 'inbox-table.filter.others' });
  }
}

/** Why something cannot be done with an entry, naming who owns it; `undefined` where it can. */
export function entryRefusal(entry: InboxEntry, action: EntryAction): string | undefined {
  const verdict: Verdict | undefined = entry.permissions[action];
  if (verdict?.allowed) return undefined;
  if (verdict?.rule === 'inboxes.owned' && entry.owner) return ownedText(personName(entry.owner));
  if (verdict?.rule === 'inboxes.not-owned')
    return msg('Take it first.', { id: 'inbox-table.refusal.not-owned' });
  if (verdict?.rule === 'inboxes.no-case')
    return msg('There is no case to this entry.', { id: 'inbox-table.no-case' });
  return refusalText(verdict);
}

function ownedText(owner: string): string {
  return msg(str`${owner} owns this.`, { id: 'inbox-table.refusal.owned' });
}

/** Why what was tried with an entry did not happen. `now` is the entry as it stands, where it can still be read. */
export function workFailure(error: unknown, title: string, now?: InboxEntry): string {
  if (isGoneError(error) || (now && now.state !== 'open'))
    return endedText(title, now, isGoneError(error) ? error.by?.name : undefined);
  if (isNotFoundError(error))
    return msg(str`“${title}” is no longer in your inboxes.`, { id: 'inbox-table.error.not-found' });
  if (isConflictError(error)) {
    const owner = error.by?.name ?? now?.owner?.name;
    if (error.code === 'entry_owned' && owner)
      return msg(str`${owner} owns “${title}” now. Nothing was changed.`, { id: 'inbox-table.error.owned' });
    if (error.code === 'entry_not_owned')
      return msg(str`Nobody owns “${title}” now. Take it first.`, { id: 'inbox-table.error.not-owned' });
    if (error.code === 'undo_impossible')
      return msg(str`“${title}” has changed since: this can no longer be undone.`, {
        id: 'inbox-table.error.undo',
      });
  }
  return failureText(error);
}

/** By whom an entry was ended, and how (IB-09, IB-10). */
export function endedText(title: string, entry: InboxEntry | undefined, by?: string): string {
  const who = entry?.endedBy ? personName(entry.endedBy) : by;
  if (!who) return msg(str`“${title}” is no longer there.`, { id: 'inbox-table.ended' });
  if (entry?.state === 'completed')
    return msg(str`${who} has completed “${title}”.`, { id: 'inbox-table.ended.completed' });
  if (entry?.state === 'cancelled')
    return msg(str`${who} has cancelled “${title}”.`, { id: 'inbox-table.ended.cancelled' });
  return msg(str`${who} has ended “${title}”.`, { id: 'inbox-table.ended.by' });
}
