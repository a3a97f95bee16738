import { msg } from '@lit/localize';
import { css, html, nothing, type LitElement, type TemplateResult } from 'lit';

import type { CaseClient } from '../../src/client/client.js';
import type { DraftKey } from '../../src/client/drafts.js';
import { addStyles } from '../shared/add-styles.js';
import { icon } from '../shared/icons.js';
import { sharingIcon } from './sharing-icons.js';

const styles = css`
  .unsent {
    display: grid;
    gap: 8px;
    inline-size: min(100%, 60ch);
    margin: 8px auto 24px;
    padding-inline: 18px;
  }
  .unsent h3 {
    color: var(--_text);
    font-size: inherit;
  }
  .unsent textarea {
    min-block-size: 6em;
    resize: vertical;
  }
  .unsent .button {
    justify-self: start;
  }
`;

const kinds: readonly DraftKey['kind'][] = ['note', 'reply', 'edit', 'close', 'reopen'];
/** What is written in words: the rest of a draft is choices. */
const written = ['subject', 'description', 'text', 'note'] as const;

interface Kept {
  readonly key: DraftKey;
  readonly value: unknown;
}

/** What a reader had written on a case that is no longer theirs to see: offered for copying, and kept nowhere else (DE-27). */
export class ReadBlocked {
  readonly #host: LitElement;
  #caseId: string | undefined;
  #kept: readonly Kept[] = [];
  #texts: readonly string[] = [];
  #copied: string | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    addStyles(host, styles);
  }

  /** The case is lost: takes what was written on it out of the browser's store. */
  async take(client: CaseClient, caseId: string, unsaved: string | undefined): Promise<void> {
    this.#caseId = caseId;
    this.#kept = [];
    this.#show(unsaved ? [unsaved] : []);
    const drafts = await Promise.all(
      kinds.map(async (kind): Promise<Kept> => {
        const key = { caseId, kind };
        return { key, value: await client.drafts.load(key).catch(() => undefined) };
      }),
    );
    const kept = drafts.filter(({ value }) => value !== undefined);
    if (this.#caseId === caseId) {
      this.#kept = kept;
      this.#show([unsaved ?? '', ...kept.flatMap(({ value }) => textsOf(value))]);
    }
    await Promise.all(kept.map(({ key }) => client.drafts.discard(key).catch(() => undefined)));
  }

  /** The reader sees the case again: what was written on it can be sent after all. Answers whether there was anything. */
  async giveBack(client: CaseClient, caseId: string): Promise<boolean> {
    if (caseId !== this.#caseId) return false;
    const kept = this.#kept;
    this.forget();
    await Promise.all(kept.map(({ key, value }) => client.drafts.save(key, value).catch(() => undefined)));
    return kept.length > 0;
  }

  /** Another case is shown. */
  forget(): void {
    this.#caseId = undefined;
    this.#kept = [];
    this.#texts = [];
  }

  render(): TemplateResult | typeof nothing {
    if (this.#texts.length === 0) return nothing;
    return html`<section class="unsent" part="unsent" aria-labelledby="unsent-title">
      <h3 id="unsent-title">${msg('What you had not sent', { id: 'case-detail.unsent' })}</h3>
      <p class="hint">${msg('Copy it now: it is kept nowhere else.', { id: 'case-detail.unsent.hint' })}</p>
      ${this.#texts.map(
        (text, index) =>
          html`<textarea
              class="input"
              id="unsent-${index}"
              readonly
              dir="auto"
              aria-label=${msg('What you had not sent', { id: 'case-detail.unsent' })}
              .value=${text}
            ></textarea>
            <button class="button" type="button" @click=${() => void this.#copy(text, index)}>
              ${this.#copied === text ? icon('check') : sharingIcon('copy')}
              ${
                this.#copied === text
                  ? msg('Copied', { id: 'case-detail.unsent.copied' })
                  : msg('Copy text', { id: 'case-detail.unsent.copy' })
              }
            </button>`,
      )}
      <p class="visually-hidden" role="status">
        ${this.#copied === undefined ? nothing : msg('Copied', { id: 'case-detail.unsent.copied' })}
      </p>
    </section>`;
  }

  #show(texts: readonly string[]): void {
    this.#texts = [...new Set(texts.map((text) => text.trim()).filter(Boolean))];
    this.#copied = undefined;
    this.#host.requestUpdate();
    if (this.#texts.length > 0) void this.#takeFocus();
  }

  /** Whoever was writing goes on where the words are now: what they wrote in has left the page. */
  async #takeFocus(): Promise<void> {
    await this.#host.updateComplete;
    if (document.activeElement === document.body)
      this.#host.renderRoot.querySelector<HTMLElement>('#unsent-0')?.focus();
  }

  async #copy(text: string, index: number): Promise<void> {
    // Selected first: where the page may not write to the clipboard, one key copies it.
    this.#host.renderRoot.querySelector<HTMLTextAreaElement>(`#unsent-${index}`)?.select();
    const done = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    );
    if (!done) return;
    this.#copied = text;
    this.#host.requestUpdate();
  }
}

/** The words in a draft, whichever form kept it. */
function textsOf(value: unknown): string[] {
  if (!value || typeof value !== 'object') return [];
  const { values: inner, base } = value as { values?: unknown; base?: unknown };
  const fields = { ...value, ...(inner && typeof inner === 'object' ? inner : {}) } as Record<
    string,
    unknown
  >;
  // An edit keeps what the case said too: that is not the reader's own.
  const { values: read } = (base && typeof base === 'object' ? base : {}) as { values?: unknown };
  const before = (read && typeof read === 'object' ? read : {}) as Record<string, unknown>;
  return written.flatMap((name) => {
    const text = fields[name];
    // The subject of a note is a choice from a list.
    if (typeof text !== 'string' || text === before[name] || (name === 'subject' && !inner)) return [];
    return [text];
  });
}
