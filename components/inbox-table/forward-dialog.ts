import { msg, str } from '@lit/localize';
import { html, nothing } from 'lit';

import type { InboxEntry } from '../../src/contract/inbox-entries.js';
import { isOutdated } from './inbox-conflicts.js';
import { icon } from '../shared/icons.js';
import { HandOver } from '../shared/inbox/hand-over.js';
import { renderLegend } from '../shared/fields.js';
import { renderLines } from '../shared/lazy-part.js';
import type { InboxDialog, InboxDialogParts } from './inbox-dialog.js';
import { entryTitle, workFailure } from './inbox-words.js';

/** Sends an entry on to another inbox: where, what is due when, and why (IB-12 to IB-19). */
export class ForwardDialog implements InboxDialog {
  readonly #parts: InboxDialogParts;
  readonly #fields: HandOver;
  #entry: InboxEntry | undefined;
  #now: InboxEntry | undefined;

  constructor(parts: InboxDialogParts) {
    this.#parts = parts;
    this.#fields = new HandOver({
      host: parts.host,
      client: () => (this.#entry ? parts.client() : undefined),
      messageRequired: true,
      entryId: () => this.#entry?.id,
    });
  }

  get dirty(): boolean {
    return this.#fields.dirty;
  }

  begin(entry: InboxEntry): void {
    this.#fields.clear();
    this.#entry = entry;
    this.#now = undefined;
  }

  title(): string {
    return msg('Forward inbox message', { id: 'inbox-table.forward.title' });
  }

  about(): string {
    return this.#entry ? entryTitle(this.#entry) : '';
  }

  renderBody(): unknown {
    const settings = this.#parts.session()?.settings;
    if (!settings) return renderLines();
    const { failure } = this.#fields.submission;
    const title = this.about();
    return html`${
        failure === undefined
          ? nothing
          : html`<p class="banner critical" role="alert">
              ${icon('alert')}<span class="grow" dir="auto">${workFailure(failure, title, this.#now)}</span>
            </p>`
      }
      <div class="fields">${this.#fields.render(settings)}</div>
      ${renderLegend()}`;
  }

  renderButtons(): unknown {
    const { busy } = this.#fields.submission;
    return html`<button class="button" type="button" @click=${this.#parts.leave}>
        ${msg('Cancel', { id: 'action.cancel' })}
      </button>
      <button class="button primary" type="submit" aria-busy=${busy ? 'true' : 'false'}>
        ${msg('Forward', { id: 'inbox-table.forward' })}
      </button>`;
  }

  async submit(): Promise<void> {
    const { client: from, session, work, close, reload } = this.#parts;
    const client = from();
    const settings = session()?.settings;
    const entry = this.#entry;
    if (!client || !settings || !entry || this.#fields.submission.busy) return;
    const input = this.#fields.accept(settings);
    if (!input) return;
    const inbox = this.#fields.inboxName;
    const title = entryTitle(entry);
    const now = await this.#fields.submission.send({
      values: [entry.id, input],
      place: this.#fields.place,
      say: this.#fields.say,
      // Sent on by somebody else meanwhile, it is gone from here, also for who reads where it went.
      write: (idempotencyKey) =>
        client.inboxEntries.forward(entry.id, { ...input, fromInboxId: entry.inbox.id }, { idempotencyKey }),
    });
    if (now) {
      if (this.#entry === entry) close();
      work.done(entry, now, () => msg(str`“${title}” went to ${inbox}.`, { id: 'inbox-table.done.forward' }));
    } else if (isOutdated(this.#fields.submission.failure)) {
      this.#now = await work.now(entry);
      this.#parts.host.requestUpdate();
      await reload();
    }
  }

  end(): void {
    this.#fields.clear();
    this.#entry = undefined;
  }
}
