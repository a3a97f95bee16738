import type { LitElement } from 'lit';

/** Which row the Tab key reaches, and where the focus goes when rows come and go. */
export class InboxFocus {
  readonly #host: LitElement;
  readonly #ids: () => readonly string[];
  #current: string | undefined;

  /** `ids` names the rows as they are shown. */
  constructor(host: LitElement, ids: () => readonly string[]) {
    this.#host = host;
    this.#ids = ids;
  }

  /** The row that was focused last, while it is there; else the first. */
  get current(): string | undefined {
    const ids = this.#ids();
    return this.#current !== undefined && ids.includes(this.#current) ? this.#current : ids[0];
  }

  /** The focus has come to a row. */
  stand(id: string): void {
    if (id === this.#current) return;
    this.#current = id;
    this.#host.requestUpdate();
  }

  move(where: 'next' | 'previous' | 'first' | 'last'): void {
    const ids = this.#ids();
    const place = ids.indexOf(this.current ?? '');
    const target = { next: place + 1, previous: place - 1, first: 0, last: ids.length - 1 }[where];
    const id = ids[Math.min(Math.max(target, 0), ids.length - 1)];
    if (id !== undefined) this.to(id);
  }

  /** Puts the focus on a row, or on one of its buttons. */
  to(id: string, act?: string): void {
    this.#current = id;
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() => {
      const row = this.#host.renderRoot.querySelector(`[data-entry="${CSS.escape(id)}"]`);
      const button = act === undefined ? undefined : row?.querySelector<HTMLElement>(`[data-act="${act}"]`);
      (button ?? row?.querySelector<HTMLElement>('[data-row]'))?.focus();
    });
  }

  /** Rows are about to leave: whoever stands on one goes on at the row that takes its place. */
  leave(leaving: readonly string[]): void {
    const ids = this.#ids();
    const standing = this.#standing;
    const place = standing === undefined ? -1 : ids.indexOf(standing);
    const next =
      ids.slice(place + 1).find((id) => !leaving.includes(id)) ??
      ids.slice(0, Math.max(place, 0)).findLast((id) => !leaving.includes(id));
    if (standing === undefined || !leaving.includes(standing)) return;
    if (next !== undefined) this.to(next);
    else this.#toTab();
  }

  /** Goes back to the row that was focused last, or to the tab where there is none. */
  rest(): void {
    const { current } = this;
    if (current === undefined) this.#toTab();
    else this.to(current);
  }

  #toTab(): void {
    void this.#host.updateComplete.then(() =>
      this.#host.renderRoot.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus(),
    );
  }

  /** The row that has the focus, it or what is open below it. */
  get #standing(): string | undefined {
    const focused = this.#host.shadowRoot?.activeElement;
    return (
      focused?.closest<HTMLElement>('[data-entry]')?.dataset['entry'] ??
      focused?.closest<HTMLElement>('.box-row')?.querySelector<HTMLElement>('[data-box]')?.dataset['box']
    );
  }
}
