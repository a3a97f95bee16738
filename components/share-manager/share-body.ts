import { msg, str } from '@lit/localize';
import { html, nothing, type LitElement, type ReactiveController, type TemplateResult } from 'lit';

import type { CaseClient } from '../../src/client/client.js';
import type { Case } from '../../src/contract/cases.js';
import type { Grant } from '../../src/contract/grants.js';
import type { Project, SharingWarning } from '../../src/contract/projects.js';
import type { ReceiptList } from '../../src/contract/receipts.js';
import type { Session } from '../../src/contract/session.js';
import { addStyles } from '../shared/add-styles.js';
import { failureText } from '../shared/failure.js';
import { forms } from '../shared/forms.styles.js';
import { drawIcon, icon } from '../shared/icons.js';
import { renderLacking } from '../shared/lacking.js';
import { renderLines } from '../shared/lazy-part.js';
import { formatMoment } from '../shared/format.js';
import { formatNames } from '../shared/name-list.js';
import { personName, personOf } from '../shared/person.js';
import { QueryController } from '../shared/query-controller.js';
import { shareIcon } from '../shared/share-icon.js';
import { Adding } from './adding.js';
import { GrantRows } from './grant-rows.js';
import { renderRows, type Receipts } from './grant-rows.view.js';
import { HiddenTeller, hiddenIn, renderHidden } from './hidden-people.js';
import { Preview } from './preview.js';
import { renderPreview } from './preview.view.js';
import type { ShareManager } from './share-manager.element.js';
import { ShareChangeEvent } from './share-manager.events.js';
import { styles } from './share-manager.styles.js';
import { renderNotice, type ShareNotice } from './share-notice.js';
import {
  caseUnit,
  kindsToAdd,
  projectUnit,
  type SharedList,
  type ShareScope,
  type ShareUnit,
} from './share-unit.js';
import { grantFailure, kindOrder, sharingRefusal } from './share-words.js';

/** What stands in a `<share-manager>`: the form that adds, who has access, and what somebody will see. */
export class ShareBody implements ReactiveController {
  readonly #host: ShareManager;
  readonly #session: QueryController<Session, readonly [CaseClient | undefined]>;
  readonly #list;
  readonly #record;
  readonly #project;
  readonly #receipts;
  readonly #adding: Adding;
  readonly #rows: GrantRows;
  readonly #preview: Preview;
  readonly #teller = new HiddenTeller();
  #notice: ShareNotice | undefined;
  #entered = false;
  #unit: ShareUnit | undefined;
  #person: string | undefined;
  #before: readonly Grant[] = [];

  constructor(host: ShareManager) {
    this.#host = host;
    const client = () => host.client;
    this.#session = new QueryController(
      host,
      () => [client()] as const,
      (from) => from?.queries.session(),
    );
    this.#list = new QueryController<SharedList, readonly [CaseClient | undefined, ShareUnit | undefined]>(
      host,
      () => [client(), this.#shares ? this.#unit : undefined] as const,
      (from, unit) => from && unit?.grants(from),
    );
    this.#record = new QueryController<Case, readonly [CaseClient | undefined, string]>(
      host,
      () => [client(), host.projectId ? '' : host.caseId] as const,
      (from, id) => (id ? from?.queries.case(id) : undefined),
    );
    this.#project = new QueryController<Project, readonly [CaseClient | undefined, string]>(
      host,
      () => [client(), host.projectId] as const,
      (from, id) => (id ? from?.queries.project(id) : undefined),
    );
    this.#receipts = new QueryController<ReceiptList, readonly [CaseClient | undefined, string]>(
      host,
      () => {
        const seen = this.#shares && this.#record.data?.permissions['seeReceipts']?.allowed;
        return [client(), seen ? host.caseId : ''] as const;
      },
      (from, id) => (id ? from?.queries.receipts(id) : undefined),
    );
    const link = {
      host: host as LitElement,
      scope: () => this.#scope,
      say: (notice: ShareNotice | undefined) => this.#say(notice),
      changed: () => this.#changed(),
    };
    this.#rows = new GrantRows({ ...link, giveAgain: (grant) => this.#adding.again(grant) });
    this.#adding = new Adding({
      ...link,
      openGrant: (id) => this.#rows.open(id),
      ask: (disclosure) => this.#preview.ask(disclosure),
      preview: () => {
        if (this.#adding.check()) this.#preview.show();
      },
      history: () => this.#preview.history,
      revoke: (grants) => this.#rows.end(grants),
    });
    this.#preview = new Preview({
      ...link,
      chosen: () => this.#adding.chosen,
      confirm: () => this.#adding.confirm(),
      stop: () => {
        this.#adding.letGo();
        this.#say({
          tone: '',
          text: () => msg('Nothing was shared.', { id: 'share.nothing' }),
        });
      },
    });
    addStyles(host, forms, styles);
    host.addController(this);
  }

  /** Something chosen or changed is not shared yet. */
  get dirty(): boolean {
    return this.#adding.dirty || this.#rows.dirty;
  }

  hostUpdated(): void {
    if (this.#entered || !this.#scope || !this.#host.closest('dialog')) return;
    this.#entered = true;
    // Under a finger the keyboard of the screen would cover who has access.
    const field = matchMedia('(pointer: coarse)').matches ? null : this.#find('#grantees');
    (field ?? this.#find('#title'))?.focus();
  }

  hostDisconnected(): void {
    this.#notice = undefined;
    this.#entered = false;
  }

  /** Takes up what is shared, and by whom, as it is now. Called on each update. */
  follow(): void {
    const { caseId, projectId } = this.#host;
    const kind = projectId ? 'project' : 'case';
    const id = projectId || caseId;
    if ((this.#unit?.id ?? '') !== id || (this.#unit && this.#unit.kind !== kind)) {
      this.#unit = id ? (projectId ? projectUnit(id) : caseUnit(id)) : undefined;
      this.#begin();
      // The list follows its arguments before this: what is known already would change nothing that asks for it.
      void this.#host.updateComplete.then(() => this.#host.requestUpdate());
    }
    const person = personOf(this.#session.data);
    if (person !== undefined && person !== this.#person) {
      // What one person chose is not shown to the next.
      if (this.#person !== undefined) this.#begin();
      this.#person = person;
    }
    const { data } = this.#list;
    if (!data || data.items === this.#before) return;
    const left = this.#rows.follow(this.#before, data.items);
    this.#before = data.items;
    this.#teller.follow(data, this.#host);
    if (left.length > 0) {
      const names = left.map(({ grantee }) => grantee.name);
      this.#notice = {
        tone: 'caution',
        text: () => msg(str`No longer shared with ${formatNames(names)}.`, { id: 'share.left' }),
      };
    }
  }

  render(): TemplateResult {
    const scope = this.#scope;
    return html`<header class="top">
        <slot name="heading"
          ><h2 id="title" tabindex="-1">${drawIcon(shareIcon)}<span>${this.#heading(scope)}</span></h2></slot
        >
      </header>
      ${scope ? this.#renderShared(scope) : this.#renderWaiting()}`;
  }

  #renderShared(scope: ShareScope): TemplateResult {
    const hidden = hiddenIn(scope.list);
    const adding = hidden > 0 ? renderHidden(hidden) : this.#adding.render(scope);
    const refusals = this.#refusals(scope);
    return html`${renderNotice(this.#notice)}
      <div class="layout">
        ${renderPreview(this.#preview, this.#adding.submission.busy)}
        <div class="main">
          ${renderWarnings(scope)} ${adding}
          ${renderRows(this.#rows, {
            scope,
            receipts: this.#viewed,
            onNotify: (grant) => void this.#notify(grant),
          })}
          ${this.#renderOtherReaders(scope)}
          ${
            refusals.length > 0
              ? html`<ul class="refusals">
                  ${refusals.map((text) => html`<li class="hint">${icon('lock')}<span>${text}</span></li>`)}
                </ul>`
              : nothing
          }
        </div>
      </div>`;
  }

  #renderWaiting(): TemplateResult {
    if (this.#session.data && !this.#shares) return renderLacking();
    const failed = [this.#session.state, this.#list.state].find(({ status }) => status === 'failed');
    return failed
      ? html`<div class="message" role="alert">
          <p>${failureText(failed.error)}</p>
          <button class="button" type="button" @click=${this.#reload}>
            ${msg('Try again', { id: 'action.retry' })}
          </button>
        </div>`
      : renderLines();
  }

  /** Who else opened the case: those who have it by what they belong to, not by a grant of their own. */
  #renderOtherReaders({ list, session }: ShareScope): TemplateResult | typeof nothing {
    const granted = new Set(
      list.items.filter(({ grantee }) => grantee.kind === 'person').map(({ grantee }) => grantee.id),
    );
    const others = (this.#receipts.data?.items ?? []).filter(
      ({ person }) => !granted.has(person.id) && person.id !== session.actor.id,
    );
    if (others.length === 0) return nothing;
    const words = others.map(({ person, lastAt }) => `${personName(person)} (${formatMoment(lastAt) ?? ''})`);
    return html`<p class="hint viewed-by">
      ${msg(str`Also viewed by ${formatNames(words)}.`, { id: 'share.viewed-by' })}
    </p>`;
  }

  #heading(scope: ShareScope | undefined): string {
    if (this.#host.heading) return this.#host.heading;
    const may = !scope || kindsToAdd(scope).length > 0;
    const project = this.#project.data?.name;
    if (project !== undefined)
      return may
        ? msg(str`Share project ${project}`, { id: 'share.title.project' })
        : msg(str`Who has access to project ${project}`, { id: 'share.title.project.read' });
    const number = this.#record.data?.number;
    if (number === undefined)
      return may ? msg('Share', { id: 'share.share' }) : msg('Who has access', { id: 'share.title.read' });
    return may
      ? msg(str`Share case #${number}`, { id: 'share.title.case' })
      : msg(str`Who has access to case #${number}`, { id: 'share.title.case.read' });
  }

  /** Why somebody cannot be added, where the reader would look for it: for customers that is among co-workers. */
  #refusals({ session, list, requester, unit }: ShareScope): readonly string[] {
    const kinds = session.capabilities.sharing?.kinds ?? [];
    // Nobody looks for their own people, or for departments, at a project.
    const ofAgents = unit.kind === 'project' ? kindOrder.slice(2) : kindOrder;
    const looked = session.actor.kind === 'agent' ? ofAgents : (['person'] as const);
    const texts = looked
      .filter((kind) => kinds.includes(kind))
      .flatMap((kind) => {
        const verdict = list.share[kind];
        return verdict && !verdict.allowed ? [sharingRefusal(verdict, requester)] : [];
      });
    return [...new Set(texts)];
  }

  /** Whether the case system shares cases at all. */
  get #shares(): boolean {
    return this.#session.data?.capabilities.sharing !== undefined;
  }

  get #viewed(): Receipts | undefined {
    const items = this.#receipts.data?.items;
    return items && new Map(items.map(({ person, lastAt }) => [person.id, lastAt]));
  }

  get #scope(): ShareScope | undefined {
    const { client } = this.#host;
    const session = this.#session.data;
    const list = this.#list.data;
    const requester = this.#record.data?.requester;
    return client && session && list && this.#unit
      ? { client, session, unit: this.#unit, list, requester: requester ? personName(requester) : undefined }
      : undefined;
  }

  async #notify(grant: Grant): Promise<void> {
    const { client } = this.#host;
    try {
      await client?.notices.retry(grant.id);
      this.#say({ tone: '', text: () => msg('The message is sent again.', { id: 'share.notified.again' }) });
    } catch (error) {
      this.#say({ tone: 'critical', text: () => grantFailure(error, grant.grantee.name) });
    }
    await this.#list.refetch();
  }

  #find(selector: string): HTMLElement | null {
    return this.#host.renderRoot.querySelector(selector);
  }

  #begin(): void {
    this.#before = [];
    this.#notice = undefined;
    this.#adding.clear();
    this.#rows.close();
    if (this.#preview.isOpen) this.#preview.close();
  }

  #say(notice: ShareNotice | undefined): void {
    this.#notice = notice;
    this.#host.requestUpdate();
  }

  async #changed(): Promise<void> {
    if (this.#preview.isOpen) this.#preview.close();
    await this.#list.refetch();
    this.#host.dispatchEvent(new ShareChangeEvent(this.#list.data?.items ?? []));
  }

  readonly #reload = (): void => {
    void this.#session.refetch();
    void this.#list.refetch();
  };
}

/** What to know before a project is shared: that followers will not see it, and who writes to them (CU-18, CU-23). */
function renderWarnings({ list, session }: ShareScope): TemplateResult | typeof nothing {
  const texts = (session.actor.kind === 'agent' ? (list.warnings ?? []) : []).flatMap(warningText);
  return texts.length === 0
    ? nothing
    : html`${texts.map((text) => html`<p class="banner caution">${icon('alert')}<span class="grow">${text}</span></p>`)}`;
}

function warningText({ code, names = [] }: SharingWarning): readonly string[] {
  if (code === 'portal_hides_projects')
    return [
      msg('The portal does not show projects to customers: they will see nothing of it until it does.', {
        id: 'share.warning.portal',
      }),
    ];
  if (code === 'automations' && names.length > 0)
    return [
      msg(str`These automations will write to them too: ${formatNames(names)}.`, {
        id: 'share.warning.automations',
      }),
    ];
  return [];
}
