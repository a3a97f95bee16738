import { html, nothing, type LitElement } from 'lit';

import { prefixOf } from '../shared/define.js';
import { QueryController } from '../shared/query-controller.js';
import type { AddingLink } from './case-list.adding.js';
import { renderAdded } from './case-list.added.js';

/** The form that a list opens, and what came of it (CC-29). */
export class AddingBody {
  readonly #host: LitElement;
  readonly #link: AddingLink;
  readonly #added;
  #addedId: string | undefined;

  constructor(host: LitElement, link: AddingLink) {
    this.#host = host;
    this.#link = link;
    this.#added = new QueryController(
      host,
      () => [link.client(), this.#addedId] as const,
      (client, id) => (id ? client?.queries.case(id) : undefined),
    );
  }

  /** Opens the form, once it is drawn. */
  async open(customerId: string | undefined): Promise<void> {
    await this.#host.updateComplete;
    const form = this.#host.renderRoot.querySelector<HTMLElementTagNameMap['case-form']>('#new-case');
    form?.open({ customerId });
  }

  renderForm(): unknown {
    return html`<case-form id="new-case" @case-create=${this.#welcome}></case-form>`;
  }

  renderBanner(): unknown {
    const id = this.#addedId;
    if (!id) return nothing;
    return renderAdded(
      this.#added.data?.number,
      () => {
        this.#leave(id);
        this.#link.onOpen(id);
      },
      () => this.#leave(),
    );
  }

  readonly #welcome = (event: CustomEvent<{ readonly caseId: string }>): void =>
    this.#show(event.detail.caseId);

  /** Takes the banner away; whoever stood in it goes on at the case, or where the next one is added. */
  #leave(caseId = ''): void {
    this.#show(undefined);
    const { renderRoot: root, updateComplete } = this.#host;
    void updateComplete.then(() => {
      if (document.activeElement !== document.body) return;
      const row = root.querySelector<HTMLElement>(`[data-case="${CSS.escape(caseId)}"]`);
      (row ?? root.querySelector<HTMLElement>('[part=add]'))?.focus();
    });
  }

  #show(caseId: string | undefined): void {
    this.#addedId = caseId;
    this.#host.requestUpdate();
  }
}

/** Fetches the form for a list, under the name it has there. */
export async function fetchForm(host: Element): Promise<void> {
  if (!customElements.get(`${prefixOf(host)}case-form`)) await import('../case-form/case-form.js');
}
