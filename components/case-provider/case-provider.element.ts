import { ContextProvider } from '@lit/context';
import { updateWhenLocaleChanges } from '@lit/localize';
import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';

import { createCaseClient, type CaseClient } from '../../src/client/client.js';
import { clientContext } from '../shared/client-context.js';
import { ConfigWarningEvent } from '../shared/config-warning.events.js';
import type { CaseHost } from '../shared/host-actions/host-types.js';
import { speakAs } from '../shared/localization.js';
import { CaseSelection, selectionContext } from '../shared/selection-context.js';
import { ConfigErrorEvent } from './case-provider.events.js';

/**
 * Gives the elements inside it a client, a locale, a colour theme and a common choice of case.
 *
 * Makes a client from `base-url` and either `getToken` or `token-url`, unless the host sets `client` itself. A client it
 * made it also disposes of when it leaves the page.
 *
 * @element case-provider
 * @fires {ConfigErrorEvent} config-error - It cannot work as configured.
 * @fires {ConfigWarningEvent} config-warning - There are no words for `locale`, so that English is shown.
 * @slot - The elements that share the client.
 * @csspart message - That it cannot work as configured, above the elements inside it.
 */
export class CaseProvider extends LitElement {
  static override styles = css`
    :host {
      display: contents;
    }
    :host([theme='light']) {
      color-scheme: light;
    }
    :host([theme='dark']) {
      color-scheme: dark;
    }
    :host([theme='auto']) {
      color-scheme: light dark;
    }
  `;

  /** Where the case server is; the page's own origin when absent. */
  @property({ attribute: 'base-url' }) baseUrl: string | undefined;

  /** A page of the host that answers `{ "token": "…" }` for the signed-in person. Used when `getToken` is not set. */
  @property({ attribute: 'token-url' }) tokenUrl: string | undefined;

  /**
   * BCP 47 tag for words, dates and numbers, on the whole page; the language of the page when absent. One there are no
   * words for falls back to the closest language, else to English.
   */
  @property() locale: string | undefined;

  /** Colour theme: `light`, `dark`, or `auto` for the reader's own; the host page's when absent. */
  @property({ reflect: true }) theme: 'light' | 'dark' | 'auto' | undefined;

  /** Answers a fresh token of the signed-in person; called once for many callers. */
  @property({ attribute: false }) getToken: (() => Promise<string> | string) | undefined;

  /** A ready client, instead of one made here. */
  @property({ attribute: false }) client: CaseClient | undefined;

  /** What the page brings along: actions it carries out, and objects that cases are linked to. */
  @property({ attribute: false }) host: CaseHost | undefined;

  readonly #client = new ContextProvider(this, { context: clientContext });
  readonly #selection = new ContextProvider(this, {
    context: selectionContext,
    initialValue: new CaseSelection(),
  });
  #own: CaseClient | undefined;

  /** Nothing inside can be read: said to the reader too, who would wait for ever (E-CONFIG). */
  @state() private unset: (() => TemplateResult) | undefined;

  /** The client in use: the host's, or the one made here. */
  get activeClient(): CaseClient | undefined {
    return this.client ?? this.#own;
  }

  /** Shares a choice of case with other providers. @internal */
  set selection(selection: CaseSelection) {
    this.#selection.setValue(selection);
  }

  /** The case chosen inside this provider. */
  get caseId(): string | undefined {
    return this.#selection.value?.caseId;
  }

  /** Chooses a case for every element inside; `undefined` chooses none. */
  select(caseId: string | undefined): void {
    this.#selection.value?.select(caseId);
  }

  constructor() {
    super();
    // Not `localized`: what the page has put inside keeps the page's own language.
    updateWhenLocaleChanges(this);
  }

  /** Signs out: purges what was cached and typed, ends what is under way. */
  async logout(): Promise<void> {
    this.select(undefined);
    await this.activeClient?.logout();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) {
      this.#connect();
      this.#speak();
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A move within the page disconnects and connects again at once: only a real leave lets go of the client.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#release();
      void speakAs(this, undefined, console.warn);
    });
  }

  protected override willUpdate(changed: PropertyValues<CaseProvider>): void {
    if (!this.hasUpdated || changed.has('locale')) {
      this.#speak();
      this.activeClient?.update({ locale: this.locale });
    }
    if (
      !this.hasUpdated ||
      ['client', 'baseUrl', 'tokenUrl', 'getToken'].some((name) => changed.has(name as keyof CaseProvider))
    )
      this.#connect();
  }

  protected override render(): unknown {
    return html`${this.unset?.()}<slot></slot>`;
  }

  #speak(): void {
    void speakAs(this, this.locale, (message) => {
      const event = new ConfigWarningEvent('unknown_locale', message);
      this.dispatchEvent(event);
    });
  }

  #connect(): void {
    this.unset = undefined;
    if (this.client) {
      this.#release();
      this.#client.setValue(this.client);
      return;
    }
    const getToken = this.getToken ?? (this.tokenUrl ? this.#fetchToken : undefined);
    if (!getToken) {
      this.#release();
      // Frameworks set properties after the element is in the page: complain only when nothing came.
      queueMicrotask(() => {
        if (!this.isConnected || this.activeClient || this.getToken || this.tokenUrl) return;
        this.#complain('<case-provider> needs a client, getToken or token-url.');
        void this.#sayUnset();
      });
      return;
    }
    const baseUrl = this.baseUrl || location.origin;
    if (this.#own) this.#own.update({ baseUrl, getToken });
    else this.#own = createCaseClient({ baseUrl, getToken, locale: this.locale });
    this.#client.setValue(this.#own);
  }

  /** Pages that are set up need not have the words for it. */
  async #sayUnset(): Promise<void> {
    const { notSetUp } = await import('./not-set-up.js');
    if (!this.activeClient) this.unset = () => notSetUp(this);
  }

  readonly #fetchToken = async (): Promise<string> => {
    const response = await fetch(this.tokenUrl ?? '', { headers: { accept: 'application/json' } });
    if (!response.ok) throw new Error(`The token page answered ${response.status}.`);
    const body: unknown = await response.json();
    if (body && typeof body === 'object' && 'token' in body && typeof body.token === 'string')
      return body.token;
    this.#complain('The page at token-url must answer { "token": "…" }.');
    throw new Error('The token page answered no token.');
  };

  #release(): void {
    this.#own?.dispose();
    this.#own = undefined;
    this.#client.setValue(undefined);
  }

  #complain(message: string): void {
    const event = new ConfigErrorEvent(message);
    this.dispatchEvent(event);
  }
}
