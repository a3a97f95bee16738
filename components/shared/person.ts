import { msg } from '@lit/localize';

import type { PersonRef } from '../../src/contract/common.js';

/** Whom to name: somebody who has left, or is not known any more, is a "former user" (CC-21). */
export function personName(person: PersonRef | null | undefined): string {
  return person && !person.former ? person.name : msg('former user', { id: 'person.former' });
}
