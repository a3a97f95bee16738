import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';

import type { CaseClient } from '../../../src/client/client.js';
import type { Case } from '../../../src/contract/cases.js';
import type { InboxEntry } from '../../../src/contract/inbox-entries.js';
import type { Session } from '../../../src/contract/session.js';
import {
  checkClosing,
  closingInput,
  emptyClosing,
  isClosingTouched,
  type ClosingValues,
} from '../closing-fields.js';
import { refusedText } from '../change-words.js';
import { controls } from '../controls.styles.js';
import type { FieldErrors, Sentence } from '../field-errors.js';
import { renderLegend } from '../fields.js';
import { FormSubmission } from '../form-submission.js';
import { forms } from '../forms.styles.js';
import { icon } from '../icons.js';
import { renderLines } from '../lazy-part.js';
import { localized } from '../localization.js';
import { Modal } from '../modal.js';
import { tokens } from '../tokens.styles.js';
import { refusalText } from '../verdict.js';
import { dropAttempt, keepAttempt, loadAttempt, type ActionAttempt } from './action-attempt.js';
import { renderActionFields, fieldId, unreadFields } from './action-form.js';
import {
  checkFields,
  fieldsOf,
  startingValues,
  valuesInLines,
  valuesOf,
  type ActionField,
  type FormValues,
} from './action-fields.js';
import { styles } from './host-action.styles.js';
import { renderDone, renderEnding } from './host-action.view.js';
import { begunText, plainLabel, unknownText } from './host-action.words.js';
import { hostText } from './host-text.js';
import type { HostAction } from './host-types.js';
import { runAction, type RunResult } from './run-action.js';
import { outcomeNote, writeOutcome } from './write-outcome.js';

/** What the dialog is opened for. */
export interface ActionRequest {
  readonly client: CaseClient;
  readonly session: Session;
  readonly action: HostAction;
  readonly record: Case;
  /** What waits about the case and may be completed with it. */
  readonly entry: InboxEntry | undefined;
  /** The work is done and stands on the case. */
  readonly finished: (text: Sentence) => void;
  /** It has closed, for whatever reason. */
  readonly closed: () => void;
}

type Phase = 'opening' | 'form' | 'running' | 'unwritten' | 'writing';

/**
 * The form of one action of the host, from its first field to the note on the case. It never runs what may have been done
 * already under another key, and never runs again what was done.
 *
 * @ignore
 */
@localized()
export class HostActionDialog extends LitElement {
  static override styles = [tokens, controls, forms, styles];

  @state() private phase: Phase = 'opening';
  @state() private values: FormValues = {};
  @state() private closing: ClosingValues = emptyClosing;
  @state() private completes = false;
  @state() private closes = false;
  /** Why it was not done, or that nobody knows. */
  @state() private failure: Sentence | undefined;
  @state() private notKept = false;

  readonly #submission = new FormSubmission(this);
  readonly #modal = new Modal(this, {
    dirty: () => this.#dirty,
    discard: () => undefined,
    closed: () => {
      this.#request?.closed();
      this.remove();
    },
  });
  #request: ActionRequest | undefined;
  #fields: readonly ActionField[] = [];
  #start: FormValues = {};
  #attempt: ActionAttempt | undefined;
  #failures = 0;

  /** Opens the form, with what was begun and not finished. */
  async open(request: ActionRequest): Promise<void> {
    const { action, client, record, session, entry } = request;
    this.#request = request;
    this.#fields = fieldsOf(action.schema);
    this.completes = entry?.permissions['complete']?.allowed === true;
    this.#modal.show();
    const { actor } = session;
    const context = { actor, roles: actor.roles, case: record, entry };
    const [attempt, prefill] = await Promise.all([
      loadAttempt(client, record.id, action.id),
      Promise.resolve()
        .then(() => action.prefill?.(context))
        .catch((error: unknown) =>
          console.warn(`Casement: the action "${action.id}" could not fill its form.`, error),
        ),
    ]);
    this.#start = startingValues(this.#fields, prefill ?? {});
    this.values = { ...this.#start, ...attempt?.values };
    this.#attempt = attempt;
    this.phase = attempt?.done ? 'unwritten' : 'form';
    if (attempt && !attempt.done) this.failure = () => begunText(attempt);
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.body :is(input, select, textarea)')?.focus();
  }

  protected override render(): unknown {
    const request = this.#request;
    if (!request || !this.#modal.isOpen) return nothing;
    const { record } = request;
    return html`<dialog
      aria-labelledby="title"
      @keydown=${this.#onKeydown}
      @cancel=${this.#onCancel}
      @close=${this.#modal.onClose}
      @pointerdown=${this.#modal.onPointerdown}
      @click=${(event: MouseEvent) => (this.#busy ? undefined : this.#modal.onClick(event))}
    >
      <form novalidate @submit=${this.#onSubmit}>
        <header ?inert=${this.#modal.asking}>
          <h2 id="title" dir="auto">${this.#label}</h2>
          <button
            class="button quiet icon"
            type="button"
            aria-label=${msg('Close', { id: 'action.close' })}
            ?disabled=${this.#busy}
            @click=${() => this.#modal.requestClose()}
          >
            ${icon('close')}
          </button>
          <p class="subject hint">#${record.number} · <bdi>${record.subject}</bdi></p>
        </header>
        <div class="body" ?inert=${this.#modal.asking}>
          ${this.phase === 'opening' ? renderLines() : this.#renderBody(request)}
        </div>
        ${this.#modal.asking ? this.#modal.renderQuestion() : this.#renderFooter()}
      </form>
    </dialog>`;
  }

  #renderBody(request: ActionRequest): TemplateResult {
    const done = this.#attempt?.done;
    return html`${
      done
        ? renderDone({ done, unwritten: this.phase === 'unwritten', notKept: this.notKept })
        : this.#renderForm(request)
    }
    ${this.#renderFailure()} ${this.#renderEnding(request)}`;
  }

  #renderForm({ action, session }: ActionRequest): TemplateResult {
    const marked = this.#fields.some(({ required }) => required) || this.closes;
    return html`${
      action.description ? html`<p class="hint" dir="auto">${hostText(action.description)}</p>` : nothing
    }
    ${marked ? renderLegend() : nothing}
    ${renderActionFields({
      fields: this.#fields,
      values: this.values,
      errors: this.#submission.errors,
      disabled: this.#busy,
      longest: session.settings.limits.noteText,
      onChange: (name, value) => {
        this.#submission.touch(fieldId(this.#fields, name));
        this.values = { ...this.values, [name]: value };
      },
    })}`;
  }

  #renderFailure(): TemplateResult | typeof nothing {
    const { failure } = this.#submission;
    const text = failure === undefined ? this.failure?.() : refusedText(failure);
    if (text === undefined) return nothing;
    return html`<p class="banner critical" role="alert">
      ${icon('alert')}<span class="grow" dir="auto">${text}</span>
    </p>`;
  }

  #renderEnding({ entry, record, session }: ActionRequest): TemplateResult {
    return renderEnding({
      entry,
      record,
      settings: session.settings,
      completes: this.completes,
      closes: this.closes,
      closing: this.closing,
      errors: this.#submission.errors,
      disabled: this.#busy,
      onCompletes: (ticked) => (this.completes = ticked),
      onCloses: (ticked) => (this.closes = ticked),
      onClosing: (change) => {
        this.#submission.touch(...Object.keys(change));
        this.closing = { ...this.closing, ...change };
      },
    });
  }

  #renderFooter(): TemplateResult | typeof nothing {
    if (this.phase === 'opening') return nothing;
    const done = this.#attempt?.done !== undefined;
    const busy = this.#busy;
    return html`<footer>
      <span class="state" role="status">${this.#stateText}</span>
      <button class="button" type="button" ?disabled=${busy} @click=${() => this.#modal.requestClose()}>
        ${done ? msg('Later', { id: 'host-action.later' }) : msg('Cancel', { id: 'action.cancel' })}
      </button>
      <button class="button primary" type="submit" aria-busy=${busy ? 'true' : 'false'}>
        ${done ? msg('Write it on the case', { id: 'host-action.write' }) : this.#label}
      </button>
    </footer>`;
  }

  get #stateText(): string | typeof nothing {
    if (this.phase === 'running')
      return msg('Working… Please leave this window open.', { id: 'host-action.running' });
    if (this.phase === 'writing') return msg('Writing it on the case…', { id: 'host-action.writing' });
    return nothing;
  }

  get #label(): string {
    const { action } = this.#request ?? {};
    return action ? plainLabel(action) : '';
  }

  get #busy(): boolean {
    return this.phase === 'running' || this.phase === 'writing';
  }

  /** Whether something would be lost: what is typed, or what is done and stands nowhere. */
  get #dirty(): boolean {
    if (this.phase === 'unwritten') return this.notKept;
    if (this.phase !== 'form') return false;
    const typed = Object.entries(this.values).some(([name, value]) => value !== this.#start[name]);
    return typed || (this.closes && isClosingTouched(this.closing));
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (!this.#busy) this.#modal.onKeydown(event);
    else if (event.key === 'Escape') event.preventDefault();
  };

  readonly #onCancel = (event: Event): void => {
    if (this.#busy) event.preventDefault();
    else this.#modal.onCancel(event);
  };

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault();
    if (this.#modal.asking || (this.phase !== 'form' && this.phase !== 'unwritten')) return;
    if (!this.#submission.accept(this.#errors())) return;
    void (this.phase === 'form' ? this.#run() : this.#write());
  };

  #errors(): FieldErrors {
    const { settings } = this.#request?.session ?? {};
    const fields = this.#fields;
    const wrong =
      this.phase === 'form' ? checkFields(fields, this.values, unreadFields(this.renderRoot, fields)) : {};
    return {
      ...Object.fromEntries(Object.entries(wrong).map(([name, text]) => [fieldId(fields, name), text])),
      ...(this.closes && settings && checkClosing('close', this.closing, settings)),
    };
  }

  async #run(): Promise<void> {
    const request = this.#request;
    if (!request) return;
    const { client, action, record, session, entry } = request;
    // At once: a second press finds it under way.
    this.phase = 'running';
    this.failure = undefined;
    const refusal = await this.#refusedNow(request);
    if (refusal) {
      this.phase = 'form';
      this.failure = refusal;
      return;
    }
    const begun: ActionAttempt = {
      key: this.#attempt?.key ?? crypto.randomUUID(),
      label: this.#label,
      values: this.values,
      begunAt: new Date().toISOString(),
    };
    this.#attempt = begun;
    await keepAttempt(client, record.id, action.id, begun);
    const { actor } = session;
    const result = await runAction(action, valuesOf(this.#fields, this.values), {
      actor,
      roles: actor.roles,
      case: record,
      entry,
      idempotencyKey: begun.key,
    });
    if (result.state !== 'done') return this.#failed(request, result);
    const text = [result.message ?? begun.label, ...valuesInLines(this.#fields, this.values)].join('\n');
    this.#attempt = { ...begun, done: { text, reference: result.reference } };
    this.notKept = !(await keepAttempt(client, record.id, action.id, this.#attempt));
    await this.#write();
  }

  /** What could not be written afterwards is not begun: the right may have gone since the case was read. */
  async #refusedNow({ client, record, entry }: ActionRequest): Promise<Sentence | undefined> {
    try {
      const { permissions } = await client.cases.get(record.id);
      const needed = ['addInternalNote', ...(this.closes ? ['close'] : [])];
      const refused = needed.map((name) => permissions[name]).find((verdict) => !verdict?.allowed);
      if (refused || !needed.every((name) => permissions[name])) return () => refusalText(refused);
      if (!entry || !this.completes) return undefined;
      const now = await client.inboxEntries.get(entry.id);
      const complete = now.permissions['complete'];
      return complete?.allowed ? undefined : () => refusalText(complete);
    } catch (error) {
      return () => refusedText(error);
    }
  }

  async #failed(request: ActionRequest, result: Exclude<RunResult, { state: 'done' }>): Promise<void> {
    const { client, action, record, session } = request;
    const attempt = this.#attempt;
    const refused = result.state === 'refused';
    const words: Sentence = () => (refused ? result.message : unknownText(result.message));
    const lines = [words(), ...valuesInLines(this.#fields, this.values)];
    const told = { id: action.id, label: this.#label, outcome: 'failed' };
    const note = outcomeNote(told, lines.join('\n'), session.settings.limits.noteText);
    this.#failures += 1;
    const noted = await client.notes
      .create(record.id, note, { idempotencyKey: `${attempt?.key}-failed-${this.#failures}` })
      .then(
        () => true,
        () => false,
      );
    // Once it is known that nothing was done, the next attempt is a piece of work of its own.
    if (refused) {
      this.#attempt = undefined;
      await dropAttempt(client, record.id, action.id);
    }
    this.failure = () =>
      noted
        ? words()
        : `${words()} ${msg('This could not be noted on the case.', { id: 'host-action.not-noted' })}`;
    this.phase = 'form';
  }

  async #write(): Promise<void> {
    const request = this.#request;
    const attempt = this.#attempt;
    if (!request || !attempt?.done) return;
    const { client, action, record, session, entry, finished } = request;
    this.phase = 'writing';
    const { text, reference } = attempt.done;
    const told = { id: action.id, label: attempt.label, outcome: 'done', ...(reference && { reference }) };
    const note = outcomeNote(told, text, session.settings.limits.noteText);
    const target = {
      caseId: record.id,
      entryId: entry && this.completes ? entry.id : undefined,
      closeCase: this.closes ? closingInput(this.closing) : undefined,
    };
    const written = await this.#submission.send({
      values: target,
      place: closingPlace,
      write: async () => {
        await writeOutcome(client, target, note, attempt.key);
        return true;
      },
    });
    if (!written) {
      this.phase = 'unwritten';
      return;
    }
    await dropAttempt(client, record.id, action.id);
    this.phase = 'opening';
    this.#modal.close();
    finished(() => msg(str`Done and noted on the case: ${attempt.label}`, { id: 'host-action.finished' }));
  }
}

function closingPlace(field: string): string | undefined {
  const name = field.replace(/^closeCase\./, '');
  return ['reason', 'visibility', 'note'].find((one) => one === name);
}
