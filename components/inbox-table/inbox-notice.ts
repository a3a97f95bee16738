import { msg, str } from '@lit/localize';
import { html, nothing, svg, type LitElement, type ReactiveController, type TemplateResult } from 'lit';

import type { Sentence } from '../shared/field-errors.js';
import { drawIcon, icon } from '../shared/icons.js';
import { formatNumber } from '../shared/locale.js';

/** What happened, in words. */
export interface Told {
  readonly tone: 'positive' | 'caution' | 'critical';
  readonly text: Sentence;
  /** Takes it back; offered for a while. */
  readonly undo?: (() => void) | undefined;
}

// Long enough to see it and reach the button, and it waits for whoever is on it.
const undoSeconds = 15;
const undoIcon = svg`<path d="M3 6.5h6.5a3.5 3.5 0 0 1 0 7H6"/><path d="M6 3.5l-3 3 3 3"/>`;

/**
 * What happened last, above the entries. One that can be undone counts the seconds down, stops while the pointer or the
 * focus is on it, and goes at the end; any other stays until it is dismissed or something else happens. The seconds are
 * not read out.
 */
export class InboxNotice implements ReactiveController {
  readonly #host: LitElement;
  #told: Told | undefined;
  #left = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  #held = false;
  #focused = false;
  readonly #onFocusLost: () => void;

  /** `onFocusLost` finds the focus another place than a button that has gone from here. */
  constructor(host: LitElement, onFocusLost: () => void) {
    this.#host = host;
    this.#onFocusLost = onFocusLost;
    host.addController(this);
  }

  get told(): Told | undefined {
    return this.#told;
  }

  tell(told: Told | undefined): void {
    clearInterval(this.#timer);
    this.#told = told;
    this.#held = false;
    if (told?.undo) {
      this.#left = undoSeconds;
      this.#timer = setInterval(this.#tick, 1000);
    }
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    this.#focused = this.#host.shadowRoot?.activeElement?.closest('[part=banner]') != null;
  }

  hostUpdated(): void {
    if (this.#focused && !this.#host.shadowRoot?.activeElement) this.#onFocusLost();
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
    this.#told = undefined;
  }

  render(): TemplateResult {
    const told = this.#told;
    return html`<div
      class=${told ? `banner ${told.tone}` : 'no-banner'}
      part="banner"
      @pointerenter=${this.#hold}
      @pointerleave=${this.#release}
      @focusin=${this.#hold}
      @focusout=${this.#release}
    >
      ${told ? icon(told.tone === 'positive' ? 'check' : 'alert') : nothing}
      <p class="grow" role=${told?.tone === 'critical' ? 'alert' : 'status'} dir="auto">${told?.text()}</p>
      ${told?.undo ? this.#renderUndo(told.undo) : told ? this.#renderDismiss() : nothing}
    </div>`;
  }

  #renderUndo(undo: () => void): TemplateResult {
    const seconds = formatNumber(this.#left);
    return html`<button class="button quiet undo" type="button" data-action="undo" @click=${undo}>
      ${drawIcon(undoIcon, true)}<span>${msg('Undo', { id: 'share.undo' })}</span>
      <span aria-hidden="true">· ${msg(str`${seconds} s`, { id: 'inbox-table.seconds' })}</span>
    </button>`;
  }

  #renderDismiss(): TemplateResult {
    return html`<button
      class="button quiet icon"
      type="button"
      aria-label=${msg('Dismiss', { id: 'inbox-table.dismiss' })}
      @click=${() => this.tell(undefined)}
    >
      ${icon('close')}
    </button>`;
  }

  readonly #tick = (): void => {
    if (this.#held) return;
    this.#left -= 1;
    if (this.#left <= 0) this.tell(undefined);
    else this.#host.requestUpdate();
  };

  readonly #hold = (): void => void (this.#held = true);

  readonly #release = (): void => void (this.#held = false);
}
