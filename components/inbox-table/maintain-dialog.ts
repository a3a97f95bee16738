import { msg, str } from '@lit/localize';
import { html, nothing } from 'lit';

import '../case-detail/case-detail.js';
import type { CaseClient } from '../../src/client/client.js';
import type { Case } from '../../src/contract/cases.js';
import type { InboxEntry } from '../../src/contract/inbox-entries.js';
import { isGoneError, isNotFoundError } from '../../src/errors.js';
import { failureText } from '../shared/failure.js';
import { icon } from '../shared/icons.js';
import { QueryController } from '../shared/query-controller.js';
import type { InboxDialog, InboxDialogParts } from './inbox-dialog.js';
import { renderWaiting } from './inbox-states.js';
import { entryTitle } from './inbox-words.js';

/** The notes of the case of an entry, and a new one: the window "Maintain case" (IB-20 to IB-24). */
export class MaintainDialog implements InboxDialog {
  readonly #parts: InboxDialogParts;
  readonly #record;
  #entry: InboxEntry | undefined;
  #saving = false;

  constructor(parts: InboxDialogParts) {
    this.#parts = parts;
    this.#record = new QueryController<Case, readonly [CaseClient | undefined, string | undefined]>(
      parts.host,
      () => [parts.client(), this.#entry?.case?.id] as const,
      (client, id) => (id === undefined ? undefined : client?.queries.case(id)),
    );
  }

  get dirty(): boolean {
    return this.#composer?.unsent !== undefined;
  }

  begin(entry: InboxEntry): void {
    this.#entry = entry;
  }

  title(): string {
    return msg('Maintain case', { id: 'inbox-table.notes' });
  }

  about(): string {
    const about = this.#entry?.case;
    return about && this.#entry
      ? msg(str`#${about.number} ${entryTitle(this.#entry)}`, { id: 'inbox-table.notes.about' })
      : '';
  }

  renderBody(): unknown {
    const client = this.#parts.client();
    const session = this.#parts.session();
    const record = this.#record.data;
    if (!client || !session || !record) return this.#renderWaiting();
    return html`<case-timeline .client=${client} .record=${record} .session=${session}></case-timeline>
      <note-composer id="composer" case-id=${record.id} .client=${client}></note-composer>`;
  }

  renderButtons(): unknown {
    return html`<button class="button" type="button" @click=${this.#parts.leave}>
        ${msg('Close', { id: 'action.close' })}
      </button>
      ${
        this.#record.data
          ? html`<button class="button primary" type="submit" aria-busy=${this.#saving ? 'true' : 'false'}>
              ${msg('Close and save', { id: 'inbox-table.notes.save' })}
            </button>`
          : nothing
      }`;
  }

  /** Where nothing was done there is nothing to save; what could not be saved stays, and says why. */
  async submit(): Promise<void> {
    const composer = this.#composer;
    const entry = this.#entry;
    if (this.#saving) return;
    if (this.dirty && composer) {
      this.#saving = true;
      this.#parts.host.requestUpdate();
      const saved = await composer.submit();
      this.#saving = false;
      this.#parts.host.requestUpdate();
      if (!saved) return;
    }
    if (this.#entry === entry) this.#parts.close();
  }

  end(discard: boolean): void {
    if (discard) this.#composer?.discard();
    else this.#entry = undefined;
  }

  /** What came late, or never: a case that cannot be opened leaves the entry to be worked (IB-20). */
  #renderWaiting(): unknown {
    const { state } = this.#record;
    if (!isNotFoundError(state.error) && !isGoneError(state.error))
      return renderWaiting(state, () => void this.#record.refetch());
    return html`<div class="message">
      ${icon('lock')}
      <p><strong>${failureText(state.error)}</strong></p>
      <p>${msg('The entry can still be worked without it.', { id: 'inbox-table.notes.hidden' })}</p>
    </div>`;
  }

  get #composer(): HTMLElementTagNameMap['note-composer'] | null {
    return this.#parts.host.renderRoot.querySelector<HTMLElementTagNameMap['note-composer']>('#composer');
  }
}
