import { nothing } from 'lit';

import type { QueryState } from '../../src/client/live-query.js';
import type { Session } from '../../src/contract/session.js';
import type { ChosenView } from '../shared/chosen-view.js';
import { serialiseFilters, type CaseFilters } from '../shared/filter-state.js';
import { LazyPart } from '../shared/lazy-part.js';
import type { ToolsBody, ToolsHost, ToolsView } from './tools-body.js';

/** What a list tells its tools. */
export interface ToolsLink {
  readonly session: () => QueryState<Session>;
  readonly show: (filters: CaseFilters) => void;
}

/**
 * The saved views and the export of a list, fetched for those who may use them.
 *
 * A view that the host names beside filters of its own keeps those; without any, the list waits for the view.
 */
export class ListTools {
  readonly #host: ToolsHost;
  readonly #link: ToolsLink;
  readonly #body: LazyPart<ToolsBody>;
  #awaited = false;
  #stuck = false;

  constructor(host: ToolsHost, link: ToolsLink) {
    this.#host = host;
    this.#link = link;
    this.#body = new LazyPart(
      host,
      () => this.#mayUse('views', 'saveViews') || this.#mayUse('export', 'exportCases'),
      async () => {
        const { fetchTools, ToolsBody } = await import('./tools-body.js');
        await fetchTools(host);
        return () => new ToolsBody(host, link.show, this.#settle);
      },
    );
  }

  /** The view that is chosen, once it is known. */
  get view(): ChosenView | undefined {
    return this.#body.value?.view;
  }

  /** Whether the filters to show are not known yet, for they are those of a view. */
  get waits(): boolean {
    if (!this.#awaited || this.#stuck || this.#body.failed || this.#host.compact) return false;
    const { data, status } = this.#link.session();
    return data ? this.#mayUse('views', 'saveViews') : status === 'pending';
  }

  /** Filters as text: none as long as they are those of the view, for then it is named by its id (CC-14). */
  textOf(filters: CaseFilters): string {
    return this.#body.value?.textOf(filters) ?? serialiseFilters(filters);
  }

  /** The host of the page has named another view, or has given filters. Called before each update. */
  take(renamed: boolean, given: CaseFilters | undefined): void {
    const { viewId } = this.#host;
    const filtered = given !== undefined && Object.keys(given).length > 0;
    if (renamed && viewId !== this.view?.id) {
      this.#body.value?.forget();
      this.#awaited = viewId !== undefined && !filtered;
      this.#stuck = false;
    } else if (given && !filtered && viewId !== undefined) {
      if (this.view) this.#link.show(this.view.filters);
      else this.#awaited = true;
    }
  }

  render(view: Omit<ToolsView, 'awaited'>): unknown {
    return this.#body.value?.render({ ...view, awaited: this.#awaited }) ?? nothing;
  }

  /** All cases while the view cannot be read: it is shown as soon as it can. */
  readonly #settle = (known: boolean): void => {
    if (!known && this.#stuck) return;
    this.#awaited = !known;
    this.#stuck = !known;
    this.#host.requestUpdate();
  };

  #mayUse(capability: 'views' | 'export', action: 'saveViews' | 'exportCases'): boolean {
    const session = this.#link.session().data;
    if (this.#host.compact || !session?.capabilities[capability]) return false;
    return session.permissions[action]?.allowed === true;
  }
}
