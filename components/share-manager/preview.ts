import type { LitElement } from 'lit';

import type { GranteeKind, HistoryChoice } from '../../src/contract/grants.js';
import type { SharePreview } from '../../src/contract/preview.js';
import { isAbortError } from '../../src/errors.js';
import type { Chosen } from './adding.js';
import { disclosureIn, type Disclosure } from './history.js';
import { keyOf, type ShareScope } from './share-unit.js';

/** What is decided about the earlier notes: as the contract has it, or that nothing is shared. */
export type Decision = HistoryChoice | 'stop';

/** What the panel is given by its surroundings. */
export interface PreviewLink {
  readonly host: LitElement;
  readonly scope: () => ShareScope | undefined;
  readonly chosen: () => readonly Chosen[];
  /** What was decided; the panel is closed. */
  readonly confirm: () => Promise<void>;
  /** Nothing is shared. */
  readonly stop: () => void;
}

/** What somebody will see before they do, and what is to become of the earlier notes. */
export class Preview {
  readonly #link: PreviewLink;
  #open = false;
  #of: string | undefined;
  #shown: SharePreview | undefined;
  #failure: unknown;
  #disclosure: Disclosure | undefined;
  #decision: Decision | undefined;
  #missing = false;
  #asking: AbortController | undefined;
  #opener: Element | null = null;

  constructor(link: PreviewLink) {
    this.#link = link;
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /** Whose eyes it shows: one of those who were chosen. */
  get of(): Chosen | undefined {
    const chosen = this.#link.chosen();
    return chosen.find(({ candidate }) => keyOf(candidate) === this.#of) ?? chosen[0];
  }

  /** Those it can show. */
  get chosen(): readonly Chosen[] {
    return this.#link.chosen();
  }

  get shown(): SharePreview | undefined {
    return this.#shown;
  }

  get failure(): unknown {
    return this.#failure;
  }

  get disclosure(): Disclosure | undefined {
    return this.#disclosure;
  }

  get decision(): Decision | undefined {
    return this.#decision;
  }

  /** Nothing was decided yet, and something has to be. */
  get missing(): boolean {
    return this.#missing;
  }

  /** What is to be sent about the history; `undefined` while nobody asked. */
  get history(): HistoryChoice | undefined {
    return this.#open && this.#disclosure && this.#decision !== 'stop' ? this.#decision : undefined;
  }

  /** Shows what the first of those who were chosen will see. */
  show(): void {
    if (!this.#open) this.#begin();
    this.look(this.of && keyOf(this.of.candidate));
    this.#focus('#preview-title');
  }

  /** Earlier notes would be read: asks what is to become of them. */
  ask(disclosure: Disclosure): void {
    if (!this.#open) this.#begin();
    this.#disclosure = disclosure;
    this.#decision = undefined;
    const customer = this.#link
      .chosen()
      .find(({ candidate: { kind } }) => kind === 'customer' || kind === 'organisation');
    this.look(customer && keyOf(customer.candidate));
    this.#focus('#preview [type=radio]');
  }

  /** Looks with the eyes of one of those who were chosen. */
  look(of: string | undefined): void {
    this.#of = of;
    void this.#load();
  }

  /** Looks again, where the one who is shown was given another level, or is not chosen any more. */
  follow(): void {
    if (this.#open && this.#link.chosen().length === 0 && !this.#disclosure) this.close();
  }

  decide(decision: Decision): void {
    this.#decision = decision;
    this.#missing = false;
    this.#link.host.requestUpdate();
    void this.#load();
  }

  readonly close = (): void => {
    this.#asking?.abort();
    this.#open = false;
    this.#shown = undefined;
    this.#failure = undefined;
    this.#disclosure = undefined;
    this.#decision = undefined;
    this.#missing = false;
    this.#link.host.requestUpdate();
    const back = this.#opener;
    this.#opener = null;
    void this.#link.host.updateComplete.then(() => {
      if (back?.isConnected) (back as HTMLElement).focus();
    });
  };

  /** Shares as it was decided. */
  async confirm(): Promise<void> {
    if (this.#disclosure && this.#decision === undefined) {
      this.#missing = true;
      this.#focus('#preview [type=radio]');
      return;
    }
    if (this.#decision === 'stop') {
      this.#link.stop();
      this.close();
      return;
    }
    await this.#link.confirm();
  }

  readonly onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    this.#link.stop();
    this.close();
  };

  #begin(): void {
    this.#open = true;
    this.#opener = (this.#link.host.renderRoot as ShadowRoot).activeElement;
    this.#link.host.requestUpdate();
  }

  async #load(): Promise<void> {
    const scope = this.#link.scope();
    const chosen = this.of;
    this.#asking?.abort();
    this.#failure = undefined;
    this.#link.host.requestUpdate();
    if (!scope?.unit.preview || !chosen) return;
    const asking = (this.#asking = new AbortController());
    const { kind, id } = chosen.candidate;
    const { level } = chosen;
    const history = this.#decision === 'stop' ? undefined : this.#decision;
    try {
      const shown = await scope.unit.preview(
        scope.client,
        { kind: kind as GranteeKind, id, ...(level !== undefined && { level }), ...(history && { history }) },
        asking.signal,
      );
      this.#shown = shown;
      if (!this.#disclosure && shown.history && shown.history.notes > 0)
        this.#disclosure = disclosureIn(shown.history);
    } catch (error) {
      if (isAbortError(error)) return;
      this.#shown = undefined;
      this.#failure = error;
    }
    this.#link.host.requestUpdate();
  }

  #focus(selector: string): void {
    const { host } = this.#link;
    host.requestUpdate();
    void host.updateComplete.then(() => host.renderRoot.querySelector<HTMLElement>(selector)?.focus());
  }
}
