import { css, html, type LitElement, type TemplateResult } from 'lit';

import { addStyles } from '../shared/add-styles.js';
import { sameFilters, type ChosenView, type ViewToApply } from '../shared/chosen-view.js';
import { prefixOf } from '../shared/define.js';
import { defaultSort, serialiseFilters, type CaseFilters } from '../shared/filter-state.js';
import { FiltersChangeEvent, ViewChangeEvent } from './case-list.events.js';
import type { Question } from './case-list.question.js';

/** A list, as its tools know it. */
export interface ToolsHost extends LitElement {
  readonly compact: boolean;
  viewId: string | undefined;
  readonly filters: CaseFilters;
  readonly filterState: string;
}

/** What the tools need to know of the list each time they are drawn. */
export interface ToolsView {
  readonly question: Question | undefined;
  readonly columns: readonly string[];
  readonly total: number | undefined;
  /** The toolbar is used for something else. */
  readonly hidden: boolean;
  /** The list waits for the filters of its view. */
  readonly awaited: boolean;
}

/** Two lines where it is narrow: what there is and can be done, and how it is looked at. */
const styles = css`
  .toolbar:has(.tools:not([hidden])) > .count {
    flex: 1 1 auto;
  }
  .toolbar:has(.tools:not([hidden])) > .sort-menu {
    flex: 0 1 150px;
    order: 0;
  }
  .toolbar:has(.tools:not([hidden])) > .button {
    order: 0;
  }
  @container case-list (inline-size < 560px) {
    .toolbar:has(.tools:not([hidden]))::before {
      content: '';
      order: 1;
      flex: 1 1 100%;
      margin-block-start: -8px;
    }
    .toolbar:has(.tools:not([hidden])) > .sort-menu {
      flex: 1 1 100px;
      order: 2;
    }
  }
`;

/** The views and the export in the toolbar of a list, and the view that is chosen there. */
export class ToolsBody {
  readonly #host: ToolsHost;
  readonly #show: (filters: CaseFilters) => void;
  readonly #settle: (known: boolean) => void;
  #view: ChosenView | undefined;

  /** `show` takes filters into the list; `settle` tells whether the view that is waited for is known now. */
  constructor(host: ToolsHost, show: (filters: CaseFilters) => void, settle: (known: boolean) => void) {
    this.#host = host;
    this.#show = show;
    this.#settle = settle;
    addStyles(host, styles);
  }

  get view(): ChosenView | undefined {
    return this.#view;
  }

  /** The host of the page has named another view. */
  forget(): void {
    this.#view = undefined;
  }

  textOf(filters: CaseFilters): string {
    const text = serialiseFilters(filters);
    if (!this.#view) return text;
    return sameFilters(this.#view.filters, filters) ? '' : text || `sort=${defaultSort}`;
  }

  render({ question, columns, total, hidden, awaited }: ToolsView): TemplateResult {
    const { viewId, filters } = this.#host;
    return html`<case-tools
      class="tools"
      ?hidden=${hidden}
      .viewId=${viewId}
      .awaited=${awaited}
      .filters=${filters}
      .columns=${columns}
      .query=${question?.query}
      .total=${total}
      exportparts="views, views-menu, export, tools-notice"
      @view-apply=${this.#apply}
      @view-fail=${() => this.#settle(false)}
    ></case-tools>`;
  }

  readonly #apply = ({ detail: { view, keep } }: CustomEvent<ViewToApply>): void => {
    const host = this.#host;
    const { viewId: id, filterState: text } = host;
    this.#view = view ?? undefined;
    host.viewId = view?.id;
    if (!keep) this.#show(view?.filters ?? {});
    this.#settle(true);
    if (host.viewId !== id) {
      const event = new ViewChangeEvent(host.viewId ?? null);
      host.dispatchEvent(event);
    }
    if (host.filterState !== text) {
      const event = new FiltersChangeEvent(host.filterState);
      host.dispatchEvent(event);
    }
  };
}

/** Registers what the tools are drawn with, under the name it has beside `host`. */
export async function fetchTools(host: ToolsHost): Promise<void> {
  if (!customElements.get(`${prefixOf(host)}case-tools`)) await import('../case-tools/case-tools.js');
}
