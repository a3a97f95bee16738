import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';

import type { InboxEntry } from '../../src/contract/inbox-entries.js';
import { addStyles } from '../shared/add-styles.js';
import { forms } from '../shared/forms.styles.js';
import { icon } from '../shared/icons.js';
import { Modal } from '../shared/modal.js';
import { writing } from '../shared/writing.styles.js';
import { AssignDialog } from './assign-dialog.js';
import { ForwardDialog } from './forward-dialog.js';
import type { InboxDialog, InboxDialogsLink } from './inbox-dialog.js';
import { styles } from './inbox-dialogs.styles.js';
import { MaintainDialog } from './maintain-dialog.js';

/** The dialogs of the table: forwarding, assigning, and the notes of a case. */
export class InboxDialogs {
  readonly #modal: Modal;
  readonly #forward: ForwardDialog;
  readonly #maintain: MaintainDialog;
  readonly #assign: AssignDialog;
  #shown: InboxDialog | undefined;

  constructor(link: InboxDialogsLink) {
    this.#modal = new Modal(link.host, {
      dirty: () => this.#shown?.dirty ?? false,
      discard: () => this.#shown?.end(true),
      closed: () => {
        this.#shown?.end(false);
        this.#shown = undefined;
      },
    });
    const parts = { ...link, close: () => this.#modal.close(), leave: () => this.#modal.requestClose() };
    this.#forward = new ForwardDialog(parts);
    this.#maintain = new MaintainDialog(parts);
    this.#assign = new AssignDialog(parts);
    addStyles(link.host, forms, writing, styles);
  }

  forward(entry: InboxEntry): void {
    this.#forward.begin(entry);
    this.#show(this.#forward);
  }

  maintain(entry: InboxEntry): void {
    this.#maintain.begin(entry);
    this.#show(this.#maintain);
  }

  assign(entry: InboxEntry): void {
    this.#assign.begin(entry);
    this.#show(this.#assign);
  }

  render(): TemplateResult | typeof nothing {
    const shown = this.#shown;
    if (!shown || !this.#modal.isOpen) return nothing;
    const modal = this.#modal;
    return html`<dialog
      part="dialog"
      aria-labelledby="dialog-title"
      @keydown=${modal.onKeydown}
      @cancel=${modal.onCancel}
      @close=${modal.onClose}
      @pointerdown=${modal.onPointerdown}
      @click=${modal.onClick}
    >
      <form novalidate @submit=${this.#onSubmit}>
        <header role="presentation" ?inert=${modal.asking}>
          <div>
            <h2 id="dialog-title">${shown.title()}</h2>
            <p class="hint" dir="auto">${shown.about()}</p>
          </div>
          <button
            class="button quiet icon"
            type="button"
            aria-label=${msg('Close', { id: 'action.close' })}
            @click=${() => modal.requestClose()}
          >
            ${icon('close')}
          </button>
        </header>
        <div class="body" ?inert=${modal.asking}>${shown.renderBody()}</div>
        <footer role="presentation">
          ${modal.asking ? modal.renderQuestion() : html`<div class="buttons">${shown.renderButtons()}</div>`}
        </footer>
      </form>
    </dialog>`;
  }

  #show(dialog: InboxDialog): void {
    this.#shown = dialog;
    this.#modal.show();
  }

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault();
    void this.#shown?.submit();
  };
}
