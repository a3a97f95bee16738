import { sql } from 'kysely';

import type { Executor, Tx } from '../context.js';
import { announce, type OutgoingEvent } from '../outbox.js';
import type { CaseFacts } from '../policy/facts.js';
import type { EntryRow } from './entry-record.js';

/**
 * Tells of what became of an entry. `before` is `null` where it has just come. Where it has come to or left an inbox that opens
 * cases, those who see its case by that are told of the case as well.
 */
export async function announceEntry(
  tx: Tx,
  before: EntryRow | null,
  after: EntryRow,
  at: string,
): Promise<void> {
  const { tenant, id: entryId, inbox_id: inboxId, case_id: caseId } = after;
  const from = before && before.inbox_id !== inboxId ? before.inbox_id : undefined;
  const events: OutgoingEvent[] = [
    {
      kind: 'inbox-entry.updated',
      ...(caseId !== null && { caseId }),
      inbox: { id: inboxId, entryId, ...(from !== undefined && { from }) },
    },
  ];
  const moved = from !== undefined || before?.state !== after.state;
  if (after.case && moved) {
    const was = before?.state === 'open' ? await seenBefore(tx, before, after.case) : undefined;
    const { id, customerId } = after.case;
    events.push({
      kind: 'case.updated',
      caseId: id,
      customerId,
      internal: true,
      ...(was && { before: was }),
    });
  }
  await announce(tx, tenant, at, events);
}

/** The case as the members of the inbox that an entry has left could view it by that entry. */
async function seenBefore(
  db: Executor,
  { tenant, inbox_id: inboxId, owner_id: ownerId }: EntryRow,
  { id, status, projectId, customerId, organisationId, ...people }: NonNullable<EntryRow['case']>,
): Promise<CaseFacts> {
  const { requesterId, assigneeId, departmentId } = people;
  const facts = { id, tenant, status, projectId, customerId, requesterId, assigneeId, departmentId };
  const readers = await readersOf(db, tenant, inboxId);
  return {
    ...facts,
    ...(organisationId !== undefined && { organisationId }),
    entries: readers.length > 0 ? [{ inboxId, ownerId, readers }] : [],
  };
}

/** Who views the cases that wait in an inbox: nobody where it does not open them. */
async function readersOf(db: Executor, tenant: string, inboxId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('inbox_members as m')
    .innerJoin('inboxes as i', (join) =>
      join.onRef('i.tenant', '=', 'm.tenant').onRef('i.id', '=', 'm.inbox_id'),
    )
    .select('m.person_id')
    .where('m.tenant', '=', tenant)
    .where('m.inbox_id', '=', inboxId)
    .where('i.opens_cases', '=', true)
    .where(sql<boolean>`'read' = any(m.rights)`)
    .execute();
  return rows.map(({ person_id }) => person_id);
}
