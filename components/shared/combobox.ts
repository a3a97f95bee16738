import { html, type LitElement, type TemplateResult } from 'lit';

/** What one combobox is about. */
export interface ComboboxLink<T> {
  readonly host: LitElement;
  /** The id of its list, once in a shadow root; its options are `ID-0`, `ID-1`, … */
  readonly id: string;
  /** What can be chosen now. */
  readonly options: () => readonly T[];
  /** Tells one option from another, wherever it stands. */
  readonly keyOf: (option: T) => string;
  readonly onPick: (option: T) => void;
  /** The list stands in the page all the time, instead of opening below its field. */
  readonly standing?: boolean;
}

/**
 * The mechanics of a field with a list to choose from, after the combobox pattern of ARIA 1.2: the focus stays in the
 * field, the arrows walk through the list, Enter takes, Escape closes. What the field holds and where the options come
 * from is the owner's.
 */
export class Combobox<T> {
  readonly #link: ComboboxLink<T>;
  #open = false;
  // By key: an answer may bring the others in another order under the arrows.
  #activeKey: string | undefined;
  #brought = false;

  constructor(link: ComboboxLink<T>) {
    this.#link = link;
  }

  /** Whether the list is wanted, be it empty. */
  get isOpen(): boolean {
    return this.#open || this.#link.standing === true;
  }

  /** The id of the list, for `aria-controls`. */
  get id(): string {
    return this.#link.id;
  }

  /** What the list shows. */
  get options(): readonly T[] {
    return this.isOpen ? this.#link.options() : [];
  }

  /** The option the arrows stand on. */
  get active(): T | undefined {
    return this.options[this.#activeIndex];
  }

  /** For `aria-activedescendant`. */
  get activeId(): string | undefined {
    const index = this.#activeIndex;
    return index < 0 ? undefined : `${this.#link.id}-${index}`;
  }

  open(): void {
    if (!this.#open) this.#brought = false;
    this.#open = true;
    this.#link.host.requestUpdate();
  }

  close(): void {
    this.#open = false;
    this.leaveOptions();
  }

  /** Back into the field: no option is stood on. */
  leaveOptions(): void {
    this.#activeKey = undefined;
    this.#link.host.requestUpdate();
  }

  /** Does what a key means here; answers whether it meant anything. */
  handleKey(event: KeyboardEvent): boolean {
    if (event.isComposing || event.ctrlKey || event.metaKey) return false;
    const used = this.#act(event);
    if (used) event.preventDefault();
    return used;
  }

  /** The list, below the field it belongs to; `renderOption` draws what stands in an option. */
  renderList(label: string, renderOption: (option: T) => unknown): TemplateResult {
    const { options } = this;
    const active = this.#activeIndex;
    if (this.#open && !this.#brought && options.length > 0) {
      this.#brought = true;
      // It may have opened below what a dialog shows.
      void this.#bringIntoView(() => this.#link.id);
    }
    return html`<ul
      id=${this.#link.id}
      class=${this.#link.standing ? 'listbox standing' : 'listbox'}
      role="listbox"
      aria-label=${label}
      ?hidden=${options.length === 0}
      @mousedown=${keepFocus}
    >
      ${options.map(
        (option, index) =>
          html`<li
            id="${this.#link.id}-${index}"
            role="option"
            aria-selected=${index === active}
            @click=${() => this.#pick(option)}
            @keydown=${(event: KeyboardEvent) => this.handleKey(event)}
          >
            ${renderOption(option)}
          </li>`,
      )}
    </ul>`;
  }

  get #activeIndex(): number {
    const key = this.#activeKey;
    return key === undefined ? -1 : this.options.findIndex((option) => this.#link.keyOf(option) === key);
  }

  #act(event: KeyboardEvent): boolean {
    const { key, altKey, shiftKey } = event;
    switch (key) {
      case 'ArrowDown':
        this.#step(1, altKey);
        return true;
      case 'ArrowUp':
        if (altKey) this.close();
        else this.#step(-1, false);
        return true;
      case 'Home':
      case 'End':
        // With no option stood on they move the caret.
        if (this.active === undefined || shiftKey) return false;
        this.#stand(key === 'Home' ? 0 : this.options.length - 1);
        return true;
      case 'Enter': {
        const { active } = this;
        if (active === undefined) return false;
        this.#pick(active);
        return true;
      }
      case 'Escape':
        // A list that stands in the page does not close: Escape is for what surrounds it.
        if (!this.#open || this.#link.standing) return false;
        event.stopPropagation();
        this.close();
        return true;
      default:
        return false;
    }
  }

  #step(by: number, openOnly: boolean): void {
    const wasOpen = this.isOpen;
    this.open();
    const { length } = this.options;
    if (length === 0 || (openOnly && !wasOpen)) return;
    const from = this.#activeIndex;
    this.#stand(from < 0 && by < 0 ? length - 1 : (from + by + length) % length);
  }

  #stand(index: number): void {
    const option = this.options[index];
    if (option === undefined) return;
    this.#activeKey = this.#link.keyOf(option);
    this.#link.host.requestUpdate();
    void this.#bringIntoView(() => this.activeId);
  }

  async #bringIntoView(idOf: () => string | undefined): Promise<void> {
    const { host } = this.#link;
    await host.updateComplete;
    const id = idOf();
    if (id) host.renderRoot.querySelector(`#${id}`)?.scrollIntoView({ block: 'nearest' });
  }

  #pick(option: T): void {
    this.close();
    this.#link.onPick(option);
  }
}

/** A press on the list leaves the focus, and the keyboard of a phone, where they are. */
function keepFocus(event: Event): void {
  event.preventDefault();
}
