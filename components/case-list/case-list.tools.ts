import { nothing, type ReactiveController } from 'lit';

import type { QueryState } from '../../src/client/live-query.js';
import type { Session } from '../../src/contract/session.js';
import type { ChosenView } from '../shared/chosen-view.js';
import { serialiseFilters, type CaseFilters } from '../shared/filter-state.js';
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
export class ListTools implements ReactiveController {
  readonly #host: ToolsHost;
  readonly #link: ToolsLink;
  #body: ToolsBody | undefined;
  #awaited = false;
  #stuck = false;
  #asked = false;

  constructor(host: ToolsHost, link: ToolsLink) {
    this.#host = host;
    this.#link = link;
    host.addController(this);
  }

  /** The view that is chosen, once it is known. */
  get view(): ChosenView | undefined {
    return this.#body?.view;
  }

  /** Whether the filters to show are not known yet, for they are those of a view. */
  get waits(): boolean {
    if (!this.#awaited || this.#stuck || this.#host.compact) return false;
    const { data, status } = this.#link.session();
    return data ? mayUse(data, 'views', 'saveViews') : status === 'pending';
  }

  /** Filters as text: none as long as they are those of the view, for then it is named by its id (CC-14). */
  textOf(filters: CaseFilters): string {
    return this.#body?.textOf(filters) ?? serialiseFilters(filters);
  }

  /** The host of the page has named another view, or has given filters. Called before each update. */
  take(renamed: boolean, given: CaseFilters | undefined): void {
    const { viewId } = this.#host;
    const filtered = given !== undefined && Object.keys(given).length > 0;
    if (renamed && viewId !== this.view?.id) {
      this.#body?.forget();
      this.#awaited = viewId !== undefined && !filtered;
      this.#stuck = false;
    } else if (given && !filtered && viewId !== undefined) {
      if (this.view) this.#link.show(this.view.filters);
      else this.#awaited = true;
    }
  }

  hostUpdate(): void {
    const { data } = this.#link.session();
    if (this.#asked || this.#host.compact || !data) return;
    if (mayUse(data, 'views', 'saveViews') || mayUse(data, 'export', 'exportCases')) void this.#load();
  }

  render(view: Omit<ToolsView, 'awaited'>): unknown {
    return this.#body?.render({ ...view, awaited: this.#awaited }) ?? nothing;
  }

  async #load(): Promise<void> {
    this.#asked = true;
    try {
      const { fetchTools, ToolsBody } = await import('./tools-body.js');
      await fetchTools(this.#host);
      this.#body = new ToolsBody(this.#host, this.#link.show, this.#settle);
    } catch (error) {
      this.#stuck = true;
      console.warn('Casement: the views and the export could not be fetched.', error);
    }
    this.#host.requestUpdate();
  }

  /** All cases while the view cannot be read: it is shown as soon as it can. */
  readonly #settle = (known: boolean): void => {
    if (!known && this.#stuck) return;
    this.#awaited = !known;
    this.#stuck = !known;
    this.#host.requestUpdate();
  };
}

function mayUse(
  { capabilities, permissions }: Session,
  capability: 'views' | 'export',
  action: 'saveViews' | 'exportCases',
): boolean {
  return capabilities[capability] === true && permissions[action]?.allowed === true;
}
