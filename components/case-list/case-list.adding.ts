import { msg } from '@lit/localize';
import { html, nothing, type LitElement } from 'lit';

import type { CaseClient } from '../../src/client/client.js';
import type { Session } from '../../src/contract/session.js';
import { prefixOf } from '../shared/define.js';
import { icon } from '../shared/icons.js';
import { QueryController } from '../shared/query-controller.js';
import { renderAdded, renderFormFailure } from './case-list.bars.js';
import { CaseAddEvent } from './case-list.events.js';

/** What adding is given by its list. */
export interface AddingLink {
  readonly client: () => CaseClient | undefined;
  readonly customerId: () => string | undefined;
  readonly onOpen: (caseId: string) => void;
}

/** The button that adds a case, the form it opens, and what came of it (CC-25, CC-26, CC-29). */
export class AddingCase {
  readonly #host: LitElement;
  readonly #link: AddingLink;
  readonly #added;
  #addedId: string | undefined;
  #formLoaded = false;
  #formFailed = false;

  constructor(host: LitElement, link: AddingLink) {
    this.#host = host;
    this.#link = link;
    this.#added = new QueryController(
      host,
      () => [link.client(), this.#addedId] as const,
      (client, id) => (id ? client?.queries.case(id) : undefined),
    );
  }

  renderButton(session: Session | undefined, classes: string): unknown {
    const allowed = session?.permissions['createCase']?.allowed && session.capabilities.createCases;
    if (!allowed) return nothing;
    return html`<button type="button" class=${classes} part="add" @click=${this.#add}>
      ${icon('add')} ${msg('Add case', { id: 'case-list.add' })}
    </button>`;
  }

  renderForm(): unknown {
    return this.#formLoaded
      ? html`<case-form id="new-case" @case-create=${this.#welcome}></case-form>`
      : nothing;
  }

  renderBanners(): unknown {
    const id = this.#addedId;
    return [
      id
        ? renderAdded(
            this.#added.data?.number,
            () => {
              this.#show(undefined);
              this.#link.onOpen(id);
            },
            () => this.#show(undefined),
          )
        : nothing,
      this.#formFailed ? renderFormFailure(() => void this.#add()) : nothing,
    ];
  }

  readonly #add = async (): Promise<void> => {
    const customerId = this.#link.customerId();
    const event = new CaseAddEvent(customerId ?? null);
    if (!this.#host.dispatchEvent(event)) return;
    try {
      // Most readers never add a case: the form is fetched when one is wanted.
      if (!customElements.get(`${prefixOf(this.#host)}case-form`)) await import('../case-form/case-form.js');
      this.#formLoaded = true;
      this.#formFailed = false;
    } catch {
      this.#formFailed = true;
    }
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    if (this.#formFailed) return;
    const form = this.#host.renderRoot.querySelector<HTMLElementTagNameMap['case-form']>('#new-case');
    form?.open({ customerId });
  };

  readonly #welcome = (event: CustomEvent<{ readonly caseId: string }>): void =>
    this.#show(event.detail.caseId);

  #show(caseId: string | undefined): void {
    this.#addedId = caseId;
    this.#host.requestUpdate();
  }
}
