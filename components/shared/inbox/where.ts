import { msg, str } from '@lit/localize';

import type { InboxEntry } from '../../../src/contract/inbox-entries.js';
import { isConflictError } from '../../../src/errors.js';
import { failureText } from '../failure.js';
import { personName } from '../person.js';

/** "In Finance · Tarek Khalil": where something waits, and whose it is. */
export function whereText({ inbox, owner }: Pick<InboxEntry, 'inbox' | 'owner'>): string {
  const { name } = inbox;
  if (!owner) return msg(str`In ${name} · nobody has taken it yet`, { id: 'inbox.where.unowned' });
  const who = personName(owner);
  return msg(str`In ${name} · ${who}`, { id: 'inbox.where.owned' });
}

/** Why something about an inbox was refused, with where it waits and whose it is (E-CONF). */
export function entryFailureText(error: unknown): string {
  if (!isConflictError(error)) return failureText(error);
  switch (error.code) {
    case 'already_in_inbox': {
      const where = visibleWhere(error.current);
      return where
        ? msg(str`The case waits in an inbox already: ${where}.`, { id: 'inbox.refused.already.where' })
        : msg('The case waits in an inbox already.', { id: 'inbox.refused.already' });
    }
    case 'entry_owned': {
      const who = error.by?.name;
      return who
        ? msg(str`${who} has taken the inbox message. Nothing was changed.`, { id: 'inbox.refused.owned.by' })
        : msg('Somebody has taken the inbox message. Nothing was changed.', { id: 'inbox.refused.owned' });
    }
    case 'entry_not_owned':
      return msg('Nobody has taken the inbox message yet. It has to be taken before it is completed.', {
        id: 'inbox.refused.not-owned',
      });
    default:
      return failureText(error);
  }
}

/** The entry comes as far as the reader may see it. */
function visibleWhere(current: unknown): string | undefined {
  if (!current || typeof current !== 'object') return undefined;
  const { inbox, owner } = current as Partial<InboxEntry>;
  return typeof inbox?.name === 'string' ? whereText({ inbox, owner: owner ?? null }) : undefined;
}
