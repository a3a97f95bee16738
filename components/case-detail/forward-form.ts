import { msg } from '@lit/localize';
import { html, nothing, type LitElement, type TemplateResult } from 'lit';

import type { CaseClient } from '../../src/client/client.js';
import type { Case } from '../../src/contract/cases.js';
import type { Person } from '../../src/contract/people.js';
import { failureText } from '../shared/failure.js';
import { requiredText } from '../shared/field-errors.js';
import { renderLegend, renderTextarea } from '../shared/fields.js';
import { FormSubmission } from '../shared/form-submission.js';
import { icon } from '../shared/icons.js';
import { RecordPicker } from '../shared/record-picker.js';

const shown = 10;

/** Passes a case on to a colleague: a private note that tells them of it. Nobody outside is written to (DE-07). */
export class ForwardForm {
  readonly #host: LitElement;
  readonly #client: () => CaseClient | undefined;
  readonly #done: (to: string) => void;
  readonly #submission: FormSubmission;
  readonly #picker: RecordPicker<Person>;
  #to: Person | undefined;
  #text = '';

  /** `done` is told to whom. */
  constructor(host: LitElement, client: () => CaseClient | undefined, done: (to: string) => void) {
    this.#host = host;
    this.#client = client;
    this.#done = done;
    this.#submission = new FormSubmission(host);
    this.#picker = new RecordPicker<Person>({
      host,
      client,
      name: 'to',
      list: 'colleagues',
      search: (from, term) => from.queries.people({ kind: 'agent', limit: shown, ...(term && { q: term }) }),
      keyOf: ({ id }) => id,
      onPick: (person) => {
        this.#to = person;
        this.#submission.touch('to');
      },
    });
  }

  /** Something typed would be lost. */
  get dirty(): boolean {
    return this.#text.trim() !== '' || this.#picker.text !== '';
  }

  clear(): void {
    this.#text = '';
    this.#to = undefined;
    this.#picker.show(undefined);
    this.#submission.reset();
  }

  render({ id }: Case, title: string): TemplateResult {
    const { errors, failure, busy } = this.#submission;
    return html`<form
      class="forward"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault();
        void this.#send(id);
      }}
    >
      <h3>${title}</h3>
      <p class="hint">
        ${msg(
          'Your colleague is told, and your words are kept as a private note. The customer sees neither.',
          {
            id: 'forward.hint',
          },
        )}
      </p>
      ${
        failure === undefined
          ? nothing
          : html`<p class="banner critical" role="alert">
              ${icon('alert')}<span class="grow">${failureText(failure)}</span>
            </p>`
      }
      ${renderLegend()}
      ${this.#picker.render({
        name: 'to',
        label: msg('To', { id: 'forward.to' }),
        required: true,
        error: errors['to']?.(),
        placeholder: msg('Name or work e-mail address', { id: 'forward.to.placeholder' }),
        listLabel: msg('Agents', { id: 'bulk.agents' }),
        none: msg('No agent matches.', { id: 'bulk.agents.none' }),
        renderRecord: ({ name }) => html`<span class="name" dir="auto">${name}</span>`,
      })}
      ${renderTextarea({
        name: 'forward-text',
        label: msg('What should they know?', { id: 'forward.text' }),
        required: true,
        error: errors['text']?.(),
        value: this.#text,
        onChange: (text) => {
          this.#text = text;
          this.#submission.touch('text');
          this.#host.requestUpdate();
        },
      })}
      <div class="actions">
        <button class="button primary" type="submit" aria-busy=${busy ? 'true' : 'false'}>
          ${msg('Forward', { id: 'forward.send' })}
        </button>
      </div>
    </form>`;
  }

  async #send(caseId: string): Promise<void> {
    const client = this.#client();
    if (!client || this.#submission.busy) return;
    this.#picker.settle();
    const to = this.#to?.id ?? this.#picker.text.trim();
    const text = this.#text;
    const complete = this.#submission.accept({
      ...(!to && { to: () => requiredText('to') }),
      ...(!text.trim() && { text: () => requiredText('text') }),
    });
    if (!complete) return;
    const name = this.#to?.name ?? to;
    const note = await this.#submission.send({
      values: [caseId, to, text],
      place: (field) => (field === 'to' || field === 'text' ? field : undefined),
      write: (idempotencyKey) => client.cases.forward(caseId, { to, text }, { idempotencyKey }),
    });
    if (!note) return;
    this.clear();
    this.#done(name);
  }
}
