import { consume } from '@lit/context';
import { msg } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';

import type { CaseClient } from '../../src/client/client.js';
import type { Case } from '../../src/contract/cases.js';
import type { NewNote, NoteVisibility } from '../../src/contract/notes.js';
import type { Session } from '../../src/contract/session.js';
import { isConflictError, isForbiddenError, isGoneError, isNotFoundError } from '../../src/errors.js';
import { AttachmentTray, UnsentFilesError, type TrayContext } from '../shared/attachment-tray.js';
import { clientContext } from '../shared/client-context.js';
import { controls } from '../shared/controls.styles.js';
import type { Sentence } from '../shared/field-errors.js';
import { FormSubmission } from '../shared/form-submission.js';
import { personOf } from '../shared/person.js';
import { QueryController } from '../shared/query-controller.js';
import { localized } from '../shared/localization.js';
import { tokens } from '../shared/tokens.styles.js';
import { writing } from '../shared/writing.styles.js';
import { checkNote, fieldPlace, sentText } from './composer-checks.js';
import { audienceOf, composerRules, type ComposerRules } from './composer-rules.js';
import { renderClosed, renderRefused, renderSkeleton, renderUnavailable } from './composer-states.js';
import { renderForm, type ComposerView } from './composer-view.js';
import { DraftController } from './draft-controller.js';
import {
  CaseReopenRequestEvent,
  NoteCreateEvent,
  NoteSubmitEvent,
  ShareRequestEvent,
} from './note-composer.events.js';
import { styles } from './note-composer.styles.js';
import { isEmptyDraft, newDraft, readNoteDraft, type NoteDraft } from './note-draft.js';

const praise = 8000;

/**
 * Adds a note to a case: an agent's, internal unless told otherwise, or a customer's reply (CC-35 to CC-37).
 *
 * Keeps what is typed as a draft of this case and person, uploads files as they are added, sends once however often it
 * is pressed, and keeps everything when sending fails. Says who will read the note, and who may not write one why.
 *
 * @element note-composer
 * @fires {NoteSubmitEvent} note-submit - The note is about to be sent; `preventDefault()` keeps it.
 * @fires {NoteCreateEvent} note-create - The note was added.
 * @fires {CaseReopenRequestEvent} case-reopen-request - The writer wants the closed case open again;
 *   `preventDefault()` keeps the edit panel from opening.
 * @fires {CaseCloseEvent} case-close - In the edit panel a case is about to be closed; cancelable.
 * @fires {CaseReopenEvent} case-reopen - In the edit panel a case is about to be reopened; cancelable.
 * @fires {CaseSaveEvent} case-save - In the edit panel the edits are about to be saved; cancelable.
 * @fires {CaseChangeEvent} case-change - The edit panel changed the case and has closed.
 * @fires {ShareRequestEvent} share-request - Somebody else is to read the case: wanted in the place of a copy by address.
 * @csspart form - What is written in.
 * @csspart audience - The choice of who will read the note.
 * @csspart text - The text field.
 * @csspart field - A label with its control and messages.
 * @csspart submit - The button that sends.
 * @csspart message - The sentence shown where nothing may be written.
 */
@localized()
export class NoteComposer extends LitElement {
  static override styles = [tokens, controls, writing, styles];

  /** Where notes are sent. Set by the surrounding `<case-provider>`, or by hand. */
  @consume({ context: clientContext, subscribe: true })
  @property({ attribute: false })
  client: CaseClient | undefined;

  /** The case the note is for. */
  @property({ attribute: 'case-id' }) caseId: string | undefined;

  @state() private draft = newDraft();
  @state() private discarded: NoteDraft | undefined;
  @state() private result: Sentence | undefined;
  @state() private dropping = false;
  @state() private begun = false;
  @state() private reopening = false;

  @query('#edit') private panel!: HTMLElementTagNameMap['case-edit-panel'] | null;
  @query('textarea') private textField!: HTMLTextAreaElement | null;

  readonly #case = new QueryController(
    this,
    () => [this.client, this.caseId] as const,
    (client, caseId) => (caseId ? client?.queries.case(caseId) : undefined),
  );
  readonly #session = new QueryController(
    this,
    () => [this.client] as const,
    (client) => client?.queries.session(),
  );
  readonly #drafts = new DraftController<NoteDraft>(
    this,
    (value) => this.#restore(value),
    () => personOf(this.#session.data),
  );
  readonly #tray = new AttachmentTray(this, () => this.#change({ attachments: this.#tray.stored }));
  readonly #submission = new FormSubmission(this);
  #resultTimer: ReturnType<typeof setTimeout> | undefined;

  /** Reads the kept draft again, for when it was changed elsewhere. */
  reloadDraft(): void {
    this.#drafts.reload();
  }

  /** What is typed and not sent; `undefined` when nothing is. */
  get unsent(): string | undefined {
    return this.draft.text.trim() || undefined;
  }

  /** Keeps what is typed at once, instead of after a pause. */
  saveDraft(): void {
    this.#drafts.flush();
  }

  /** Sends the note as its button does; answers whether it was added. */
  async submit(): Promise<boolean> {
    const record = this.#case.data;
    const session = this.#session.data;
    if (!record || !session) return false;
    return this.#send(record, session, composerRules(record, session));
  }

  /** Throws away what is typed and not sent, the kept draft too. */
  discard(): void {
    this.#reset();
    this.#drafts.change(undefined);
    this.#drafts.flush();
  }

  /** Puts the focus into the text field. */
  override focus(options?: FocusOptions): void {
    this.textField?.focus(options);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#resultTimer);
  }

  // Not in willUpdate: the controllers take up a changed case or person only after it.
  protected override update(changed: PropertyValues<this>): void {
    const session = this.#session.data;
    const actor = session?.actor;
    const place =
      this.client && this.caseId && actor
        ? {
            store: this.client.drafts,
            key: {
              caseId: this.caseId,
              kind: actor.kind === 'agent' ? ('note' as const) : ('reply' as const),
            },
            actorId: personOf(session) ?? '',
          }
        : undefined;
    if (this.#drafts.follow(place)) {
      this.#reset();
      this.begun = false;
    }
    super.update(changed);
  }

  protected override render(): unknown {
    if (!this.caseId) return nothing;
    const record = this.#case.data;
    const session = this.#session.data;
    const error = this.#case.state.error ?? this.#session.state.error;
    if (error && (!record || !session || isNotFoundError(error) || isGoneError(error)))
      return renderUnavailable(error, this.#retry);
    if (!record || !session) return renderSkeleton();
    const rules = composerRules(record, session);
    const kept = !isEmptyDraft(this.draft);
    const notice =
      rules.state === 'closed'
        ? renderClosed({
            record,
            rules,
            kept,
            reopen: () => void this.#reopen(),
          })
        : rules.state === 'refused'
          ? renderRefused(rules, kept)
          : nothing;
    const form = rules.state === 'write' || kept ? renderForm(this.#view(record, session, rules)) : nothing;
    return html`${notice}${form}
      <p class="visually-hidden" role="status">${this.result?.()}</p>
      ${this.reopening ? html`<case-edit-panel id="edit"></case-edit-panel>` : nothing}`;
  }

  #view(record: Case, session: Session, rules: ComposerRules): ComposerView {
    const { draft } = this;
    const audience = audienceOf(draft, rules);
    const reader = record.requester && !record.requester.former ? record.requester : record.customer;
    return {
      draft,
      rules,
      audience,
      reader: reader?.name,
      settings: session.settings,
      errors: this.#submission.errors,
      failure: this.#submission.failure,
      busy: this.#submission.busy,
      draftState: this.#drafts.state,
      items: this.#tray.items,
      refusals: this.#tray.refusals,
      discarded: this.discarded !== undefined,
      result: this.result?.(),
      dropping: this.dropping,
      begun: this.begun,
      closed: record.status === 'closed',
      begin: () => (this.begun = true),
      // From the first word on the text is for whom it is being written.
      change: (change) => this.#change({ visibility: audience, ...change }),
      share: () => {
        const event = new ShareRequestEvent(record.id);
        this.dispatchEvent(event);
      },
      send: () => void this.#send(record, session, rules),
      add: (files) => {
        this.#drafts.touch();
        this.#tray.add(files, this.#trayContext(session));
      },
      retry: (key) => this.#tray.retry(key, this.#trayContext(session)),
      remove: (key) => {
        this.#tray.remove(key);
        this.focus();
      },
      discard: () => this.#discard(),
      undo: () => this.#undo(),
      drag: (over) => (this.dropping = over),
    };
  }

  #trayContext(session: Session): TrayContext {
    if (!this.client) throw new Error('A file was added to a composer without a client.');
    return {
      attachments: this.client.attachments,
      limits: session.settings.limits,
    };
  }

  #change(change: Partial<NoteDraft>): void {
    // Another note from here on: under the old key the server would answer with the old one.
    this.draft = { ...this.draft, ...change, idempotencyKey: crypto.randomUUID() };
    this.discarded = undefined;
    this.#say();
    this.#submission.touch(...Object.keys(change));
    this.#drafts.change(isEmptyDraft(this.draft) ? undefined : this.draft);
  }

  #restore(value: unknown): boolean {
    const draft = readNoteDraft(value, this.draft);
    if (this.#submission.busy) return false;
    this.draft = draft ?? newDraft();
    this.#tray.restore(this.draft.attachments);
    return draft !== undefined;
  }

  #reset(): void {
    this.draft = newDraft();
    this.discarded = undefined;
    this.#tray.clear();
    this.#submission.reset();
    this.#say();
  }

  #discard(): void {
    const { draft } = this;
    this.discard();
    this.draft = { ...this.draft, visibility: draft.visibility };
    this.discarded = draft;
    this.#say(() => msg('Draft discarded.', { id: 'note-composer.discarded' }));
    this.focus();
  }

  #undo(): void {
    if (!this.discarded) return;
    const draft = this.discarded;
    this.#tray.restore(draft.attachments);
    this.#change(draft);
    this.focus();
  }

  async #send(record: Case, session: Session, rules: ComposerRules): Promise<boolean> {
    if (this.#submission.busy || rules.state !== 'write' || !this.client) return false;
    const { client, draft } = this;
    const visibility = audienceOf(draft, rules);
    if (rules.refusals[visibility] !== undefined) return false;
    if (!this.#submission.accept(checkNote(draft, rules, session.settings))) return false;
    const submit = new NoteSubmitEvent(record.id);
    if (!this.dispatchEvent(submit)) return false;
    const writing = this.shadowRoot?.activeElement;
    const note = await this.#submission.send({
      values: draft.idempotencyKey,
      place: (field) => fieldPlace(field, rules),
      write: async () => {
        await this.#tray.settled();
        if (record.id !== this.caseId) throw new DOMException('Another case is shown.', 'AbortError');
        if (this.#tray.failed) throw new UnsentFilesError();
        const input: NewNote = {
          visibility,
          ...(rules.agent && { subject: draft.subject }),
          text: draft.text,
          attachmentIds: this.#tray.stored.map(({ id }) => id),
        };
        this.#drafts.flush();
        return client.notes.create(record.id, input, { idempotencyKey: this.draft.idempotencyKey });
      },
    });
    if (note) this.#created(record.id, note.id, visibility, rules);
    else this.#readAgain(this.#submission.failure);
    await this.#refocus(note ? this.textField : writing, writing);
    return note !== undefined;
  }

  /**
   * A field that waits for an answer loses the focus, though not before the next frame: whoever writes goes on, and
   * whoever has left is let go.
   */
  async #refocus(field: Element | null | undefined, writing: Element | null | undefined): Promise<void> {
    await this.updateComplete;
    const stayed = writing && this.shadowRoot?.activeElement === writing;
    if ((stayed || document.activeElement === document.body) && field instanceof HTMLElement) field.focus();
  }

  #created(caseId: string, noteId: string, visibility: NoteVisibility, rules: ComposerRules): void {
    const created = new NoteCreateEvent(caseId, noteId);
    if (caseId === this.caseId) {
      this.#reset();
      this.draft = { ...this.draft, visibility };
      this.#drafts.change(undefined);
      this.#drafts.flush();
      this.#say(() => sentText(visibility));
      this.#resultTimer = setTimeout(() => this.#say(), praise);
    } else void this.client?.drafts.discard({ caseId, kind: rules.agent ? 'note' : 'reply' });
    this.dispatchEvent(created);
  }

  /** A refusal by state or right means that the record shown is out of date: the new one says what can be done. */
  #readAgain(failure: unknown): void {
    if (isConflictError(failure) || isForbiddenError(failure)) void this.#case.refetch();
  }

  #say(text?: Sentence): void {
    clearTimeout(this.#resultTimer);
    this.result = text;
  }

  readonly #retry = (): void => {
    void this.#case.refetch();
    void this.#session.refetch();
  };

  readonly #reopen = async (): Promise<void> => {
    const { caseId } = this;
    if (!caseId) return;
    const event = new CaseReopenRequestEvent(caseId);
    if (!this.dispatchEvent(event)) return;
    this.reopening = true;
    await this.updateComplete;
    this.panel?.open({ caseId, section: 'status' });
  };
}
