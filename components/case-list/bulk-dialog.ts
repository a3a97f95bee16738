import { msg } from '@lit/localize';
import { html, nothing, type LitElement, type ReactiveController, type TemplateResult } from 'lit';

import type { CaseClient } from '../../src/client/client.js';
import type { BulkAction, BulkResult } from '../../src/contract/bulk.js';
import type { CaseSummary } from '../../src/contract/cases.js';
import type { Session } from '../../src/contract/session.js';
import { addStyles } from '../shared/add-styles.js';
import { renderLegend } from '../shared/fields.js';
import { FormSubmission } from '../shared/form-submission.js';
import { forms } from '../shared/forms.styles.js';
import { icon } from '../shared/icons.js';
import { Modal } from '../shared/modal.js';
import { TagInput } from '../shared/tag-input.js';
import { writing } from '../shared/writing.styles.js';
import { dialogStyles } from './bulk-dialog.styles.js';
import { BulkDoneEvent, BulkSubmitEvent } from './bulk.events.js';
import {
  bulkInput,
  bulkPlace,
  checkBulk,
  emptyBulk,
  isBulkTouched,
  renderStatusFields,
  renderTagFields,
  type BulkValues,
} from './bulk-fields.js';
import { renderBrokenOff, renderOutcome, renderProgress } from './bulk-outcome.js';
import { BulkRun } from './bulk-run.js';
import { outcomeText, partlyText, taskText } from './bulk-words.js';
import { PersonPicker } from './person-picker.js';

/** What the dialog is given by the selection. */
export interface BulkDialogLink {
  readonly host: LitElement;
  readonly client: () => CaseClient | undefined;
  readonly session: () => Session | undefined;
  /** What is selected, as it is now. */
  readonly cases: () => readonly CaseSummary[];
  /** What was done is no longer to be selected. */
  readonly onDone: (ids: readonly string[]) => void;
  /** The dialog has closed; `finished` tells of what went well altogether. */
  readonly onEnd: (finished: { readonly action: BulkAction; readonly count: number } | undefined) => void;
  readonly onClear: () => void;
  readonly onOpen: (caseId: string) => void;
}

/** What became of the cases, once nothing more is sent. */
export interface Outcome {
  readonly done: readonly string[];
  readonly refused: readonly Extract<BulkResult, { outcome: 'refused' }>[];
  readonly unsent: number;
}

/**
 * The dialog that closes, reopens, tags or assigns what is selected (CC-42): it asks what one case would be asked, sends,
 * and tells what became of each. A failure keeps what was typed and goes on where it broke off.
 */
export class BulkDialog implements ReactiveController {
  readonly #link: BulkDialogLink;
  readonly #host: LitElement;
  readonly #modal: Modal;
  readonly #submission: FormSubmission;
  readonly #picker: PersonPicker;
  readonly #tagInput: TagInput;
  #action: BulkAction = 'close';
  #values: BulkValues = emptyBulk;
  #run: BulkRun | undefined;
  // What was answered before a field was edited after a failure.
  #earlier: readonly BulkResult[] = [];
  #known = new Map<string, CaseSummary>();
  #outcome: Outcome | undefined;
  #finished: { readonly action: BulkAction; readonly count: number } | undefined;

  constructor(link: BulkDialogLink) {
    const { host } = link;
    this.#link = link;
    this.#host = host;
    // Before its modal, which no longer knows then that it was open.
    host.addController(this);
    this.#submission = new FormSubmission(host);
    this.#picker = new PersonPicker({
      host,
      client: () => (this.isOpen && this.#action === 'assign' ? link.client() : undefined),
      session: link.session,
      onPick: (assignee) => this.#edit({ assignee }, 'assigneeId'),
    });
    this.#tagInput = new TagInput({ host, source: () => ({ client: link.client() }) }, 'tag-options');
    this.#modal = new Modal(host, {
      dirty: () => !this.#outcome && isBulkTouched(this.#values),
      discard: () => undefined,
      closed: () => this.#end(),
    });
    addStyles(host, forms, writing, dialogStyles);
  }

  get isOpen(): boolean {
    return this.#modal.isOpen;
  }

  open(action: BulkAction): void {
    if (this.isOpen) return;
    this.#action = action;
    this.#modal.show();
    this.#focus('.body :is(select, input, textarea)');
  }

  hostDisconnected(): void {
    this.abandon();
  }

  /** Closes without asking: the reader is no longer who they were, or the list has left the page. */
  abandon(): void {
    this.#run?.stop();
    this.#modal.close();
  }

  render(): TemplateResult | typeof nothing {
    const session = this.#link.session();
    if (!this.isOpen || !session) return nothing;
    return html`<dialog
      class="bulk-dialog"
      part="bulk-dialog"
      aria-labelledby="bulk-title"
      @keydown=${this.#onKeydown}
      @cancel=${this.#unlessBusy(this.#modal.onCancel)}
      @close=${this.#modal.onClose}
      @pointerdown=${this.#modal.onPointerdown}
      @click=${this.#unlessBusy(this.#modal.onClick)}
    >
      ${this.#outcome ? this.#renderOutcome(this.#outcome) : this.#renderForm(session)}
    </dialog>`;
  }

  #renderForm(session: Session): TemplateResult {
    const cases = this.#targets();
    const { busy } = this.#submission;
    const { asking } = this.#modal;
    const partly = this.#run ? undefined : partlyText(this.#action, cases);
    return html`<form novalidate @submit=${this.#onSubmit}>
      ${this.#renderHeader(taskText(this.#action, cases.length))}
      <div class="body" ?inert=${asking}>
        ${this.#submission.failure ? renderBrokenOff(this.#action, this.#submission, this.#sum()) : nothing}
        ${partly ? html`<p class="banner caution">${partly}</p>` : nothing}
        ${this.#action === 'tag' ? nothing : renderLegend()} ${this.#renderFields(session, cases)}
        <p class="progress" role="status">
          ${busy && this.#run?.isLong ? renderProgress(this.#run) : nothing}
        </p>
      </div>
      <footer role="presentation">
        ${
          asking
            ? this.#modal.renderQuestion()
            : html`<div class="actions">
                ${
                  busy && this.#run?.isLong
                    ? html`<button
                        class="button"
                        type="button"
                        ?disabled=${this.#run.stopped}
                        @click=${this.#stop}
                      >
                        ${msg('Stop', { id: 'bulk.stop' })}
                      </button>`
                    : html`<button
                        class="button"
                        type="button"
                        ?disabled=${busy}
                        @click=${() => this.#modal.requestClose()}
                      >
                        ${msg('Cancel', { id: 'action.cancel' })}
                      </button>`
                }
                <button
                  class="button primary"
                  type="submit"
                  aria-busy=${busy}
                  ?disabled=${cases.length === 0}
                >
                  ${busy ? msg('Sending…', { id: 'bulk.sending' }) : taskText(this.#action, cases.length)}
                </button>
              </div>`
        }
      </footer>
    </form>`;
  }

  #renderFields(session: Session, cases: readonly CaseSummary[]): TemplateResult {
    const view = {
      settings: session.settings,
      cases,
      values: this.#values,
      errors: this.#submission.errors,
      onChange: (change: (now: BulkValues) => Partial<BulkValues>, ...fields: readonly string[]) =>
        this.#edit(change(this.#values), ...fields),
    };
    switch (this.#action) {
      case 'close':
      case 'reopen':
        return renderStatusFields(this.#action, view);
      case 'tag':
        return renderTagFields(view, this.#tagInput);
      case 'assign':
        return this.#picker.render(view.errors.assigneeId?.());
    }
  }

  #renderHeader(title: string): TemplateResult {
    return html`<header role="presentation" ?inert=${this.#modal.asking}>
      <h2 id="bulk-title" tabindex="-1">${title}</h2>
      <button
        class="button quiet icon"
        type="button"
        aria-label=${msg('Close', { id: 'action.close' })}
        ?disabled=${this.#submission.busy}
        @click=${() => this.#modal.requestClose()}
      >
        ${icon('close')}
      </button>
    </header>`;
  }

  #renderOutcome(outcome: Outcome): TemplateResult {
    const { done, refused, unsent } = outcome;
    const title = outcomeText(this.#action, { done: done.length, refused: refused.length, unsent });
    return renderOutcome({
      header: this.#renderHeader(title),
      refused,
      known: this.#known,
      left: this.#link.cases().length,
      onOpen: (id) => {
        this.#modal.close();
        this.#link.onOpen(id);
      },
      onKeep: () => this.#modal.close(),
      onRetry: this.#again,
      onDone: () => {
        this.#link.onClear();
        this.#modal.close();
      },
    });
  }

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault();
    void this.#submit();
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !this.#outcome) {
      event.preventDefault();
      // A name that was typed whole counts, as if the field had been left.
      this.#picker.settle();
      void this.#submit();
      return;
    }
    if (event.key === 'Escape' && this.#submission.busy) event.preventDefault();
    else this.#modal.onKeydown(event);
  };

  /** While something is under way the dialog stays: what comes of it must be seen. */
  #unlessBusy<E extends Event>(listener: (event: E) => void): (event: E) => void {
    return (event) => {
      if (this.#submission.busy) event.preventDefault();
      else listener(event);
    };
  }

  async #submit(): Promise<void> {
    const client = this.#link.client();
    const session = this.#link.session();
    const action = this.#action;
    if (!client || !session || this.#submission.busy || this.#targets().length === 0) return;
    if (!this.#submission.accept(checkBulk(action, this.#values, session.settings))) return;
    const run = this.#nextRun();
    const event = new BulkSubmitEvent(
      action,
      run.rest.map(({ id }) => id),
    );
    if (!this.#host.dispatchEvent(event)) return;
    this.#run = run;
    const sent = await this.#submission.send({
      values: run.input,
      place: (field) => bulkPlace(action, field),
      write: (key) => run.send(client, key, () => this.#host.requestUpdate()),
    });
    if (sent && this.#run === run) this.#finish(run);
  }

  /** The run that broke off, while nothing was edited; else one for all whose fate is not known. */
  #nextRun(): BulkRun {
    const targets = this.#targets();
    const input = bulkInput(this.#action, this.#values, targets);
    if (this.#run && sameTask(this.#run.input, input)) return this.#run;
    this.#earlier = [...this.#earlier, ...(this.#run?.results ?? [])];
    this.#known = new Map([...this.#known, ...targets.map((item) => [item.id, item] as const)]);
    return new BulkRun(input);
  }

  #finish(run: BulkRun): void {
    const { done, refused } = this.#sum();
    const outcome = { done, refused, unsent: run.rest.length };
    this.#tell();
    if (refused.length + outcome.unsent === 0) {
      this.#finished = { action: this.#action, count: done.length };
      this.#modal.close();
      return;
    }
    this.#outcome = outcome;
    this.#host.requestUpdate();
    this.#focus('#bulk-title');
  }

  /** Lets the page and the selection know what is done. */
  #tell(): void {
    const { done, refused } = this.#sum();
    this.#run = undefined;
    this.#earlier = [];
    if (done.length + refused.length === 0) return;
    this.#link.onDone(done);
    const event = new BulkDoneEvent(
      this.#action,
      done,
      refused.map(({ id }) => id),
    );
    this.#host.dispatchEvent(event);
  }

  /** Back to the form with what was typed, for what is still selected. */
  readonly #again = (): void => {
    this.#outcome = undefined;
    this.#submission.reset();
    this.#focus('.body :is(select, input, textarea)');
  };

  readonly #stop = (): void => {
    this.#run?.stop();
    this.#host.requestUpdate();
  };

  #end(): void {
    this.#tell();
    this.#values = emptyBulk;
    this.#known.clear();
    this.#outcome = undefined;
    this.#picker.show(undefined);
    this.#tagInput.reset();
    this.#submission.reset();
    const finished = this.#finished;
    this.#finished = undefined;
    this.#link.onEnd(finished);
  }

  #edit(change: Partial<BulkValues>, ...fields: readonly string[]): void {
    this.#submission.touch(...fields);
    this.#values = { ...this.#values, ...change };
    this.#host.requestUpdate();
  }

  /** Whom it is about: what is selected; after a failure, those of them whose fate is not known. */
  #targets(): readonly CaseSummary[] {
    const selected = this.#link.cases();
    if (!this.#run) return selected;
    const now = new Map(selected.map((item) => [item.id, item]));
    return this.#run.rest.flatMap(({ id }) => now.get(id) ?? this.#known.get(id) ?? []);
  }

  #sum(): Pick<Outcome, 'refused'> & { readonly done: readonly string[] } {
    const results = [...this.#earlier, ...(this.#run?.results ?? [])];
    return {
      done: results.filter(({ outcome }) => outcome === 'done').map(({ id }) => id),
      refused: results.filter((result) => result.outcome === 'refused'),
    };
  }

  #focus(selector: string): void {
    void this.#host.updateComplete.then(() =>
      this.#host.renderRoot.querySelector<HTMLElement>(`.bulk-dialog ${selector}`)?.focus(),
    );
  }
}

function sameTask(one: object, other: object): boolean {
  const task = (input: object) => JSON.stringify({ ...input, cases: undefined });
  return task(one) === task(other);
}
