import type { Actor } from '../../server/backend.js';
import { claimsOf } from '../cast.js';

/** One of the cast, as the engine takes who acts. */
export function actorOf(id: string, tenant: string): Actor {
  const claims = claimsOf(id);
  if (!claims) throw new Error(`${id} is none of the cast.`);
  const { sub, customer = null, organisation = null, ...rest } = claims;
  return { ...rest, id: sub, tenant, customer, organisation, inboxes: [] };
}
