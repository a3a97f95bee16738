import { consume } from '@lit/context';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';

import type { CaseClient } from '../../src/client/client.js';
import { clientContext } from '../shared/client-context.js';
import { controls } from '../shared/controls.styles.js';
import { forms } from '../shared/forms.styles.js';
import { LazyPart, renderPart } from '../shared/lazy-part.js';
import { localized } from '../shared/localization.js';
import { Modal } from '../shared/modal.js';
import { tokens } from '../shared/tokens.styles.js';
import { writing } from '../shared/writing.styles.js';
import { renderHeader } from './case-form.header.js';
import { styles } from './case-form.styles.js';
import type { NewCaseBody } from './new-case-body.js';

/**
 * The form for a new customer case (CC-25 to CC-30): a dialog that `open()` shows, or part of the page with `inline`.
 *
 * Keeps what is typed until it is sent, restores it with a notice, and asks before it is thrown away. Reports every
 * missing field at once without a request; a failed request keeps every value, and pressing twice makes one case. Without
 * the right to add cases there is nothing. What stands in it is fetched when it first shows.
 *
 * @element case-form
 * @fires {CaseSubmitEvent} case-submit - A complete case is about to be sent; cancelable.
 * @fires {CaseCreateEvent} case-create - The case is stored.
 * @fires {ConfigWarningEvent} config-warning - The default priority points at a retired value.
 * @csspart dialog - The dialog, unless `inline`.
 * @csspart form - The form.
 * @csspart field - A label with its control and messages.
 */
@localized()
export class CaseForm extends LitElement {
  static override styles = [tokens, controls, writing, forms, styles];

  /** Where the case is stored. Set by the surrounding `<case-provider>`, or by hand. */
  @consume({ context: clientContext, subscribe: true })
  @property({ attribute: false })
  client: CaseClient | undefined;

  /** The customer the case is about; an agent picks one when absent, a customer user's own is taken. */
  @property({ attribute: 'customer-id' }) customerId: string | undefined;

  /** Shows the form in the page, without a dialog. */
  @property({ type: Boolean, reflect: true }) inline = false;

  readonly #modal: Modal = new Modal(this, {
    dirty: () => this.#body.value?.isDirty() ?? false,
    discard: () => this.#body.value?.discard(),
    closed: () => {
      this.#openedFor = undefined;
      this.#body.value?.end();
    },
  });
  readonly #body = new LazyPart<NewCaseBody>(
    this,
    () => this.#isActive(),
    async () => {
      const { NewCaseBody } = await import('./new-case-body.js');
      return () =>
        new NewCaseBody({
          host: this,
          modal: this.#modal,
          client: () => this.client,
          active: () => this.#isActive(),
          customerId: () => this.#openedFor ?? this.customerId,
          inline: () => this.inline,
        });
    },
  );
  #openedFor: string | undefined;

  /** Shows the form as a dialog; the focus returns to where it is now once it closes (CC-25, CC-26). */
  open({ customerId }: { readonly customerId?: string | undefined } = {}): void {
    this.#openedFor = customerId;
    this.#modal.show();
  }

  /** Closes the dialog, after asking when something typed would be lost. */
  close(): void {
    this.#modal.requestClose();
  }

  // Not in `willUpdate`: the queries follow their arguments only after it.
  protected override update(changed: PropertyValues): void {
    if (this.#isActive()) this.#body.value?.follow();
    super.update(changed);
  }

  protected override render(): unknown {
    if (!this.#isActive() || this.#body.value?.refused) return nothing;
    const content = this.#body.value?.render() ?? this.#renderState();
    if (this.inline) return html`<section aria-labelledby="title">${content}</section>`;
    return html`<dialog
      part="dialog"
      aria-labelledby="title"
      @keydown=${this.#modal.onKeydown}
      @cancel=${this.#modal.onCancel}
      @close=${this.#modal.onClose}
      @pointerdown=${this.#modal.onPointerdown}
      @click=${this.#modal.onClick}
    >
      ${content}
    </dialog>`;
  }

  #renderState(): unknown {
    const onClose = this.inline ? undefined : () => this.close();
    return html`<div class="state">${renderHeader({ onClose })} ${renderPart(this.#body)}</div>`;
  }

  #isActive(): boolean {
    return this.inline || this.#modal.isOpen;
  }
}
