import { css } from 'lit';

/** The dialog in which two edits of one case become one: a table, and cards where there is no room for it. */
export const mergeStyles = css`
  dialog.merge {
    inline-size: min(980px, 100vw - 32px);
    max-block-size: min(820px, 100dvh - 40px);
    margin: auto;
    border-radius: 16px;
    animation: none;
  }
  dialog.merge[open] {
    flex-direction: column;
    animation: none;
  }
  .merge .head {
    display: flex;
    align-items: start;
    gap: 8px;
    padding: 18px 22px 0;
  }
  .merge .head .button {
    margin-inline-start: auto;
  }
  .merge p {
    margin: 0;
  }
  .merge .again {
    color: var(--_caution);
    font-weight: 600;
  }
  .merge .again:empty {
    display: none;
  }
  .merge .all {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
  }
  .merge .button {
    white-space: normal;
  }
  .merge .foot {
    padding: var(--_space-3) 22px;
    border-block-start: 1px solid var(--_line);
  }
  .merge table {
    inline-size: 100%;
    border-collapse: collapse;
    text-align: start;
  }
  .merge :is(th, td) {
    padding: 10px 12px;
    border-block-end: 1px solid var(--_line);
    text-align: start;
    vertical-align: top;
    overflow-wrap: anywhere;
  }
  .merge thead th {
    padding-block: 6px;
    color: var(--_text-muted);
    font-size: var(--_size-small);
  }
  .merge tbody th {
    inline-size: 16%;
  }
  .merge tbody td {
    inline-size: 20%;
  }
  .merge .choice-cell {
    inline-size: 24%;
  }
  .merge .column {
    display: none;
  }
  .merge .conflict {
    background: var(--_caution-soft);
  }
  .merge .stays .value {
    font-weight: 600;
  }
  .merge .untouched {
    color: var(--_text-muted);
  }
  .merge .settled {
    display: inline-flex;
    align-items: start;
    gap: 6px;
    color: var(--_positive);
  }
  .merge .settled svg {
    flex: none;
    margin-block-start: 2px;
  }
  .choice {
    display: flex;
    align-items: start;
    gap: 8px;
    padding-block: 4px;
    cursor: pointer;
  }
  .choice input {
    flex: none;
    inline-size: 18px;
    block-size: 18px;
    margin: 1px 0 0;
    accent-color: var(--_accent);
  }
  .value {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  @media (max-width: 720px) {
    dialog.merge {
      inline-size: 100vw;
      max-inline-size: 100vw;
      max-block-size: calc(100dvh - 12px);
      margin-block-end: 0;
      border-end-start-radius: 0;
      border-end-end-radius: 0;
    }
    .merge :is(table, tr, td, tbody th) {
      display: block;
      inline-size: auto;
    }
    .merge thead {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .merge table tbody {
      display: grid;
      gap: var(--_space-3);
    }
    .merge tbody tr {
      padding: var(--_space-3);
      border: 1px solid var(--_line);
      border-radius: var(--_radius-card);
    }
    .merge tbody :is(th, td) {
      padding: 4px 0;
      border: 0;
    }
    .merge .choice-cell {
      inline-size: auto;
    }
    .merge .column {
      display: block;
      color: var(--_text-muted);
      font-size: var(--_size-small);
    }
    .merge .choice {
      min-block-size: 32px;
      align-items: center;
    }
    .merge :is(.head, .foot) {
      padding-inline: var(--_space-4);
    }
    .merge .actions .button {
      flex: 1 1 auto;
    }
  }
  @media (forced-colors: active) {
    .merge .conflict {
      outline: 1px solid Highlight;
    }
  }
`;
