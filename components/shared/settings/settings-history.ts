import { msg } from '@lit/localize';
import { html, nothing, type LitElement, type TemplateResult } from 'lit';

import type { CaseClient } from '../../../src/client/client.js';
import type { Settings, SettingsRevision } from '../../../src/contract/settings.js';
import { failureText } from '../failure.js';
import { formatInstant } from '../format.js';
import { renderLines } from '../lazy-part.js';
import { personName } from '../person.js';
import type { SettingsModel } from './settings-model.js';

/** How changes are told; a field without a name is told elsewhere. */
export interface HistoryWords {
  readonly label: (field: string) => string | undefined;
  readonly sentences: SettingsModel<object>['sentences'];
}

const pageSize = 20;

/** Who changed what and when, newest first; read when it is looked at, and again when the settings have moved. */
export class SettingsHistory {
  readonly #host: LitElement;
  readonly #words: HistoryWords;
  #readFor: string | undefined;
  #items: readonly SettingsRevision[] | undefined;
  #next: string | null = null;
  #error: unknown;
  #reading: object | undefined;

  constructor(host: LitElement, words: HistoryWords) {
    this.#host = host;
    this.#words = words;
  }

  /** Reads what is not there yet. Called while the section shows. */
  follow(client: CaseClient, version: string): void {
    if (this.#readFor === version) return;
    this.#readFor = version;
    void this.#read(client);
  }

  render(client: CaseClient, settings: Settings): TemplateResult {
    const items = this.#items;
    if (!items) return this.#error ? this.#renderFailure(client) : renderLines();
    if (items.length === 0 && !this.#next)
      return html`<p class="none">
        ${msg('Nothing has been changed yet.', { id: 'settings.changes.none' })}
      </p>`;
    return html`<ol class="changes">
        ${items.map((item) => renderRevision(item, settings, this.#words))}
      </ol>
      ${this.#error ? this.#renderFailure(client) : nothing}
      ${
        this.#next && !this.#error
          ? html`<button
              class="button"
              type="button"
              data-action="more"
              aria-busy=${this.#reading !== undefined}
              @click=${() => void this.#read(client, this.#next)}
            >
              ${msg('Show earlier changes', { id: 'settings.changes.more' })}
            </button>`
          : nothing
      }`;
  }

  #renderFailure(client: CaseClient): TemplateResult {
    return html`<div class="message" role="alert">
      <p>${failureText(this.#error)}</p>
      <button class="button" type="button" @click=${() => void this.#read(client, this.#next)}>
        ${msg('Try again', { id: 'action.retry' })}
      </button>
    </div>`;
  }

  #told(item: SettingsRevision): SettingsRevision[] {
    const changes = item.changes.filter(({ field }) => this.#words.label(field) !== undefined);
    return changes.length > 0 ? [{ ...item, changes }] : [];
  }

  async #read(client: CaseClient, cursor?: string | null): Promise<void> {
    const reading = (this.#reading = {});
    this.#error = undefined;
    this.#host.requestUpdate();
    try {
      const page = await client.settings.changes({ limit: pageSize, ...(cursor && { cursor }) });
      if (this.#reading !== reading) return;
      const told = page.items.flatMap((item) => this.#told(item));
      this.#items = cursor ? [...(this.#items ?? []), ...told] : told;
      this.#next = page.next;
    } catch (error) {
      if (this.#reading === reading) this.#error = error;
    }
    if (this.#reading === reading) this.#reading = undefined;
    this.#host.requestUpdate();
  }
}

function renderRevision(
  { by, at, changes }: SettingsRevision,
  settings: Settings,
  { label, sentences }: HistoryWords,
): TemplateResult {
  return html`<li>
    <p class="hint">
      <strong dir="auto">${by ? personName(by) : msg('Somebody', { id: 'panel.moved.somebody' })}</strong>
      ${at ? html`<time datetime=${at}>${formatInstant(at)}</time>` : nothing}
    </p>
    <ul>
      ${changes.map(
        ({ field, from, to }) =>
          html`<li>
            <strong>${label(field)}:</strong>
            <span dir="auto">${sentences(field, from, to, settings).join(' ')}</span>
          </li>`,
      )}
    </ul>
  </li>`;
}
