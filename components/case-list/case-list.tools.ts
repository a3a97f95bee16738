import { html, nothing, type LitElement, type ReactiveController, type TemplateResult } from 'lit';

import type { QueryState } from '../../src/client/live-query.js';
import type { Session } from '../../src/contract/session.js';
import { sameFilters, type ChosenView, type ViewToApply } from '../shared/chosen-view.js';
import { prefixOf } from '../shared/define.js';
import { defaultSort, serialiseFilters, type CaseFilters } from '../shared/filter-state.js';
import { FiltersChangeEvent, ViewChangeEvent } from './case-list.events.js';
import type { Question } from './case-list.question.js';

/** What a list tells its tools. */
export interface ToolsLink {
  readonly session: () => QueryState<Session>;
  readonly show: (filters: CaseFilters) => void;
}

interface Host extends LitElement {
  readonly compact: boolean;
  viewId: string | undefined;
  readonly filters: CaseFilters;
  readonly filterState: string;
}

/**
 * The saved views and the export of a list: fetched for those who may use them. Remembers the view that is chosen.
 *
 * A view that the host names beside filters of its own keeps those; without any, the list waits for the view.
 */
export class ListTools implements ReactiveController {
  readonly #host: Host;
  readonly #link: ToolsLink;
  #view: ChosenView | undefined;
  #awaited = false;
  #unread = false;
  #state: 'absent' | 'fetching' | 'here' | 'failed' = 'absent';

  constructor(host: Host, link: ToolsLink) {
    this.#host = host;
    this.#link = link;
    host.addController(this);
  }

  /** The view that is chosen, once it is known. */
  get view(): ChosenView | undefined {
    return this.#view;
  }

  /** Whether the filters to show are not known yet, for they are those of a view. */
  get waits(): boolean {
    if (!this.#awaited || this.#unread || this.#host.compact || this.#state === 'failed') return false;
    const { data, status } = this.#link.session();
    return data ? mayUse(data, 'views', 'saveViews') : status === 'pending';
  }

  /** Filters as text: none as long as they are those of the view, for then it is named by its id (CC-14). */
  textOf(filters: CaseFilters): string {
    const text = serialiseFilters(filters);
    if (!this.#view) return text;
    return sameFilters(this.#view.filters, filters) ? '' : text || `sort=${defaultSort}`;
  }

  /** The host of the page has named another view, or has given filters. Called before each update. */
  take(renamed: boolean, given: CaseFilters | undefined): void {
    const { viewId } = this.#host;
    const filtered = given !== undefined && Object.keys(given).length > 0;
    if (renamed && viewId !== this.#view?.id) {
      this.#view = undefined;
      this.#awaited = viewId !== undefined && !filtered;
      this.#unread = false;
    } else if (given && !filtered && viewId !== undefined) {
      if (this.#view) this.#link.show(this.#view.filters);
      else this.#awaited = true;
    }
  }

  hostUpdate(): void {
    const { data } = this.#link.session();
    if (this.#state !== 'absent' || this.#host.compact || !data) return;
    if (mayUse(data, 'views', 'saveViews') || mayUse(data, 'export', 'exportCases')) void this.#load();
  }

  /** The buttons; `hidden` while the toolbar is used for something else. */
  render(list: {
    readonly question: Question | undefined;
    readonly columns: readonly string[];
    readonly total: number | undefined;
    readonly hidden: boolean;
  }): TemplateResult | typeof nothing {
    if (this.#state !== 'here') return nothing;
    const { question, columns, total, hidden } = list;
    const { viewId, filters } = this.#host;
    return html`<case-tools
      class="tools"
      ?hidden=${hidden}
      .viewId=${viewId}
      .awaited=${this.#awaited}
      .filters=${filters}
      .columns=${columns}
      .query=${question?.query}
      .total=${total}
      exportparts="views, views-menu, export, tools-notice"
      @view-apply=${this.#apply}
      @view-fail=${this.#fail}
    ></case-tools>`;
  }

  readonly #apply = ({ detail: { view, keep } }: CustomEvent<ViewToApply>): void => {
    const { viewId: id, filterState: text } = this.#host;
    this.#awaited = false;
    this.#view = view ?? undefined;
    this.#host.viewId = view?.id;
    if (!keep) this.#link.show(view?.filters ?? {});
    this.#host.requestUpdate();
    if (this.#host.viewId !== id) {
      const event = new ViewChangeEvent(this.#host.viewId ?? null);
      this.#host.dispatchEvent(event);
    }
    if (this.#host.filterState !== text) {
      const event = new FiltersChangeEvent(this.#host.filterState);
      this.#host.dispatchEvent(event);
    }
  };

  /** All cases meanwhile: the reader is told, and the view is shown as soon as it can be read. */
  readonly #fail = (): void => {
    if (this.#unread) return;
    this.#unread = true;
    this.#host.requestUpdate();
  };

  async #load(): Promise<void> {
    this.#state = 'fetching';
    try {
      if (!customElements.get(`${prefixOf(this.#host)}case-tools`))
        await import('../case-tools/case-tools.js');
      this.#state = 'here';
    } catch (error) {
      this.#state = 'failed';
      console.warn('Casement: the views and the export could not be fetched.', error);
    }
    this.#host.requestUpdate();
  }
}

function mayUse(
  { capabilities, permissions }: Session,
  capability: 'views' | 'export',
  action: 'saveViews' | 'exportCases',
): boolean {
  return capabilities[capability] === true && permissions[action]?.allowed === true;
}
