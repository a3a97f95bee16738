import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';

import type { CaseFilters } from '../shared/filter-state.js';
import { icon } from '../shared/icons.js';

/** Rows of the shape that will come; seen only when the answer takes longer than a blink. */
export function renderSkeleton(compact: boolean, rows: number): TemplateResult {
  const lines = Array.from({ length: rows }, (_, row) => row);
  return html`<div class=${compact ? 'skeletons compact' : 'skeletons'} part="loading">
    <p class="visually-hidden" role="status">${msg('Loading cases…', { id: 'case-list.loading' })}</p>
    ${lines.map(
      (row) =>
        html`<div class="skeleton-row" aria-hidden="true">
          <div>
            <span class="skeleton wide w${row % 3}"></span>
            <span class="skeleton narrow"></span>
          </div>
          ${
            compact
              ? nothing
              : [0, 1, 2, 3].map((column) => html`<span class="skeleton cell c${column}"></span>`)
          }
        </div>`,
    )}
  </div>`;
}

/** The list could not be read. */
export function renderFailure(text: string, retry: (() => void) | undefined): TemplateResult {
  return html`<div class="message" part="message" role="alert">
    ${icon('alert')}
    <p><strong>${msg('Cases could not be loaded', { id: 'case-list.failed' })}</strong></p>
    <p>${text}</p>
    ${
      retry
        ? html`<button class="button" type="button" @click=${retry}>
            ${msg('Try again', { id: 'case-list.retry' })}
          </button>`
        : nothing
    }
  </div>`;
}

/** There is no case at all, or, in the widget, no open one (CC-02). */
export function renderEmpty(compact: boolean): TemplateResult {
  return html`<slot name="empty">
    <div class="message" part="message">
      ${compact ? nothing : icon('inbox')}
      <p>
        <strong
          >${
            compact
              ? msg('No open cases', { id: 'case-list.empty.open' })
              : msg('No cases yet', { id: 'case-list.empty' })
          }</strong
        >
      </p>
      <p>
        ${
          compact
            ? msg('Nothing is waiting for this customer.', { id: 'case-list.empty.open.hint' })
            : msg('Cases appear here as soon as there are some.', { id: 'case-list.empty.hint' })
        }
      </p>
    </div>
  </slot>`;
}

/** Nothing matches: the words and tags asked for are named as they were typed (CC-11, CC-12). */
export function renderNoResult(filters: CaseFilters, clear: () => void): TemplateResult {
  const { q, tag = [] } = filters;
  const tags = tag.map((one) => `“${one}”`).join(', ');
  const title = q
    ? msg(str`Nothing found for “${q}”`, { id: 'case-list.none.search' })
    : tags
      ? msg(str`No case is tagged ${tags}`, { id: 'case-list.none.tag' })
      : msg('No case matches these filters', { id: 'case-list.none' });
  return html`<div class="message" part="message">
    ${icon('search')}
    <p><strong dir="auto">${title}</strong></p>
    ${
      q && tags
        ? html`<p>${msg(str`Among cases tagged ${tags}.`, { id: 'case-list.none.among' })}</p>`
        : nothing
    }
    <button class="button" type="button" @click=${clear}>
      ${msg('Clear filters', { id: 'filters.clear' })}
    </button>
  </div>`;
}

/** The host's filters cannot be applied, and there is no earlier list to keep (E-VAL). */
export function renderUnasked(clear: () => void): TemplateResult {
  return html`<div class="message" part="message">
    ${icon('alert')}
    <p><strong>${msg('These filters cannot be applied', { id: 'case-list.bad-filters' })}</strong></p>
    <button class="button" type="button" @click=${clear}>
      ${msg('Clear filters', { id: 'filters.clear' })}
    </button>
  </div>`;
}
