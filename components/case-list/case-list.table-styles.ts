import { css, unsafeCSS, type CSSResultGroup } from 'lit';

const table = css`
  case-filters {
    padding: var(--_space-3);
    border-block-end: 1px solid var(--_line);
  }
  .toolbar {
    flex: none;
    min-block-size: calc(var(--_control) + 16px);
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    padding: 8px 12px;
  }
  .count {
    flex: 1;
    margin: 0;
    min-block-size: 1lh;
    color: var(--_text-muted);
    font-size: var(--_size-small);
  }
  .sort-menu {
    display: none;
  }
  .scroll {
    flex: 1 1 auto;
    min-block-size: 0;
    overflow: auto;
  }
  .scroll[aria-busy='true'] table {
    opacity: 0.6;
    transition: opacity var(--_motion) 150ms;
  }

  table {
    inline-size: 100%;
    border-collapse: separate;
    border-spacing: 0;
  }
  th {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    padding: 4px 12px;
    border-block-end: 1px solid var(--_line);
    background: var(--_surface);
    color: var(--_text-muted);
    font-size: var(--_size-small);
    font-weight: 600;
    text-align: start;
    white-space: nowrap;
  }
  th:first-child,
  td:first-child {
    padding-inline-start: 20px;
  }
  td.pick {
    inline-size: 44px;
    min-inline-size: 44px;
    padding: 0;
    vertical-align: middle;
  }
  /* Where there are no headings, the checkbox for all stands in the bar. */
  .pick.all {
    display: none;
    flex: none;
    place-content: center;
    inline-size: 44px;
    block-size: 44px;
    margin-block: -6px;
    margin-inline: -10px -8px;
  }
  thead td.pick {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    background: var(--_surface);
  }
  .sort {
    display: inline-flex;
    gap: 5px;
    min-block-size: var(--_control);
    align-items: center;
    margin-inline: -6px;
    padding: 0 6px;
    border: 0;
    border-radius: var(--_radius);
    background: none;
    font-weight: inherit;
    cursor: pointer;
  }
  .sort > span {
    min-inline-size: 0.8em;
  }
  .sort:hover {
    background: var(--_surface-sunken);
    color: var(--_text);
  }
  tbody tr {
    cursor: pointer;
  }
  tbody tr:hover {
    background: var(--_surface-sunken);
  }
  td {
    padding: 9px 12px;
    border-block-end: 1px solid var(--_line);
    white-space: nowrap;
  }
  td.case {
    inline-size: 60%;
    min-inline-size: 200px;
    white-space: normal;
    overflow-wrap: anywhere;
  }
  td:is(.type, .priority, .customer, .assignee, .status) {
    white-space: normal;
    overflow-wrap: break-word;
  }
  td.updated,
  td.number,
  td .none,
  td .plain {
    color: var(--_text-muted);
  }
  td .subject {
    display: block;
    inline-size: 100%;
    min-block-size: 24px;
    padding: 0;
    border: 0;
    border-radius: 3px;
    background: none;
    font-weight: 600;
    line-height: 1.4;
    text-align: -webkit-match-parent;
    text-align: match-parent;
    overflow-wrap: anywhere;
    cursor: pointer;
  }
  tr.current,
  tr.current:hover {
    background: var(--_accent-soft);
  }
  tr.current td:first-child {
    box-shadow: inset 3px 0 var(--_accent);
  }
  tr.current td:first-child:dir(rtl) {
    box-shadow: inset -3px 0 var(--_accent);
  }
  td .pill {
    vertical-align: middle;
  }
  td .pill > svg {
    display: none;
  }
  .mark {
    font-size: 0.9em;
  }
  td.tag-marks {
    white-space: normal;
    min-inline-size: 9em;
  }
  .tag-mark {
    display: inline-block;
    max-inline-size: 100%;
    margin-block: 2px;
    margin-inline-end: 4px;
    padding: 1px 8px;
    border: 1px solid var(--_line);
    border-radius: 10px;
    font-size: var(--_size-small);
    overflow-wrap: anywhere;
  }
  .gap td {
    padding: 0;
    border: 0;
  }
  tbody tr.gap,
  tbody tr.gap:hover {
    background: none;
    cursor: default;
  }

  /* Drawn row by row, a long list must not take its columns from the rows on the screen, nor let the browser hold on to
     one of them beside us. */
  .scroll:has(.long),
  .long tbody {
    overflow-anchor: none;
  }
  .long {
    table-layout: fixed;
  }
  .long th {
    inline-size: 9em;
  }
  .long th:is(.type, .status) {
    inline-size: 8em;
  }
  .long th:is(.priority, .updated) {
    inline-size: 7em;
  }
  .long th.deadline {
    inline-size: 10.5em;
  }
  .long th.subject {
    inline-size: auto;
  }
  .long th.number {
    inline-size: 6em;
  }
  .long th.tag-marks {
    inline-size: 12em;
  }
  .long th,
  .long td {
    white-space: normal;
    overflow-wrap: break-word;
  }

  .more {
    display: grid;
    justify-items: center;
    gap: 8px;
    padding: var(--_space-4);
  }
`;

const card = css`
  .sort-menu {
    display: block;
    order: 1;
    flex: 1 1 100px;
  }
  .toolbar > .count {
    flex: 1 1 100%;
  }
  .toolbar > .button {
    order: 2;
    margin-inline-start: auto;
  }
  thead {
    display: none;
  }
  .pick.all {
    display: inline-grid;
  }
  table,
  tbody,
  caption {
    display: block;
  }
  tbody tr {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    padding: 11px 16px;
    border-block-end: 1px solid var(--_line);
  }
  tbody tr.current {
    box-shadow: inset 3px 0 var(--_accent);
  }
  tbody tr.current:dir(rtl) {
    box-shadow: inset -3px 0 var(--_accent);
  }
  tr.current td:first-child {
    box-shadow: none;
  }
  td,
  td:first-child {
    padding: 0;
    border: 0;
    font-size: var(--_size-small);
  }
  tbody tr:has(.pick) {
    position: relative;
    padding-inline-start: 48px;
  }
  td.pick {
    position: absolute;
    inset-block: 0;
    inset-inline-start: 0;
    inline-size: 48px;
    display: grid;
    place-content: center;
  }
  td.case {
    flex: 1 1 100%;
    inline-size: 100%;
    min-inline-size: 0;
  }
  td .subject {
    font-size: 1.12em;
  }
  td.case .meta {
    font-size: 1em;
  }
  td.deadline {
    order: -1;
  }
  td.case {
    order: -2;
  }
  td.deadline:has(.none) {
    display: none;
  }
  td.updated {
    margin-inline-start: auto;
  }
  tbody tr.gap {
    display: block;
    padding: 0;
    border: 0;
  }
  .gap td {
    display: block;
  }
  td:is(.number, .customer, .status, .type, .priority, .assignee, .tag-marks):has(.none) {
    display: none;
  }
`;

/** Rows as cards in lists narrower than `below` pixels. */
const cards = (below: number, where: string) =>
  unsafeCSS(`@container case-list (inline-size<${below}px){${where}{${card.cssText}}}`);

/** Lists of so many columns at least; in a part of the selector that does not count, for it is said several times. */
const withColumns = (least: number) => `:where(.list:has(th:nth-of-type(${least})))`;
const anyList = ':where(.list)';
// A list that waits will have the usual columns.
const unlessFew = ':where(.list:is(:not(:has(th)), :has(th:nth-of-type(4))))';

/** The full list: bars and table; cards where the columns would leave too little room for the subject. */
export const tableStyles: CSSResultGroup = [
  table,
  cards(560, anyList),
  cards(736, unlessFew),
  cards(832, withColumns(6)),
  cards(1000, withColumns(7)),
  cards(1160, withColumns(8)),
  cards(1320, withColumns(10)),
];
