import { html, nothing, type LitElement, type ReactiveController, type TemplateResult } from 'lit';

import type { CaseClient } from '../../src/client/client.js';
import type { Customer } from '../../src/contract/customers.js';
import type { Session } from '../../src/contract/session.js';
import { clearUnfinishedDate, hasUnfinishedDate, renderCaseFields } from '../shared/case-fields.js';
import { changedFields, checkCase, type CaseValues } from '../shared/case-values.js';
import {
  checkClosing,
  emptyClosing,
  isClosingTouched,
  type ClosingValues,
} from '../shared/closing-fields.js';
import { Draft } from '../shared/draft.js';
import { notADateText, requiredText } from '../shared/field-errors.js';
import { renderLegend } from '../shared/fields.js';
import { FormSubmission } from '../shared/form-submission.js';
import { LinkField } from '../shared/host-actions/link-field.js';
import type { Modal } from '../shared/modal.js';
import { personOf } from '../shared/person.js';
import { ProjectPicker } from '../shared/project-picker.js';
import { QueryController } from '../shared/query-controller.js';
import { TagInput } from '../shared/tag-input.js';
import { CaseFiles } from './case-files.js';
import { CasePeople, newCaseErrorText } from './case-people.js';
import { CaseCreateEvent, CaseSubmitEvent } from './case-form.events.js';
import { renderHeader } from './case-form.header.js';
import { renderActions, renderClosing, renderNotices, renderWaiting } from './case-form.view.js';
import { CustomerPicker } from './customer-picker.js';
import {
  canCreate,
  canCreateClosed,
  fieldPlaces,
  fieldsFor,
  newCaseInput,
  parseNewCaseDraft,
  retiredDefault,
  startingDraft,
  type NewCaseDraft,
} from './new-case.js';

/** What the form is given by its element. */
export interface NewCaseLink {
  readonly host: LitElement;
  readonly modal: Modal;
  readonly client: () => CaseClient | undefined;
  /** Whether the form shows: only then is anything read for it. */
  readonly active: () => boolean;
  /** The customer the host of the page named. */
  readonly customerId: () => string | undefined;
  readonly inline: () => boolean;
}

/** What stands in a `<case-form>`: it holds what is typed, checks, keeps, draws and sends it. */
export class NewCaseBody implements ReactiveController {
  readonly #host: LitElement;
  readonly #link: NewCaseLink;
  readonly #modal: Modal;
  readonly #draftStore: Draft;
  readonly #submission: FormSubmission;
  readonly #files: CaseFiles;
  readonly #session: QueryController<Session, readonly [CaseClient | undefined]>;
  readonly #customer: QueryController<Customer, readonly [CaseClient | undefined, string | undefined]>;
  readonly #picker: CustomerPicker;
  readonly #people: CasePeople;
  readonly #tagInput: TagInput;
  readonly #linkField: LinkField;
  readonly #project: ProjectPicker;
  #draft: NewCaseDraft | undefined;
  #closing = false;
  #restored = false;
  #added: number | undefined;
  #start: NewCaseDraft | undefined;
  #startedFor: string | undefined;
  #warnedOf: string | undefined;
  #lastClosing = false;
  #focusDue = false;

  constructor(link: NewCaseLink) {
    const { host, client, active } = link;
    const reading = () => (active() ? client() : undefined);
    this.#link = link;
    this.#host = host;
    this.#modal = link.modal;
    this.#draftStore = new Draft(host, client);
    this.#submission = new FormSubmission(host);
    this.#files = new CaseFiles(host, client, (attachments) => {
      this.#submission.touch('attachmentIds');
      if (this.#draft) this.#edit({ ...this.#draft, attachments });
    });
    this.#session = new QueryController(
      host,
      () => [reading()] as const,
      (from) => from?.queries.session(),
    );
    this.#customer = new QueryController(
      host,
      () => [reading(), this.#givenCustomer()] as const,
      (from, id) => (id ? from?.queries.customer(id) : undefined),
    );
    this.#picker = new CustomerPicker(host, client, (customer) => {
      this.#submission.touch('customerId');
      if (this.#draft) this.#edit({ ...this.#draft, customer });
    });
    this.#people = new CasePeople({
      host,
      client,
      session: () => this.#session.data,
      chosen: () => this.#draft?.people ?? [],
      change: (people) => {
        if (!this.#draft) return;
        this.#submission.touch(...this.#people.places);
        this.#edit({ ...this.#draft, people });
      },
    });
    this.#tagInput = new TagInput({ host, source: () => ({ client: client() }) }, 'tag-options');
    this.#project = new ProjectPicker(host, client);
    // Customers link nothing.
    this.#linkField = new LinkField(host, () =>
      active() && this.#session.data?.actor.kind === 'agent' ? this.#draft?.values.links : undefined,
    );
    host.addController(this);
  }

  /** This person may not add cases. */
  get refused(): boolean {
    const session = this.#session.data;
    return session !== undefined && !canCreate(session);
  }

  /** Something typed would be lost. */
  isDirty(): boolean {
    const draft = this.#draft;
    return (
      draft !== undefined &&
      this.#start !== undefined &&
      (changedFields(this.#start.values, draft.values).length > 0 ||
        isClosingTouched(draft.closing) ||
        this.#files.keys.length > 0 ||
        draft.people.length > 0 ||
        this.#project.pending ||
        this.#linkField.pending ||
        draft.customer !== undefined)
    );
  }

  /** Throws away what was kept. */
  discard(): void {
    this.#draftStore.discard();
  }

  /** The form has closed: what is typed stays kept, the form is emptied. */
  end(): void {
    this.#files.show([]);
    this.#draft = undefined;
    this.#added = undefined;
    this.#startedFor = undefined;
    this.#host.requestUpdate();
  }

  hostUpdated(): void {
    if (!this.#focusDue || !this.#draft) return;
    this.#focusDue = false;
    if (!this.#inline)
      this.#host.renderRoot.querySelector<HTMLElement>('.fields input, .combobox input')?.focus();
  }

  /** Takes up the person and the customer as they are now. Called on each update while the form shows. */
  follow(): void {
    const session = this.#session.data;
    if (!session) return;
    if (!canCreate(session)) {
      // After this update: closing changes what is being drawn.
      if (this.#modal.isOpen) void this.#host.updateComplete.then(() => this.#modal.close());
      return;
    }
    const startFor = `${personOf(session)} ${this.#givenCustomer() ?? ''}`;
    if (this.#draft && this.#startedFor === startFor) return;
    this.#startedFor = startFor;
    void this.#begin(session);
  }

  render(): TemplateResult {
    const session = this.#session.data;
    return session && this.#draft ? this.#renderForm(session, this.#draft) : this.#renderState();
  }

  #renderState(): TemplateResult {
    return html`<div class="state">
      ${this.#renderHeader()} ${renderWaiting(this.#session.state, () => void this.#session.refetch())}
    </div>`;
  }

  #renderHeader(): TemplateResult {
    return renderHeader({
      customer: this.#customer.data?.name,
      inert: this.#modal.asking,
      onClose: this.#inline ? undefined : () => this.#modal.requestClose(),
    });
  }

  #renderForm(session: Session, draft: NewCaseDraft): TemplateResult {
    const { settings } = session;
    const { errors } = this.#submission;
    return html`<form part="form" novalidate @submit=${this.#onSubmit} @keydown=${this.#onKeydown}>
      ${this.#renderHeader()}
      <div class="body" ?inert=${this.#modal.asking}>
        ${renderNotices({
          added: this.#added,
          restored: this.#restored,
          failure: this.#submission.failure ?? this.#customer.state.error,
          busy: this.#submission.busy,
          kept: this.#draftStore.kept,
          onDiscard: this.#discardDraft,
          onRetry: this.#submission.failure ? () => void this.#submit(this.#lastClosing) : undefined,
        })}
        ${renderLegend()} ${this.#givenCustomer() ? nothing : this.#picker.render(errors.customerId?.())}
        ${renderCaseFields({
          settings,
          values: draft.values,
          fields: fieldsFor(session),
          required: settings.requiredFields.newCase,
          errors,
          tagInput: this.#tagInput,
          renderLinks: (view) =>
            this.#linkField.render({
              ...view,
              links: draft.values.links,
              onChange: (links) => this.#editValues({ links }),
              onTouch: () => this.#submission.touch('links'),
            }),
          renderProject: (view) =>
            this.#project.render({
              ...view,
              project: draft.values.project,
              onChange: (project) => this.#editValues({ project }),
            }),
          onChange: (change) => this.#editValues(change),
        })}
        ${this.#people.render(session, errors)} ${this.#files.render(session, errors, this.#submission.busy)}
        ${
          this.#closing
            ? renderClosing({
                settings,
                values: draft.closing,
                errors,
                onChange: (change) => this.#editClosing(change),
                onKeepOpen: this.#keepOpen,
              })
            : nothing
        }
      </div>
      <footer role="presentation">
        ${
          this.#modal.asking
            ? this.#modal.renderQuestion()
            : renderActions({
                closable: canCreateClosed(session),
                closing: this.#closing,
                busy: this.#submission.busy,
                draft: this.#draftStore.state,
                onSaveAndClose: this.#saveAndClose,
                onDiscard: this.#restored ? undefined : this.#discardDraft,
                onCancel: this.#inline ? undefined : () => this.#modal.requestClose(),
              })
        }
      </footer>
    </form>`;
  }

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault();
    void this.#submit(false);
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void this.#submit(this.#closing);
  };

  readonly #saveAndClose = (): void => {
    if (this.#closing) {
      void this.#submit(true);
      return;
    }
    this.#closing = true;
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() =>
      this.#host.renderRoot.querySelector<HTMLElement>('.closing select')?.focus(),
    );
  };

  readonly #keepOpen = (): void => {
    this.#closing = false;
    this.#editClosing(emptyClosing);
    this.#host.renderRoot.querySelector<HTMLElement>('[data-action=save-and-close]')?.focus();
  };

  async #submit(closing: boolean): Promise<void> {
    const client = this.#link.client();
    // What is typed whole into the field for the project is taken before the rest is read.
    const unnamed = this.#project.errors;
    const session = this.#session.data;
    if (!client || !session || this.#submission.busy) return;
    const unlinked = this.#linkField.settle();
    const draft = this.#draft;
    if (!draft) return;
    this.#lastClosing = closing;
    this.#draftStore.flush();
    const { settings } = session;
    const fields = fieldsFor(session);
    const customerId = this.#givenCustomer() ?? draft.customer?.id;
    const errors = {
      ...(!customerId && { customerId: () => requiredText('customerId') }),
      ...checkCase(draft.values, fields, settings, settings.requiredFields.newCase),
      ...unnamed,
      ...(hasUnfinishedDate(this.#host.renderRoot) && { deadline: notADateText }),
      ...unlinked,
      ...this.#files.errors,
      ...this.#people.errors,
      ...(closing && checkClosing('close', draft.closing, settings)),
    };
    if (!this.#submission.accept(errors) || !customerId) return;
    const event = new CaseSubmitEvent(customerId);
    if (!this.#host.dispatchEvent(event)) return;
    const input = {
      ...newCaseInput(customerId, draft.values, fields, closing ? draft.closing : undefined),
      ...this.#people.input(),
    };
    const places = fieldPlaces(fields, { customer: !this.#givenCustomer(), closing });
    const created = await this.#submission.send({
      values: input,
      complete: () => this.#files.input(),
      keep: (attempt) => this.#draftStore.keep({ ...(this.#draft ?? draft), attempt }),
      place: (field) => this.#people.place(field) ?? places(field),
      say: newCaseErrorText,
      write: async (idempotencyKey) =>
        client.cases.create({ ...input, ...(await this.#files.input()) }, { idempotencyKey }),
    });
    if (!created) {
      if (this.#files.errors.attachmentIds) this.#submission.accept(this.#files.errors);
      return;
    }
    this.#draftStore.discard();
    if (this.#inline) {
      this.end();
      this.#added = created.number;
    } else this.#modal.close();
    const createdEvent = new CaseCreateEvent(created.id);
    this.#host.dispatchEvent(createdEvent);
  }

  async #begin(session: Session): Promise<void> {
    const start = startingDraft(session);
    this.#focusDue = !this.#draft;
    this.#start = start;
    this.#draft = start;
    this.#closing = false;
    this.#restored = false;
    this.#submission.reset();
    this.#submission.resume(undefined);
    this.#files.show([]);
    this.#picker.show(undefined);
    this.#people.reset();
    this.#tagInput.reset();
    this.#linkField.reset();
    this.#project.reset();
    const warning =
      this.#warnedOf === session.settings.version ? undefined : retiredDefault(session.settings);
    if (warning) this.#host.dispatchEvent(warning);
    this.#warnedOf = session.settings.version;
    const customerId = this.#givenCustomer();
    const kept = await this.#draftStore.open({
      caseId: null,
      kind: 'case',
      ...(customerId && { customerId }),
    });
    const restored = parseNewCaseDraft(kept, start);
    if (!restored || this.#draft !== start) return;
    this.#draft = restored;
    this.#submission.resume(restored.attempt);
    this.#picker.show(restored.customer);
    this.#files.show(restored.attachments);
    this.#closing = isClosingTouched(restored.closing) && canCreateClosed(session);
    this.#restored = true;
    this.#host.requestUpdate();
  }

  readonly #discardDraft = (): void => {
    const start = this.#start;
    if (!start) return;
    this.#draftStore.discard();
    clearUnfinishedDate(this.#host.renderRoot);
    this.#draft = start;
    this.#closing = false;
    this.#restored = false;
    this.#picker.show(undefined);
    this.#people.reset();
    this.#files.show([]);
    this.#tagInput.reset();
    this.#linkField.reset();
    this.#project.reset();
    this.#submission.resume(undefined);
    this.#submission.reset();
    this.#host.requestUpdate();
  };

  #editValues(change: Partial<CaseValues>): void {
    if (!this.#draft) return;
    this.#submission.touch(...Object.keys(change));
    this.#edit({ ...this.#draft, values: { ...this.#draft.values, ...change } });
  }

  #editClosing(change: Partial<ClosingValues>): void {
    if (!this.#draft) return;
    this.#submission.touch(...Object.keys(change));
    this.#edit({ ...this.#draft, closing: { ...this.#draft.closing, ...change } });
  }

  #edit(draft: NewCaseDraft): void {
    this.#draft = draft;
    this.#added = undefined;
    if (this.isDirty()) this.#draftStore.save({ ...draft, attempt: this.#submission.attempt });
    else this.#draftStore.discard();
    this.#host.requestUpdate();
  }

  #givenCustomer(): string | undefined {
    return this.#link.customerId() ?? this.#session.data?.actor.customer?.id;
  }

  get #inline(): boolean {
    return this.#link.inline();
  }
}
