import { nothing, type LitElement, type ReactiveController, type TemplateResult } from 'lit';

import { renderDiscardQuestion } from './discard-question.js';

/** What a modal element tells its controller. */
export interface ModalOptions {
  /** Whether something typed would be lost. */
  readonly dirty: () => boolean;
  /** The person chose to throw away what was typed. */
  readonly discard: () => void;
  /** It has closed, for whatever reason. */
  readonly closed: () => void;
}

/**
 * A modal `<dialog>` in an element: opens it, asks before typed text is lost, returns the focus to the opener.
 *
 * The host renders a `<dialog>` with the listeners of `on…` while `isOpen`, `renderQuestion()` in it, and makes the
 * rest inert while `asking`.
 */
export class Modal implements ReactiveController {
  readonly #host: LitElement;
  readonly #options: ModalOptions;
  #open = false;
  #asking = false;
  #opener: HTMLElement | undefined;
  #beforeQuestion: HTMLElement | undefined;
  #pressedOutside = false;

  constructor(host: LitElement, options: ModalOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /** The question whether to discard is shown. */
  get asking(): boolean {
    return this.#asking;
  }

  show(): void {
    if (!this.#open) this.#opener = focusedElement();
    this.#open = true;
    this.#host.requestUpdate();
  }

  /** Closes, after asking when something typed would be lost. */
  requestClose(): void {
    if (!this.#open) return;
    if (this.#asking) this.#keep();
    else if (this.#options.dirty()) this.#ask();
    else this.close();
  }

  /** Closes without asking and returns the focus. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#asking = false;
    this.#dialog?.close();
    this.#host.requestUpdate();
    this.#options.closed();
    if (this.#opener?.isConnected) this.#opener.focus();
    this.#opener = undefined;
  }

  hostUpdated(): void {
    const dialog = this.#dialog;
    if (this.#open && dialog && !dialog.open) dialog.showModal();
  }

  hostDisconnected(): void {
    this.#open = false;
    this.#asking = false;
  }

  readonly onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
    // Before the browser does: it closes on the second press whatever `cancel` is told.
    event.preventDefault();
    event.stopPropagation();
    this.requestClose();
  };

  readonly onCancel = (event: Event): void => {
    // The `cancel` of a file input inside bubbles; only the dialog's own is meant.
    if (event.target !== event.currentTarget) return;
    event.preventDefault();
    this.requestClose();
  };

  readonly onClose = ({ currentTarget }: Event): void => {
    // Told late: by then the panel may have been opened again.
    if (currentTarget === this.#dialog && !this.#dialog?.open) this.close();
  };

  readonly onPointerdown = (event: PointerEvent): void => {
    this.#pressedOutside = this.#isOutside(event);
  };

  readonly onClick = (event: MouseEvent): void => {
    if (this.#pressedOutside && this.#isOutside(event)) this.requestClose();
    this.#pressedOutside = false;
  };

  /** The question, in the place of the form's buttons. */
  renderQuestion(): TemplateResult | typeof nothing {
    return this.#asking ? renderDiscardQuestion(this.#keep, this.#discard) : nothing;
  }

  readonly #keep = (): void => {
    this.#asking = false;
    this.#host.requestUpdate();
    const back = this.#beforeQuestion;
    void this.#host.updateComplete.then(() => back?.focus());
  };

  readonly #discard = (): void => {
    this.#options.discard();
    this.close();
  };

  #ask(): void {
    this.#asking = true;
    this.#beforeQuestion = focusedElement();
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() =>
      this.#dialog?.querySelector<HTMLElement>('[data-keep]')?.focus(),
    );
  }

  get #dialog(): HTMLDialogElement | null {
    return this.#host.renderRoot.querySelector('dialog');
  }

  #isOutside({ target, clientX, clientY }: MouseEvent): boolean {
    const dialog = this.#dialog;
    if (!dialog || target !== dialog) return false;
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    return clientX < left || clientX > right || clientY < top || clientY > bottom;
  }
}

/** The element with the focus, through shadow roots. */
function focusedElement(): HTMLElement | undefined {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active instanceof HTMLElement ? active : undefined;
}
