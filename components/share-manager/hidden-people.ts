import { msg } from '@lit/localize';
import { html, type LitElement, type TemplateResult } from 'lit';

import { ConfigErrorEvent } from '../shared/config-error.js';
import { icon } from '../shared/icons.js';
import { plural } from '../shared/locale.js';
import type { SharedList } from './share-unit.js';

/** How many have access whom the list does not name: nobody who is in may be hidden from the others (CO-14). */
export function hiddenIn({ items, total = items.length }: SharedList): number {
  return Math.max(0, total - items.length);
}

/** Tells the host of a backend that hides participants, once for each number of them. */
export class HiddenTeller {
  #told = 0;

  follow(list: SharedList, host: LitElement): void {
    const hidden = hiddenIn(list);
    if (hidden === this.#told) return;
    this.#told = hidden;
    if (hidden === 0) return;
    const event = new ConfigErrorEvent(
      `The backend hides ${hidden} of those who have access; nobody can be added until it names them.`,
    );
    host.dispatchEvent(event);
  }
}

/** That the list is not whole. */
export function renderHidden(hidden: number): TemplateResult {
  return html`<div class="banner critical" role="alert">
    ${icon('alert')}
    <p class="grow">
      ${plural(
        hidden,
        msg(
          'one {Somebody has access who is not named here.} other {# more have access who are not named here.}',
          { id: 'share.hidden' },
        ),
      )}
      ${msg('Nobody can be added until they are. Tell whoever looks after this page.', {
        id: 'share.hidden.what',
      })}
    </p>
  </div>`;
}
