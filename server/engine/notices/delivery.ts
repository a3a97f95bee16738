import { sql } from 'kysely';

import type { NoticeDelivery } from '../../../src/contract/notices.js';
import { BackendError } from '../../backend-error.js';
import type { CallContext } from '../../backend.js';
import { personOf, toPerson, type StoredPerson } from '../case-record.js';
import { notFound, type EngineContext } from '../context.js';
import { shownPerson } from '../masks.js';
import { refusedFeature } from '../policy/portal.js';
import { knownPeople } from '../sharing/known-people.js';
import { isStorable } from '../../input/text.js';
import { noticeAllowed, readableNote } from './reader.js';

/** CU-17: what became of telling people about a note, for agents and for who wrote it. */
export async function getNoticeDelivery(
  context: EngineContext,
  noteId: string,
  { actor }: CallContext,
): Promise<NoticeDelivery> {
  const { db } = context;
  const found = isStorable(noteId)
    ? await db
        .selectFrom('notes')
        .select('case_id')
        .where('tenant', '=', actor.tenant)
        .where('id', '=', noteId)
        .executeTakeFirst()
    : undefined;
  const readable = found && (await noticeAllowed(context, actor, found.case_id));
  const note = readable ? await readableNote(context, actor, found.case_id, noteId) : null;
  if (!readable || !note) throw notFound();
  if (actor.kind === 'customer' && note.by?.id !== actor.id) {
    throw new BackendError('forbidden', {
      rule: 'notices.author',
      detail: 'This is for who wrote the note.',
    });
  }
  const { masked, scope } = readable;
  // Who else has the case may be none of a customer's business (CU-25).
  const isTold = actor.kind === 'agent' || !refusedFeature('listGrantees', scope.settings);
  const known = isTold ? knownPeople(actor, note.caseId) : sql<boolean>`false`;
  const { rows } = await sql<{
    state: 'waiting' | 'sent' | 'failed';
    reason: string | null;
    at: string | null;
    person: StoredPerson | null;
  }>`select n.state, n.reason, n.done_at as at, ${personOf('n', 'recipient_id')} as person
    from notices n join people p on p.tenant = n.tenant and p.id = n.recipient_id where n.tenant = ${actor.tenant} and n.about_id = ${noteId} and n.event = 'reply'
      and n.state <> 'dropped' and ${known} order by n.recipient_id, n.channel`.execute(db);
  const of = (state: string) => rows.filter((row) => row.state === state);
  return {
    pending: of('waiting').length,
    sent: of('sent').length,
    failed: of('failed').flatMap(({ person: stored, reason, at }) => {
      const person = shownPerson(toPerson(stored), masked, actor);
      // The words of a mail server are for agents.
      return person ? [{ person, reason: actor.kind === 'agent' ? reason : null, at }] : [];
    }),
  };
}
