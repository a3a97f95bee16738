import { sql, type RawBuilder } from 'kysely';

import type { Actor } from '../../backend.js';
import type { Executor } from '../context.js';
import type { CaseEntry } from '../policy/facts.js';

/**
 * The open entries of the case `c` by which members of their inboxes may view it. Of `actor` it is asked whether they are a
 * reader; without one, all readers are named.
 */
export function entriesOfCase(actor?: Actor): RawBuilder<CaseEntry[]> {
  const asked = actor ? sql`and m.person_id = ${actor.id}` : sql``;
  return sql`(select coalesce(jsonb_agg(jsonb_build_object('inboxId', e.inbox_id, 'ownerId', e.owner_id, 'readers',
      array(select m.person_id from inbox_members m where m.tenant = e.tenant and m.inbox_id = e.inbox_id
        and 'read' = any(m.rights) ${asked})) order by e.id), '[]'::jsonb)
    from inbox_entries e join inboxes i on i.tenant = e.tenant and i.id = e.inbox_id and i.opens_cases
    where e.tenant = c.tenant and e.case_id = c.id and e.state = 'open')`;
}

/** The facts of some cases that their entries decide about, each with every reader: by case id. */
export async function loadCaseEntries(
  db: Executor,
  tenant: string,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, readonly CaseEntry[]>> {
  if (caseIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('cases as c')
    .select(['c.id', entriesOfCase().as('entries')])
    .where('c.tenant', '=', tenant)
    .where('c.id', 'in', [...new Set(caseIds)])
    .execute();
  return new Map(rows.map(({ id, entries }) => [id, entries]));
}
