import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';

import { formatNumber, plural } from '../shared/locale.js';

/** The compact widget: its heading with how many cases are open, the rows, and the way to all of them (CC-02, CC-04). */
export function renderWidget(view: {
  readonly open: number | undefined;
  readonly all: number | undefined;
  readonly add: unknown;
  readonly banners: unknown;
  readonly rows: unknown;
  readonly live: unknown;
  readonly onAll: () => void;
}): TemplateResult {
  const { open, all } = view;
  return html`<header part="toolbar">
      <slot name="heading"><h2>${msg('Cases', { id: 'case-list.heading' })}</h2></slot>
      ${
        open === undefined
          ? nothing
          : html`<span class="pill" part="count" role="status">
              <bdi>${plural(open, msg('one {# open} other {# open}', { id: 'case-list.open-count' }))}</bdi>
            </span>`
      }
      <span class="grow"></span>
      ${view.add}
    </header>
    ${view.banners} ${view.rows}
    <footer part="footer">
      <button type="button" class="link" @click=${view.onAll}>
        ${
          all === undefined
            ? msg('All cases', { id: 'case-list.all' })
            : msg(str`All cases (${formatNumber(all)})`, { id: 'case-list.all-count' })
        }
      </button>
      ${view.live}
    </footer>`;
}
