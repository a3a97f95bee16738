import { msg, str } from '@lit/localize';
import { html, nothing, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

import type { CaseClient } from '../../src/client/client.js';
import type { ListData } from '../../src/client/live-query.js';
import type { BulkAction } from '../../src/contract/bulk.js';
import type { CaseSummary } from '../../src/contract/cases.js';
import type { Session } from '../../src/contract/session.js';
import { addStyles } from '../shared/add-styles.js';
import type { Sentence } from '../shared/field-errors.js';
import { formatNumber, plural } from '../shared/locale.js';
import { renderBulkBar, renderFinished, selectedText } from './bulk-bar.js';
import type { BulkDialog } from './bulk-dialog.js';
import { mostSelected, RowSelection } from './bulk-selection.js';
import { bulkStyles } from './bulk.styles.js';
import { allDoneText, refusalForAll } from './bulk-words.js';
import { renderFormFailure } from './case-list.bars.js';
import { compareRows } from '../shared/shown-rows.js';
import { caseOf, rowForKey, rowsOnScreen } from './case-list.focus.js';
import type { RowPicks } from './case-list.rows.js';

/** What selecting is given by its list. */
export interface BulkLink {
  readonly client: () => CaseClient | undefined;
  readonly session: () => Session | undefined;
  /** What the list is asked for now. */
  readonly question: () => string;
  /** The rows that are shown. */
  readonly data: () => ListData<CaseSummary> | undefined;
  /** Answers whether there was no failure. */
  readonly fetchNext: () => Promise<boolean>;
  readonly say: (sentence: Sentence) => void;
  readonly open: (caseId: string) => void;
}

/** Selecting rows of a list, and what can be done to all of them at once. */
export class BulkPart implements ReactiveController, RowPicks {
  readonly #link: BulkLink;
  readonly #host: LitElement;
  readonly #selection = new RowSelection();
  #question: string;
  #data: ListData<CaseSummary> | undefined;
  // Rows that went over the end of what was loaded, and how much that was: they come back with the next page.
  readonly #sought = new Map<string, number>();
  #growing: object | undefined;
  #hint: Sentence | undefined;
  #shifted = false;
  #explained = false;
  #dialog: BulkDialog | undefined;
  #unfetched: BulkAction | undefined;
  #finished: { readonly action: BulkAction; readonly count: number } | undefined;

  constructor(host: LitElement, link: BulkLink) {
    this.#link = link;
    this.#host = host;
    this.#question = link.question();
    this.#data = link.data();
    addStyles(host, bulkStyles);
    host.addController(this);
  }

  /** Something is selected, or being done. */
  get active(): boolean {
    return this.#selection.size > 0 || this.#dialog?.isOpen === true;
  }

  get size(): number {
    return this.#selection.size;
  }

  has(id: string): boolean {
    return this.#selection.has(id);
  }

  hostUpdate(): void {
    const question = this.#link.question();
    const data = this.#link.data();
    if (!data) {
      // Signed out, or access lost: nothing of it may stay.
      if (this.active || this.#finished) this.#forget();
    } else if (question !== this.#question) {
      if (this.size > 0 && !this.#dialog?.isOpen)
        this.#link.say(() => msg('Other cases are shown now: nothing is selected.', { id: 'bulk.cleared' }));
      this.#forget();
    } else if (data !== this.#data) this.#follow(this.#data, data);
    this.#question = question;
    this.#data = data;
  }

  hostDisconnected(): void {
    this.#growing = undefined;
  }

  renderHead(): TemplateResult {
    const items = this.#items;
    const all = this.#selection.full || (items.length > 0 && items.every(({ id }) => this.has(id)));
    return html`<label class="reach"
      ><input
        type="checkbox"
        aria-label=${plural(
          items.length,
          msg('one {Select the # case shown} other {Select all # cases shown}', { id: 'bulk.shown' }),
        )}
        .checked=${live(all)}
        .indeterminate=${live(this.size > 0 && !all)}
        @change=${() => (all ? this.#clear() : this.#change(() => this.#selection.add(items)))}
    /></label>`;
  }

  renderBox({ id, number, subject }: CaseSummary): TemplateResult {
    const name = subject || msg('(no subject)', { id: 'case-list.no-subject' });
    return html`<input
      type="checkbox"
      aria-label=${msg(str`Select #${String(number)} ${name}`, { id: 'bulk.select' })}
      .checked=${live(this.has(id))}
    />`;
  }

  readonly onPick = (event: MouseEvent, { id }: CaseSummary): void => {
    // Beside the checkbox counts as on it: a finger needs the room. The row itself would open the case.
    event.stopPropagation();
    const box = event.target instanceof HTMLInputElement ? event.target : undefined;
    // Not every browser tells of a key held while Space is pressed.
    const range = event.detail === 0 ? this.#shifted : event.shiftKey;
    this.#change(() =>
      this.#selection.pick(id, { on: box?.checked ?? !this.has(id), range, items: this.#items }),
    );
    if (event.detail === 0 && this.size > 0 && !this.#explained) {
      this.#explained = true;
      this.#link.say(() =>
        msg('Enter leads from a checkbox to what can be done, Escape clears the selection.', {
          id: 'bulk.keys',
        }),
      );
    }
  };

  /** Keys on the rows, before the list itself takes them. */
  readonly onKeydown = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    const onBox = target instanceof HTMLInputElement;
    const place = this.#items.findIndex(({ id }) => id === caseOf(target));
    if (event.key === ' ') this.#shifted = event.shiftKey;
    if (event.key === 'Escape' && this.size > 0) {
      event.preventDefault();
      event.stopPropagation();
      this.#clear();
    } else if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey) && !event.altKey) {
      event.preventDefault();
      this.#change(() => this.#selection.add(this.#items));
    } else if (onBox && event.key === 'Enter' && this.size > 0) {
      event.preventDefault();
      this.#focusBar();
    } else if (onBox && event.shiftKey) {
      const to = rowForKey(event, { place, count: this.#items.length, page: rowsOnScreen(target) });
      const id = to === undefined ? undefined : this.#items[to]?.id;
      if (id === undefined) return;
      const from = caseOf(target);
      this.#change(() => {
        if (from && this.#selection.anchor === undefined)
          this.#selection.pick(from, { on: true, range: false, items: this.#items });
        this.#selection.pick(id, { on: true, range: true, items: this.#items });
      });
    }
  };

  /** "25 of 310 selected". */
  get countText(): string {
    return selectedText(this.size, this.#total);
  }

  renderBar(): TemplateResult {
    const session = this.#link.session();
    return renderBulkBar({
      capabilities: session?.capabilities,
      cases: this.#selection.cases,
      loaded: this.#items.length,
      total: this.#total,
      growing: this.#growing !== undefined,
      hint: this.#hint?.() ?? this.#fullText,
      onAll: () => void this.#selectAll(),
      onAct: this.#act,
      onClear: () => this.#clear(),
      onKeydown: this.#onBarKeydown,
    });
  }

  /** What was done, above the rows. */
  renderBanner(): unknown {
    const unfetched = this.#unfetched;
    const finished = this.#finished;
    return [
      unfetched ? renderFormFailure(() => this.#act(unfetched)) : nothing,
      finished
        ? renderFinished(allDoneText(finished.action, finished.count), () => {
            this.#finished = undefined;
            this.#host.requestUpdate();
            this.#keepFocus();
          })
        : nothing,
    ];
  }

  renderDialog(): unknown {
    return this.#dialog?.render() ?? nothing;
  }

  readonly #onBarKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    this.#clear();
  };

  readonly #act = (action: BulkAction): void => {
    const refusal = () => refusalForAll(action, this.#selection.cases);
    if (refusal()) {
      this.#hint = () => refusal() ?? '';
      this.#host.requestUpdate();
    } else void this.#open(action);
  };

  async #open(action: BulkAction): Promise<void> {
    this.#unfetched = undefined;
    this.#growing = undefined;
    try {
      // Most readers who select nothing never need it.
      const { BulkDialog } = await import('./bulk-dialog.js');
      this.#dialog ??= new BulkDialog({
        host: this.#host,
        client: this.#link.client,
        session: this.#link.session,
        cases: () => this.#selection.cases,
        onDone: (ids) => this.#drop(ids),
        onClear: () => this.#selection.clear(),
        onOpen: this.#link.open,
        onEnd: (finished) => this.#end(finished),
      });
    } catch {
      this.#unfetched = action;
      this.#host.requestUpdate();
      return;
    }
    if (this.size > 0) this.#dialog.open(action);
  }

  #end(finished: { readonly action: BulkAction; readonly count: number } | undefined): void {
    this.#finished = finished;
    if (finished) this.#link.say(() => allDoneText(finished.action, finished.count));
    this.#host.requestUpdate();
    this.#keepFocus();
  }

  /** Loads what the list has, page after page, as far as can be selected, and selects it. */
  async #selectAll(): Promise<void> {
    if (this.#growing) return;
    const growing = {};
    this.#growing = growing;
    this.#hint = undefined;
    this.#host.requestUpdate();
    let failed = false;
    while (this.#growing === growing && this.#data?.hasNext && this.#items.length < mostSelected) {
      const before = this.#items.length;
      failed = !(await this.#link.fetchNext());
      await this.#host.updateComplete;
      if (failed || this.#items.length <= before) break;
    }
    if (this.#growing !== growing) return;
    this.#growing = undefined;
    this.#change(() => {
      // The first ones, whatever was selected before.
      this.#selection.clear();
      this.#selection.add(this.#items);
    });
    // The button for it may be gone now.
    void this.#host.updateComplete.then(() => {
      if (document.activeElement === document.body) this.#focusBar();
    });
    if (!failed) return;
    this.#hint = () =>
      msg('Not all cases could be loaded. Only those that are here were selected.', { id: 'bulk.not-all' });
  }

  /** What left the list leaves the selection; what only moved behind the last page that was loaded is loaded again. */
  #follow(before: ListData<CaseSummary> | undefined, after: ListData<CaseSummary>): void {
    const missing = this.#selection.follow(after.items);
    if (missing.length === 0) {
      this.#sought.clear();
      return;
    }
    const gone = new Set(before ? compareRows(before, after).gone.map(({ id }) => id) : []);
    const reach = after.items.length;
    const left = missing.filter(
      ({ id }) => gone.has(id) || !after.hasNext || (this.#sought.get(id) ?? reach) < reach,
    );
    const pushed = missing.filter((item) => !left.includes(item));
    for (const { id } of pushed) if (!this.#sought.has(id)) this.#sought.set(id, reach);
    // After this update: asking changes what is being drawn.
    if (pushed.length > 0) void Promise.resolve().then(() => this.#link.fetchNext());
    if (left.length === 0) return;
    this.#drop(left.map(({ id }) => id));
    if (!this.#dialog?.isOpen) this.#sayLeft(left.length);
  }

  #sayLeft(count: number): void {
    this.#link.say(() => {
      const rest = selectedText(this.size, undefined);
      return plural(
        count,
        msg(
          str`one {# selected case is no longer in this list; ${rest}.} other {# selected cases are no longer in this list; ${rest}.}`,
          { id: 'bulk.left' },
        ),
      );
    });
  }

  #change(change: () => void): void {
    change();
    this.#hint = undefined;
    this.#finished = undefined;
    this.#host.requestUpdate();
  }

  #clear(): void {
    const { anchor } = this.#selection;
    this.#growing = undefined;
    this.#change(() => this.#selection.clear());
    this.#link.say(() => msg('Nothing is selected any more.', { id: 'bulk.none' }));
    this.#keepFocus(anchor);
  }

  #drop(ids: readonly string[]): void {
    this.#selection.drop(ids);
    for (const id of ids) this.#sought.delete(id);
    this.#host.requestUpdate();
  }

  #forget(): void {
    this.#growing = undefined;
    this.#hint = undefined;
    this.#finished = undefined;
    this.#sought.clear();
    this.#selection.clear();
    // After this update: closing changes what is being drawn.
    if (this.#dialog?.isOpen) void this.#host.updateComplete.then(() => this.#dialog?.abandon());
  }

  #focusBar(): void {
    this.#host.renderRoot.querySelector<HTMLElement>('.bulk .button:not([aria-disabled=true])')?.focus();
  }

  /** Whoever stood in the bar or the dialog goes on at the rows once that has gone. */
  #keepFocus(anchor = this.#selection.anchor): void {
    void this.#host.updateComplete.then(() => {
      const { renderRoot: root, shadowRoot } = this.#host;
      const focused = document.activeElement;
      if (shadowRoot?.activeElement || (focused && focused !== document.body && focused !== this.#host))
        return;
      const row = anchor && root.querySelector(`[data-case="${CSS.escape(anchor)}"]`)?.closest('tr');
      const box =
        (row || root).querySelector<HTMLElement>('td.pick input') ??
        root.querySelector<HTMLElement>('button');
      box?.focus();
    });
  }

  get #items(): readonly CaseSummary[] {
    return this.#link.data()?.items ?? [];
  }

  /** How many there are, where somebody knows. */
  get #total(): number | undefined {
    const data = this.#link.data();
    return data?.total ?? (data?.hasNext === false ? data.items.length : undefined);
  }

  get #fullText(): string | undefined {
    if (!this.#selection.full) return undefined;
    return msg(str`No more than ${formatNumber(mostSelected)} cases can be selected at once.`, {
      id: 'bulk.full',
    });
  }
}
