import { sql, type RawBuilder } from 'kysely';

import type { Actor } from '../../backend.js';
import { membership, sharingRules, type PolicySettings } from '../policy/facts.js';

/** The people the actor may share their own cases with. */
export interface CoworkerScope {
  /** A condition on `people as c`. */
  readonly condition: RawBuilder<boolean>;
  /** What they have to belong to for a grant to hold; `null`: nothing. */
  readonly memberOf: string | null;
}

/**
 * CO-01, CO-27: people of the actor's organisation as the settings say; who has none has the people of their customer.
 * A scope that is not known is the narrowest.
 */
export function coworkersOf(actor: Actor, settings: PolicySettings): CoworkerScope {
  const { candidateScope } = sharingRules(settings);
  const within = sql<boolean>`c.tenant = ${actor.tenant} and c.kind = 'customer' and not c.former`;
  const of = (kind: 'customer' | 'organisation', id: string): CoworkerScope => ({
    condition: sql<boolean>`(${within} and ${sql.ref(`c.${kind}_id`)} = ${id})`,
    memberOf: membership(kind, id),
  });
  if (candidateScope === 'tenant') return { condition: within, memberOf: null };
  if (candidateScope === 'organisation' && actor.organisation !== null) {
    return of('organisation', actor.organisation);
  }
  if (actor.customer !== null) return of('customer', actor.customer);
  return { condition: sql<boolean>`false`, memberOf: null };
}
