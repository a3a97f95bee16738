import { sql, type RawBuilder } from 'kysely';

import type { CaseQuery } from '../../../src/contract/cases.js';
import type { Actor } from '../../backend.js';

/**
 * A condition on `cases as c`, beside that of visibility: `with-me` leaves out what is the actor's own anyway, `by-us`
 * leaves what the actor's side has shared.
 */
export function sharedCases(
  shared: NonNullable<CaseQuery['shared']>,
  actor: Actor,
  now: string,
): RawBuilder<boolean> {
  if (actor.kind === 'customer') {
    if (shared === 'with-me') return sql<boolean>`c.requester_id is distinct from ${actor.id}`;
    return sql<boolean>`(c.requester_id = ${actor.id} and ${hasGrant(sql`g.grantee_kind = 'person'`, now)})`;
  }
  if (shared === 'with-me') return sql<boolean>`c.department_id <> all(${[...actor.departments]}::text[])`;
  return hasGrant(sql`g.grantee_kind <> 'person'`, now);
}

/** A condition on `cases as c`: shared with this customer or organisation now. */
export function sharedWith(
  { kind, id }: { readonly kind: 'customer' | 'organisation'; readonly id: string },
  now: string,
): RawBuilder<boolean> {
  return hasGrant(sql`g.grantee_kind = ${kind} and g.grantee_id = ${id}`, now);
}

function hasGrant(which: RawBuilder<unknown>, now: string): RawBuilder<boolean> {
  return sql<boolean>`exists (select from grants g where g.tenant = c.tenant and g.unit = 'case'
    and g.unit_id = c.id and ${which} and g.revoked_at is null
    and (g.expires_at is null or g.expires_at > ${now}::timestamptz))`;
}
