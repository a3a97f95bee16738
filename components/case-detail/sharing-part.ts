import { msg, str } from '@lit/localize';
import { html, nothing, type LitElement, type ReactiveController, type TemplateResult } from 'lit';

import { levelLabel } from '../shared/level-words.js';
import type { CaseClient } from '../../src/client/client.js';
import type { Case } from '../../src/contract/cases.js';
import type { Grant, GrantList } from '../../src/contract/grants.js';
import type { Session } from '../../src/contract/session.js';
import { addStyles } from '../shared/add-styles.js';
import { prefixOf } from '../shared/define.js';
import { icon } from '../shared/icons.js';
import { LazyPart, renderPart } from '../shared/lazy-part.js';
import { plural } from '../shared/locale.js';
import { Modal } from '../shared/modal.js';
import { formatNames } from '../shared/name-list.js';
import { personName } from '../shared/person.js';
import { QueryController } from '../shared/query-controller.js';
import type { ForwardForm } from './forward-form.js';
import type { InboxPart } from './inbox-part.js';
import { MoreMenu } from './more-menu.js';
import type { PutInInbox } from './put-in-inbox.js';
import { sharingIcon } from './sharing-icons.js';
import { sharingStyles } from './sharing.styles.js';
import { wantWords } from '../shared/want-words.js';

/** What sharing is told by the detail it stands in. */
export interface SharingLink {
  readonly host: LitElement;
  readonly client: () => CaseClient | undefined;
  /** The case that shows; nothing while none does. */
  readonly record: () => Case | undefined;
  readonly session: () => Session | undefined;
  /** What was done, for the one who did it. */
  readonly say: (text: () => string) => void;
}

/** What the dialog shows. */
type Panel = 'share' | 'forward' | 'inbox';

/** Names of so many stand in the detail; the others in the panel. */
const mostNames = 6;

/** Who else has a case, and the ways to share it and pass it on: the badge, the icon and the menu open one panel. */
export class SharingPart implements ReactiveController {
  readonly #link: SharingLink;
  readonly #modal: Modal;
  readonly #menu: MoreMenu;
  readonly #grants: QueryController<GrantList, readonly [CaseClient | undefined, string | undefined]>;
  readonly #manager: LazyPart<true>;
  readonly #forward: LazyPart<ForwardForm>;
  readonly #inbox: LazyPart<InboxPart>;
  readonly #put: LazyPart<PutInInbox>;
  #shows: Panel = 'share';
  #openedFor: string | undefined;

  constructor(link: SharingLink) {
    const { host, client } = link;
    this.#link = link;
    this.#modal = new Modal(host, {
      dirty: () =>
        this.#shows === 'share' ? (this.#element?.unsaved ?? false) : (this.#form?.dirty ?? false),
      discard: () => this.#form?.clear(),
      closed: () => (this.#openedFor = undefined),
    });
    this.#menu = new MoreMenu(link, {
      share: () => this.#open('share'),
      forward: () => this.#open('forward'),
    });
    this.#grants = new QueryController(
      host,
      () => [client(), this.#listed] as const,
      (from, caseId) => (caseId ? from?.queries.grants(caseId) : undefined),
    );
    this.#manager = new LazyPart(
      host,
      () => this.#modal.isOpen && this.#shows === 'share',
      async () => {
        if (!customElements.get(`${prefixOf(host)}share-manager`))
          await import('../share-manager/share-manager.js');
        return () => true as const;
      },
    );
    this.#forward = new LazyPart<ForwardForm>(
      host,
      () => this.#modal.isOpen && this.#shows === 'forward',
      async () => {
        const { ForwardForm } = await import('./forward-form.js');
        return () => new ForwardForm(host, client, (to) => this.#forwarded(to));
      },
    );
    this.#inbox = new LazyPart<InboxPart>(
      host,
      () => this.#worksInboxes,
      async () => {
        const [{ InboxPart }] = await Promise.all([import('./inbox-part.js'), wantWords('inboxes')]);
        return () =>
          new InboxPart(
            host,
            client,
            () => (this.#worksInboxes ? link.record()?.id : undefined),
            () => this.#open('inbox'),
          );
      },
    );
    this.#put = new LazyPart<PutInInbox>(
      host,
      () => this.#modal.isOpen && this.#shows === 'inbox',
      async () => {
        const { PutInInbox } = await import('./put-in-inbox.js');
        return () => new PutInInbox(host, client, (inbox) => this.#putInto(inbox));
      },
    );
    addStyles(host, sharingStyles);
    host.addController(this);
  }

  hostUpdate(): void {
    // A panel on a case that is gone, or on another one, would show what may no longer be seen.
    if (this.#modal.isOpen && this.#link.record()?.id !== this.#openedFor)
      void this.#link.host.updateComplete.then(() => this.#modal.close());
  }

  /** Opens the panel with who has access. */
  readonly open = (): void => this.#open('share');

  /** The badge, the icon and the menu, in the bar above the subject. Where nobody may share there is only the badge. */
  renderActions(record: Case, session: Session): TemplateResult {
    const share = record.permissions['share']?.allowed === true;
    const label = msg('Share case', { id: 'case-detail.share' });
    return html`<span class="sharing">
      ${this.#renderBadge(record, session)}
      ${
        share
          ? html`<button
              class="button quiet icon"
              type="button"
              part="share"
              aria-haspopup="dialog"
              aria-label=${label}
              title=${label}
              @click=${this.open}
            >
              ${sharingIcon('share')}
            </button>`
          : nothing
      }
      ${this.#menu.render(record, this.#inbox.value?.menuItem(record))}
    </span>`;
  }

  /** In which inbox the case waits, and everybody who is in, by name: to customers the people, to agents the customers who follow (CO-14, CU-02). */
  renderPeople(record: Case, session: Session): unknown {
    return [this.#inbox.value?.renderWhere(), this.#renderFollowers(record, session)];
  }

  #renderFollowers(record: Case, { actor }: Session): TemplateResult | typeof nothing {
    const grants = this.#grants.data;
    if (!grants || !this.#listed) return nothing;
    const followers = grants.items.filter(({ grantee }) => grantee.kind !== 'department');
    if (followers.length === 0) return nothing;
    const label =
      actor.kind === 'customer'
        ? msg('Who has access', { id: 'case-detail.people' })
        : msg('Followers', { id: 'case-detail.followers' });
    const people = [
      ...(actor.kind === 'customer' && record.requester
        ? [{ id: record.requester.id, name: personName(record.requester) }]
        : []),
      ...followers.map(({ grantee: { id, name, former } }) => ({
        id,
        name: former ? personName(null) : name,
      })),
    ];
    // The reader comes first: "You and Marisol Vega".
    const names = [
      ...people.filter(({ id }) => id === actor.id).map(() => msg('You', { id: 'case-timeline.you' })),
      ...people.filter(({ id }) => id !== actor.id).map(({ name }) => name),
    ];
    const rest = names.length - mostNames;
    const shown =
      rest > 0
        ? [
            ...names.slice(0, mostNames),
            plural(rest, msg('one {# other} other {# others}', { id: 'case-detail.people.more' })),
          ]
        : names;
    return html`<p class="hint people" part="people">${label}: ${formatNames(shown)}</p>`;
  }

  renderDialog(): TemplateResult | typeof nothing {
    const record = this.#link.record();
    if (!this.#modal.isOpen || !record || record.id !== this.#openedFor) return nothing;
    const share = this.#shows === 'share';
    const title = this.#titleOf(record);
    return html`<dialog
      class="side"
      part="share-dialog"
      aria-label=${title}
      @keydown=${this.#modal.onKeydown}
      @cancel=${this.#modal.onCancel}
      @close=${this.#modal.onClose}
      @pointerdown=${this.#modal.onPointerdown}
      @click=${this.#modal.onClick}
    >
      <button
        class="button quiet icon side-close"
        type="button"
        aria-label=${msg('Close', { id: 'action.close' })}
        ?inert=${this.#modal.asking}
        @click=${() => this.#modal.requestClose()}
      >
        ${icon('close')}
      </button>
      <div class=${share ? 'side-body who' : 'side-body'} ?inert=${this.#modal.asking}>
        ${this.#renderPanel(record, title)}
      </div>
      ${this.#modal.renderQuestion()}
    </dialog>`;
  }

  #renderManager(record: Case): TemplateResult {
    return this.#manager.value
      ? html`<share-manager .client=${this.#link.client()} case-id=${record.id}></share-manager>`
      : renderPart(this.#manager);
  }

  #renderPanel(record: Case, title: string): TemplateResult {
    switch (this.#shows) {
      case 'share':
        return this.#renderManager(record);
      case 'forward':
        return this.#forward.value?.render(record, title) ?? renderPart(this.#forward);
      case 'inbox': {
        const settings = this.#link.session()?.settings;
        const form =
          settings && this.#put.value?.render(record, title, settings, this.#inbox.value?.entries ?? []);
        return form ?? renderPart(this.#put);
      }
    }
  }

  #titleOf({ number, permissions }: Case): string {
    switch (this.#shows) {
      case 'share':
        return permissions['share']?.allowed
          ? msg(str`Share case #${number}`, { id: 'case-detail.share.title' })
          : msg('Who has access', { id: 'case-detail.people' });
      case 'forward':
        return msg(str`Forward case #${number}`, { id: 'case-detail.forward.title' });
      case 'inbox':
        return msg(str`Put case #${number} into an inbox`, { id: 'inbox.put.title' });
    }
  }

  #renderBadge(record: Case, session: Session): TemplateResult | typeof nothing {
    const grants = this.#grants.data?.items;
    if (!grants || grants.length === 0 || !this.#listed) return nothing;
    return html`<button
      class="button quiet badge"
      type="button"
      part="share-badge"
      aria-haspopup="dialog"
      @click=${this.open}
    >
      ${sharingIcon('share')}<span><bdi>${badgeText(record, session, grants)}</bdi></span>
    </button>`;
  }

  /** The case whose list of people the reader may see. */
  get #listed(): string | undefined {
    const record = this.#link.record();
    return record?.permissions['listGrantees']?.allowed ? record.id : undefined;
  }

  get #element(): HTMLElementTagNameMap['share-manager'] | null {
    return this.#link.host.renderRoot.querySelector('.side-body > *');
  }

  /** What the dialog holds besides who has access. */
  get #form(): ForwardForm | PutInInbox | undefined {
    return this.#shows === 'inbox' ? this.#put.value : this.#forward.value;
  }

  get #worksInboxes(): boolean {
    const session = this.#link.session();
    return session?.permissions['listInboxes']?.allowed === true && this.#link.record() !== undefined;
  }

  #open(what: Panel): void {
    this.#shows = what;
    this.#openedFor = this.#link.record()?.id;
    this.#modal.show();
  }

  #putInto(inbox: string): void {
    this.#modal.close();
    this.#link.say(() => msg(str`Put into ${inbox}.`, { id: 'inbox.put.done' }));
  }

  #forwarded(to: string): void {
    this.#modal.close();
    this.#link.say(() => msg(str`Forwarded to ${to}.`, { id: 'case-detail.forwarded' }));
  }
}

/** From whom at which level for a department that received the case, otherwise how many have it (DE-23). */
function badgeText({ department }: Case, { actor }: Session, grants: readonly Grant[]): string {
  if (actor.kind === 'customer')
    return plural(
      grants.length + 1,
      msg('one {# person has access} other {# people have access}', { id: 'case-detail.people.count' }),
    );
  const own = new Set(actor.departments.map(({ id }) => id));
  const received = grants.find(({ grantee }) => grantee.kind === 'department' && own.has(grantee.id));
  if (!received || (department && own.has(department.id)))
    return plural(
      grants.length,
      msg('one {Shared with #} other {Shared with #}', { id: 'case-detail.shared.count' }),
    );
  const level = levelLabel(received.level);
  // A department that is not known by name is told apart by its id.
  const from = department?.name || department?.id;
  return from
    ? msg(str`Shared by ${from} · ${level}`, { id: 'case-detail.shared.from' })
    : msg(str`Shared with us · ${level}`, { id: 'case-detail.shared.with-us' });
}
