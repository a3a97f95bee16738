import { sql } from 'kysely';

import type { Actor, PositionedEvent } from '../../backend.js';
import type { Executor } from '../context.js';
import type { InboxAudience } from '../outbox.js';
import { decideInbox, hasInboxRole } from '../policy/inboxes.js';
import type { OutboxRow } from './outbox-reader.js';

/** The rights in an inbox, by tenant, inbox and person. */
export interface InboxMembers {
  rights(tenant: string, inboxId: string, personId: string): readonly string[] | null;
}

export const noMembers: InboxMembers = { rights: () => null };

/** Reads who works the inboxes that rows are about. */
export async function loadMembers(db: Executor, rows: readonly OutboxRow[]): Promise<InboxMembers> {
  const about = rows.filter((row) => row.inbox !== null);
  if (about.length === 0) return noMembers;
  const ids = about.flatMap(({ inbox }) => [inbox?.id ?? '', inbox?.from ?? '']);
  const members = await db
    .selectFrom('inbox_members')
    .select(['tenant', 'inbox_id', 'person_id', 'rights'])
    .where('tenant', 'in', [...new Set(about.map(({ tenant }) => tenant))])
    .where(sql<boolean>`inbox_id = any(${[...new Set(ids)]}::text[])`)
    .execute();
  const found = new Map(
    members.map(({ tenant, inbox_id, person_id, rights }) => [keyOf(tenant, inbox_id, person_id), rights]),
  );
  return { rights: (...of) => found.get(keyOf(...of)) ?? null };
}

/**
 * What an event about an inbox or an entry is to an actor: to who reads the inbox it is in or has just left, to who has just
 * ceased to be a member, and to agents whose case it is. The case is named to who may view it.
 */
export function judgeInbox(
  { tenant, kind, case_id: caseId, at }: OutboxRow,
  { id, from, left = [], entryId }: InboxAudience,
  position: string,
  members: InboxMembers,
  seesCase: (actor: Actor) => 'own' | 'seen' | null,
): (actor: Actor) => PositionedEvent | null {
  const action = entryId === undefined ? 'view' : 'read';
  const told = new Map<string, PositionedEvent>();

  /** One and the same object for all to whom it says the same. */
  function tell(inboxId: string, named: boolean): PositionedEvent {
    const key = `${named} ${inboxId}`;
    const event = told.get(key) ?? {
      position,
      event: {
        kind,
        ...(named && caseId !== null && { caseId }),
        inboxId,
        ...(entryId !== undefined && { entryId }),
        at,
      },
    };
    told.set(key, event);
    return event;
  }

  return (actor) => {
    if (!hasInboxRole(actor)) return null;
    const works = (inboxId: string) =>
      decideInbox(action, actor, { id: inboxId, tenant }, members.rights(tenant, inboxId, actor.id)).allowed;
    const place = works(id) ? id : from !== undefined && works(from) ? from : undefined;
    const seen = seesCase(actor);
    if (place === undefined && seen !== 'own' && !left.includes(actor.id)) return null;
    return tell(place ?? id, seen !== null);
  };
}

function keyOf(tenant: string, inboxId: string, personId: string): string {
  return JSON.stringify([tenant, inboxId, personId]);
}
