import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

import type { CaseSort, CaseSummary } from '../../src/contract/cases.js';
import type { Settings } from '../../src/contract/settings.js';
import { choiceLabel, priorityMark, statusLabel } from '../shared/choices.js';
import { describeDeadline, formatAge, formatInstant } from '../shared/format.js';
import { icon } from '../shared/icons.js';
import { plural } from '../shared/locale.js';
import { personName } from '../shared/person.js';
import { columnLabel, sortsOf, type CaseColumn } from './case-list.columns.js';
import { moveBetweenRows } from './case-list.focus.js';

/** What rows need to know besides their cases. */
export interface RowView {
  readonly settings: Settings | undefined;
  /** The case now open. */
  readonly current: string | undefined;
  readonly isFresh: (id: string) => boolean;
  readonly onSelect: (id: string) => void;
  /** From whom the reader has a case, in words; nothing for one of their own. */
  readonly origin: (item: CaseSummary) => string | undefined;
}

/** The checkboxes of the rows. */
export interface RowPicks {
  has(id: string): boolean;
  renderHead(): TemplateResult;
  renderBox(item: CaseSummary): TemplateResult;
  readonly onPick: (event: MouseEvent, item: CaseSummary) => void;
}

/** What the table needs besides. */
export interface TableView extends RowView {
  readonly sort: CaseSort;
  readonly columns: readonly CaseColumn[];
  readonly withCustomer: boolean;
  readonly onSort: (sort: CaseSort) => void;
  readonly onKeydown: (event: KeyboardEvent) => void;
  /** Of a list too long to be drawn whole: how many cases there are, -1 when nobody knows. */
  readonly count: number | undefined;
  /** `null` keeps the room of the checkboxes until they are there; absent where rows cannot be selected. */
  readonly picks: RowPicks | null | undefined;
}

/** A row, or the room that rows take which are not drawn. */
export type RowSlot =
  | { readonly key: string; readonly item: CaseSummary; readonly index: number }
  | { readonly key: string; readonly height: number };

/** The list as a table; a narrow one shows the same rows as cards. */
export function renderTable(slots: readonly RowSlot[], view: TableView): TemplateResult {
  const { columns, count } = view;
  return html`<table
    part="table"
    class=${count === undefined ? nothing : 'long'}
    aria-rowcount=${count === undefined ? nothing : count < 0 ? -1 : count + 1}
  >
    <caption class="visually-hidden">
      ${msg('Cases', { id: 'case-list.heading' })}
    </caption>
    <thead>
      <tr aria-rowindex=${count === undefined ? nothing : 1}>
        ${view.picks === undefined ? nothing : html`<td class="pick">${view.picks?.renderHead()}</td>`}
        ${columns.map((column) => renderHeader(column, view))}
      </tr>
    </thead>
    <tbody @keydown=${view.onKeydown}>
      ${repeat(
        slots,
        ({ key }) => key,
        (slot) => ('item' in slot ? renderRow(slot.item, slot.index, view) : renderGap(slot.height, view)),
      )}
    </tbody>
  </table>`;
}

/** A column, that orders the list where it can. */
function renderHeader(column: CaseColumn, view: TableView): TemplateResult {
  const { sort, columns } = view;
  const label = columnLabel(column, columns);
  const sorts = sortsOf(column, columns);
  if (!sorts) return html`<th scope="col" class=${column === 'tags' ? 'tag-marks' : column}>${label}</th>`;
  const [first, second] = sorts;
  const active = sort === first || sort === second;
  const descending = sort.startsWith('-');
  return html`<th
    scope="col"
    class=${column}
    aria-sort=${active ? (descending ? 'descending' : 'ascending') : nothing}
  >
    <button type="button" class="sort" @click=${() => view.onSort(sort === first ? second : first)}>
      ${label}<span aria-hidden="true">${active ? (descending ? '↓' : '↑') : ''}</span>
    </button>
  </th>`;
}

/** The height is an attribute of the table's own: a style attribute would break the policy of a strict page. */
function renderGap(height: number, { columns, picks }: TableView): TemplateResult {
  return html`<tr class="gap" aria-hidden="true">
    <td colspan=${columns.length + (picks === undefined ? 0 : 1)} height=${height}></td>
  </tr>`;
}

function renderRow(item: CaseSummary, index: number, view: TableView): TemplateResult {
  const current = item.id === view.current;
  const { picks } = view;
  const classes = [current && 'current', view.isFresh(item.id) && 'fresh', picks?.has(item.id) && 'picked']
    .filter(Boolean)
    .join(' ');
  return html`<tr
    class=${classes || nothing}
    part="item"
    aria-rowindex=${view.count === undefined ? nothing : index + 2}
    @click=${() => view.onSelect(item.id)}
  >
    ${
      picks === undefined
        ? nothing
        : html`<td class="pick" @click=${picks && ((event: MouseEvent) => picks.onPick(event, item))}>
            ${picks?.renderBox(item)}
          </td>`
    }
    ${view.columns.map((column) => renderCell(column, item, view))}
  </tr>`;
}

function renderCell(column: CaseColumn, item: CaseSummary, view: TableView): TemplateResult {
  const { settings } = view;
  switch (column) {
    case 'number':
      return html`<td class="number">#${item.number}</td>`;
    case 'subject':
      return renderSubject(item, view);
    case 'customer':
      return html`<td class="customer"><bdi>${item.customer?.name}</bdi></td>`;
    case 'status':
      return html`<td class="status">
        ${item.status === 'open' ? html`<bdi>${statusLabel(item.status)}</bdi>` : statusPill(item.status)}
      </td>`;
    case 'type':
      return html`<td class="type">
        ${item.type ? html`<bdi>${choiceLabel(settings, 'caseTypes', item.type)}</bdi>` : none}
      </td>`;
    case 'priority':
      return html`<td class="priority">${item.priority ? priority(settings, item.priority) : none}</td>`;
    case 'deadline':
      return html`<td class="deadline">${item.deadline ? deadline(item, settings) : none}</td>`;
    case 'tags':
      return html`<td class="tag-marks">
        ${item.tags?.length ? item.tags.map((tag) => html`<span class="tag-mark"><bdi>${tag}</bdi></span>`) : none}
      </td>`;
    case 'assignee':
      return html`<td class="assignee">
        ${item.assignee ? html`<bdi>${personName(item.assignee)}</bdi>` : none}
      </td>`;
    case 'updated':
      return html`<td class="updated" title=${formatInstant(item.updatedAt) ?? nothing}>
        <bdi>${formatAge(item.updatedAt)}</bdi>
      </td>`;
  }
}

/** The subject opens the case; below it stands what has no column of its own. */
function renderSubject(item: CaseSummary, view: TableView): TemplateResult {
  const { columns } = view;
  const origin = view.origin(item);
  const facts = [
    origin && html`<span class="origin"><bdi>${origin}</bdi></span>`,
    columns.includes('number') ? undefined : html`<span>#${item.number}</span>`,
    view.withCustomer && !columns.includes('customer')
      ? html`<span><bdi>${item.customer?.name}</bdi></span>`
      : undefined,
    item.replyCount > 0 ? html`<span><bdi>${replies(item.replyCount)}</bdi></span>` : undefined,
    item.status === 'open' || columns.includes('status') ? undefined : statusPill(item.status),
  ].filter(Boolean);
  return html`<td class="case">
    <button
      type="button"
      class="subject"
      data-case=${item.id}
      aria-current=${item.id === view.current ? 'true' : nothing}
      dir="auto"
    >
      ${item.subject || msg('(no subject)', { id: 'case-list.no-subject' })}
    </button>
    ${facts.length > 0 ? html`<span class="meta">${facts}</span>` : nothing}
  </td>`;
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
  const urgent = item.deadline && deadlineWords(item, settings).tone !== 'plain';
  const facts = [
    item.deadline && !urgent && deadline(item, settings),
    item.type && choiceLabel(settings, 'caseTypes', item.type),
    item.priority && choiceLabel(settings, 'priorities', item.priority),
    item.replyCount > 0 && replies(item.replyCount),
    !item.deadline &&
      item.replyCount === 0 &&
      msg(str`added ${formatAge(item.createdAt)}`, { id: 'case-list.added' }),
  ].filter(Boolean);
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
          ${urgent ? deadline(item, settings) : nothing}
          <span class="facts"
            >${facts.map((fact, index) => html`${index > 0 ? ' · ' : ''}<bdi>${fact}</bdi>`)}</span
          >
        </span>
      </span>
      ${icon('chevron')}
    </button>
  </li>`;
}

const none = html`<span class="none">—</span>`;

function priority(settings: Settings | undefined, id: string): TemplateResult {
  const mark = priorityMark(settings, id);
  return html`${mark ? html`<span class="mark" aria-hidden="true">${mark}</span> ` : nothing}<bdi
      >${choiceLabel(settings, 'priorities', id)}</bdi
    >`;
}

function deadlineWords({ deadline: day, status }: CaseSummary, settings: Settings | undefined) {
  return describeDeadline(day ?? '', { closed: status !== 'open', soonDays: settings?.dueSoonDays });
}

/** What is left of a deadline, with its date as the title. */
function deadline(item: CaseSummary, settings: Settings | undefined): TemplateResult {
  const { text, date, tone } = deadlineWords(item, settings);
  return html`<time
    class=${tone === 'plain' ? tone : `pill ${tone}`}
    datetime=${item.deadline ?? nothing}
    title=${text === date ? nothing : date}
    >${tone === 'critical' ? icon('clock') : nothing}${text}</time
  >`;
}

function statusPill(status: string): TemplateResult {
  return html`<span class="pill ${status === 'closed' ? 'status-closed' : ''}"
    ><bdi>${statusLabel(status)}</bdi></span
  >`;
}

function replies(count: number): string {
  return plural(count, msg('one {# reply} other {# replies}', { id: 'case-list.replies' }));
}
