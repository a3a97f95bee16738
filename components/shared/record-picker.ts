import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';

import type { CaseClient } from '../../src/client/client.js';
import type { LiveQuery } from '../../src/client/live-query.js';
import { Combobox } from './combobox.js';
import { failureText } from './failure.js';
import { describedBy, renderField, type FieldView } from './fields.js';
import { QueryController } from './query-controller.js';

const pause = 150;

/** What a picker is about. */
export interface RecordPickerLink<T> {
  readonly host: LitElement;
  /** The name and id of its field, once in a shadow root. */
  readonly name: string;
  /** The id of its list. */
  readonly list: string;
  /** Where records are looked for; `undefined` while nothing is to be picked. */
  readonly client: () => CaseClient | undefined;
  /** Asks for what matches `term`, or for the first ones where that is empty. */
  readonly search: (client: CaseClient, term: string) => LiveQuery<{ readonly items: readonly T[] }>;
  readonly keyOf: (record: T) => string;
  /** What typed text is compared with while an answer is awaited; the name unless told. */
  readonly wordsOf?: (record: T) => string;
  /** What is offered of that which was found; `matches` tells whether a record fits what is typed. */
  readonly offer?: (found: readonly T[], matches: (record: T) => boolean) => readonly T[];
  /** What was picked; `undefined` once something else is typed. */
  readonly onPick: (record: T | undefined) => void;
  /** One after the other is picked: the field is empty again after each. */
  readonly several?: boolean;
}

/** How a picker is drawn. */
export interface RecordPickerView<T> extends FieldView {
  readonly placeholder: string;
  /** What the list is called. */
  readonly listLabel: string;
  /** That nothing matches. */
  readonly none: string;
  readonly renderRecord: (record: T) => unknown;
  /** What was picked so far, in the field before what is typed. */
  readonly chips?: TemplateResult | undefined;
  /** Backspace was pressed in the empty field. */
  readonly onBackspace?: () => void;
}

/** A field that picks records by their names: a combobox over what the server finds for what is typed. */
export class RecordPicker<T extends { readonly name: string }> {
  readonly #link: RecordPickerLink<T>;
  readonly #matches;
  readonly #combobox: Combobox<T>;
  #text = '';
  // What is looked for: typed so far, and already asked for.
  #typed = '';
  #term = '';
  #known: readonly T[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #onBackspace: (() => void) | undefined;

  constructor(link: RecordPickerLink<T>) {
    this.#link = link;
    this.#combobox = new Combobox<T>({
      host: link.host,
      id: link.list,
      options: () => this.#choices(),
      keyOf: link.keyOf,
      onPick: (record) => this.#pick(record),
    });
    this.#matches = new QueryController(
      link.host,
      () => [link.client(), this.#combobox.isOpen, this.#term] as const,
      (client, open, term) => (open && client ? link.search(client, term) : undefined),
    );
  }

  /** What stands in the field besides what was picked. */
  get text(): string {
    return this.#text;
  }

  /** What it offers now; `undefined` while it is closed, or an answer is awaited. */
  get offered(): readonly T[] | undefined {
    return this.#combobox.isOpen && this.#settled ? this.#combobox.options : undefined;
  }

  /** Shows `record` as picked, without telling anybody. */
  show(record: { readonly name: string } | undefined): void {
    clearTimeout(this.#timer);
    this.#text = record?.name ?? '';
    this.#typed = '';
    this.#term = '';
    this.#combobox.close();
  }

  /** Takes a name that was typed whole, and shows no list any more. */
  readonly settle = (): void => {
    if (!this.#combobox.isOpen) return;
    const typed = this.#text.trim().toLowerCase();
    const named = this.#choices().filter(({ name }) => name.toLowerCase() === typed);
    this.#combobox.close();
    if (named.length === 1 && named[0]) this.#pick(named[0]);
  };

  render(given: RecordPickerView<T>): TemplateResult {
    const view = { ...given, error: given.error ?? this.#trouble };
    this.#onBackspace = given.onBackspace;
    const combobox = this.#combobox;
    const records = view.disabled ? [] : combobox.options;
    const isNone = combobox.isOpen && this.#settled && records.length === 0;
    const input = html`<input
      class=${ifDefined(view.chips ? undefined : 'input')}
      id=${view.name}
      name=${view.name}
      dir="auto"
      role="combobox"
      aria-label=${view.label}
      autocomplete="off"
      placeholder=${view.placeholder}
      aria-autocomplete="list"
      aria-controls=${combobox.id}
      aria-expanded=${records.length > 0}
      aria-activedescendant=${ifDefined(combobox.activeId)}
      aria-required=${ifDefined(view.required ? 'true' : undefined)}
      aria-invalid=${ifDefined(given.error ? 'true' : undefined)}
      aria-describedby=${ifDefined(describedBy(view))}
      ?disabled=${view.disabled}
      .value=${live(this.#text)}
      @input=${this.#type}
      @click=${this.#openList}
      @keydown=${this.#key}
      @blur=${this.settle}
    />`;
    return renderField(
      view,
      html`<div class="combobox">
        ${view.chips ? html`<div class="input tags">${view.chips}${input}</div>` : input}
        ${combobox.renderList(view.listLabel, view.renderRecord)}
        ${isNone ? html`<p class="none" role="status">${view.none}</p>` : nothing}
      </div>`,
    );
  }

  /** Those to choose from now; while an answer is awaited, what is known already and matches. */
  #choices(): readonly T[] {
    const { offer, wordsOf } = this.#link;
    if (this.#matches.state.status === 'ready') this.#known = this.#matches.data?.items ?? [];
    const typed = this.#typed.toLowerCase();
    const matches = (record: T) => (wordsOf?.(record) ?? record.name).toLowerCase().includes(typed);
    const found = this.#settled ? this.#known : this.#known.filter(matches);
    return offer ? offer(found, matches) : found;
  }

  get #settled(): boolean {
    return this.#matches.state.status === 'ready' && this.#typed === this.#term;
  }

  get #trouble(): string | undefined {
    const { status, error } = this.#matches.state;
    return status === 'failed' ? failureText(error) : undefined;
  }

  readonly #type = (event: Event): void => {
    this.#text = (event.target as HTMLInputElement).value;
    this.#typed = this.#text.trim();
    this.#combobox.open();
    this.#combobox.leaveOptions();
    this.#link.onPick(undefined);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#term = this.#typed;
      this.#link.host.requestUpdate();
    }, pause);
  };

  readonly #openList = (): void => this.#combobox.open();

  readonly #key = (event: KeyboardEvent): void => {
    const { options, isOpen } = this.#combobox;
    if (this.#combobox.handleKey(event) || event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Backspace' && this.#text === '') this.#onBackspace?.();
    if (event.key !== 'Enter' || !isOpen) return;
    event.preventDefault();
    const [only] = options;
    if (only && options.length === 1) this.#pick(only);
  };

  #pick(record: T): void {
    this.show(this.#link.several ? undefined : record);
    this.#link.onPick(record);
  }
}
