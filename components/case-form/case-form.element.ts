import { consume } from '@lit/context';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';

import type { CaseClient } from '../../src/client/client.js';
import type { Session } from '../../src/contract/session.js';
import { hasUnfinishedDate, renderCaseFields } from '../shared/case-fields.js';
import { changedFields, checkCase, type CaseValues } from '../shared/case-values.js';
import { clientContext } from '../shared/client-context.js';
import {
  checkClosing,
  emptyClosing,
  isClosingTouched,
  type ClosingValues,
} from '../shared/closing-fields.js';
import { controls } from '../shared/controls.styles.js';
import { Draft } from '../shared/draft.js';
import { notADateText, requiredText } from '../shared/field-errors.js';
import { renderLegend } from '../shared/fields.js';
import { FormSubmission } from '../shared/form-submission.js';
import { forms } from '../shared/forms.styles.js';
import { Modal } from '../shared/modal.js';
import { personOf } from '../shared/person.js';
import { QueryController } from '../shared/query-controller.js';
import { localized } from '../shared/localization.js';
import { tokens } from '../shared/tokens.styles.js';
import { writing } from '../shared/writing.styles.js';
import { CaseFiles } from './case-files.js';
import { CaseCreateEvent, CaseSubmitEvent } from './case-form.events.js';
import { styles } from './case-form.styles.js';
import {
  renderActions,
  renderClosing,
  renderHeader,
  renderNotices,
  renderWaiting,
} from './case-form.view.js';
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

/**
 * The form for a new customer case (CC-25 to CC-30): a dialog that `open()` shows, or part of the page with `inline`.
 *
 * Keeps what is typed until it is sent, restores it with a notice, and asks before it is thrown away. Reports every
 * missing field at once without a request; a failed request keeps every value, and pressing twice makes one case. Without
 * the right to add cases there is nothing.
 *
 * @element case-form
 * @fires {CaseSubmitEvent} case-submit - A complete case is about to be sent; cancelable.
 * @fires {CaseCreateEvent} case-create - The case is stored.
 * @fires {ConfigWarningEvent} config-warning - The default priority points at a retired value.
 * @csspart dialog - The dialog, unless `inline`.
 * @csspart form - The form.
 * @csspart field - A label with its control and messages.
 */
@localized()
export class CaseForm extends LitElement {
  static override styles = [tokens, controls, writing, forms, styles];

  /** Where the case is stored. Set by the surrounding `<case-provider>`, or by hand. */
  @consume({ context: clientContext, subscribe: true })
  @property({ attribute: false })
  client: CaseClient | undefined;

  /** The customer the case is about; an agent picks one when absent, a customer user's own is taken. */
  @property({ attribute: 'customer-id' }) customerId: string | undefined;

  /** Shows the form in the page, without a dialog. */
  @property({ type: Boolean, reflect: true }) inline = false;

  @state() private draft: NewCaseDraft | undefined;
  @state() private closing = false;
  @state() private restored = false;
  @state() private added: number | undefined;

  readonly #modal = new Modal(this, {
    dirty: () => this.#isDirty(),
    discard: () => this.#draftStore.discard(),
    closed: () => this.#end(),
  });
  readonly #draftStore = new Draft(this, () => this.client);
  readonly #submission = new FormSubmission(this);
  readonly #files = new CaseFiles(
    this,
    () => this.client,
    (attachments) => {
      this.#submission.touch('attachmentIds');
      if (this.draft) this.#edit({ ...this.draft, attachments });
    },
  );
  readonly #session = new QueryController(
    this,
    () => [this.#isActive() ? this.client : undefined] as const,
    (client) => client?.queries.session(),
  );
  readonly #customer = new QueryController(
    this,
    () => [this.#isActive() ? this.client : undefined, this.#givenCustomer()] as const,
    (client, id) => (id ? client?.queries.customer(id) : undefined),
  );
  readonly #picker = new CustomerPicker(
    this,
    () => this.client,
    (customer) => {
      this.#submission.touch('customerId');
      if (this.draft) this.#edit({ ...this.draft, customer });
    },
  );
  #openedFor: string | undefined;
  #start: NewCaseDraft | undefined;
  #startedFor: string | undefined;
  #warnedOf: string | undefined;
  #lastClosing = false;

  /** Shows the form as a dialog; the focus returns to where it is now once it closes (CC-25, CC-26). */
  open({ customerId }: { readonly customerId?: string | undefined } = {}): void {
    this.#openedFor = customerId;
    this.#modal.show();
  }

  /** Closes the dialog, after asking when something typed would be lost. */
  close(): void {
    this.#modal.requestClose();
  }

  // Not in `willUpdate`: the queries follow their arguments only after it.
  protected override update(changed: PropertyValues): void {
    this.#follow();
    super.update(changed);
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('draft') || changed.get('draft') || !this.draft || this.inline) return;
    this.renderRoot.querySelector<HTMLElement>('.fields input, .picker input')?.focus();
  }

  protected override render(): unknown {
    if (!this.#isActive()) return nothing;
    const session = this.#session.data;
    if (session && !canCreate(session)) return nothing;
    const content = session && this.draft ? this.#renderForm(session, this.draft) : this.#renderState();
    if (this.inline) return html`<section aria-labelledby="title">${content}</section>`;
    return html`<dialog
      part="dialog"
      aria-labelledby="title"
      @keydown=${this.#modal.onKeydown}
      @cancel=${this.#modal.onCancel}
      @close=${this.#modal.onClose}
      @pointerdown=${this.#modal.onPointerdown}
      @click=${this.#modal.onClick}
    >
      ${content}
    </dialog>`;
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
      onClose: this.inline ? undefined : () => this.close(),
    });
  }

  #renderForm(session: Session, draft: NewCaseDraft): TemplateResult {
    const { settings } = session;
    const { errors } = this.#submission;
    return html`<form part="form" novalidate @submit=${this.#onSubmit} @keydown=${this.#onKeydown}>
      ${this.#renderHeader()}
      <div class="body" ?inert=${this.#modal.asking}>
        ${renderNotices({
          added: this.added,
          restored: this.restored,
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
          onChange: (change) => this.#editValues(change),
        })}
        ${this.#files.render(session, errors, this.#submission.busy)}
        ${
          this.closing
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
      <footer>
        ${
          this.#modal.asking
            ? this.#modal.renderQuestion()
            : renderActions({
                closable: canCreateClosed(session),
                closing: this.closing,
                busy: this.#submission.busy,
                onSaveAndClose: this.#saveAndClose,
                onCancel: this.inline ? undefined : () => this.close(),
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
    void this.#submit(this.closing);
  };

  readonly #saveAndClose = (): void => {
    if (this.closing) {
      void this.#submit(true);
      return;
    }
    this.closing = true;
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>('.closing select')?.focus(),
    );
  };

  readonly #keepOpen = (): void => {
    this.closing = false;
    this.#editClosing(emptyClosing);
    this.renderRoot.querySelector<HTMLElement>('[data-action=save-and-close]')?.focus();
  };

  async #submit(closing: boolean): Promise<void> {
    const { client, draft } = this;
    const session = this.#session.data;
    if (!client || !draft || !session || this.#submission.busy) return;
    this.#lastClosing = closing;
    const { settings } = session;
    const fields = fieldsFor(session);
    const customerId = this.#givenCustomer() ?? draft.customer?.id;
    const errors = {
      ...(!customerId && { customerId: () => requiredText('customerId') }),
      ...checkCase(draft.values, fields, settings, settings.requiredFields.newCase),
      ...(hasUnfinishedDate(this.renderRoot) && { deadline: notADateText }),
      ...this.#files.errors,
      ...(closing && checkClosing('close', draft.closing, settings)),
    };
    if (!this.#submission.accept(errors) || !customerId) return;
    const event = new CaseSubmitEvent(customerId);
    if (!this.dispatchEvent(event)) return;
    const input = newCaseInput(customerId, draft.values, fields, closing ? draft.closing : undefined);
    const created = await this.#submission.send({
      values: [input, this.#files.keys],
      place: fieldPlaces(fields, { customer: !this.#givenCustomer(), closing }),
      write: async (idempotencyKey) =>
        client.cases.create({ ...input, ...(await this.#files.input()) }, { idempotencyKey }),
    });
    if (!created) {
      if (this.#files.errors.attachmentIds) this.#submission.accept(this.#files.errors);
      return;
    }
    this.#draftStore.discard();
    if (this.inline) {
      this.#end();
      this.added = created.number;
    } else this.#modal.close();
    const createdEvent = new CaseCreateEvent(created.id);
    this.dispatchEvent(createdEvent);
  }

  #follow(): void {
    const session = this.#session.data;
    if (!session || !this.#isActive()) return;
    if (!canCreate(session)) {
      // After this update: closing changes what is being drawn.
      if (this.#modal.isOpen) void this.updateComplete.then(() => this.#modal.close());
      return;
    }
    const startFor = `${personOf(session)} ${this.#givenCustomer() ?? ''}`;
    if (this.draft && this.#startedFor === startFor) return;
    this.#startedFor = startFor;
    void this.#begin(session);
  }

  async #begin(session: Session): Promise<void> {
    const start = startingDraft(session);
    this.#start = start;
    this.draft = start;
    this.closing = false;
    this.restored = false;
    this.#submission.reset();
    this.#files.show([]);
    this.#picker.show(undefined);
    const warning =
      this.#warnedOf === session.settings.version ? undefined : retiredDefault(session.settings);
    if (warning) this.dispatchEvent(warning);
    this.#warnedOf = session.settings.version;
    const customerId = this.#givenCustomer();
    const kept = await this.#draftStore.open({
      caseId: null,
      kind: 'case',
      ...(customerId && { customerId }),
    });
    const restored = parseNewCaseDraft(kept, start);
    if (!restored || this.draft !== start) return;
    this.draft = restored;
    this.#picker.show(restored.customer);
    this.#files.show(restored.attachments);
    this.closing = isClosingTouched(restored.closing) && canCreateClosed(session);
    this.restored = true;
  }

  #end(): void {
    this.#files.show([]);
    this.draft = undefined;
    this.added = undefined;
    this.#openedFor = undefined;
    this.#startedFor = undefined;
  }

  readonly #discardDraft = (): void => {
    const start = this.#start;
    if (!start) return;
    this.#draftStore.discard();
    this.draft = start;
    this.closing = false;
    this.restored = false;
    this.#picker.show(undefined);
    this.#files.show([]);
    this.#submission.reset();
  };

  #editValues(change: Partial<CaseValues>): void {
    if (!this.draft) return;
    this.#submission.touch(...Object.keys(change));
    this.#edit({ ...this.draft, values: { ...this.draft.values, ...change } });
  }

  #editClosing(change: Partial<ClosingValues>): void {
    if (!this.draft) return;
    this.#submission.touch(...Object.keys(change));
    this.#edit({ ...this.draft, closing: { ...this.draft.closing, ...change } });
  }

  #edit(draft: NewCaseDraft): void {
    this.draft = draft;
    this.added = undefined;
    if (this.#isDirty()) this.#draftStore.save(draft);
    else this.#draftStore.discard();
  }

  #isDirty(): boolean {
    const { draft } = this;
    return (
      draft !== undefined &&
      this.#start !== undefined &&
      (changedFields(this.#start.values, draft.values).length > 0 ||
        isClosingTouched(draft.closing) ||
        this.#files.keys.length > 0 ||
        draft.customer !== undefined)
    );
  }

  #isActive(): boolean {
    return this.inline || this.#modal.isOpen;
  }

  #givenCustomer(): string | undefined {
    return this.#openedFor ?? this.customerId ?? this.#session.data?.actor.customer?.id;
  }
}
