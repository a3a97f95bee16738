import { msg, str } from '@lit/localize';
import { html, nothing } from 'lit';

import type { CaseClient } from '../../src/client/client.js';
import type { InboxEntry } from '../../src/contract/inbox-entries.js';
import type { Inbox } from '../../src/contract/inboxes.js';
import type { FieldError } from '../../src/contract/problem.js';
import { fieldErrorText } from '../shared/field-errors.js';
import { renderSelect } from '../shared/fields.js';
import { FormSubmission } from '../shared/form-submission.js';
import { icon } from '../shared/icons.js';
import { personName } from '../shared/person.js';
import { QueryController } from '../shared/query-controller.js';
import { isOutdated } from './inbox-conflicts.js';
import type { InboxDialog, InboxDialogParts } from './inbox-dialog.js';
import { renderWaiting } from './inbox-states.js';
import { entryTitle, workFailure } from './inbox-words.js';

/** Makes an entry the own of a member, for administrators (IB-29). */
export class AssignDialog implements InboxDialog {
  readonly #parts: InboxDialogParts;
  readonly #submission: FormSubmission;
  readonly #inbox;
  #entry: InboxEntry | undefined;
  #now: InboxEntry | undefined;
  #personId = '';

  constructor(parts: InboxDialogParts) {
    this.#parts = parts;
    this.#submission = new FormSubmission(parts.host);
    this.#inbox = new QueryController<Inbox, readonly [CaseClient | undefined, string | undefined]>(
      parts.host,
      () => [parts.client(), this.#entry?.inbox.id] as const,
      (client, id) => (id === undefined ? undefined : client?.queries.inbox(id)),
    );
  }

  get dirty(): boolean {
    return this.#entry !== undefined && this.#personId !== (this.#entry.owner?.id ?? '');
  }

  begin(entry: InboxEntry): void {
    this.#submission.reset();
    this.#entry = entry;
    this.#now = undefined;
    this.#personId = entry.owner?.id ?? '';
  }

  title(): string {
    return msg('Assign to a member', { id: 'inbox-table.assign.title' });
  }

  about(): string {
    return this.#entry ? entryTitle(this.#entry) : '';
  }

  renderBody(): unknown {
    const { data, state } = { data: this.#inbox.data, state: this.#inbox.state };
    if (!data) return renderWaiting(state, () => void this.#inbox.refetch());
    const { failure, errors } = this.#submission;
    return html`${
      failure === undefined
        ? nothing
        : html`<p class="banner critical" role="alert">
            ${icon('alert')}<span class="grow" dir="auto"
              >${workFailure(failure, this.about(), this.#now)}</span
            >
          </p>`
    }
    ${renderSelect({
      name: 'personId',
      label: msg('Member', { id: 'inbox-table.assign.member' }),
      required: true,
      value: this.#personId,
      error: errors['personId']?.(),
      placeholder: msg('Choose a member', { id: 'inbox-table.assign.choose' }),
      hint: msg('Those who may read this inbox.', { id: 'inbox-table.assign.hint' }),
      options: (data.members ?? [])
        .filter(({ rights }) => rights.includes('read'))
        .map(({ person }) => ({ value: person.id, label: personName(person) })),
      onChange: (id) => {
        this.#personId = id;
        this.#submission.touch('personId');
        this.#parts.host.requestUpdate();
      },
    })}`;
  }

  renderButtons(): unknown {
    return html`<button class="button" type="button" @click=${this.#parts.leave}>
        ${msg('Cancel', { id: 'action.cancel' })}
      </button>
      <button class="button primary" type="submit" aria-busy=${this.#submission.busy ? 'true' : 'false'}>
        ${msg('Assign', { id: 'inbox-table.assign.do' })}
      </button>`;
  }

  async submit(): Promise<void> {
    const { client: from, work, close, reload, host } = this.#parts;
    const client = from();
    const entry = this.#entry;
    const personId = this.#personId;
    if (!client || !entry || this.#submission.busy) return;
    if (!this.#submission.accept(personId === '' ? { personId: memberRequired } : {})) return;
    const title = entryTitle(entry);
    const now = await this.#submission.send({
      values: [entry.id, personId],
      place: (field) => (field === 'personId' ? field : undefined),
      say: assignErrorText,
      write: (idempotencyKey) => client.inboxEntries.assign(entry.id, { personId }, { idempotencyKey }),
    });
    if (now) {
      if (this.#entry === entry) close();
      const name = personName(now.owner);
      work.done(entry, now, () => msg(str`“${title}” is ${name}’s now.`, { id: 'inbox-table.done.assign' }));
    } else if (isOutdated(this.#submission.failure)) {
      this.#now = await work.now(entry);
      host.requestUpdate();
      await reload();
    }
  }

  end(): void {
    this.#entry = undefined;
    this.#submission.reset();
  }
}

function memberRequired(): string {
  return msg('Choose a member.', { id: 'inbox-table.assign.required' });
}

function assignErrorText(error: FieldError): string {
  if (error.code === 'required') return memberRequired();
  if (error.code === 'not_a_member')
    return msg('Only who may read this inbox can own what is in it. Choose somebody else.', {
      id: 'inbox-table.assign.not-a-member',
    });
  return fieldErrorText(error);
}
