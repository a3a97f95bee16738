import { consume } from '@lit/context';
import { msg } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { cache } from 'lit/directives/cache.js';

import type { CaseClient } from '../../src/client/client.js';
import type { Case } from '../../src/contract/cases.js';
import type { Session } from '../../src/contract/session.js';
import { clientContext } from '../shared/client-context.js';
import { controls } from '../shared/controls.styles.js';
import { failureText } from '../shared/failure.js';
import type { Sentence } from '../shared/field-errors.js';
import { formatInstant } from '../shared/format.js';
import { caseIcon } from '../shared/case-icons.js';
import { HostController, hostOf } from '../shared/host-actions/registry.js';
import { icon } from '../shared/icons.js';
import { LazyPart } from '../shared/lazy-part.js';
import { MinuteController } from '../shared/minute-controller.js';
import { QueryController } from '../shared/query-controller.js';
import { selectionContext, type CaseSelection } from '../shared/selection-context.js';
import { SelectionController } from '../shared/selection-controller.js';
import { localized } from '../shared/localization.js';
import { tokens } from '../shared/tokens.styles.js';
import { CaseBackEvent, CaseWarningEvent, type CaseWarningCode } from './case-detail.events.js';
import { styles } from './case-detail.styles.js';
import { renderBack, renderHeader, renderPencil } from './case-header.js';
import { isKnownStatus, pencilsOf, type PanelSection } from './case-rules.js';
import { isLost, renderEmpty, renderFailure, renderSkeleton } from './case-states.js';
import { Opening } from './opening.js';
import type { HostPart } from './host-part.js';
import type { ReadBlocked } from './read-blocked.js';
import type { SharingPart } from './sharing-part.js';
import { wantWords } from '../shared/want-words.js';

const praise = 8000;

/**
 * One case, whole: its status and facts, its history, and a place to write (CC-16 to CC-24, CC-31 to CC-37).
 *
 * Shows the case named by `case-id`, or else follows the choice made in the same `<case-provider>`; keeps itself up to
 * date while others work on the case. Offers only what the verdicts of the case allow. Given a height, the history
 * scrolls inside; without one the element grows with it.
 *
 * @element case-detail
 * @fires {CaseBackEvent} case-back - The reader goes back to the list; `preventDefault()` keeps the case chosen.
 * @fires {CaseWarningEvent} case-warning - The record holds something that cannot be understood.
 * @fires {NoteSubmitEvent} note-submit - A note is about to be sent from inside; cancelable.
 * @fires {NoteCreateEvent} note-create - A note was added in the composer inside.
 * @fires {CaseReopenRequestEvent} case-reopen-request - The writer wants the closed case open again;
 *   `preventDefault()` keeps the edit panel from opening.
 * @fires {CaseCloseEvent} case-close - In the edit panel a case is about to be closed; cancelable.
 * @fires {CaseReopenEvent} case-reopen - In the edit panel a case is about to be reopened; cancelable.
 * @fires {CaseSaveEvent} case-save - In the edit panel the edits are about to be saved; cancelable.
 * @fires {CaseChangeEvent} case-change - The edit panel changed the case and has closed.
 * @fires {ShareRequestEvent} share-request - Sharing is wanted in the place of a copy line; `preventDefault()` keeps the
 *   panel from opening.
 * @fires {ShareChangeEvent} share-change - In the panel, who has access was changed.
 * @fires {ConfigErrorEvent} config-error - In the panel: the backend hides some of those who have access (CO-14).
 * @slot empty - Replaces what is shown while no case is chosen.
 * @csspart header - Status, subject and facts.
 * @csspart status - The status.
 * @csspart facts - The list of facts.
 * @csspart reason - Why the case was closed or opened again.
 * @csspart history - The notes and changes.
 * @csspart history-filter - The choice of what the history shows.
 * @csspart back - The button back to the list.
 * @csspart banner - What has just been done.
 * @csspart message - The sentence shown instead of a case.
 * @csspart loading - The placeholder shown while the case is read.
 * @csspart share-badge - From whom the case is, or how many have it; opens the sharing panel.
 * @csspart share - The button that opens the sharing panel.
 * @csspart more - The button of the menu with more actions.
 * @csspart people - Who else is in.
 * @csspart inbox - In which inbox the case waits, and whose it is there.
 * @csspart share-dialog - The panel with who has access, or with what is forwarded.
 * @csspart field - A label with its control and messages, in what is forwarded.
 * @csspart links - The objects of the page around that the case is linked to.
 * @csspart host-actions - The buttons of what the page around can do.
 * @csspart host-action - One of these buttons.
 * @csspart unsent - What was written on a case that is no longer the reader's to see.
 */
@localized()
export class CaseDetail extends LitElement {
  static override styles = [tokens, controls, styles];

  /** Where the case is read. Set by the surrounding `<case-provider>`, or by hand. */
  @consume({ context: clientContext, subscribe: true })
  @property({ attribute: false })
  client: CaseClient | undefined;

  /** The case to show; the one chosen in the same provider when absent. */
  @property({ attribute: 'case-id' }) caseId: string | undefined;

  /** Shows the way back at every width, for a page where the detail replaces the list. */
  @property({ type: Boolean, reflect: true }) standalone = false;

  /** The choice of case in the provider. */
  @consume({ context: selectionContext, subscribe: true })
  @state()
  private selection: CaseSelection | undefined;

  @state() private done: Sentence | undefined;

  @query('h2') private heading!: HTMLElement | null;
  @query('#edit') private panel!: HTMLElementTagNameMap['case-edit-panel'] | null;
  @query('#composer') private composer!: HTMLElementTagNameMap['note-composer'] | null;

  readonly #selected = new SelectionController(this, () => this.selection);
  readonly #case = new QueryController(
    this,
    () => [this.client, this.#shownId] as const,
    (client, caseId) => (caseId ? client?.queries.case(caseId) : undefined),
  );
  readonly #session = new QueryController(
    this,
    () => [this.client] as const,
    (client) => client?.queries.session(),
  );
  readonly #sharing = new LazyPart<SharingPart>(
    this,
    () => this.#session.data?.capabilities.sharing !== undefined && this.#record !== undefined,
    async () => {
      const { SharingPart } = await import('./sharing-part.js');
      return () =>
        new SharingPart({
          host: this,
          client: () => this.client,
          record: () => this.#record,
          session: () => this.#session.data,
          say: (text) => this.#praise(text),
        });
    },
  );
  readonly #host = new LazyPart<HostPart>(
    this,
    () => this.#session.data?.actor.kind === 'agent' && this.#bringsAlong,
    async () => {
      const [{ HostPart }] = await Promise.all([import('./host-part.js'), wantWords('inboxes')]);
      return () =>
        new HostPart({
          host: this,
          client: () => this.client,
          record: () => this.#record,
          session: () => this.#session.data,
          say: (text) => this.#praise(text),
        });
    },
  );
  readonly #blocked = new LazyPart<ReadBlocked>(
    this,
    () => this.#shownId !== undefined && isLost(this.#case.state.error),
    async () => {
      const { ReadBlocked } = await import('./read-blocked.js');
      return () => {
        const part = new ReadBlocked(this);
        this.#takeUnsent(part);
        return part;
      };
    },
  );
  readonly #warned = new Set<string>();
  #doneTimer: ReturnType<typeof setTimeout> | undefined;
  #lastShownId: string | undefined;
  /** Where the focus stood when it was wanted here. */
  #focusedFrom: Element | undefined;
  #panelOpened = false;
  /** The case that the reader may no longer see, with what was being written on it. */
  #lost: { readonly caseId: string; readonly unsaved: string | undefined } | undefined;
  #unsent: string | undefined;

  constructor() {
    super();
    new MinuteController(this);
    new HostController(this);
    new Opening(this, () => [
      this.client,
      // Who tells its rules of sharing keeps receipts, too.
      this.#session.data?.settings.sharing ? this.#record?.id : undefined,
    ]);
  }

  /**
   * Puts the focus on the subject, for a page that has just brought the reader here: also on that of a case that is still
   * being read, unless the reader has gone elsewhere by then.
   */
  override focus(options?: FocusOptions): void {
    this.heading?.focus(options);
    this.#focusedFrom = document.activeElement ?? undefined;
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#doneTimer);
  }

  protected override update(changed: PropertyValues<this>): void {
    if (this.#shownId !== this.#lastShownId) {
      this.#lastShownId = this.#shownId;
      this.#lost = this.#unsent = undefined;
      this.#blocked.value?.forget();
      this.#say();
    }
    this.#notice();
    super.update(changed);
  }

  /** Takes note of a case that is no longer the reader's to see, before it goes from the page, and of one that is again. */
  #notice(): void {
    const caseId = this.#shownId;
    // The composer leaves the page while the case is asked for once more.
    if (this.composer) this.#unsent = this.composer.unsent;
    if (caseId && isLost(this.#case.state.error)) {
      if (this.#lost) return;
      this.#lost = { caseId, unsaved: this.#unsent };
      if (this.#blocked.value) this.#takeUnsent(this.#blocked.value);
    } else if (this.#lost && this.#record) {
      this.#lost = undefined;
      void this.#giveBack(this.#record.id);
    }
  }

  /** After this update: the forms on the case keep what is typed when they leave the page. */
  #takeUnsent(part: ReadBlocked): void {
    const [lost, client] = [this.#lost, this.client];
    if (lost && client) void this.updateComplete.then(() => part.take(client, lost.caseId, lost.unsaved));
  }

  async #giveBack(caseId: string): Promise<void> {
    if (!this.client || !(await this.#blocked.value?.giveBack(this.client, caseId))) return;
    await this.updateComplete;
    this.composer?.reloadDraft();
  }

  protected override render(): unknown {
    // What is being written stays while the case or the person is read anew; what may no longer be seen does not.
    const content = this.#renderContent();
    return isLost(this.#case.state.error) && this.#shownId ? content : cache(content);
  }

  #renderContent(): TemplateResult {
    const session = this.#session.state;
    if (!this.#shownId) return renderEmpty(session.data?.permissions['listCases']);
    const { data: record, error, status } = this.#case.state;
    const failed = status === 'failed' ? error : session.status === 'failed' ? session.error : undefined;
    if (isLost(error) || failed)
      return html`${renderFailure(error ?? failed, this.#retry, this.#backButton)}
      ${this.#lost ? this.#blocked.value?.render() : nothing}`;
    if (!record || !session.data) return renderSkeleton();
    return this.#renderCase(record, session.data);
  }

  protected override updated(): void {
    const record = this.#case.data;
    if (!record) return;
    const { activeElement, body } = document;
    const isAwaited = this.#focusedFrom && [body, this.#focusedFrom].includes(activeElement ?? body);
    this.#focusedFrom = undefined;
    if (isAwaited) this.heading?.focus();
    if (!isKnownStatus(record)) this.#warn(record.id, 'unknown_status');
    if (formatInstant(record.createdAt) === undefined) this.#warn(record.id, 'unknown_date');
  }

  #renderCase(record: Case, session: Session): TemplateResult {
    const pencils = pencilsOf(record, session);
    const agent = session.actor.kind === 'agent';
    return html`<div class="detail" @focusin=${this.#returned}>
        ${this.#renderBanner()}
        ${renderHeader({
          record,
          settings: session.settings,
          pencils,
          back: this.#back,
          open: this.#open,
          actions: this.#sharing.value?.renderActions(record, session),
          people: this.#sharing.value?.renderPeople(record, session),
          host: this.#host.value?.render(record),
        })}
        <section class="history" part="history" aria-labelledby="history-title">
          <div class="history-head">
            <h3 id="history-title">
              ${
                agent
                  ? msg('Additional notes', { id: 'case-detail.notes' })
                  : msg('Messages', { id: 'case-detail.messages' })
              }
            </h3>
            ${renderPencil(pencils.notes, msg('Add note', { id: 'case-detail.add-note' }), this.#open)}
          </div>
          <case-timeline
            exportparts="history-filter"
            .client=${this.client}
            .record=${record}
            .session=${session}
          ></case-timeline>
          ${pencils.corner ? this.#renderCorner(pencils.corner) : nothing}
        </section>
        <div class=${agent ? 'write' : 'write customer'}>
          <note-composer
            id="composer"
            case-id=${record.id}
            @case-reopen-request=${this.#reopen}
            @share-request=${this.#share}
          ></note-composer>
        </div>
      </div>
      ${this.#sharing.value?.renderDialog()}
      <case-edit-panel id="edit" @case-change=${this.#changed}></case-edit-panel>`;
  }

  #renderBanner(): TemplateResult {
    const stale = this.#case.state.error;
    return html`<div class="done" role="status">
        ${
          this.done
            ? html`<div class="banner positive" part="banner">
                ${icon('check')}<span class="grow">${this.done()}</span>
                <button
                  class="button quiet icon"
                  type="button"
                  aria-label=${msg('Dismiss', { id: 'case-detail.dismiss' })}
                  @click=${this.#dismissByHand}
                >
                  ${icon('close')}
                </button>
              </div>`
            : nothing
        }
      </div>
      ${
        stale
          ? html`<div class="banner caution stale" role="alert">
              ${icon('alert')}
              <span class="grow"
                >${msg('What you see may be out of date.', { id: 'case-detail.stale' })}
                ${failureText(stale)}</span
              >
              <button class="button" type="button" @click=${this.#retry}>
                ${msg('Try again', { id: 'case-detail.retry' })}
              </button>
            </div>`
          : nothing
      }`;
  }

  #renderCorner(section: PanelSection): TemplateResult {
    const label =
      section === 'status'
        ? msg('Change status', { id: 'case-detail.corner.status' })
        : section === 'note'
          ? msg('Write a note', { id: 'case-detail.corner.note' })
          : msg('Edit case', { id: 'case-detail.corner.edit' });
    return html`<button
      class="button corner"
      type="button"
      aria-label=${label}
      aria-haspopup="dialog"
      title=${label}
      @click=${() => this.#open(section)}
    >
      ${caseIcon('edit')}
    </button>`;
  }

  get #record(): Case | undefined {
    return isLost(this.#case.state.error) ? undefined : this.#case.data;
  }

  /** Whether the page has something to offer, or the case is linked to something of its own. */
  get #bringsAlong(): boolean {
    return Boolean(this.#record && (this.#record.links?.length || hostOf(this).actions?.length));
  }

  get #shownId(): string | undefined {
    return this.caseId || this.#selected.caseId;
  }

  get #backButton(): TemplateResult {
    return renderBack(this.#back);
  }

  readonly #back = (): void => {
    if (!this.#shownId) return;
    const event = new CaseBackEvent(this.#shownId);
    if (this.dispatchEvent(event)) this.selection?.select(undefined);
  };

  readonly #open = (section: PanelSection): void => {
    if (!this.#shownId) return;
    this.composer?.saveDraft();
    this.#panelOpened = true;
    this.panel?.open({ caseId: this.#shownId, section });
  };

  /** The panel and the composer keep one draft of a note: the reader is back from the one, so the other reads it. */
  readonly #returned = (): void => {
    if (!this.#panelOpened) return;
    this.#panelOpened = false;
    this.composer?.reloadDraft();
  };

  readonly #reopen = (event: Event): void => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    this.#open('status');
  };

  readonly #changed = (event: HTMLElementEventMap['case-change']): void => {
    const { change } = event.detail;
    this.#praise(() => doneText(change));
  };

  readonly #share = (event: Event): void => {
    if (!event.defaultPrevented) this.#sharing.value?.open();
  };

  readonly #dismiss = (): void => this.#say();

  readonly #dismissByHand = (): void => {
    this.#dismiss();
    this.focus();
  };

  readonly #retry = (): void => {
    void this.#case.refetch();
    if (this.#session.state.status === 'failed') void this.#session.refetch();
  };

  #praise(text: Sentence): void {
    this.#say(text);
    this.#doneTimer = setTimeout(this.#dismiss, praise);
  }

  #say(text?: Sentence): void {
    clearTimeout(this.#doneTimer);
    this.done = text;
  }

  #warn(caseId: string, code: CaseWarningCode): void {
    const key = `${caseId} ${code}`;
    if (this.#warned.has(key)) return;
    this.#warned.add(key);
    const event = new CaseWarningEvent(caseId, code);
    this.dispatchEvent(event);
  }
}

/** What was done on the case, for the one who did it. */
function doneText(change: HTMLElementEventMap['case-change']['detail']['change']): string {
  switch (change) {
    case 'note':
      return msg('Note added.', { id: 'case-detail.done.note' });
    case 'close':
      return msg('Case closed.', { id: 'case-detail.done.close' });
    case 'reopen':
      return msg('Case reopened.', { id: 'case-detail.done.reopen' });
    case 'edit':
      return msg('Case saved.', { id: 'case-detail.done.edit' });
  }
}
