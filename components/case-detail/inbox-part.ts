import { msg } from '@lit/localize';
import { html, nothing, svg, type LitElement, type TemplateResult } from 'lit';

import type { CaseClient } from '../../src/client/client.js';
import type { ListData } from '../../src/client/live-query.js';
import type { Case } from '../../src/contract/cases.js';
import type { InboxEntry } from '../../src/contract/inbox-entries.js';
import { drawIcon } from '../shared/icons.js';
import { whereText } from '../shared/inbox/where.js';
import { QueryController } from '../shared/query-controller.js';
import type { MenuItem } from './more-menu.js';

const trayShape = svg`<path d="M2.5 9.5 4.6 3.5h6.8l2.1 6v3H2.5zM2.5 9.5h3.2c.2 1.2 1.1 2 2.3 2s2.1-.8 2.3-2h3.2"/>`;

/** In which inboxes a case waits, and the way to put it into one (IB-03). */
export class InboxPart {
  readonly #entries: QueryController<
    ListData<InboxEntry>,
    readonly [CaseClient | undefined, string | undefined]
  >;
  readonly #open: () => void;

  /** `caseId` is of the case that shows; `open` shows the form. */
  constructor(
    host: LitElement,
    client: () => CaseClient | undefined,
    caseId: () => string | undefined,
    open: () => void,
  ) {
    this.#open = open;
    this.#entries = new QueryController(
      host,
      () => [client(), caseId()] as const,
      (from, id) => (id ? from?.queries.inboxEntries({ caseId: id }) : undefined),
    );
  }

  /** Where the case waits. */
  get entries(): readonly InboxEntry[] {
    return this.#entries.data?.items ?? [];
  }

  renderWhere(): TemplateResult | typeof nothing {
    if (this.entries.length === 0) return nothing;
    return html`${this.entries.map(
      (entry) =>
        html`<p class="hint where" part="inbox">${drawIcon(trayShape)}<bdi>${whereText(entry)}</bdi></p>`,
    )}`;
  }

  /** What the menu of the case offers. */
  menuItem({ permissions }: Case): MenuItem | undefined {
    return permissions['putInInbox']?.allowed
      ? {
          mark: drawIcon(trayShape),
          text: msg('Put into an inbox…', { id: 'inbox.put.more' }),
          choose: this.#open,
        }
      : undefined;
  }
}
