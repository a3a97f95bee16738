import { msg } from '@lit/localize';

import type { PersonRef } from '../../src/contract/common.js';
import type { Session } from '../../src/contract/session.js';

/** Whom to name: somebody who has left, or is not known any more, is a "former user" (CC-21). */
export function personName(person: PersonRef | null | undefined): string {
  return person && !person.former ? person.name : msg('former user', { id: 'person.former' });
}

/** Tells apart who is signed in, across tenants; `undefined` while nobody is known to be. */
export function personOf(session: Session | undefined): string | undefined {
  return session && JSON.stringify([session.actor.tenant, session.actor.id]);
}
