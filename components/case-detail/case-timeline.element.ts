import { msg } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import { repeat } from 'lit/directives/repeat.js';

import type { CaseClient } from '../../src/client/client.js';
import type { Attachment } from '../../src/contract/attachments.js';
import type { Case } from '../../src/contract/cases.js';
import type { TimelineEntry } from '../../src/contract/notes.js';
import type { Session } from '../../src/contract/session.js';
import { isAbortError } from '../../src/errors.js';
import { controls } from '../shared/controls.styles.js';
import { failureText } from '../shared/failure.js';
import type { Sentence } from '../shared/field-errors.js';
import { HostController, hostOf } from '../shared/host-actions/registry.js';
import { icon } from '../shared/icons.js';
import { LazyPart } from '../shared/lazy-part.js';
import { MinuteController } from '../shared/minute-controller.js';
import { QueryController } from '../shared/query-controller.js';
import { plural } from '../shared/locale.js';
import { localized } from '../shared/localization.js';
import { saveFile } from '../shared/save-file.js';
import { tokens } from '../shared/tokens.styles.js';
import { styles } from './case-timeline.styles.js';
import type { InboxInWords } from './inbox-in-words.js';
import {
  entryInWords,
  isOwn,
  renderEntry,
  renderFirstMessage,
  type EntryContext,
} from './timeline-entries.js';
import {
  kindsOf,
  renderFilter,
  renderNothing,
  showsCaseText,
  type TimelineFilter,
} from './timeline-filter.js';
import { TimelineScroll } from './timeline-scroll.js';
import { wantWords } from '../shared/want-words.js';

const highlight = 4000;

/**
 * The history of a case inside a `<case-detail>`: the case text, then notes and changes, oldest first (CC-23, CC-24).
 *
 * Fetches the newest page and earlier ones when asked, keeping the reader's place. What arrives while it is read is
 * highlighted for a moment and announced; it scrolls there only when the reader was at the end.
 *
 * @element case-timeline
 *
 * @csspart history-filter - The choice of what the history shows.
 */
@localized()
export class CaseTimeline extends LitElement {
  static override styles = [tokens, controls, styles];

  /** Where the history is read. */
  @property({ attribute: false }) client: CaseClient | undefined;

  /** The case whose history is shown. */
  @property({ attribute: false }) record: Case | undefined;

  /** Who reads. */
  @property({ attribute: false }) session: Session | undefined;

  @state() private fetching: ReadonlySet<string> = new Set();
  @state() private failures: ReadonlyMap<string, Sentence> = new Map();
  @state() private announcement: Sentence | undefined;
  @state() private unread = 0;
  @state() private filter: TimelineFilter = 'all';

  @query('.scroll') private scroller!: HTMLElement | null;
  @query('.end') private end!: HTMLElement | null;

  readonly #timeline = new QueryController(
    this,
    () => [this.client, this.record?.id, this.filter] as const,
    (client, caseId, filter) =>
      caseId ? client?.queries.timeline(caseId, { kind: kindsOf(filter) }) : undefined,
  );
  readonly #inboxInWords = new LazyPart<InboxInWords>(
    this,
    () => this.#timeline.data?.items.some(({ kind }) => kind === 'inbox') ?? false,
    async () => {
      const [{ inboxInWords }] = await Promise.all([import('./inbox-in-words.js'), wantWords('inboxes')]);
      return () => inboxInWords;
    },
  );
  readonly #scroll = new TimelineScroll(this);
  readonly #fresh = new Set<string>();
  readonly #freshTimers = new Set<ReturnType<typeof setTimeout>>();
  #known: { readonly of: string; readonly ids: Set<string> } | undefined;
  #afterUpdate: (() => void) | undefined;

  constructor() {
    super();
    new MinuteController(this);
    new HostController(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const timer of this.#freshTimers) clearTimeout(timer);
    this.#freshTimers.clear();
    this.#fresh.clear();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // A filter left on would hide the notes of the next case.
    if (changed.has('record') && changed.get('record')?.id !== this.record?.id) this.filter = 'all';
  }

  protected override update(changed: PropertyValues<this>): void {
    this.#notice();
    if (this.#scroll.atEnd) this.unread = 0;
    super.update(changed);
  }

  protected override render(): unknown {
    const { record, session } = this;
    if (!record || !session) return nothing;
    const context: EntryContext = {
      session,
      linkTypes: hostOf(this).linkTypes,
      fetching: this.fetching,
      failures: this.failures,
      download: (attachment) => void this.#download(attachment),
      inboxInWords: this.#inboxInWords.value,
    };
    // To a customer the history is a conversation: there is nothing to tell apart.
    const filter =
      session.actor.kind === 'agent'
        ? renderFilter(this.filter, (chosen) => (this.filter = chosen))
        : nothing;
    return html`${filter}
      <div
        class="scroll"
        role="region"
        aria-label=${msg('History', { id: 'case-timeline.label' })}
        tabindex=${ifDefined(this.#scroll.scrolls ? '0' : undefined)}
      >
        <div class="content">
          ${this.#renderHistory(record, context)}
          <div class="end"></div>
        </div>
        ${this.unread > 0 && !this.#scroll.atEnd ? this.#renderUnread() : nothing}
      </div>
      <p class="visually-hidden" role="status">${this.announcement?.()}</p>`;
  }

  protected override updated(): void {
    this.#scroll.observe(this.scroller ?? undefined, this.end ?? undefined);
    this.#afterUpdate?.();
    this.#afterUpdate = undefined;
  }

  #renderHistory(record: Case, context: EntryContext): TemplateResult {
    const { data, status, error, hasNext = data?.hasNext ?? false, fetchingNext } = this.#timeline.state;
    const entries = [...(data?.items ?? [])].reverse();
    const creation = entries.find(({ kind }) => kind === 'creation');
    const first = record.description !== undefined && showsCaseText(this.filter);
    const shown =
      showsCaseText(this.filter) && (first || this.filter === 'notes')
        ? entries.filter((entry) => entry !== creation)
        : entries;
    return html`${first ? renderFirstMessage(record, creation, context) : nothing}
    ${
      hasNext
        ? html`<button
            class="button quiet earlier"
            type="button"
            aria-busy=${fetchingNext ? 'true' : 'false'}
            @click=${this.#showEarlier}
          >
            ${
              fetchingNext
                ? msg('Loading…', { id: 'case-timeline.loading' })
                : msg('Show earlier', { id: 'case-timeline.earlier' })
            }
          </button>`
        : nothing
    }
    ${status === 'pending' ? html`<span class="skeleton" aria-hidden="true"></span>` : nothing}
    ${error ? this.#renderFailure(failureText(error)) : nothing}
    ${
      shown.length > 0
        ? html`<ol class="entries">
            ${repeat(
              shown,
              ({ id }) => id,
              (entry) =>
                html`<li
                  data-entry=${entry.id}
                  class=${classMap({ entry: true, fresh: this.#fresh.has(entry.id) })}
                >
                  ${renderEntry(entry, context)}
                </li>`,
            )}
          </ol>`
        : !first && status === 'ready' && !hasNext
          ? renderNothing(this.filter)
          : nothing
    }`;
  }

  #renderFailure(text: string): TemplateResult {
    return html`<div class="banner caution" role="alert">
      ${icon('alert')}
      <span class="grow"
        >${msg('The history could not be loaded.', { id: 'case-timeline.failed' })} ${text}</span
      >
      <button class="button" type="button" @click=${() => void this.#timeline.refetch()}>
        ${msg('Try again', { id: 'case-timeline.retry' })}
      </button>
    </div>`;
  }

  #renderUnread(): TemplateResult {
    return html`<div class="float">
      <button class="button primary" type="button" @click=${() => this.#scroll.toEnd()}>
        ${icon('down')}${msg('New note', { id: 'case-timeline.unread' })}
      </button>
    </div>`;
  }

  readonly #showEarlier = async (): Promise<void> => {
    const restore = this.#scroll.hold(this.renderRoot.querySelector('[data-entry]'));
    await this.#timeline.fetchNext();
    this.#afterUpdate = restore;
    this.requestUpdate();
  };

  /** Tells what has arrived since the last rendering from what was fetched because the reader asked. */
  #notice(): void {
    const { record, session } = this;
    const items = this.#timeline.data?.items;
    if (!record || !session || !items) return;
    const of = `${this.filter} ${record.id}`;
    if (this.#known?.of !== of) {
      this.#known = { of, ids: new Set(items.map(({ id }) => id)) };
      this.#fresh.clear();
      this.announcement = undefined;
      this.unread = 0;
      this.#afterUpdate = () => this.#scroll.toInnerEnd();
      return;
    }
    const { ids } = this.#known;
    const firstKnown = items.findIndex(({ id }) => ids.has(id));
    const arrived = items.slice(0, Math.max(firstKnown, 0));
    for (const { id } of items) ids.add(id);
    if (arrived.length > 0) this.#arrive(arrived, session);
  }

  #arrive(arrived: readonly TimelineEntry[], session: Session): void {
    const foreign = arrived.filter((entry) => !isOwn(entry, session));
    const own = foreign.length < arrived.length;
    for (const { id } of foreign) this.#fresh.add(id);
    const [only] = foreign;
    if (only) {
      this.announcement = () =>
        foreign.length === 1
          ? entryInWords(only, {
              session,
              linkTypes: hostOf(this).linkTypes,
              inboxInWords: this.#inboxInWords.value,
            } as EntryContext)
          : plural(
              foreign.length,
              msg('one {# new entry} other {# new entries}', { id: 'case-timeline.new.many' }),
            );
      const timer = setTimeout(() => this.#settle(foreign), highlight);
      this.#freshTimers.add(timer);
    }
    if (own || this.#scroll.atEnd) {
      this.unread = 0;
      this.#afterUpdate = () => this.#scroll.toInnerEnd();
    } else this.unread += foreign.length;
  }

  #settle(entries: readonly TimelineEntry[]): void {
    for (const { id } of entries) this.#fresh.delete(id);
    this.announcement = undefined;
    this.requestUpdate();
  }

  async #download(attachment: Attachment): Promise<void> {
    const { client } = this;
    const { id, name } = attachment;
    if (!client || this.fetching.has(id)) return;
    this.fetching = new Set([...this.fetching, id]);
    this.failures = new Map([...this.failures].filter(([failed]) => failed !== id));
    try {
      saveFile(await client.attachments.download(id), name);
    } catch (error) {
      if (!isAbortError(error)) this.failures = new Map([...this.failures, [id, () => failureText(error)]]);
    } finally {
      this.fetching = new Set([...this.fetching].filter((other) => other !== id));
    }
  }
}
