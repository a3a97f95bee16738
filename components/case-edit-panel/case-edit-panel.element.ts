import { consume } from '@lit/context';
import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';

import type { CaseClient } from '../../src/client/client.js';
import { isConflictError } from '../../src/errors.js';
import { clientContext } from '../shared/client-context.js';
import { controls } from '../shared/controls.styles.js';
import { failureText } from '../shared/failure.js';
import type { Sentence } from '../shared/field-errors.js';
import { forms } from '../shared/forms.styles.js';
import { icon } from '../shared/icons.js';
import { Modal } from '../shared/modal.js';
import { personOf } from '../shared/person.js';
import { QueryController } from '../shared/query-controller.js';
import { localized } from '../shared/localization.js';
import { tokens } from '../shared/tokens.styles.js';
import { writing } from '../shared/writing.styles.js';
import { CaseChangeEvent } from './case-edit-panel.events.js';
import { styles } from './case-edit-panel.styles.js';
import { refusedText, statusMove, statusMoveText } from './change-words.js';
import { EditSection } from './edit-section.js';
import { NoteSection } from './note-section.js';
import { renderNotices } from './panel-notices.js';
import { sectionNames, type PanelScope, type PanelSection, type SectionName } from './panel-section.js';
import { renderTabs } from './panel-tabs.js';
import { StatusSection } from './status-section.js';

/**
 * The panel that rises from the bottom to work on one case: a note, its status, its fields (CC-31 to CC-51).
 *
 * Sections that may not be used are disabled with the reason, and the next allowed one is chosen. What is typed is kept
 * until it is sent, and never thrown away unasked. When the case moves meanwhile it says who moved it and what; a write
 * never overwrites what was not seen.
 *
 * @element case-edit-panel
 * @fires {NoteSubmitEvent} note-submit - A complete note is about to be sent; cancelable.
 * @fires {CaseCloseEvent} case-close - The case is about to be closed; cancelable.
 * @fires {CaseReopenEvent} case-reopen - The case is about to be reopened; cancelable.
 * @fires {CaseSaveEvent} case-save - The edits are about to be saved; cancelable.
 * @fires {CaseChangeEvent} case-change - The case was changed, and the panel has closed.
 * @csspart dialog - The panel.
 * @csspart field - A label with its control and messages.
 */
@localized()
export class CaseEditPanel extends LitElement {
  static override styles = [tokens, controls, writing, forms, styles];

  /** Where the case is kept. Set by the surrounding `<case-provider>`, or by hand. */
  @consume({ context: clientContext, subscribe: true })
  @property({ attribute: false })
  client: CaseClient | undefined;

  @state() private caseId: string | undefined;
  @state() private selected: SectionName | undefined;
  @state() private moved: Sentence | undefined;

  readonly #modal = new Modal(this, {
    dirty: () => sectionNames.some((name) => this.#sections[name].dirty),
    discard: () => sectionNames.forEach((name) => this.#sections[name].clear()),
    closed: () => this.#end(),
  });
  readonly #record = new QueryController(
    this,
    () => [this.#modal.isOpen ? this.client : undefined, this.caseId] as const,
    (client, caseId) => (caseId ? client?.queries.case(caseId) : undefined),
  );
  readonly #session = new QueryController(
    this,
    () => [this.#modal.isOpen ? this.client : undefined] as const,
    (client) => client?.queries.session(),
  );
  readonly #sections: Readonly<Record<SectionName, PanelSection>>;
  #begunFor: string | undefined;
  #status: string | undefined;
  #focused = false;

  constructor() {
    super();
    const link = { host: this, client: () => this.client };
    this.#sections = {
      note: new NoteSection(link),
      status: new StatusSection(link),
      edit: new EditSection(link),
    };
  }

  /**
   * Opens the panel on a case, on `section` where that may be used; the focus returns to where it is now once it
   * closes (CC-31 to CC-34).
   */
  open({ caseId, section = 'note' }: { readonly caseId: string; readonly section?: SectionName }): void {
    if (caseId !== this.caseId) this.#end();
    this.caseId = caseId;
    this.selected = section;
    this.#modal.show();
  }

  /** Closes the panel, after asking when something typed would be lost. */
  close(): void {
    this.#modal.requestClose();
  }

  // Not in `willUpdate`: the queries follow their arguments only after it.
  protected override update(changed: PropertyValues): void {
    this.#follow();
    super.update(changed);
  }

  protected override updated(): void {
    if (this.#focused || !this.#modal.isOpen || !this.#scope) return;
    this.#focused = true;
    this.#focusSection();
  }

  protected override render(): unknown {
    if (!this.#modal.isOpen) return nothing;
    const scope = this.#scope;
    return html`<dialog
      part="dialog"
      aria-labelledby="title"
      @keydown=${this.#modal.onKeydown}
      @cancel=${this.#modal.onCancel}
      @close=${this.#modal.onClose}
      @pointerdown=${this.#modal.onPointerdown}
      @click=${this.#modal.onClick}
    >
      ${scope ? this.#renderPanel(scope) : this.#renderState()}
    </dialog>`;
  }

  #renderHeader(scope: PanelScope | undefined): TemplateResult {
    const number = scope?.record.number;
    return html`<div class="grab"></div>
      <header ?inert=${this.#modal.asking}>
        <h2 id="title" tabindex="-1">
          ${
            number === undefined
              ? msg('Edit case', { id: 'panel.edit' })
              : msg(str`Edit case #${number}`, { id: 'panel.title' })
          }
        </h2>
        ${scope ? renderStatus(scope.record.status) : nothing}
        <button
          class="button quiet icon"
          type="button"
          aria-label=${msg('Close', { id: 'action.close' })}
          @click=${this.close}
        >
          ${icon('close')}
        </button>
        ${scope ? html`<p class="subject" dir="auto">${scope.record.subject}</p>` : nothing}
      </header>`;
  }

  #renderState(): TemplateResult {
    const { status, error } = this.#record.state.error ? this.#record.state : this.#session.state;
    return html`<div class="state">
      ${this.#renderHeader(undefined)}
      ${
        status === 'failed'
          ? html`<div class="message" role="alert">
              <p>${failureText(error)}</p>
              <button class="button" type="button" @click=${this.#reload}>
                ${msg('Try again', { id: 'action.retry' })}
              </button>
            </div>`
          : html`<div class="lines" role="status">
              <span class="visually-hidden">${msg('Loading…', { id: 'state.loading' })}</span>
              ${[1, 2, 3].map(() => html`<span class="skeleton"></span>`)}
            </div>`
      }
    </div>`;
  }

  #renderPanel(scope: PanelScope): TemplateResult {
    const { asking } = this.#modal;
    const { selected } = this;
    const section = selected && this.#sections[selected];
    const tabs = sectionNames.map((name) => ({
      name,
      label: this.#sections[name].label(),
      refusal: this.#sections[name].refusal(scope),
    }));
    return html`<form novalidate @submit=${this.#onSubmit} @keydown=${this.#onKeydown}>
      ${this.#renderHeader(scope)}
      <div ?inert=${asking}>
        ${renderTabs(msg('What to do', { id: 'panel.sections' }), tabs, selected, this.#select)}
      </div>
      <div class="body" ?inert=${asking}>
        ${renderNotices({
          moved: this.moved?.(),
          section,
          onRetry: () => void this.#submit(),
        })}
        ${
          section
            ? html`<div id="section" role="tabpanel" aria-labelledby="tab-${selected}">
                ${section.render(scope)}
              </div>`
            : html`<p class="hint">
                ${msg('There is nothing you may do on this case.', { id: 'panel.none' })}
              </p>`
        }
      </div>
      <footer>${asking ? this.#modal.renderQuestion() : this.#renderActions(scope, section)}</footer>
    </form>`;
  }

  #renderActions(scope: PanelScope, section: PanelSection | undefined): TemplateResult {
    const busy = section?.submission.busy ?? false;
    return html`<div class="actions">
      ${
        section
          ? html`<button class="button quiet" type="button" data-action="clear" @click=${this.#clear}>
              ${msg('Clear', { id: 'action.clear' })}
            </button>`
          : nothing
      }
      <button class="button" type="button" data-action="cancel" @click=${this.close}>
        ${msg('Cancel', { id: 'action.cancel' })}
      </button>
      ${
        section
          ? html`<button class="button primary" type="submit" data-action="submit" aria-busy=${busy}>
              ${busy ? msg('Saving…', { id: 'action.saving' }) : section.action(scope)}
            </button>`
          : nothing
      }
    </div>`;
  }

  readonly #select = (name: SectionName): void => {
    this.selected = name;
  };

  readonly #clear = (): void => {
    this.moved = undefined;
    if (this.selected) this.#sections[this.selected].clear();
    this.requestUpdate();
    this.#focusSection();
  };

  readonly #reload = (): void => {
    void this.#record.refetch();
    void this.#session.refetch();
  };

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault();
    void this.#submit();
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || this.#modal.asking) return;
    event.preventDefault();
    void this.#submit();
  };

  async #submit(): Promise<void> {
    const scope = this.#scope;
    const section = this.selected && this.#sections[this.selected];
    if (!scope || !section || section.submission.busy) return;
    const caseId = scope.record.id;
    const change = await section.submit(scope);
    if (change) {
      section.draft.discard();
      // The case moved by this very write: that is no news to tell.
      this.#modal.close();
      const event = new CaseChangeEvent(caseId, change);
      this.dispatchEvent(event);
      return;
    }
    const { failure } = section.submission;
    if (!isConflictError(failure)) return;
    this.moved = () => refusedText(failure);
    section.submission.reset();
    await this.#record.refetch();
  }

  #follow(): void {
    const scope = this.#scope;
    if (!scope) return;
    const { record, session } = scope;
    // What one person typed is not shown to the next.
    const begun = `${personOf(session)} ${record.id}`;
    if (this.#begunFor !== begun) {
      this.#begunFor = begun;
      this.#status = record.status;
      for (const name of sectionNames) this.#sections[name].begin(scope);
      this.#choose(scope);
      return;
    }
    for (const name of sectionNames) this.#sections[name].follow(scope);
    if (record.status === this.#status) return;
    this.#status = record.status;
    this.moved = () => statusMoveText(record.status, statusMove(record));
    this.#choose(scope);
  }

  /** The wanted section where it may be used, else the next one that may; what is typed is not moved away from. */
  #choose(scope: PanelScope): void {
    const from = Math.max(0, sectionNames.indexOf(this.selected ?? 'note'));
    const inTurn = [...sectionNames.slice(from), ...sectionNames.slice(0, from)];
    const next = inTurn.find((name) => !this.#sections[name].refusal(scope));
    if (next === this.selected) return;
    this.selected = next;
    this.#focused = false;
  }

  #focusSection(): void {
    void this.updateComplete.then(() => {
      const find = (selector: string) => this.renderRoot.querySelector<HTMLElement>(selector);
      const control = find('[role=tabpanel] :is(select, input:not([type=radio]), textarea)');
      (control ?? find('[role=tab][aria-selected=true]'))?.focus();
    });
  }

  #end(): void {
    this.#begunFor = undefined;
    this.#status = undefined;
    this.#focused = false;
    this.caseId = undefined;
    this.moved = undefined;
    for (const name of sectionNames) this.#sections[name].end();
  }

  get #scope(): PanelScope | undefined {
    const { client } = this;
    const record = this.#record.data;
    const session = this.#session.data;
    if (!client || !record || !session || !this.#modal.isOpen) return undefined;
    return { client, record, session };
  }
}

function renderStatus(status: string): TemplateResult {
  if (status === 'open')
    return html`<span class="pill positive status-open">${msg('OPEN', { id: 'status.mark.open' })}</span>`;
  if (status === 'closed')
    return html`<span class="pill status-closed">${msg('CLOSED', { id: 'status.mark.closed' })}</span>`;
  return html`<span class="pill">${status}</span>`;
}
