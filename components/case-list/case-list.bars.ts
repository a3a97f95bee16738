import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';

import type { EventStreamState } from '../../src/client/events.js';
import type { ListData, QueryState } from '../../src/client/live-query.js';
import { caseSorts, type CaseSort, type CaseSummary } from '../../src/contract/cases.js';
import { failureText } from '../shared/failure.js';
import { icon } from '../shared/icons.js';
import { formatNumber, plural } from '../shared/locale.js';

/** How many cases there are: "12 of 17 cases" when filtered and `all` is known. */
export function countText(shown: ListData<CaseSummary> | undefined, all: number | undefined): string {
  if (!shown) return '';
  const { items, total } = shown;
  if (total === undefined && shown.hasNext)
    return plural(
      items.length,
      msg('one {More than # case} other {More than # cases}', { id: 'case-list.count.more' }),
    );
  const count = total ?? items.length;
  if (all === undefined) return plural(count, msg('one {# case} other {# cases}', { id: 'case-list.count' }));
  const part = formatNumber(count);
  return plural(
    all,
    msg(str`one {${part} of # case} other {${part} of # cases}`, { id: 'case-list.count.of' }),
  );
}

/** That cases have left the list. */
export function goneText(rows: readonly CaseSummary[]): string {
  return rows.length === 1
    ? msg(str`“${rows[0]?.subject ?? ''}” is no longer in this list.`, { id: 'case-list.gone' })
    : plural(
        rows.length,
        msg('one {# case is no longer in this list.} other {# cases are no longer in this list.}', {
          id: 'case-list.gone-many',
        }),
      );
}

/** Whether live changes arrive. */
export function renderLive(stream: EventStreamState): TemplateResult {
  const words = {
    live: msg('Live', { id: 'case-list.live' }),
    connecting: msg('Connecting…', { id: 'case-list.connecting' }),
    offline: msg('Not live', { id: 'case-list.offline' }),
  };
  return html`<span class="stream ${stream}" part="live">${words[stream]}</span>`;
}

/** The order of a list too narrow for column headers. */
export function renderSortMenu(current: CaseSort, onSort: (sort: CaseSort) => void): TemplateResult {
  const words: Readonly<Record<CaseSort, string>> = {
    '-updated': msg('Latest update', { id: 'case-list.sort.updated-desc' }),
    updated: msg('Oldest update', { id: 'case-list.sort.updated-asc' }),
    '-created': msg('Newest first', { id: 'case-list.sort.created-desc' }),
    created: msg('Oldest first', { id: 'case-list.sort.created-asc' }),
    deadline: msg('Earliest deadline', { id: 'case-list.sort.deadline-asc' }),
    '-deadline': msg('Latest deadline', { id: 'case-list.sort.deadline-desc' }),
    '-priority': msg('Highest priority', { id: 'case-list.sort.priority-high' }),
    priority: msg('Lowest priority', { id: 'case-list.sort.priority-low' }),
    '-number': msg('Highest number', { id: 'case-list.sort.number-desc' }),
    number: msg('Lowest number', { id: 'case-list.sort.number-asc' }),
  };
  return html`<div class="sort-menu">
    <select
      class="input"
      aria-label=${msg('Order', { id: 'case-list.sort' })}
      @change=${(event: Event) => onSort((event.target as HTMLSelectElement).value as CaseSort)}
    >
      ${caseSorts.map((sort) => html`<option value=${sort} ?selected=${sort === current}>${words[sort]}</option>`)}
    </select>
  </div>`;
}

/** The way to the next page; after a failure, the way to try again. */
export function renderMore(
  { fetchingNext, error }: QueryState<ListData<CaseSummary>>,
  onMore: () => void,
): TemplateResult {
  return html`<div class="more" part="more">
    ${
      error
        ? html`<p class="error" role="alert">${icon('alert')}<span>${failureText(error)}</span></p>`
        : nothing
    }
    <button type="button" class="button" aria-busy=${fetchingNext ? 'true' : 'false'} @click=${onMore}>
      ${
        fetchingNext
          ? msg('Loading…', { id: 'case-list.more.loading' })
          : msg('Show more', { id: 'case-list.more' })
      }
    </button>
  </div>`;
}

/** What is shown could not be brought up to date. */
export function renderOutdated(why: string, onRetry: () => void): TemplateResult {
  const text = `${msg('These cases may be out of date.', { id: 'case-list.outdated' })} ${why}`;
  return renderRetry('caution', text, onRetry);
}

/** The form for a new case could not be fetched. */
export function renderFormFailure(onRetry: () => void): TemplateResult {
  return renderRetry('critical', msg('The form could not be loaded.', { id: 'state.form-failed' }), onRetry);
}

function renderRetry(tone: 'caution' | 'critical', text: string, onRetry: () => void): TemplateResult {
  return html`<div class="banner ${tone}" part="banner" role=${tone === 'critical' ? 'alert' : 'status'}>
    <span class="grow">${text}</span>
    <button type="button" class="button" @click=${onRetry}>
      ${msg('Try again', { id: 'case-list.retry' })}
    </button>
  </div>`;
}
