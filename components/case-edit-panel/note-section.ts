import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import * as z from 'zod/mini';

import { attachmentSchema, type Attachment } from '../../src/contract/attachments.js';
import type { NewNote, NoteVisibility } from '../../src/contract/notes.js';
import { optionsOf } from '../shared/case-fields.js';
import { choosable } from '../shared/choices.js';
import { Draft } from '../shared/draft.js';
import { tooLongText, type Sentence } from '../shared/field-errors.js';
import { renderSelect, renderTextarea } from '../shared/fields.js';
import { FormSubmission } from '../shared/form-submission.js';
import { caseIcon } from '../shared/case-icons.js';
import { icon } from '../shared/icons.js';
import { NoteSubmitEvent } from '../shared/note-submit.events.js';
import { personName } from '../shared/person.js';
import { refusalText } from '../shared/verdict.js';
import type { PanelLink, PanelScope, PanelSection } from './panel-section.js';

/** As a `<note-composer>` keeps it: both write the same draft of a case, and files added there are sent from here too. */
interface NoteValues {
  readonly visibility: NoteVisibility;
  readonly subject: string;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** Of this text alone, and kept with it: sent again after a reload, here or there, it is still one note (E-DUP). */
  readonly idempotencyKey: string;
}

const empty: NoteValues = {
  visibility: 'internal',
  subject: '',
  text: '',
  attachments: [],
  idempotencyKey: '',
};
const attachmentsSchema = z.array(attachmentSchema);
const places: readonly string[] = ['subject', 'text', 'visibility'];

/** Adds a note to the case: whose eyes it is for, a subject from the list, the text (CC-35 to CC-37). */
export class NoteSection implements PanelSection {
  readonly submission: FormSubmission;
  readonly draft: Draft;
  readonly #link: PanelLink;
  #values = empty;
  #start = empty;
  #restored: NoteValues | undefined;

  constructor(link: PanelLink) {
    this.#link = link;
    this.submission = new FormSubmission(link.host);
    this.draft = new Draft(link.host, link.client);
  }

  get dirty(): boolean {
    // What came back untouched stays kept, here and in the composer, so nothing would be lost.
    if (this.#values === this.#restored) return false;
    return !isEmpty(this.#values);
  }

  get restored(): boolean {
    return this.#restored !== undefined;
  }

  label(): string {
    return msg('Note', { id: 'panel.note' });
  }

  refusal(scope: PanelScope): string | undefined {
    if (visibilities(scope).length > 0) return undefined;
    const { addInternalNote, reply } = scope.record.permissions;
    return refusalText(scope.session.actor.kind === 'agent' ? addInternalNote : reply);
  }

  begin(scope: PanelScope): void {
    this.#start = { ...empty, visibility: visibilities(scope)[0] ?? 'internal', ...newKey() };
    this.#values = this.#start;
    this.#restored = undefined;
    this.submission.reset();
    void this.#restore(scope);
  }

  follow(): void {
    // Nothing typed here depends on what the case holds.
  }

  end(): void {
    this.draft.flush();
    this.#values = empty;
  }

  clear(): void {
    this.draft.discard();
    this.#start = { ...this.#start, ...newKey() };
    this.#values = this.#start;
    this.#restored = undefined;
    this.submission.reset();
  }

  action(): string {
    return this.#values.visibility === 'internal'
      ? msg('Add internal note', { id: 'panel.note.add-internal' })
      : msg('Add note for the customer', { id: 'panel.note.add-public' });
  }

  render(scope: PanelScope): TemplateResult {
    const { settings, actor } = scope.session;
    const { errors } = this.submission;
    const internal = this.#values.visibility === 'internal';
    return html`<div class=${internal ? 'paper internal' : 'paper'}>
      ${this.#renderVisibility(scope)}
      ${
        actor.kind === 'agent'
          ? renderSelect({
              name: 'subject',
              label: msg('Note subject', { id: 'panel.note.subject' }),
              required: true,
              error: errors.subject?.(),
              value: this.#values.subject,
              placeholder: msg('Choose a subject', { id: 'panel.note.subject.choose' }),
              options: optionsOf(settings, 'noteSubjects'),
              onChange: (subject) => this.#edit({ subject }),
            })
          : nothing
      }
      ${renderTextarea({
        name: 'text',
        label: internal
          ? msg('Note for colleagues', { id: 'panel.note.text.internal' })
          : msg('Note for the customer', { id: 'panel.note.text.public' }),
        required: true,
        wide: true,
        error: errors.text?.(),
        value: this.#values.text,
        limit: settings.limits.noteText,
        onChange: (text) => this.#edit({ text }),
      })}
      ${
        this.#values.attachments.length > 0
          ? html`<p class="hint">
              ${caseIcon('attachment')} ${this.#values.attachments.map(({ name }) => name).join(', ')}
            </p>`
          : nothing
      }
    </div>`;
  }

  #renderVisibility(scope: PanelScope): unknown {
    const offered = visibilities(scope);
    if (offered.length < 2) return nothing;
    const { requester } = scope.record;
    const name = requester ? personName(requester) : '';
    return html`<fieldset class="segments">
      <legend class="label">${msg('Who may read it', { id: 'panel.note.visibility' })}</legend>
      ${offered.map(
        (visibility) =>
          html`<label>
            <input
              type="radio"
              name="visibility"
              value=${visibility}
              .checked=${visibility === this.#values.visibility}
              @change=${() => this.#edit({ visibility })}
            />
            <span
              >${
                visibility === 'internal'
                  ? html`${icon('lock')} ${msg('Internal note', { id: 'visibility.internal' })}`
                  : html`${caseIcon('eye')} ${msg('Customer sees this', { id: 'visibility.public' })}`
              }</span
            >
          </label>`,
      )}
      <p class="hint">
        ${
          this.#values.visibility === 'internal'
            ? msg('Only colleagues read this.', { id: 'panel.note.internal.hint' })
            : name
              ? msg(str`${name} reads this.`, { id: 'panel.note.public.hint.name' })
              : msg('The customer reads this.', { id: 'panel.note.public.hint' })
        }
      </p>
    </fieldset>`;
  }

  async submit({ client, session, record }: PanelScope): Promise<'note' | undefined> {
    const values = this.#values;
    const agent = session.actor.kind === 'agent';
    const { noteText } = session.settings.limits;
    const errors: Record<string, Sentence> = {};
    // One that left the list while it stood chosen shows as none.
    const known = choosable(session.settings, 'noteSubjects').some(({ id }) => id === values.subject);
    if (agent && !known)
      errors.subject = () => msg('Choose what this note is about.', { id: 'panel.note.subject.required' });
    if (!values.text.trim()) errors.text = () => msg('Write the note.', { id: 'panel.note.text.required' });
    else if (values.text.length > noteText) errors.text = () => tooLongText(noteText);
    if (!this.submission.accept(errors)) return undefined;
    const event = new NoteSubmitEvent(record.id);
    if (!this.#link.host.dispatchEvent(event)) return undefined;
    const input: NewNote = {
      visibility: values.visibility,
      text: values.text,
      ...(agent && { subject: values.subject }),
      attachmentIds: values.attachments.map(({ id }) => id),
    };
    const { idempotencyKey } = values;
    const note = await this.submission.send({
      values: idempotencyKey,
      place: (field) => (places.includes(field) ? field : undefined),
      write: () => client.notes.create(record.id, input, { idempotencyKey }),
    });
    return note && 'note';
  }

  #edit(change: Partial<NoteValues>): void {
    // A key of its own for each state of the note: what has changed is another note to send.
    this.#values = { ...this.#values, ...change, ...newKey() };
    this.submission.touch(...Object.keys(change));
    if (!isEmpty(this.#values)) this.draft.save(this.#values);
    else this.draft.discard();
    this.#link.host.requestUpdate();
  }

  async #restore(scope: PanelScope): Promise<void> {
    const kept = parseNote(
      await this.draft.open({
        caseId: scope.record.id,
        kind: scope.session.actor.kind === 'agent' ? 'note' : 'reply',
      }),
    );
    if (!kept || this.#values !== this.#start) return;
    const visibility = visibilities(scope).includes(kept.visibility)
      ? kept.visibility
      : this.#start.visibility;
    this.#values = { ...kept, visibility, ...(visibility !== kept.visibility && newKey()) };
    this.#restored = this.#values;
    this.#link.host.requestUpdate();
  }
}

function newKey(): Pick<NoteValues, 'idempotencyKey'> {
  return { idempotencyKey: crypto.randomUUID() };
}

function isEmpty({ text, subject, attachments }: NoteValues): boolean {
  return text === '' && subject === '' && attachments.length === 0;
}

/** Who may be written to: internal first, because it is the narrower one. */
function visibilities({ record, session }: PanelScope): readonly NoteVisibility[] {
  const { addInternalNote, reply } = record.permissions;
  const internal =
    addInternalNote?.allowed && session.capabilities.internalNotes && session.actor.kind === 'agent';
  return [...(internal ? (['internal'] as const) : []), ...(reply?.allowed ? (['public'] as const) : [])];
}

function parseNote(kept: unknown): NoteValues | undefined {
  if (!kept || typeof kept !== 'object') return undefined;
  const text = (name: string) => {
    const value: unknown = Reflect.get(kept, name);
    return typeof value === 'string' ? value : '';
  };
  const values: NoteValues = {
    visibility: text('visibility') === 'public' ? 'public' : 'internal',
    subject: text('subject'),
    text: text('text'),
    attachments: z.safeParse(attachmentsSchema, Reflect.get(kept, 'attachments')).data ?? [],
    idempotencyKey: text('idempotencyKey') || newKey().idempotencyKey,
  };
  return values.text || values.subject || values.attachments.length > 0 ? values : undefined;
}
