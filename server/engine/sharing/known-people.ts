import { sql, type RawBuilder } from 'kysely';

import type { Actor } from '../../backend.js';

/** The condition on `people as p` that leaves, of those who have a case, whom the actor knows to: all, or people of their own. */
export function knownPeople(actor: Actor, caseId: string): RawBuilder<boolean> {
  if (actor.kind === 'agent') return sql<boolean>`true`;
  return sql<boolean>`(p.kind = 'customer' and (p.id = ${actor.id} or p.customer_id = ${actor.customer}
    or p.organisation_id = ${actor.organisation} or exists (select from grants g
      where g.tenant = p.tenant and g.unit = 'case' and g.unit_id = ${caseId}
        and g.grantee_kind = 'person' and g.grantee_id = p.id)))`;
}
