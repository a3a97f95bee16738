import { msg } from '@lit/localize';
import { css, html, nothing, type LitElement, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

import type { CaseClient } from '../../src/client/client.js';
import type { ListData } from '../../src/client/live-query.js';
import type { InboxEntry } from '../../src/contract/inbox-entries.js';
import { isConflictError } from '../../src/errors.js';
import { addStyles } from '../shared/add-styles.js';
import { entryFailureText, whereText } from '../shared/inbox/where.js';
import { QueryController } from '../shared/query-controller.js';
import { refusalText } from '../shared/verdict.js';

const styles = css`
  .entry-question {
    margin-block-start: var(--_space-4);
  }
  .entry-question .check {
    display: inline-flex;
    align-items: center;
    gap: var(--_space-2);
    min-block-size: var(--_control);
    cursor: pointer;
  }
  .entry-question input {
    inline-size: 16px;
    block-size: 16px;
    margin: 0;
    flex: none;
    accent-color: var(--_accent);
  }
  .entry-question .hint {
    padding-inline-start: 24px;
  }
`;

/** Asks, where a case is closed that waits in an inbox, whether that is done as well (IB-04). */
export class EntryQuestion {
  readonly #entries: QueryController<
    ListData<InboxEntry>,
    readonly [CaseClient | undefined, string | undefined]
  >;

  /** `caseId` is of the case to be closed. */
  constructor(host: LitElement, client: () => CaseClient | undefined, caseId: () => string | undefined) {
    addStyles(host, styles);
    this.#entries = new QueryController(
      host,
      () => [client(), caseId()] as const,
      (from, id) => (id ? from?.queries.inboxEntries({ caseId: id }) : undefined),
    );
  }

  /** What is answered unless the reader says otherwise; `undefined` where nothing is asked, for nothing waits. */
  get usual(): boolean | undefined {
    const { items = [] } = this.#entries.data ?? {};
    return items.length === 0 ? undefined : this.#refusal === undefined;
  }

  /** What is sent, by what the reader said. */
  answer(said: boolean | undefined): boolean {
    return this.usual === true && said !== false;
  }

  render(said: boolean | undefined, onChange: (complete: boolean) => void): TemplateResult | typeof nothing {
    const { items = [] } = this.#entries.data ?? {};
    if (items.length === 0) return nothing;
    const refusal = this.#refusal;
    return html`<div class="entry-question">
      <label class="check">
        <input
          type="checkbox"
          name="completeEntry"
          aria-describedby="completeEntry-hint"
          ?disabled=${refusal !== undefined}
          .checked=${live(this.answer(said))}
          @change=${(event: Event) => onChange((event.target as HTMLInputElement).checked)}
        />
        ${msg('Complete the inbox message too', { id: 'inbox.close.complete' })}
      </label>
      <p class="hint" id="completeEntry-hint">
        ${items.map((entry) => html`<bdi>${whereText(entry)}</bdi> `)}${
          refusal === undefined
            ? msg('Otherwise it stays there.', { id: 'inbox.close.hint' })
            : html`${msg('It stays there.', { id: 'inbox.close.stays' })} ${refusal}`
        }
      </p>
    </div>`;
  }

  /** Why the closure was refused, where the entry is to blame. */
  failureText(error: unknown): string | undefined {
    return isConflictError(error) && ['entry_owned', 'entry_not_owned'].includes(error.code)
      ? entryFailureText(error)
      : undefined;
  }

  /** Why the reader may not complete what waits. */
  get #refusal(): string | undefined {
    const refused = this.#entries.data?.items.find(({ permissions }) => !permissions['complete']?.allowed);
    return refused && refusalText(refused.permissions['complete']);
  }
}
