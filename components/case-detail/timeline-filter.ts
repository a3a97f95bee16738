import { msg } from '@lit/localize';
import { html, type TemplateResult } from 'lit';

import type { TimelineKind } from '../../src/contract/notes.js';

/** Which lines of a history are shown. */
export type TimelineFilter = 'all' | 'notes' | 'status' | 'changes';

const filters: readonly TimelineFilter[] = ['all', 'notes', 'status', 'changes'];

// The creation carries the files of the case text, which stands with the notes.
const kinds: Readonly<Record<TimelineFilter, readonly TimelineKind[] | undefined>> = {
  all: undefined,
  notes: ['creation', 'note', 'forward'],
  status: ['closure', 'reopening'],
  changes: ['creation', 'change', 'sharing', 'department-sharing', 'inbox'],
};

/** The kinds of line a filter asks the server for; `undefined` for all. */
export function kindsOf(filter: TimelineFilter): readonly TimelineKind[] | undefined {
  return kinds[filter];
}

/** Whether the text of the case belongs to what is shown. */
export function showsCaseText(filter: TimelineFilter): boolean {
  return filter === 'all' || filter === 'notes';
}

/** The choice of what the history shows. */
export function renderFilter(
  chosen: TimelineFilter,
  onChoose: (filter: TimelineFilter) => void,
): TemplateResult {
  return html`<div
    class="filter"
    part="history-filter"
    role="group"
    aria-label=${msg('Show in the history', { id: 'case-timeline.filter' })}
  >
    ${filters.map(
      (filter) =>
        html`<button
          class="button chip"
          type="button"
          data-filter=${filter}
          aria-pressed=${filter === chosen ? 'true' : 'false'}
          @click=${() => onChoose(filter)}
        >
          ${filterText(filter)}
        </button>`,
    )}
  </div>`;
}

/** What is said where a filter leaves nothing. */
export function renderNothing(filter: TimelineFilter): TemplateResult {
  return html`<p class="hint nothing" role="status">${nothingText(filter)}</p>`;
}

function filterText(filter: TimelineFilter): string {
  switch (filter) {
    case 'all':
      return msg('All', { id: 'case-timeline.filter.all' });
    case 'notes':
      return msg('Notes', { id: 'case-timeline.filter.notes' });
    case 'status':
      return msg('Status', { id: 'case-timeline.filter.status' });
    case 'changes':
      return msg('Changes', { id: 'case-timeline.filter.changes' });
  }
}

function nothingText(filter: TimelineFilter): string {
  switch (filter) {
    case 'status':
      return msg('This case has not been closed or reopened.', { id: 'case-timeline.nothing.status' });
    case 'changes':
      return msg('Nothing has been changed yet.', { id: 'case-timeline.nothing.changes' });
    default:
      return msg('There are no notes yet.', { id: 'case-timeline.nothing.notes' });
  }
}
