import type { InboxEntry } from '../../../src/contract/inbox-entries.js';
import { BackendError } from '../../backend-error.js';
import type { Actor } from '../../backend.js';
import { notFound, type Tx } from '../context.js';
import { decideInbox } from '../policy/inboxes.js';
import { loadScope } from '../scope.js';
import { isStorable } from '../../input/text.js';
import { readEntry, requireInboxRole, toEntry, type EntryRow } from './entry-record.js';

/**
 * IB-12, IB-18: what was sent on to an inbox the actor does not read is gone from the one they do: they are told by whom and when,
 * not where to. Throws that, or `error`.
 */
export async function leftFor(tx: Tx, id: string, actor: Actor, error: unknown): Promise<never> {
  if (!(error instanceof BackendError) || error.code !== 'not_found' || !isStorable(id)) throw error;
  const left = await tx
    .selectFrom('inbox_entries')
    .select('from_inbox_id')
    .where('tenant', '=', actor.tenant)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!left || left.from_inbox_id === null || !(await mayRead(tx, actor, left.from_inbox_id))) throw error;
  throw sentOn(await readEntry(tx, id, { actor }));
}

/** Whoever saw it in an inbox it has left is told by whom, and when. */
export function sentOn({ sender, sent_at: at }: EntryRow): BackendError {
  return new BackendError('gone', {
    rule: 'inboxes.forwarded',
    detail: 'It was sent on to another inbox.',
    by: sender && { id: sender.id, name: sender.name },
    at,
  });
}

/**
 * What was answered before to the same call, while the actor reads the inbox, or sent it there from one they read; its case while
 * they may see it.
 */
export async function replayedEntry(
  tx: Tx,
  result: InboxEntry,
  actor: Actor,
  at: string,
): Promise<InboxEntry> {
  const scope = await loadScope(tx, actor, at);
  requireInboxRole(scope);
  const row = await readEntry(tx, result.id, scope);
  const { from } = result;
  const sent = result.sentBy?.id === actor.id && (from === null || (await mayRead(tx, actor, from.id)));
  if (!sent && !(await mayRead(tx, actor, row.inbox_id)) && !(await mayRead(tx, actor, result.inbox.id)))
    throw notFound();
  const { case: shown } = toEntry(row, scope, at);
  return { ...result, case: shown && result.case };
}

async function mayRead(tx: Tx, actor: Actor, id: string): Promise<boolean> {
  const member = await tx
    .selectFrom('inbox_members')
    .select('rights')
    .where('tenant', '=', actor.tenant)
    .where('inbox_id', '=', id)
    .where('person_id', '=', actor.id)
    .executeTakeFirst();
  return decideInbox('read', actor, { id, tenant: actor.tenant }, member?.rights ?? null).allowed;
}
