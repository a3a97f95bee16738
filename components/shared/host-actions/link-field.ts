import { nothing, type LitElement } from 'lit';

import type { CaseLink } from '../../../src/contract/cases.js';
import type { FieldErrors } from '../field-errors.js';
import { LazyPart, renderPart } from '../lazy-part.js';
import { wantWords } from '../want-words.js';
import type { LinkInput, LinkInputView } from './link-input.js';
import { HostController, hostOf } from './registry.js';

/**
 * The field of a form for what a case is linked to. It shows where the page around knows a type of links, or where there
 * are some already, and only then is it fetched.
 */
export class LinkField {
  readonly #host: LitElement;
  readonly #input: LazyPart<LinkInput>;

  /** `links` answers what the form holds; `undefined` while the form shows no such field. */
  constructor(host: LitElement, links: () => readonly CaseLink[] | undefined) {
    this.#host = host;
    this.#input = new LazyPart(
      host,
      () => this.#offers(links()),
      async () => {
        const [{ LinkInput }] = await Promise.all([import('./link-input.js'), wantWords('inboxes')]);
        return () => new LinkInput(host);
      },
    );
    new HostController(host);
  }

  /** Something is typed that is not added yet. */
  get pending(): boolean {
    return this.#input.value?.pending ?? false;
  }

  /** Forgets what is typed and not added. */
  reset(): void {
    this.#input.value?.reset();
  }

  /** Takes what is typed as if it had been added; answers what keeps it from that. */
  settle(): FieldErrors {
    return this.#input.value?.settle() ?? {};
  }

  render(view: LinkInputView): unknown {
    if (!this.#offers(view.links)) return nothing;
    return this.#input.value?.render(view) ?? renderPart(this.#input);
  }

  #offers(links: readonly CaseLink[] | undefined): boolean {
    return links !== undefined && (links.length > 0 || (hostOf(this.#host).linkTypes ?? []).length > 0);
  }
}
