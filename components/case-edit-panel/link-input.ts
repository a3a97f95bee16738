import { msg, str } from '@lit/localize';
import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

import type { CaseLink } from '../../src/contract/cases.js';
import { renderField, type FieldView } from '../shared/fields.js';
import { linkInWords, linkTypeLabel } from '../shared/host-actions/link-list.js';
import { hostOf } from '../shared/host-actions/registry.js';
import { icon } from '../shared/icons.js';

/** How a field for links is drawn. */
export interface LinkInputView extends FieldView {
  readonly links: readonly CaseLink[];
  readonly onChange: (links: readonly CaseLink[]) => void;
}

/** The objects of the host that a case is linked to: each can be taken off, and one of a known type added by its id. */
export class LinkInput {
  readonly #host: LitElement;
  #type = '';
  #id = '';
  #view: LinkInputView | undefined;

  constructor(host: LitElement) {
    this.#host = host;
  }

  /** Something is typed that is not added yet. */
  get pending(): boolean {
    return this.#id.trim() !== '';
  }

  /** Whether anything can be shown or added. */
  offers(links: readonly CaseLink[]): boolean {
    return links.length > 0 || this.#types.length > 0;
  }

  reset(): void {
    this.#type = this.#id = '';
  }

  /** Takes what is typed as if it had been added. */
  readonly settle = (): void => {
    const view = this.#view;
    const [id, type] = [this.#id.trim(), this.#chosen];
    if (!view || id === '' || type === undefined) return;
    this.#id = '';
    const known = view.links.some((link) => link.type === type && link.id === id);
    if (known) this.#host.requestUpdate();
    else view.onChange([...view.links, { type, id }]);
  };

  render(view: LinkInputView): TemplateResult {
    this.#view = view;
    const { name, links, onChange } = view;
    const types = hostOf(this.#host).linkTypes;
    return html`<div class="wide link-field" role="group" aria-labelledby="${name}-title">
      <span class="label" id="${name}-title">${view.label}</span>
      ${
        links.length > 0
          ? html`<ul class="links">
              ${links.map((link) => {
                const words = linkInWords(link, types);
                const label = msg(str`Remove ${words}`, { id: 'case-link.remove' });
                return html`<li>
                  <span class="pill"><bdi>${words}</bdi></span>
                  <button
                    class="button quiet icon"
                    type="button"
                    aria-label=${label}
                    title=${label}
                    @click=${() => {
                      onChange(links.filter((one) => one !== link));
                      void this.#focus(name);
                    }}
                  >
                    ${icon('close')}
                  </button>
                </li>`;
              })}
            </ul>`
          : html`<p class="hint">${msg('Linked to nothing.', { id: 'case-link.none' })}</p>`
      }
      ${this.#types.length > 0 ? this.#renderAdding(view) : nothing}
    </div>`;
  }

  #renderAdding(view: LinkInputView): TemplateResult {
    const { name } = view;
    const types = hostOf(this.#host).linkTypes;
    return html`<div class="add-link">
      <select
        class="input"
        aria-label=${msg('Type of link', { id: 'case-link.type' })}
        @change=${(event: Event) => {
          this.#type = (event.target as HTMLSelectElement).value;
          this.#host.requestUpdate();
        }}
      >
        ${this.#types.map(
          (type) =>
            html`<option value=${type} .selected=${live(type === this.#chosen)}>
              ${linkTypeLabel(type, types)}
            </option>`,
        )}
      </select>
      ${renderField(
        { name, label: msg('Number or id', { id: 'case-link.id' }), error: view.error },
        html`<input
          class="input"
          id=${name}
          name=${name}
          dir="auto"
          autocomplete="off"
          spellcheck="false"
          enterkeyhint="done"
          aria-invalid=${view.error ? 'true' : nothing}
          aria-describedby=${view.error ? `${name}-error` : nothing}
          .value=${live(this.#id)}
          @input=${(event: Event) => {
            this.#id = (event.target as HTMLInputElement).value;
            this.#host.requestUpdate();
          }}
          @keydown=${(event: KeyboardEvent) => {
            if (event.key !== 'Enter' || event.isComposing || event.ctrlKey || event.metaKey) return;
            event.preventDefault();
            this.settle();
          }}
        />`,
      )}
      <button class="button" type="button" @click=${this.settle}>
        ${icon('add')}${msg('Link', { id: 'case-link.add' })}
      </button>
    </div>`;
  }

  async #focus(name: string): Promise<void> {
    await this.#host.updateComplete;
    this.#host.renderRoot.querySelector<HTMLElement>(`#${name}`)?.focus();
  }

  get #types(): readonly string[] {
    return (hostOf(this.#host).linkTypes ?? []).map(({ type }) => type);
  }

  get #chosen(): string | undefined {
    return this.#types.find((type) => type === this.#type) ?? this.#types[0];
  }
}
