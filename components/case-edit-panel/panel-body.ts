import { msg } from '@lit/localize';
import { html, nothing, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';

import type { CaseClient } from '../../src/client/client.js';
import type { Case } from '../../src/contract/cases.js';
import type { Session } from '../../src/contract/session.js';
import { isConflictError, isForbiddenError, isNotFoundError } from '../../src/errors.js';
import { refusedText, statusMove, statusMoveText } from '../shared/change-words.js';
import { draftStateText } from '../shared/draft.js';
import { failureText } from '../shared/failure.js';
import type { Sentence } from '../shared/field-errors.js';
import { renderLines } from '../shared/lazy-part.js';
import type { Modal } from '../shared/modal.js';
import { personOf } from '../shared/person.js';
import { QueryController } from '../shared/query-controller.js';
import { CaseChangeEvent } from './case-edit-panel.events.js';
import { EditSection } from './edit-section.js';
import { NoteSection } from './note-section.js';
import { renderPanelHeader } from './panel-header.js';
import { renderNotices } from './panel-notices.js';
import {
  refusalOf,
  sectionNames,
  type PanelScope,
  type PanelSection,
  type SectionName,
} from './panel-section.js';
import { renderTabs } from './panel-tabs.js';
import { StatusSection } from './status-section.js';

/** What the panel's content is given by its element. */
export interface PanelBodyLink {
  readonly host: LitElement;
  readonly modal: Modal;
  readonly client: () => CaseClient | undefined;
}

/** What stands in a `<case-edit-panel>`: the sections, what is typed into them, and the case they work on. */
export class PanelBody implements ReactiveController {
  readonly #link: PanelBodyLink;
  readonly #host: LitElement;
  readonly #modal: Modal;
  readonly #record: QueryController<Case, readonly [CaseClient | undefined, string | undefined]>;
  readonly #session: QueryController<Session, readonly [CaseClient | undefined]>;
  readonly #sections: Readonly<Record<SectionName, PanelSection>>;
  #caseId: string | undefined;
  #selected: SectionName | undefined;
  #moved: Sentence | undefined;
  #begunFor: string | undefined;
  #status: string | undefined;
  #focused = false;

  constructor(link: PanelBodyLink) {
    const { host, modal, client } = link;
    this.#link = link;
    this.#host = host;
    this.#modal = modal;
    const reading = () => (modal.isOpen ? client() : undefined);
    this.#record = new QueryController(
      host,
      () => [reading(), this.#caseId] as const,
      (from, caseId) => (caseId ? from?.queries.case(caseId) : undefined),
    );
    this.#session = new QueryController(
      host,
      () => [reading()] as const,
      (from) => from?.queries.session(),
    );
    const sectionLink = { host, client, submit: () => void this.#submit() };
    this.#sections = {
      note: new NoteSection(sectionLink),
      status: new StatusSection(sectionLink),
      edit: new EditSection(sectionLink),
    };
    host.addController(this);
  }

  /** Something typed would be lost. */
  isDirty(): boolean {
    return sectionNames.some((name) => this.#sections[name].dirty);
  }

  /** Throws away what was typed. */
  discard(): void {
    for (const name of sectionNames) if (this.#sections[name].dirty) this.#sections[name].clear();
  }

  /** Turns to a case, and to a section of it. */
  open(caseId: string, section: SectionName): void {
    this.#caseId = caseId;
    this.#selected = section;
    this.#host.requestUpdate();
  }

  /** The panel has closed: what is typed stays kept, the forms are emptied. */
  end(): void {
    this.#begunFor = undefined;
    this.#status = undefined;
    this.#focused = false;
    this.#caseId = undefined;
    this.#moved = undefined;
    for (const name of sectionNames) this.#sections[name].end();
    this.#host.requestUpdate();
  }

  /** Takes up the case and the person as they are now. Called on each update. */
  follow(): void {
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
    this.#moved = () => statusMoveText(record.status, statusMove(record));
    this.#choose(scope);
  }

  hostUpdated(): void {
    if (this.#focused || !this.#modal.isOpen || !this.#scope) return;
    this.#focused = true;
    this.#focusSection();
  }

  render(): TemplateResult {
    const scope = this.#scope;
    return scope ? this.#renderPanel(scope) : this.#renderState();
  }

  #renderHeader(record?: Case): TemplateResult {
    return renderPanelHeader({
      record,
      inert: this.#modal.asking,
      onClose: () => this.#modal.requestClose(),
    });
  }

  #renderState(): TemplateResult {
    const { status, error } = this.#record.state.error ? this.#record.state : this.#session.state;
    return html`<div class="state">
      ${this.#renderHeader()}
      ${
        status === 'failed'
          ? html`<div class="message" role="alert">
              <p>${failureText(error)}</p>
              <button class="button" type="button" @click=${this.#reload}>
                ${msg('Try again', { id: 'action.retry' })}
              </button>
            </div>`
          : renderLines()
      }
    </div>`;
  }

  #renderPanel(scope: PanelScope): TemplateResult {
    const { asking } = this.#modal;
    const selected = this.#selected;
    const section = selected && this.#sections[selected];
    const tabs = sectionNames.map((name) => ({
      name,
      label: this.#sections[name].label(),
      refusal: refusalOf(this.#sections[name], scope),
    }));
    return html`<form novalidate @submit=${this.#onSubmit} @keydown=${this.#onKeydown}>
        ${this.#renderHeader(scope.record)}
        <div ?inert=${asking}>
          ${renderTabs(msg('What to do', { id: 'panel.sections' }), tabs, selected, this.#select)}
        </div>
        <div class="body" ?inert=${asking}>
          ${renderNotices({
            moved: this.#moved?.(),
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
        <footer role="presentation">
          ${asking ? this.#modal.renderQuestion() : this.#renderActions(scope, section)}
        </footer>
      </form>
      ${section?.renderDialog?.(scope) ?? nothing}`;
  }

  #renderActions(scope: PanelScope, section: PanelSection | undefined): TemplateResult {
    const busy = section?.submission.busy ?? false;
    return html`<div class="actions">
      ${
        section
          ? html`<button class="button quiet" type="button" data-action="clear" @click=${this.#clear}>
                ${msg('Clear', { id: 'action.clear' })}
              </button>
              <span class="hint draft"
                >${section.draft.kept ? draftStateText(section.draft.state) : nothing}</span
              >`
          : nothing
      }
      <button class="button" type="button" data-action="cancel" @click=${() => this.#modal.requestClose()}>
        ${msg('Cancel', { id: 'action.cancel' })}
      </button>
      ${
        section
          ? html`<button
              class="button primary"
              type="submit"
              data-action="submit"
              aria-busy=${busy}
              aria-disabled=${ifDefined(refusalOf(section, scope) && 'true')}
            >
              ${busy ? msg('Saving…', { id: 'action.saving' }) : section.action(scope)}
            </button>`
          : nothing
      }
    </div>`;
  }

  readonly #select = (name: SectionName): void => {
    this.#selected = name;
    this.#host.requestUpdate();
  };

  readonly #clear = (): void => {
    this.#moved = undefined;
    if (this.#selected) this.#sections[this.#selected].clear();
    this.#host.requestUpdate();
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
    const section = this.#selected && this.#sections[this.#selected];
    if (!scope || !section || section.submission.busy || refusalOf(section, scope)) return;
    const caseId = scope.record.id;
    section.draft.flush();
    const change = await section.submit(scope);
    if (change) {
      section.draft.discard();
      // The case moved by this very write: that is no news to tell.
      this.#modal.close();
      const event = new CaseChangeEvent(caseId, change);
      this.#host.dispatchEvent(event);
      return;
    }
    const { failure } = section.submission;
    // The right was lost meanwhile: the verdicts shown are out of date (E-FORB).
    if (isForbiddenError(failure) || isNotFoundError(failure)) await this.#record.refetch();
    if (!isConflictError(failure)) return;
    this.#moved = section.refused?.(failure) ?? (() => refusedText(failure));
    this.#host.requestUpdate();
    section.submission.reset();
    await this.#record.refetch();
  }

  /** The wanted section where it may be used, else the next one that may; what is typed is not moved away from. */
  #choose(scope: PanelScope): void {
    const from = Math.max(0, sectionNames.indexOf(this.#selected ?? 'note'));
    const inTurn = [...sectionNames.slice(from), ...sectionNames.slice(0, from)];
    const next = inTurn.find((name) => !refusalOf(this.#sections[name], scope));
    if (next === this.#selected) return;
    this.#selected = next;
    this.#focused = false;
  }

  #focusSection(): void {
    void this.#host.updateComplete.then(() => {
      const find = (selector: string) => this.#host.renderRoot.querySelector<HTMLElement>(selector);
      const control = find('[role=tabpanel] :is(select, input:not([type=radio]), textarea)');
      (control ?? find('[role=tab][aria-selected=true]'))?.focus();
    });
  }

  get #scope(): PanelScope | undefined {
    const client = this.#link.client();
    const record = this.#record.data;
    const session = this.#session.data;
    if (!client || !record || !session || !this.#modal.isOpen) return undefined;
    return { client, record, session };
  }
}
