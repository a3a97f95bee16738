import { html, type LitElement, type TemplateResult } from 'lit';

import type { CaseClient } from '../../../src/client/client.js';
import { LazyPart, renderPart } from '../lazy-part.js';
import type { SettingsLink } from './settings-body.js';
import { wantWords } from '../want-words.js';

/** What stands in an element for settings, as far as the element knows it. */
interface Body {
  readonly dirty: boolean;
  follow(): void;
  render(): TemplateResult;
}

/** The content of an element for settings: fetched when it first shows, so that pages without it do not carry it. */
export class SettingsPart {
  readonly #body: LazyPart<Body>;

  constructor(
    host: LitElement,
    client: () => CaseClient | undefined,
    fetch: () => Promise<(link: SettingsLink) => Body>,
  ) {
    this.#body = new LazyPart(
      host,
      () => true,
      async () => {
        const [createBody] = await Promise.all([fetch(), wantWords('settings')]);
        return () => createBody({ host, client });
      },
    );
  }

  /** Whether something is typed that is not saved. */
  get unsaved(): boolean {
    return this.#body.value?.dirty ?? false;
  }

  /** Called while the element is drawn: the queries have followed their arguments by then. */
  render(): TemplateResult {
    const body = this.#body.value;
    body?.follow();
    return html`<section aria-labelledby="title">${body?.render() ?? renderPart(this.#body)}</section>`;
  }
}
