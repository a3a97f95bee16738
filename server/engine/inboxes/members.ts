import { sql } from 'kysely';

import type { InboxMember, NewInbox } from '../../../src/contract/inboxes.js';
import { inboxRights } from '../../../src/contract/inboxes.js';
import { toPerson, personOf } from '../case-record.js';
import type { Executor, Tx } from '../context.js';
import type { FieldErrors } from '../../input/validation.js';
import { isStorable } from '../../input/text.js';

/** A member as they are kept. */
export interface Member {
  readonly personId: string;
  readonly rights: readonly string[];
}

type MembersInput = NonNullable<NewInbox['members']>;

/** IB-25: everything that is wrong with the members at once. Who is a member already may stay one, whoever they are now. */
export async function checkMembers(
  tx: Tx,
  tenant: string,
  input: MembersInput,
  before: readonly Member[],
  fields: FieldErrors,
): Promise<Member[]> {
  const kept = new Set(before.map(({ personId }) => personId));
  const agents = await agentsAmong(tx, tenant, input);
  const seen = new Set<string>();
  return input.map(({ personId, rights }, index) => {
    const field = `members.${index}`;
    if (seen.has(personId)) fields.add(`${field}.personId`, 'duplicate', 'Named twice.');
    else if (!agents.has(personId) && !kept.has(personId))
      fields.add(`${field}.personId`, 'not_found', 'Choose an agent.');
    seen.add(personId);
    if (rights.length > 0 && !rights.includes('read')) {
      fields.add(`${field}.rights`, 'needs_read', 'Whoever forwards or cancels has to read as well.');
    }
    return { personId, rights: inboxRights.filter((right) => rights.includes(right)) };
  });
}

async function agentsAmong(tx: Tx, tenant: string, input: MembersInput): Promise<ReadonlySet<string>> {
  const ids = input.map(({ personId }) => personId).filter(isStorable);
  if (ids.length === 0) return new Set();
  const rows = await tx
    .selectFrom('people')
    .select('id')
    .where('tenant', '=', tenant)
    .where('kind', '=', 'agent')
    .where('former', '=', false)
    .where(sql<boolean>`id = any(${ids}::text[])`)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** The members of an inbox, in no order. */
export async function membersOf(db: Executor, tenant: string, inboxId: string): Promise<Member[]> {
  return db
    .selectFrom('inbox_members')
    .select(['person_id as personId', 'rights'])
    .where('tenant', '=', tenant)
    .where('inbox_id', '=', inboxId)
    .execute();
}

/** The members of some inboxes with their names, by name: by inbox. */
export async function namedMembers(
  db: Executor,
  tenant: string,
  inboxIds: readonly string[],
): Promise<ReadonlyMap<string, readonly InboxMember[]>> {
  const found = new Map<string, InboxMember[]>();
  if (inboxIds.length === 0) return found;
  const rows = await db
    .selectFrom('inbox_members as m')
    .select(['m.inbox_id', 'm.person_id', 'm.rights', personOf('m', 'person_id').as('person')])
    .where('m.tenant', '=', tenant)
    .where(sql<boolean>`m.inbox_id = any(${[...inboxIds]}::text[])`)
    .orderBy(
      sql`(select lower(p.name) from people p where p.tenant = m.tenant and p.id = m.person_id), m.person_id`,
    )
    .execute();
  for (const { inbox_id, person_id: id, rights, person } of rows) {
    const members = found.get(inbox_id) ?? [];
    members.push({ person: toPerson(person) ?? { id, name: id, kind: 'agent' }, rights });
    found.set(inbox_id, members);
  }
  return found;
}

/** Makes these the members, and nobody else. */
export async function writeMembers(
  tx: Tx,
  tenant: string,
  inboxId: string,
  members: readonly Member[],
): Promise<void> {
  await tx.deleteFrom('inbox_members').where('tenant', '=', tenant).where('inbox_id', '=', inboxId).execute();
  if (members.length === 0) return;
  await tx
    .insertInto('inbox_members')
    .values(
      members.map(({ personId, rights }) => ({
        tenant,
        inbox_id: inboxId,
        person_id: personId,
        rights: [...rights],
      })),
    )
    .execute();
}
