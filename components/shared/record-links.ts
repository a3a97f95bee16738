import { msg } from '@lit/localize';
import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

import type { ListData, QueryState } from '../../src/client/live-query.js';
import type { CaseSummary } from '../../src/contract/cases.js';
import { CaseSelectEvent } from './case-select.events.js';
import { statusLabel } from './choices.js';
import { failureText } from './failure.js';
import { renderLines } from './lazy-part.js';

/** A short list of cases: the number, the subject, and that one is closed. */
export function renderCaseLinks(
  items: readonly CaseSummary[],
  select: (caseId: string) => void,
  renderAction: (item: CaseSummary) => unknown = () => nothing,
): TemplateResult {
  return html`<ul class="records">
    ${repeat(
      items,
      ({ id }) => id,
      (item) =>
        html`<li part="case">
          <button class="record" type="button" @click=${() => select(item.id)}>
            <span class="number">#${item.number}</span>
            <bdi class="name">${item.subject}</bdi>
            <span class="pill ${item.status === 'open' ? 'positive' : ''}">${statusLabel(item.status)}</span>
          </button>
          ${renderAction(item)}
        </li>`,
    )}
  </ul>`;
}

/** Tells the page that a case was chosen, and turns the provider to it unless the page keeps that from happening. */
export function chooseCase(host: LitElement, select: (caseId: string) => void, caseId: string): void {
  const event = new CaseSelectEvent(caseId);
  host.dispatchEvent(event);
  if (!event.defaultPrevented) select(caseId);
}

/** What stands in the place of a list: that it comes, that it could not be had, or that there is nothing. */
export function renderList<T>(
  state: QueryState<ListData<T>>,
  { none, render, again, more }: ListView<T>,
): TemplateResult {
  const { data, error, status } = state;
  if (status === 'failed') {
    return html`<div class="message" role="alert">
      <p>${failureText(error)}</p>
      <button class="button" type="button" @click=${again}>
        ${msg('Try again', { id: 'action.retry' })}
      </button>
    </div>`;
  }
  if (!data) return renderLines();
  if (data.items.length === 0) return html`<p class="none">${none()}</p>`;
  return html`${render(data.items)}
  ${
    data.hasNext
      ? html`<p class="more">
          <button class="button" type="button" ?disabled=${state.fetchingNext ?? false} @click=${more}>
            ${msg('Show more', { id: 'case-list.more' })}
          </button>
        </p>`
      : nothing
  }`;
}

/** How a list is shown. */
export interface ListView<T> {
  readonly none: () => string;
  readonly render: (items: readonly T[]) => unknown;
  readonly again: () => void;
  readonly more: () => void;
}
