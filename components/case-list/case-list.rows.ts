import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

import type { CaseSort, CaseSummary } from '../../src/contract/cases.js';
import type { Settings } from '../../src/contract/settings.js';
import { choiceLabel, priorityMark, statusLabel } from '../shared/choices.js';
import { describeDeadline, formatAge, formatInstant } from '../shared/format.js';
import { icon } from '../shared/icons.js';
import { plural } from '../shared/locale.js';
import { moveBetweenRows } from './case-list.focus.js';

/** What rows need to know besides their cases. */
export interface RowView {
  readonly settings: Settings | undefined;
  /** The case now open. */
  readonly current: string | undefined;
  readonly isFresh: (id: string) => boolean;
  readonly onSelect: (id: string) => void;
}

/** What the table needs besides. */
export interface TableView extends RowView {
  readonly sort: CaseSort;
  readonly withDeadlines: boolean;
  readonly withCustomer: boolean;
  readonly onSort: (sort: CaseSort) => void;
}

/** The list as a table; a narrow one shows the same rows as cards. */
export function renderTable(items: readonly CaseSummary[], view: TableView): TemplateResult {
  return html`<table part="table">
    <caption class="visually-hidden">
      ${msg('Cases', { id: 'case-list.heading' })}
    </caption>
    <thead>
      <tr>
        ${header(view, msg('Case', { id: 'case-list.case' }), '-number', 'number')}
        <th scope="col">${msg('Type', { id: 'case.type' })}</th>
        ${header(view, msg('Priority', { id: 'case.priority' }), '-priority', 'priority')}
        ${
          view.withDeadlines
            ? header(view, msg('Deadline', { id: 'case.deadline' }), 'deadline', '-deadline')
            : nothing
        }
        ${header(view, msg('Updated', { id: 'case-list.updated' }), '-updated', 'updated')}
      </tr>
    </thead>
    <tbody @keydown=${moveBetweenRows}>
      ${repeat(
        items,
        ({ id }) => id,
        (item) => renderRow(item, view),
      )}
    </tbody>
  </table>`;
}

/** A column that orders the list: first by `first`, pressed again by `second`. */
function header(view: TableView, label: string, first: CaseSort, second: CaseSort): TemplateResult {
  const { sort } = view;
  const active = sort === first || sort === second;
  const descending = sort.startsWith('-');
  return html`<th scope="col" aria-sort=${active ? (descending ? 'descending' : 'ascending') : nothing}>
    <button type="button" class="sort" @click=${() => view.onSort(sort === first ? second : first)}>
      ${label}<span aria-hidden="true">${active ? (descending ? '↓' : '↑') : ''}</span>
    </button>
  </th>`;
}

function renderRow(item: CaseSummary, view: TableView): TemplateResult {
  const current = item.id === view.current;
  const { settings } = view;
  const classes = [current && 'current', view.isFresh(item.id) && 'fresh'].filter(Boolean).join(' ');
  return html`<tr class=${classes || nothing} part="item" @click=${() => view.onSelect(item.id)}>
    <td class="case">
      <button
        type="button"
        class="subject"
        data-case=${item.id}
        aria-current=${current ? 'true' : nothing}
        dir="auto"
      >
        ${item.subject || msg('(no subject)', { id: 'case-list.no-subject' })}
      </button>
      <span class="meta">
        <span>#${item.number}</span>
        ${view.withCustomer ? html`<span><bdi>${item.customer.name}</bdi></span>` : nothing}
        ${item.replyCount > 0 ? html`<span><bdi>${replies(item.replyCount)}</bdi></span>` : nothing}
        ${item.status === 'open' ? nothing : statusPill(item.status)}
      </span>
    </td>
    <td class="type"><bdi>${item.type ? choiceLabel(settings, 'caseTypes', item.type) : '—'}</bdi></td>
    <td class="priority">${item.priority ? priority(settings, item.priority) : '—'}</td>
    ${
      view.withDeadlines
        ? html`<td class="deadline">
            ${item.deadline ? deadline(item) : html`<span class="none">—</span>`}
          </td>`
        : nothing
    }
    <td class="updated" title=${formatInstant(item.updatedAt) ?? nothing}>
      <bdi>${formatAge(item.updatedAt)}</bdi>
    </td>
  </tr>`;
}

/** The widget's rows: the whole row is the button. */
export function renderWidgetRows(items: readonly CaseSummary[], view: RowView): TemplateResult {
  return html`<ul part="items" @keydown=${moveBetweenRows}>
    ${repeat(
      items,
      ({ id }) => id,
      (item) => renderWidgetRow(item, view),
    )}
  </ul>`;
}

function renderWidgetRow(item: CaseSummary, view: RowView): TemplateResult {
  const { settings } = view;
  const current = item.id === view.current;
  const classes = ['row', current && 'current', view.isFresh(item.id) && 'fresh'].filter(Boolean).join(' ');
  const words = item.deadline ? describeDeadline(item.deadline) : undefined;
  const facts = [
    words?.tone === 'plain' && msg(str`Due ${words.text}`, { id: 'case-list.due' }),
    item.type && choiceLabel(settings, 'caseTypes', item.type),
    item.priority && choiceLabel(settings, 'priorities', item.priority),
    item.replyCount > 0 && replies(item.replyCount),
    !item.deadline &&
      item.replyCount === 0 &&
      msg(str`added ${formatAge(item.createdAt)}`, { id: 'case-list.added' }),
  ].filter((fact): fact is string => typeof fact === 'string' && fact !== '');
  return html`<li>
    <button
      type="button"
      class=${classes}
      part="item"
      data-case=${item.id}
      aria-current=${current ? 'true' : nothing}
      @click=${() => view.onSelect(item.id)}
    >
      <span class="lines">
        <span class="subject" dir="auto"
          >${item.subject || msg('(no subject)', { id: 'case-list.no-subject' })}</span
        >
        <span class="meta">
          ${words && words.tone !== 'plain' ? deadline(item) : nothing}
          <span class="facts"
            >${facts.map((fact, index) => html`${index > 0 ? ' · ' : ''}<bdi>${fact}</bdi>`)}</span
          >
        </span>
      </span>
      ${icon('chevron')}
    </button>
  </li>`;
}

function priority(settings: Settings | undefined, id: string): TemplateResult {
  const mark = priorityMark(settings, id);
  return html`${mark ? html`<span class="mark" aria-hidden="true">${mark}</span> ` : nothing}<bdi
      >${choiceLabel(settings, 'priorities', id)}</bdi
    >`;
}

function deadline(item: CaseSummary): TemplateResult {
  const { text, tone } = describeDeadline(item.deadline ?? '', { closed: item.status === 'closed' });
  return tone === 'plain'
    ? html`<span class="plain">${text}</span>`
    : html`<span class="pill ${tone}">${tone === 'critical' ? icon('clock') : nothing}${text}</span>`;
}

function statusPill(status: string): TemplateResult {
  return html`<span class="pill ${status === 'closed' ? 'status-closed' : ''}"
    ><bdi>${statusLabel(status)}</bdi></span
  >`;
}

function replies(count: number): string {
  return plural(count, msg('one {# reply} other {# replies}', { id: 'case-list.replies' }));
}
