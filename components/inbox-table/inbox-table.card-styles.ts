import { css } from 'lit';

/** A narrow table: its rows are cards. */
export const cardStyles = css`
  @container inbox-table (inline-size < 760px) {
    slot[name='heading'],
    h2 {
      order: -2;
    }
    .keys {
      order: -1;
      margin-inline-start: auto;
    }
    .tabs,
    .filters {
      flex: 1 1 100%;
      margin: 0;
    }
    .filter.input {
      flex: 1 1 0;
      border-color: var(--_line-strong);
    }
    thead {
      display: none;
    }
    table,
    tbody,
    .box-row,
    .box-row td {
      display: block;
    }
    tr.entry {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px 14px;
      padding: 12px 14px 6px;
      border-block-end: 1px solid var(--_line);
    }
    tr.entry.opened {
      border-block-end: 0;
    }
    tr.entry:focus-within {
      box-shadow: inset 3px 0 var(--_accent);
    }
    tr.entry:focus-within:dir(rtl) {
      box-shadow: inset -3px 0 var(--_accent);
    }
    tr.entry:focus-within td:first-child:nth-child(n) {
      box-shadow: none;
    }
    tr.entry td {
      padding: 0;
      border: 0;
    }
    td.case,
    td.actions {
      flex: 1 1 100%;
      inline-size: 100%;
      min-inline-size: 0;
    }
    td.actions {
      display: flex;
      justify-content: space-between;
      margin-inline: -8px;
      inline-size: calc(100% + 16px);
    }
    td.actions .button {
      inline-size: 40px;
      block-size: 40px;
    }
    .no-button {
      display: none;
    }
    .box-row td {
      padding: 6px 14px 12px;
    }
    .box {
      padding-inline-start: 0;
    }
    .box .button,
    .undo,
    .tab {
      min-block-size: 40px;
    }
  }
`;
