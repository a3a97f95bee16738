import { msg } from '@lit/localize';
import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';

import type { CaseClient } from '../../src/client/client.js';
import type { Case } from '../../src/contract/cases.js';
import type { InboxEntry } from '../../src/contract/inbox-entries.js';
import type { Session } from '../../src/contract/session.js';
import type { ListData } from '../../src/client/live-query.js';
import { addStyles } from '../shared/add-styles.js';
import { actionsFor, unwrittenActions, type ActionPlace } from '../shared/host-actions/host-actions.js';
import { renderLinkList } from '../shared/host-actions/link-list.js';
import { renderOffered } from '../shared/host-actions/offered-action.js';
import { hostOf } from '../shared/host-actions/registry.js';
import { icon } from '../shared/icons.js';
import { QueryController } from '../shared/query-controller.js';
import { hostStyles } from './host-part.styles.js';
import type { SharingLink } from './sharing-part.js';

/** What the page around brings to a case: what it is linked to, and what the host can do about it. */
export class HostPart implements ReactiveController {
  readonly #link: SharingLink;
  readonly #entries: QueryController<
    ListData<InboxEntry>,
    readonly [CaseClient | undefined, string | undefined]
  >;
  /** The case that was asked about, and the actions whose outcome does not stand on it yet. */
  #asked: string | undefined;
  #unwritten: readonly string[] = [];

  constructor(link: SharingLink) {
    this.#link = link;
    const { host } = link;
    this.#entries = new QueryController(
      host,
      () => [link.client(), this.#worked] as const,
      (client, caseId) => (caseId ? client?.queries.inboxEntries({ caseId, owner: 'me' }) : undefined),
    );
    addStyles(host, hostStyles);
    host.addController(this);
  }

  hostUpdate(): void {
    const place = this.#place;
    const asked = place?.record.id;
    if (asked === this.#asked) return;
    this.#asked = asked;
    this.#unwritten = [];
    if (place) void this.#ask(place);
  }

  /** The objects of the host, and what it can do. */
  render(record: Case): TemplateResult | typeof nothing {
    const { host } = this.#link;
    const links = record.links ?? [];
    const place = this.#place;
    const actions = place ? actionsFor(place) : [];
    if (links.length === 0 && actions.length === 0) return nothing;
    return html`<div class="host">
      ${
        links.length > 0
          ? html`<dl class="linked" part="links">
              <dt>${msg('Linked', { id: 'case.links' })}</dt>
              <dd>${renderLinkList(links, hostOf(host).linkTypes)}</dd>
            </dl>`
          : nothing
      }
      ${
        actions.length > 0
          ? html`<div
              class="host-actions"
              part="host-actions"
              role="group"
              aria-label=${msg('What can be done', { id: 'host-action.offered' })}
            >
              ${actions.map((action) => renderOffered(action, 'case'))}
            </div>`
          : nothing
      }
      ${actions
        .filter(({ id }) => this.#unwritten.includes(id))
        .map(
          ({ label, open }) =>
            html`<div class="banner caution" role="status">
              ${icon('alert')}
              <span class="grow"
                ><strong><bdi>${label}</bdi></strong
                >:
                ${msg('This is done, but does not stand on the case yet.', {
                  id: 'host-action.waiting',
                })}</span
              >
              <button class="button" type="button" aria-haspopup="dialog" @click=${open}>
                ${msg('Write it on the case', { id: 'host-action.write' })}
              </button>
            </div>`,
        )}
    </div>`;
  }

  async #ask(place: ActionPlace): Promise<void> {
    const unwritten = await unwrittenActions(place);
    if (this.#asked !== place.record.id) return;
    this.#unwritten = unwritten;
    this.#link.host.requestUpdate();
  }

  get #place(): ActionPlace | undefined {
    const { host, client, record, session, say } = this.#link;
    const [from, shown, who]: [CaseClient | undefined, Case | undefined, Session | undefined] = [
      client(),
      record(),
      session(),
    ];
    if (!from || !shown || !who) return undefined;
    const told = (text: () => string): void => {
      this.#asked = undefined;
      say(text);
    };
    return {
      host,
      client: from,
      record: shown,
      session: who,
      entry: this.#entries.data?.items.find(({ state }) => state === 'open'),
      say: told,
      closed: () => {
        this.#asked = undefined;
        host.requestUpdate();
      },
    };
  }

  /** The case, for who works inboxes and may have it in one of theirs. */
  get #worked(): string | undefined {
    const session = this.#link.session();
    const works = session?.capabilities.inboxes && session.permissions['listInboxes']?.allowed;
    return works && hostOf(this.#link.host).actions?.length ? this.#link.record()?.id : undefined;
  }
}
