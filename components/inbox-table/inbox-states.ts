import { msg, str } from '@lit/localize';
import { html, type TemplateResult } from 'lit';

import type { QueryState } from '../../src/client/live-query.js';
import type { Verdict } from '../../src/contract/common.js';
import { failureText } from '../shared/failure.js';
import { icon } from '../shared/icons.js';
import { renderLines } from '../shared/lazy-part.js';
import { formatNumber } from '../shared/locale.js';
import { refusalText } from '../shared/verdict.js';

/** What stands in the place of entries until they are there, or when they do not come. */
export function renderWaiting({ status, error }: QueryState<unknown>, onRetry: () => void): TemplateResult {
  if (status !== 'failed') return renderLines();
  return html`<div class="message" part="message" role="alert">
    ${icon('alert')}
    <p><strong>${msg('The inboxes could not be loaded', { id: 'inbox-table.failed' })}</strong></p>
    <p>${failureText(error)}</p>
    <button class="button" type="button" @click=${onRetry}>
      ${msg('Try again', { id: 'action.retry' })}
    </button>
  </div>`;
}

/** The reader is a member who may not see what is in this inbox (IB-25). */
export function renderUnread(verdict: Verdict): TemplateResult {
  return html`<div class="message" part="message">
    ${icon('lock')}
    <p><strong>${refusalText(verdict)}</strong></p>
  </div>`;
}

/** Nothing waits, nothing matches, or there is no inbox to look into. */
export function renderNothing(
  what: 'inboxes' | 'entries' | 'mine' | 'filtered',
  onClear?: () => void,
): TemplateResult {
  if (what === 'filtered')
    return html`<div class="message" part="message">
      ${icon('search')}
      <p><strong>${msg('Nothing here matches these filters', { id: 'inbox-table.none' })}</strong></p>
      <button class="button" type="button" @click=${onClear}>
        ${msg('Clear filters', { id: 'filters.clear' })}
      </button>
    </div>`;
  const [title, hint] = wordsOf(what);
  return html`<slot name="empty">
    <div class="message" part="message">
      ${icon('inbox')}
      <p><strong>${title}</strong></p>
      <p>${hint}</p>
    </div>
  </slot>`;
}

function wordsOf(what: 'inboxes' | 'entries' | 'mine'): readonly [title: string, hint: string] {
  switch (what) {
    case 'inboxes':
      return [
        msg('You work no inbox yet', { id: 'inbox-table.empty.inboxes' }),
        msg('An administrator makes you a member of one.', { id: 'inbox-table.empty.inboxes.hint' }),
      ];
    case 'mine':
      return [
        msg('Nothing is yours', { id: 'inbox-table.empty.mine' }),
        msg('What you take in an inbox stands here.', { id: 'inbox-table.empty.mine.hint' }),
      ];
    case 'entries':
      return [
        msg('Nothing waits here', { id: 'inbox-table.empty' }),
        msg('What is put into this inbox appears by itself.', { id: 'inbox-table.empty.hint' }),
      ];
  }
}

/** How many of all entries are shown. */
export function shownText(shown: number, all: number): string {
  return msg(str`${formatNumber(shown)} of ${formatNumber(all)}`, { id: 'inbox-table.shown' });
}

/** How much of it all is shown, and the way to more. */
export function renderMore(
  { fetchingNext, error }: QueryState<unknown>,
  [shown, all]: readonly [shown: number, all: number],
  onMore: () => void,
): TemplateResult {
  return html`<div class="more" part="more">
    ${error ? html`<p class="hint" role="alert">${failureText(error)}</p>` : html`<p class="hint">${shownText(shown, all)}</p>`}
    <button class="button" type="button" aria-busy=${fetchingNext ? 'true' : 'false'} @click=${onMore}>
      ${fetchingNext ? msg('Loading…', { id: 'state.loading' }) : msg('Show more', { id: 'inbox-table.more' })}
    </button>
  </div>`;
}
