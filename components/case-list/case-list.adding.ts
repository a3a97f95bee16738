import { msg } from '@lit/localize';
import { html, nothing, type LitElement } from 'lit';

import type { CaseClient } from '../../src/client/client.js';
import type { Session } from '../../src/contract/session.js';
import { icon } from '../shared/icons.js';
import type { AddingBody } from './adding-body.js';
import { renderFormFailure } from './case-list.bars.js';
import { CaseAddEvent } from './case-list.events.js';

/** What adding is given by its list. */
export interface AddingLink {
  readonly client: () => CaseClient | undefined;
  readonly customerId: () => string | undefined;
  readonly onOpen: (caseId: string) => void;
}

/** The button that adds a case (CC-25, CC-26). Most readers never do: the rest is fetched when it is pressed. */
export class AddingCase {
  readonly #host: LitElement;
  readonly #link: AddingLink;
  #body: AddingBody | undefined;
  #failed = false;

  constructor(host: LitElement, link: AddingLink) {
    this.#host = host;
    this.#link = link;
  }

  renderButton(session: Session | undefined, classes: string): unknown {
    const allowed = session?.permissions['createCase']?.allowed && session.capabilities.createCases;
    if (!allowed) return nothing;
    return html`<button type="button" class=${classes} part="add" @click=${this.#add}>
      ${icon('add')} ${msg('Add case', { id: 'case-list.add' })}
    </button>`;
  }

  renderForm(): unknown {
    return this.#body?.renderForm();
  }

  renderBanners(): unknown {
    return [this.#body?.renderBanner(), this.#failed ? renderFormFailure(() => void this.#add()) : nothing];
  }

  readonly #add = async (): Promise<void> => {
    const customerId = this.#link.customerId();
    const event = new CaseAddEvent(customerId ?? null);
    if (!this.#host.dispatchEvent(event)) return;
    try {
      const { AddingBody, fetchForm } = await import('./adding-body.js');
      await fetchForm(this.#host);
      this.#body ??= new AddingBody(this.#host, this.#link);
      this.#failed = false;
    } catch {
      this.#failed = true;
    }
    this.#host.requestUpdate();
    if (!this.#failed) await this.#body?.open(customerId);
  };
}
