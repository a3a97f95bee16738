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
import { styles } from './case-edit-panel.styles.js';
import { mergeStyles } from './merge.styles.js';
import { noteSection } from './note-section.styles.js';
import type { PanelBody } from './panel-body.js';
import { renderPanelHeader } from './panel-header.js';
import type { SectionName } from './panel-section.js';

/**
 * The panel that rises from the bottom to work on one case: a note, its status, its fields (CC-31 to CC-51).
 *
 * Sections that may not be used are disabled with the reason, and the next allowed one is chosen. What is typed is kept
 * until it is sent, and never thrown away unasked. When the case moves meanwhile it says who moved it and what; a write
 * never overwrites what was not seen. What stands in it is fetched when it first opens.
 *
 * @element case-edit-panel
 * @fires {NoteSubmitEvent} note-submit - A complete note is about to be sent; cancelable.
 * @fires {CaseCloseEvent} case-close - The case is about to be closed; cancelable.
 * @fires {CaseReopenEvent} case-reopen - The case is about to be reopened; cancelable.
 * @fires {CaseSaveEvent} case-save - The edits are about to be saved; cancelable.
 * @fires {CaseChangeEvent} case-change - The case was changed, and the panel has closed.
 * @csspart dialog - The panel.
 * @csspart field - A label with its control and messages.
 */
@localized()
export class CaseEditPanel extends LitElement {
  static override styles = [tokens, controls, writing, forms, styles, noteSection, mergeStyles];

  /** Where the case is kept. Set by the surrounding `<case-provider>`, or by hand. */
  @consume({ context: clientContext, subscribe: true })
  @property({ attribute: false })
  client: CaseClient | undefined;

  readonly #modal: Modal = new Modal(this, {
    dirty: () => this.#body.value?.isDirty() ?? false,
    discard: () => this.#body.value?.discard(),
    closed: () => this.#end(),
  });
  readonly #body = new LazyPart<PanelBody>(
    this,
    () => this.#modal.isOpen,
    async () => {
      const { PanelBody } = await import('./panel-body.js');
      return () => {
        const body = new PanelBody({ host: this, modal: this.#modal, client: () => this.client });
        if (this.#opened) body.open(this.#opened.caseId, this.#opened.section);
        return body;
      };
    },
  );
  #opened: { readonly caseId: string; readonly section: SectionName } | undefined;

  /**
   * Opens the panel on a case, on `section` where that may be used; the focus returns to where it is now once it
   * closes (CC-31 to CC-34).
   */
  open({ caseId, section = 'note' }: { readonly caseId: string; readonly section?: SectionName }): void {
    if (caseId !== this.#opened?.caseId) this.#end();
    this.#opened = { caseId, section };
    this.#body.value?.open(caseId, section);
    this.#modal.show();
  }

  /** Closes the panel, after asking when something typed would be lost. */
  close(): void {
    this.#modal.requestClose();
  }

  // Not in `willUpdate`: the queries follow their arguments only after it.
  protected override update(changed: PropertyValues): void {
    this.#body.value?.follow();
    super.update(changed);
  }

  protected override render(): unknown {
    if (!this.#modal.isOpen) return nothing;
    return html`<dialog
      part="dialog"
      aria-labelledby="title"
      @keydown=${this.#modal.onKeydown}
      @cancel=${this.#modal.onCancel}
      @close=${this.#modal.onClose}
      @pointerdown=${this.#modal.onPointerdown}
      @click=${this.#modal.onClick}
    >
      ${this.#body.value?.render() ?? this.#renderState()}
    </dialog>`;
  }

  #renderState(): unknown {
    return html`<div class="state">
      ${renderPanelHeader({ onClose: () => this.close() })} ${renderPart(this.#body)}
    </div>`;
  }

  #end(): void {
    this.#opened = undefined;
    this.#body.value?.end();
  }
}
