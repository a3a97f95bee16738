import type { NamedRef } from '../src/contract/common.js';
import type { Session } from '../src/contract/session.js';
import type { Actor } from './backend.js';

/** What the records that a token names are called. */
export interface ActorNames {
  readonly departments: NamedRef[];
  readonly customer: NamedRef | undefined;
  readonly organisation: NamedRef | undefined;
}

/** Who is signed in, as the session tells it. */
export function sessionActor(
  actor: Actor,
  { departments, customer, organisation }: ActorNames,
): Session['actor'] {
  return {
    id: actor.id,
    tenant: actor.tenant,
    name: actor.name,
    kind: actor.kind,
    roles: [...actor.roles],
    departments,
    customer: customer ?? null,
    organisation: organisation ?? null,
  };
}
