import { msg, str } from '@lit/localize';
import { html, nothing, type LitElement, type TemplateResult } from 'lit';

import { linkLimits, type CaseLink } from '../../../src/contract/cases.js';
import { addStyles } from '../add-styles.js';
import { tooLongText, tooManyText, type FieldErrors, type Sentence } from '../field-errors.js';
import { renderInput, renderSelect, type FieldView } from '../fields.js';
import { icon } from '../icons.js';
import { linkInputStyles } from './link-input.styles.js';
import { linkInWords, linkTypeLabel } from './link-words.js';
import { hostOf } from './registry.js';

/** How a field for links is drawn. */
export interface LinkInputView extends FieldView {
  readonly links: readonly CaseLink[];
  readonly onChange: (links: readonly CaseLink[]) => void;
  /** Something was typed: what was said about the field no longer holds. */
  readonly onTouch: () => void;
}

interface Typed {
  readonly type: string;
  readonly id: string;
  readonly label: string;
}

const nothingTyped: Typed = { type: '', id: '', label: '' };

/** The objects of the host that a case is linked to: each can be taken off, and one of a known type added by its id. */
export class LinkInput {
  readonly #host: LitElement;
  #typed = nothingTyped;
  #wrong: { readonly id?: Sentence | undefined; readonly label?: Sentence | undefined } = {};
  #news: Sentence | undefined;
  #view: LinkInputView | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    addStyles(host, linkInputStyles);
  }

  /** Something is typed that is not added yet. */
  get pending(): boolean {
    return this.#typed.id.trim() !== '' || this.#typed.label.trim() !== '';
  }

  reset(): void {
    this.#typed = nothingTyped;
    this.#wrong = {};
    this.#news = undefined;
  }

  /** Takes what is typed as if it had been added; answers what keeps it from that. */
  settle(): FieldErrors {
    if (!this.pending || !this.#view) return {};
    this.#add(this.#view, true);
    const wrong = this.#wrong.id ?? this.#wrong.label;
    return wrong ? { [this.#view.name]: wrong } : {};
  }

  render(view: LinkInputView): TemplateResult {
    this.#view = view;
    const { name, links } = view;
    const types = hostOf(this.#host).linkTypes;
    return html`<div class="wide link-field" role="group" aria-labelledby="${name}-title" tabindex="-1">
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
                    @click=${() => this.#remove(view, link)}
                  >
                    ${icon('close')}
                  </button>
                </li>`;
              })}
            </ul>`
          : html`<p class="hint">${msg('Linked to nothing.', { id: 'case-link.none' })}</p>`
      }
      ${this.#types.length > 0 ? this.#renderAdding(view) : nothing}
      <p class="visually-hidden" role="status">${this.#news?.()}</p>
    </div>`;
  }

  #renderAdding(view: LinkInputView): TemplateResult {
    const { name } = view;
    const types = hostOf(this.#host).linkTypes;
    const typed = (change: Partial<Typed>) => {
      this.#typed = { ...this.#typed, ...change };
      this.#wrong = {};
      view.onTouch();
      this.#host.requestUpdate();
    };
    return html`<div class="add-link" @keydown=${this.#onKeydown}>
      ${renderSelect({
        name: `${name}-type`,
        label: msg('Type of link', { id: 'case-link.type' }),
        value: this.#chosen ?? '',
        options: this.#types.map((type) => ({ value: type, label: linkTypeLabel(type, types) })),
        onChange: (type) => typed({ type }),
      })}
      ${renderInput({
        name,
        label: msg('Number or id', { id: 'case-link.id' }),
        error: this.#wrong.id?.() ?? (this.#wrong.label ? undefined : view.error),
        value: this.#typed.id,
        onChange: (id) => typed({ id }),
      })}
      ${renderInput({
        name: `${name}-label`,
        label: msg('Shown as', { id: 'case-link.label' }),
        error: this.#wrong.label?.(),
        hint: msg('Left empty, the number is shown.', { id: 'case-link.label.hint' }),
        value: this.#typed.label,
        onChange: (label) => typed({ label }),
      })}
      <button class="button" type="button" @click=${() => this.#add(view)}>
        ${icon('add')}${msg('Link', { id: 'case-link.add' })}
      </button>
    </div>`;
  }

  /** Adds what is typed, or says what is wrong with it. */
  #add({ name, links, onChange }: LinkInputView, saving = false): void {
    const [id, label, type] = [this.#typed.id.trim(), this.#typed.label.trim(), this.#chosen];
    if (type === undefined) return;
    const known = links.find((link) => link.type === type && link.id === id);
    const same = known !== undefined && (label === '' || label === known.label);
    // Saved in one go, what is linked already is no mistake.
    this.#wrong = {
      id: same && !saving ? knownText : wrongId(id, links.length - (known ? 1 : 0)),
      label: label.length > linkLimits.label ? () => tooLongText(linkLimits.label) : undefined,
    };
    const wrong = this.#wrong.id ?? this.#wrong.label;
    if (!wrong) {
      const link = { type, id, ...(label !== '' && { label }) };
      this.#typed = { ...nothingTyped, type };
      this.#news = () =>
        msg(str`Linked: ${linkInWords(link, hostOf(this.#host).linkTypes)}`, { id: 'case-link.added' });
      if (!same) onChange(known ? links.map((one) => (one === known ? link : one)) : [...links, link]);
    }
    this.#host.requestUpdate();
    if (!saving) void this.#focus(this.#wrong.id || !wrong ? name : `${name}-label`);
  }

  #remove({ name, links, onChange }: LinkInputView, link: CaseLink): void {
    this.#news = () =>
      msg(str`No longer linked: ${linkInWords(link, hostOf(this.#host).linkTypes)}`, {
        id: 'case-link.removed',
      });
    onChange(links.filter((one) => one !== link));
    void this.#focus(name);
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.isComposing || event.ctrlKey || event.metaKey) return;
    if (!(event.target instanceof HTMLInputElement) || !this.#view) return;
    event.preventDefault();
    this.#add(this.#view);
  };

  /** The field, or the whole where the page knows no type and so there is none. */
  async #focus(name: string): Promise<void> {
    await this.#host.updateComplete;
    const { renderRoot } = this.#host;
    const field = renderRoot.querySelector<HTMLElement>(`#${name}`);
    (field ?? renderRoot.querySelector<HTMLElement>('.link-field'))?.focus();
  }

  get #types(): readonly string[] {
    return (hostOf(this.#host).linkTypes ?? []).map(({ type }) => type);
  }

  get #chosen(): string | undefined {
    return this.#types.find((type) => type === this.#typed.type) ?? this.#types[0];
  }
}

function wrongId(id: string, others: number): Sentence | undefined {
  if (id === '') return () => msg('Enter the number or id.', { id: 'case-link.required' });
  if (id.length > linkLimits.id) return () => tooLongText(linkLimits.id);
  return others >= linkLimits.links ? () => tooManyText(linkLimits.links) : undefined;
}

function knownText(): string {
  return msg('The case is linked to this already.', { id: 'case-link.known' });
}
