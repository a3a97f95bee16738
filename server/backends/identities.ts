import * as z from 'zod/mini';

import type { Actor } from '../backend.js';
import { BackendError } from '../backend-error.js';

/** How the actors of the host's tokens are known to a vendor. */
export const identitiesSchema = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('email') }),
  z.strictObject({ by: z.literal('id') }),
  /** By the id of the actor, what the vendor calls them. */
  z.strictObject({ by: z.literal('map'), map: z.record(z.string(), z.string()) }),
]);
/** How the actors of the host's tokens are known to a vendor. */
export type Identities = z.infer<typeof identitiesSchema>;

/**
 * What the vendor knows the actor by.
 *
 * @throws {BackendError} `forbidden` for somebody the vendor cannot know: nobody ever acts as somebody else instead.
 */
export function vendorNameOf(actor: Actor, identities: Identities = { by: 'email' }): string {
  const name = nameOf(actor, identities)?.trim();
  if (name === undefined || name === '') throw unknownUser();
  return name;
}

function nameOf(actor: Actor, identities: Identities): string | null | undefined {
  if (identities.by === 'email') return actor.email;
  if (identities.by === 'id') return actor.id;
  return Object.hasOwn(identities.map, actor.id) ? identities.map[actor.id] : undefined;
}

/** The refusal of somebody who has no account with the vendor. */
export function unknownUser(): BackendError {
  return new BackendError('forbidden', {
    rule: 'backend.unknown-user',
    detail: 'You have no account in the system that keeps the cases.',
  });
}

/**
 * Refuses tokens of other tenants: a gateway to one vendor account serves one.
 *
 * @throws {BackendError} `forbidden`
 */
export function requireTenant(actor: Actor, tenant: string | undefined): void {
  if (tenant === undefined || actor.tenant === tenant) return;
  throw new BackendError('forbidden', {
    rule: 'backend.tenant',
    detail: 'The cases of your company are not kept here.',
  });
}
