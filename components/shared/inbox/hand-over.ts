import { msg } from '@lit/localize';
import { html, type LitElement, type TemplateResult } from 'lit';

import type { CaseClient } from '../../../src/client/client.js';
import type { NamedRef } from '../../../src/contract/common.js';
import type { ForwardEntry } from '../../../src/contract/inbox-entries.js';
import type { FieldError } from '../../../src/contract/problem.js';
import type { DueType, Settings } from '../../../src/contract/settings.js';
import { CandidateSearch } from '../candidate-search.js';
import { fieldErrorText, tooLongText, type FieldErrors, type Sentence } from '../field-errors.js';
import { renderInput, renderSelect, renderTextarea } from '../fields.js';
import { toLocalDate } from '../format.js';
import { FormSubmission } from '../form-submission.js';
import { RecordPicker } from '../record-picker.js';

const offered = 10;

/** How long a message to an inbox may be, in characters (IB-16). */
export const messageLimit = 2000;

/** The fields of what is handed over, as they are named on the wire. */
export const handOverFields = ['inboxId', 'dueType', 'dueOn', 'message'] as const;

/** What is fixed about a form that hands something over to an inbox. */
export interface HandOverLink {
  readonly host: LitElement;
  readonly client: () => CaseClient | undefined;
  /** Something that goes on from one inbox to another needs a message (decision 1). */
  readonly messageRequired: boolean;
  /** The entry that is forwarded: its own inbox is not offered (IB-13). */
  readonly entryId?: () => string | undefined;
}

/** To which inbox something goes, what is due when, and why: the fields of putting a case there and of forwarding. */
export class HandOver {
  readonly submission: FormSubmission;
  readonly #link: HandOverLink;
  readonly #picker: RecordPicker<NamedRef>;
  #inbox: NamedRef | undefined;
  #dueType = '';
  #dueOn = '';
  #message = '';

  constructor(link: HandOverLink) {
    const { host, client } = link;
    this.#link = link;
    this.submission = new FormSubmission(host);
    this.#picker = new RecordPicker<NamedRef>({
      host,
      client,
      name: 'inboxId',
      list: 'inboxes',
      search: (from, term) => new CandidateSearch((signal) => this.#find(from, term, signal)),
      keyOf: ({ id }) => id,
      onPick: (inbox) => {
        this.#inbox = inbox;
        this.submission.touch('inboxId');
        host.requestUpdate();
      },
    });
  }

  /** Something typed or chosen would be lost. */
  get dirty(): boolean {
    return this.#picker.text !== '' || this.#dueType !== '' || this.#dueOn !== '' || this.#message !== '';
  }

  /** What the chosen inbox is called. */
  get inboxName(): string {
    return this.#inbox?.name ?? '';
  }

  clear(): void {
    this.#picker.show(undefined);
    this.#inbox = undefined;
    this.#dueType = this.#dueOn = this.#message = '';
    this.submission.reset();
  }

  /** What the client can already tell is wrong, all of it at once (IB-17); answers what is sent when nothing is. */
  accept(settings: Settings): ForwardEntry | undefined {
    this.#picker.settle();
    return this.submission.accept(this.#check(settings)) ? this.#input(settings) : undefined;
  }

  /** Where the server's word about a field belongs. */
  readonly place = (field: string): string | undefined => handOverFields.find((known) => known === field);

  readonly say = (error: FieldError): string => handOverErrorText(error);

  render(settings: Settings): TemplateResult {
    const { errors } = this.submission;
    const dueType = this.#dueTypeOf(settings);
    return html`${this.#picker.render({
      name: 'inboxId',
      label: msg('Inbox', { id: 'inbox.field.inbox' }),
      required: true,
      error: errors['inboxId']?.(),
      placeholder: msg('Name of an inbox', { id: 'inbox.field.inbox.placeholder' }),
      listLabel: msg('Inboxes', { id: 'inbox.field.inboxes' }),
      none: msg('No inbox matches.', { id: 'inbox.field.inbox.none' }),
      renderRecord: ({ name }) => html`<span class="name" dir="auto">${name}</span>`,
    })}
    ${renderSelect({
      name: 'dueType',
      label: msg('Due type', { id: 'inbox.field.due-type' }),
      value: dueType ? this.#dueType : '',
      error: errors['dueType']?.(),
      placeholder: msg('Nothing is due', { id: 'inbox.field.due-type.none' }),
      options: activeDueTypes(settings).map(({ id, label }) => ({ value: id, label })),
      onChange: (id) => this.#edit(() => (this.#dueType = id), 'dueType', 'dueOn'),
    })}
    ${
      dueType?.dateRequired
        ? renderInput({
            name: 'dueOn',
            type: 'date',
            label: msg('Due date', { id: 'inbox.field.due-on' }),
            required: true,
            value: this.#dueOn,
            error: errors['dueOn']?.(),
            onChange: (date) => this.#edit(() => (this.#dueOn = date), 'dueOn'),
          })
        : ''
    }
    ${renderTextarea({
      name: 'message',
      label: msg('Message', { id: 'inbox.field.message' }),
      required: this.#link.messageRequired,
      wide: true,
      value: this.#message,
      limit: messageLimit,
      hint: msg('For whoever takes it there. Customers do not see it.', { id: 'inbox.field.message.hint' }),
      error: errors['message']?.(),
      onChange: (text) => this.#edit(() => (this.#message = text), 'message'),
    })}`;
  }

  async #find(client: CaseClient, term: string, signal: AbortSignal): Promise<readonly NamedRef[]> {
    const entryId = this.#link.entryId?.();
    const query = { limit: offered, ...(term && { q: term }), ...(entryId && { entryId }) };
    return (await client.inboxes.targets(query, { signal })).items;
  }

  #edit(change: () => void, ...fields: readonly string[]): void {
    change();
    this.submission.touch(...fields);
    this.#link.host.requestUpdate();
  }

  #dueTypeOf(settings: Settings): DueType | undefined {
    return activeDueTypes(settings).find(({ id }) => id === this.#dueType);
  }

  #check(settings: Settings): FieldErrors {
    const errors: Record<string, Sentence> = {};
    if (!this.#inbox)
      errors['inboxId'] = this.#picker.text.trim()
        ? () => msg('No inbox has this name. Choose one from the list.', { id: 'inbox.error.unknown' })
        : inboxRequired;
    if (this.#dueTypeOf(settings)?.dateRequired) {
      if (!this.#dueOn) errors['dueOn'] = dateRequired;
      else if (this.#dueOn < toLocalDate(new Date())) errors['dueOn'] = dateInThePast;
    }
    if (this.#message.length > messageLimit) errors['message'] = () => tooLongText(messageLimit);
    else if (this.#link.messageRequired && !this.#message.trim()) errors['message'] = messageRequired;
    return errors;
  }

  #input(settings: Settings): ForwardEntry {
    const dueType = this.#dueTypeOf(settings);
    return {
      ...(this.#inbox && { inboxId: this.#inbox.id }),
      ...(dueType && { dueType: dueType.id }),
      ...(dueType?.dateRequired && { dueOn: this.#dueOn }),
      message: this.#message.trim(),
    };
  }
}

/** The due types that may be chosen. */
export function activeDueTypes(settings: Settings): readonly DueType[] {
  return settings.dueTypes.filter(({ retired }) => !retired);
}

/** The server's word about a field of what is handed over. */
export function handOverErrorText(error: FieldError): string {
  const field = error.field.split('.').at(-1);
  if (error.code === 'required') {
    if (field === 'inboxId') return inboxRequired();
    if (field === 'dueOn') return dateRequired();
    if (field === 'message') return messageRequired();
  }
  switch (error.code) {
    case 'same_inbox':
      return msg('It is in this inbox already. Choose another.', { id: 'inbox.error.same' });
    case 'in_the_past':
      return dateInThePast();
    case 'date_not_expected':
      return msg('This due type takes no date.', { id: 'inbox.error.date-not-expected' });
    default:
      return fieldErrorText(error);
  }
}

function inboxRequired(): string {
  return msg('Choose an inbox.', { id: 'inbox.error.required' });
}

function dateRequired(): string {
  return msg('Enter the due date.', { id: 'inbox.error.date-required' });
}

function dateInThePast(): string {
  return msg('This date is past. Choose today or later.', { id: 'inbox.error.past' });
}

function messageRequired(): string {
  return msg('Say what is to be done.', { id: 'inbox.error.message-required' });
}
