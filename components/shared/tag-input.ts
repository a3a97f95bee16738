import { msg, str } from '@lit/localize';
import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';

import type { Limits } from '../../src/contract/settings.js';
import { Combobox } from './combobox.js';
import { tooLongText, tooManyText, type Sentence } from './field-errors.js';
import { describedBy, renderField, type FieldView } from './fields.js';
import { icon } from './icons.js';
import { formatList, formatNumber, plural } from './locale.js';
import { TagSuggestions, type SuggestedTag, type TagSource } from './tag-suggestions.js';

const shown = 8;

/** How a field for tags is drawn. */
export interface TagInputView extends FieldView {
  readonly tags: readonly string[];
  /** How many tags there may be, and of how many characters each; told at once, refused by whoever sends them. */
  readonly limits?: Pick<Limits, 'tags' | 'tag'> | undefined;
  readonly onChange: (tags: readonly string[]) => void;
}

/** What a field for tags is given by its element. */
export interface TagInputLink {
  readonly host: LitElement;
  readonly source: () => TagSource;
  /** The suggestions stand below the field all the time, and only what is taken by hand counts. */
  readonly standing?: boolean;
}

/** A tag that can be taken: one in use, or the one that is typed. */
interface Choice extends SuggestedTag {
  readonly isNew?: boolean;
}

/**
 * Tags as chips, with those in use to choose from: Enter, a comma or a press adds, Backspace in the empty field removes
 * the last. A tag that nobody uses yet is as good as any.
 */
export class TagInput {
  readonly #link: TagInputLink;
  readonly #suggestions: TagSuggestions;
  readonly #combobox: Combobox<Choice>;
  #view: TagInputView | undefined;
  #text = '';
  #notice: Sentence | undefined;

  constructor(link: TagInputLink, id: string) {
    this.#link = link;
    this.#suggestions = new TagSuggestions(link.host, link.source);
    this.#combobox = new Combobox<Choice>({
      host: link.host,
      id,
      options: () => this.#choices(),
      keyOf: ({ tag, isNew }) => `${isNew ? 'new' : 'used'} ${tag}`,
      onPick: ({ tag }) => this.#add([tag]),
      ...(link.standing && { standing: true }),
    });
  }

  /** Forgets what is half typed and what was said; a list that stands asks for its tags anew. */
  reset(): void {
    this.#text = '';
    this.#notice = undefined;
    this.#suggestions.forget();
    this.#combobox.close();
    if (this.#link.standing) this.#suggestions.ask('');
  }

  render(given: TagInputView): TemplateResult {
    const view = { ...given, error: given.error ?? limitText(given) };
    this.#view = view;
    const { name, tags, disabled, required, error } = view;
    const combobox = this.#combobox;
    const choices = disabled ? [] : combobox.options;
    return renderField(
      view,
      html`<div class="combobox">
        <div class="input tags" aria-disabled=${ifDefined(disabled ? 'true' : undefined)}>
          ${tags.length > 0 ? this.#renderChips(view) : nothing}
          <input
            id=${name}
            name=${name}
            dir="auto"
            role="combobox"
            aria-label=${view.label}
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            enterkeyhint="done"
            aria-autocomplete="list"
            aria-controls=${combobox.id}
            aria-expanded=${choices.length > 0}
            aria-activedescendant=${ifDefined(combobox.activeId)}
            aria-required=${ifDefined(required ? 'true' : undefined)}
            aria-invalid=${ifDefined(error ? 'true' : undefined)}
            aria-describedby=${ifDefined(describedBy(view))}
            ?disabled=${disabled}
            .value=${live(this.#text)}
            @keydown=${this.#onKey}
            @input=${this.#onInput}
            @paste=${this.#onPaste}
            @click=${this.#openList}
            @change=${this.#onChange}
            @blur=${this.#leave}
          />
        </div>
        ${combobox.renderList(msg('Suggested tags', { id: 'tags.suggested' }), (choice) => renderChoice(choice))}
        <p class="visually-hidden" role="status">${this.#announcement(choices)}</p>
        ${this.#notice ? html`<p class="hint notice" role="status" dir="auto">${this.#notice()}</p>` : nothing}
      </div>`,
    );
  }

  #renderChips({ tags, limits, disabled }: TagInputView): TemplateResult {
    return html`<ul aria-label=${msg('Chosen tags', { id: 'tags.chosen' })}>
      ${repeat(
        tags,
        (tag) => tag,
        (tag) =>
          html`<li class=${limits && tag.length > limits.tag ? 'tag over' : 'tag'}>
            <span dir="auto">${tag}</span>
            <button
              type="button"
              aria-label=${msg(str`Remove tag ${tag}`, { id: 'tags.remove' })}
              ?disabled=${disabled}
              @click=${(event: Event) => this.#remove(tag, event.currentTarget as Element)}
            >
              ${icon('close')}
            </button>
          </li>`,
      )}
    </ul>`;
  }

  /** Those in use that hold what is typed, and what is typed where nobody uses it. */
  #choices(): readonly Choice[] {
    const { tags = [] } = this.#view ?? {};
    const typed = this.#text.trim();
    const fitting = this.#suggestions.items
      .filter(({ tag }) => !this.#has(tags, tag) && tag.toLowerCase().includes(typed.toLowerCase()))
      .slice(0, shown);
    const known = fitting.some(({ tag }) => same(tag, typed));
    return typed === '' || known || this.#has(tags, typed)
      ? fitting
      : [...fitting, { tag: typed, isNew: true }];
  }

  /** A case needs no tag twice, whatever its capitals; one that is looked for is meant as it is written. */
  #has(tags: readonly string[], tag: string): boolean {
    return this.#link.standing ? tags.includes(tag) : tags.some((known) => same(known, tag));
  }

  #announcement(choices: readonly Choice[]): string {
    if (!this.#combobox.isOpen) return '';
    if (this.#suggestions.failed)
      return msg('Tags could not be suggested. Type the one you want.', { id: 'tags.failed' });
    const used = choices.filter(({ isNew }) => !isNew).length;
    if (!this.#suggestions.settled || (used === 0 && this.#text.trim() === '')) return '';
    if (used === 0) return msg('No tag in use matches.', { id: 'tags.none' });
    return plural(
      used,
      msg('one {# tag in use matches.} other {# tags in use match.}', { id: 'tags.count' }),
    );
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const input = event.target as HTMLInputElement;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      // The form is about to be sent: what is half typed goes with it.
      this.#take(input.value);
      return;
    }
    const opened = event.key.startsWith('Arrow') && !this.#combobox.isOpen;
    if (this.#combobox.handleKey(event)) {
      if (opened) this.#suggestions.ask(input.value);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      this.#take(input.value);
    } else if (event.key === 'Backspace' && input.value === '' && !event.ctrlKey && !event.metaKey)
      this.#removeLast();
  };

  readonly #onInput = (event: Event): void => {
    const { value } = event.target as HTMLInputElement;
    const composing = event instanceof InputEvent && event.isComposing;
    this.#text = value;
    this.#notice = undefined;
    if (!composing && separators.test(value)) {
      this.#take(value);
      return;
    }
    this.#combobox.open();
    this.#combobox.leaveOptions();
    this.#suggestions.ask(value);
  };

  readonly #onPaste = (event: ClipboardEvent): void => {
    const pasted = event.clipboardData?.getData('text') ?? '';
    // A field of one line would run the lines of a list together.
    if (!separators.test(pasted.trim())) return;
    event.preventDefault();
    this.#add([...split(this.#text), ...split(pasted)]);
  };

  readonly #openList = (): void => {
    if (this.#combobox.isOpen) return;
    this.#combobox.open();
    this.#suggestions.ask(this.#text);
  };

  readonly #onChange = (event: Event): void => {
    if (!this.#link.standing) this.#take((event.target as HTMLInputElement).value);
  };

  readonly #leave = (): void => {
    if (this.#link.standing) return;
    this.#combobox.close();
    this.#suggestions.cancel();
  };

  /** Adds what was typed; a single tag as those spell it who use it already. */
  #take(typed: string): void {
    const tags = split(typed);
    const [only] = tags;
    const alike = tags.length === 1 ? this.#suggestions.items.filter(({ tag }) => same(tag, only ?? '')) : [];
    this.#add(alike[0] && !alike.some(({ tag }) => tag === only) ? [alike[0].tag] : tags);
  }

  #add(added: readonly string[]): void {
    const view = this.#view;
    if (!view || view.disabled) return;
    const tags = [...view.tags];
    const twice: string[] = [];
    for (const tag of added)
      if (this.#has(tags, tag)) twice.push(tag);
      else tags.push(tag);
    this.#text = '';
    this.#notice =
      twice.length > 0
        ? () => msg(str`Already added: ${formatList(twice)}`, { id: 'tags.twice' })
        : undefined;
    this.#combobox.close();
    this.#suggestions.cancel();
    if (this.#link.standing) this.#suggestions.ask('');
    this.#change(tags);
    this.#link.host.requestUpdate();
  }

  #remove(tag: string, button: Element): void {
    const input = button.closest('.tags')?.querySelector('input');
    this.#notice = undefined;
    this.#change((this.#view?.tags ?? []).filter((candidate) => candidate !== tag));
    input?.focus();
  }

  #removeLast(): void {
    const { tags = [] } = this.#view ?? {};
    if (tags.length > 0) this.#change(tags.slice(0, -1));
  }

  #change(tags: readonly string[]): void {
    const view = this.#view;
    if (!view || (tags.length === view.tags.length && tags.every((tag, index) => tag === view.tags[index])))
      return;
    // Two changes may come before the next drawing, as when several are pasted and the field is left.
    this.#view = { ...view, tags };
    view.onChange(tags);
  }
}

function renderChoice({ tag, count, isNew }: Choice): TemplateResult {
  if (isNew)
    return html`${icon('add')}<span class="name">${msg(str`Add “${tag}”`, { id: 'tags.add' })}</span>`;
  return html`<span class="name" dir="auto">${tag}</span>${
      count === undefined
        ? nothing
        : html`<span class="hint tally"
            ><span aria-hidden="true">${formatNumber(count)}</span
            ><span class="visually-hidden"
              >${plural(count, msg('one {on # case} other {on # cases}', { id: 'tags.used' }))}</span
            ></span
          >`
    }`;
}

function limitText({ tags, limits }: TagInputView): string | undefined {
  if (!limits) return undefined;
  if (tags.length > limits.tags) return tooManyText(limits.tags);
  return tags.some((tag) => tag.length > limits.tag) ? tooLongText(limits.tag) : undefined;
}

// Commas as the keyboards of the world have them, and the lines and columns of what is pasted.
const separators = /[,،，、\n\r\t]/;

function split(typed: string): readonly string[] {
  return typed
    .split(separators)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
