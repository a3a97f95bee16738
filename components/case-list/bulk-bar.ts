import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';

import type { BulkAction } from '../../src/contract/bulk.js';
import type { CaseSummary } from '../../src/contract/cases.js';
import type { Capabilities } from '../../src/contract/session.js';
import { icon } from '../shared/icons.js';
import { formatNumber, plural } from '../shared/locale.js';
import { mostSelected } from './bulk-selection.js';
import { actionLabel, actionsOf, refusalForAll } from './bulk-words.js';

/** What the bar shows, and what its buttons do. */
export interface BulkBarView {
  readonly capabilities: Capabilities | undefined;
  readonly cases: readonly CaseSummary[];
  /** How many rows were loaded. */
  readonly loaded: number;
  readonly total: number | undefined;
  /** More rows are being loaded, to be selected too. */
  readonly growing: boolean;
  readonly hint: string | undefined;
  readonly onAll: () => void;
  readonly onAct: (action: BulkAction) => void;
  readonly onClear: () => void;
  readonly onKeydown: (event: KeyboardEvent) => void;
}

/** "25 of 310 selected", or "25 selected" where nobody knows of how many. */
export function selectedText(count: number, total: number | undefined): string {
  if (total === undefined)
    return plural(count, msg('one {# selected} other {# selected}', { id: 'bulk.selected' }));
  const all = formatNumber(total);
  return plural(
    count,
    msg(str`one {# of ${all} selected} other {# of ${all} selected}`, { id: 'bulk.selected-of' }),
  );
}

/** What can be done with what is selected. */
export function renderBulkBar(view: BulkBarView): TemplateResult {
  const { capabilities, cases, hint, onAct, onClear, onKeydown } = view;
  const actions = capabilities ? actionsOf(capabilities) : [];
  return html`<div
    class="bulk"
    part="bulk"
    role="group"
    aria-label=${msg('What is selected', { id: 'bulk.bar' })}
    @keydown=${onKeydown}
  >
    ${renderAll(view)}
    <span class="grow"></span>
    ${actions.map((action) => {
      const refusal = refusalForAll(action, cases);
      return html`<button
        type="button"
        class="button"
        data-action=${action}
        aria-disabled=${refusal ? 'true' : nothing}
        title=${refusal ?? nothing}
        @click=${() => onAct(action)}
      >
        ${actionLabel(action)}
      </button>`;
    })}
    <button
      type="button"
      class="button quiet icon"
      title=${msg('Clear selection', { id: 'bulk.clear' })}
      aria-label=${msg('Clear selection', { id: 'bulk.clear' })}
      @click=${onClear}
    >
      ${icon('close')}
    </button>
    <p class="hint" role="status">${hint}</p>
  </div>`;
}

/** The way to all cases, not only those that were loaded, as far as that can be. */
function renderAll({ cases, loaded, total, growing, onAll }: BulkBarView): unknown {
  const reach = Math.min(total ?? mostSelected, mostSelected);
  if (cases.length >= reach) return nothing;
  const all = formatNumber(reach);
  return html`<button type="button" class="link" aria-busy=${growing ? 'true' : 'false'} @click=${onAll}>
    ${
      growing
        ? msg(str`Loading ${formatNumber(Math.min(loaded, reach))} of ${all}…`, { id: 'bulk.loading' })
        : total === reach
          ? msg(str`Select all ${all}`, { id: 'bulk.all' })
          : msg(str`Select the first ${all}`, { id: 'bulk.first' })
    }
  </button>`;
}

/** Everything was done, to everything that was selected. */
export function renderFinished(text: string, onDismiss: () => void): TemplateResult {
  return html`<div class="banner positive" part="banner">
    ${icon('check')}
    <span class="grow">${text}</span>
    <button
      type="button"
      class="button quiet icon"
      aria-label=${msg('Dismiss', { id: 'case-list.dismiss' })}
      @click=${onDismiss}
    >
      ${icon('close')}
    </button>
  </div>`;
}
