import { msg, str } from '@lit/localize';
import { html, nothing, type LitElement, type TemplateResult } from 'lit';

import type { CaseClient } from '../../src/client/client.js';
import type { Case } from '../../src/contract/cases.js';
import type { InboxEntry } from '../../src/contract/inbox-entries.js';
import type { Settings } from '../../src/contract/settings.js';
import { renderLegend } from '../shared/fields.js';
import { icon } from '../shared/icons.js';
import { HandOver } from '../shared/inbox/hand-over.js';
import { entryFailureText, whereText } from '../shared/inbox/where.js';

/** Puts a case into an inbox: which one, what is due when, and why (IB-03, IB-14, IB-15). */
export class PutInInbox {
  readonly #client: () => CaseClient | undefined;
  readonly #done: (inbox: string) => void;
  readonly #form: HandOver;

  /** `done` is told into which inbox. */
  constructor(host: LitElement, client: () => CaseClient | undefined, done: (inbox: string) => void) {
    this.#client = client;
    this.#done = done;
    this.#form = new HandOver({ host, client, messageRequired: false });
  }

  /** Something typed would be lost. */
  get dirty(): boolean {
    return this.#form.dirty;
  }

  clear(): void {
    this.#form.clear();
  }

  render({ id }: Case, title: string, settings: Settings, waiting: readonly InboxEntry[]): TemplateResult {
    const { failure, busy } = this.#form.submission;
    const [entry] = waiting;
    return html`<form
      class="forward"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault();
        void this.#send(id, settings);
      }}
    >
      <h3>${title}</h3>
      <p class="hint">
        ${msg('The members of the inbox see the case there, and one of them takes it.', {
          id: 'inbox.put.hint',
        })}
      </p>
      ${
        entry && failure === undefined && !settings.inboxes?.severalAtOnce
          ? html`<p class="banner caution">
              ${icon('alert')}<span class="grow">${alreadyText(entry)}</span>
            </p>`
          : nothing
      }
      ${
        failure === undefined
          ? nothing
          : html`<p class="banner critical" role="alert">
              ${icon('alert')}<span class="grow">${entryFailureText(failure)}</span>
            </p>`
      }
      ${renderLegend()} ${this.#form.render(settings)}
      <div class="actions">
        <button class="button primary" type="submit" aria-busy=${busy ? 'true' : 'false'}>
          ${msg('Put into the inbox', { id: 'inbox.put.send' })}
        </button>
      </div>
    </form>`;
  }

  async #send(caseId: string, settings: Settings): Promise<void> {
    const client = this.#client();
    const { submission, place, say, inboxName } = this.#form;
    if (!client || submission.busy) return;
    const input = this.#form.accept(settings);
    if (!input) return;
    const entry = await submission.send({
      values: [caseId, input],
      place,
      say,
      write: (idempotencyKey) => client.inboxEntries.create({ ...input, caseId }, { idempotencyKey }),
    });
    if (!entry) return;
    this.#form.clear();
    this.#done(entry.inbox.name || inboxName);
  }
}

function alreadyText(entry: InboxEntry): string {
  const where = whereText(entry);
  return msg(str`The case waits in an inbox already: ${where}.`, { id: 'inbox.refused.already.where' });
}
