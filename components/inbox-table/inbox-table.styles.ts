import { css } from 'lit';

/** The bar, the table and what opens below a row. */
export const styles = css`
  :host {
    display: block;
    container: inbox-table / inline-size;
  }
  section {
    border: 1px solid var(--_line);
    border-radius: var(--_radius-card);
    background: var(--_surface);
    overflow: clip;
  }
  .toolbar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
    padding: 12px;
    border-block-end: 1px solid var(--_line);
  }
  h2 {
    margin: 0;
    font-size: var(--_size-large);
    line-height: 1.3;
  }
  .tabs {
    display: flex;
    flex: 1 1 auto;
    flex-wrap: wrap;
    gap: 4px;
    min-inline-size: 0;
  }
  .tab {
    display: inline-flex;
    align-items: center;
    gap: 7px;
    min-block-size: var(--_control);
    padding: 3px 12px;
    border: 0;
    border-radius: 999px;
    background: none;
    color: var(--_text-muted);
    font-weight: 600;
    text-align: start;
    overflow-wrap: anywhere;
    cursor: pointer;
  }
  .tab:hover {
    background: var(--_surface-sunken);
    color: var(--_text);
  }
  .tab[aria-selected='true'] {
    background: var(--_accent-soft);
    color: var(--_accent);
  }
  .badge {
    min-inline-size: 22px;
    padding: 0 6px;
    border: 1px solid var(--_line);
    border-radius: 999px;
    background: var(--_surface);
    color: var(--_text-muted);
    font-size: var(--_size-small);
    line-height: 1.5;
    text-align: center;
  }
  [aria-selected='true'] .badge {
    border-color: transparent;
    color: var(--_accent);
  }
  .filters {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    margin-inline-start: auto;
  }
  .filter.input {
    inline-size: auto;
    max-inline-size: 100%;
    field-sizing: content;
    min-block-size: var(--_control);
    border-color: transparent;
    background-color: transparent;
    color: var(--_text-muted);
    cursor: pointer;
  }
  .filter:hover {
    background-color: var(--_surface-sunken);
  }
  .filter.on {
    border-color: var(--_accent);
    background-color: var(--_accent-soft);
    color: var(--_accent);
    font-weight: 600;
  }
  .filter option {
    background: var(--_surface-raised);
    color: var(--_text);
    font-weight: 400;
  }
  .keys-list {
    inset: auto;
    margin: 0;
    padding: 12px 16px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-card);
    background: var(--_surface-raised);
    color: inherit;
    box-shadow: var(--_shadow);
  }
  dl {
    display: grid;
    gap: 6px;
    margin: 0;
  }
  dl div {
    display: grid;
    grid-template-columns: 5em 1fr;
    gap: 12px;
  }
  dd {
    margin: 0;
  }
  kbd {
    display: inline-block;
    min-inline-size: 22px;
    padding: 0 5px;
    border: 1px solid var(--_line-strong);
    border-radius: 4px;
    background: var(--_surface-sunken);
    font: inherit;
    font-size: var(--_size-small);
    text-align: center;
  }

  .toolbar ~ .banner {
    margin: 12px 12px 0;
  }
  .banner p,
  .question p {
    margin: 0;
  }
  .banner p {
    font-weight: 600;
  }
  .question p > span {
    display: block;
    font-weight: 400;
  }
  .no-banner {
    display: contents;
  }
  .no-banner p {
    margin: 0;
  }
  .banner .undo,
  .banner .undo:hover {
    color: inherit;
  }
  .banner .button:not(.quiet, .primary) {
    color: var(--_text);
  }

  .entries[aria-busy='true'] table {
    opacity: 0.6;
    transition: opacity var(--_motion) 150ms;
  }
  table {
    inline-size: 100%;
    border-collapse: separate;
    border-spacing: 0;
  }
  th {
    padding: 12px 14px;
    border-block-end: 1px solid var(--_line);
    color: var(--_text-muted);
    font-size: var(--_size-small);
    font-weight: 600;
    text-align: start;
    white-space: nowrap;
  }
  th.actions {
    text-align: end;
  }
  td {
    padding: 8px 14px;
    border-block-end: 1px solid var(--_line);
    vertical-align: middle;
  }
  tbody tr:last-child td {
    border-block-end: 0;
  }
  tr.entry:hover {
    background: var(--_surface-sunken);
  }
  tr.opened td {
    border-block-end: 0;
  }
  tr.opened,
  .box-row {
    background: var(--_surface-sunken);
  }
  tr.entry:focus-within td:first-child {
    box-shadow: inset 3px 0 var(--_accent);
  }
  tr.entry:focus-within td:first-child:dir(rtl) {
    box-shadow: inset -3px 0 var(--_accent);
  }
  td.case {
    inline-size: 40%;
    min-inline-size: 180px;
    overflow-wrap: anywhere;
  }
  .subject {
    display: block;
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
  .meta {
    color: var(--_text-muted);
    font-size: var(--_size-small);
  }
  td:is(.customer, .owner, .inbox, .from) {
    overflow-wrap: break-word;
  }
  td.owner {
    min-inline-size: 140px;
  }
  td.sent,
  .due .plain,
  .nobody {
    color: var(--_text-muted);
  }
  .avatar {
    display: inline-grid;
    place-content: center;
    inline-size: 20px;
    block-size: 20px;
    margin-inline-end: 6px;
    border-radius: 50%;
    background: var(--_caution-soft);
    color: var(--_caution);
    font-size: 0.72em;
    font-weight: 700;
  }
  .avatar.own {
    background: var(--_accent-soft);
    color: var(--_accent);
  }
  td.actions {
    white-space: nowrap;
    text-align: end;
  }
  td.actions .button {
    vertical-align: middle;
  }
  .no-button {
    display: inline-block;
    inline-size: var(--_control);
  }
  .button.quiet.strong,
  .button.quiet.strong:hover {
    color: var(--_accent);
  }
  .fresh {
    animation: fresh 2.4s ease-out;
  }
  @keyframes fresh {
    from,
    30% {
      background-color: var(--_accent-soft);
    }
  }
  .box {
    display: grid;
    gap: 10px;
    padding-block-end: 8px;
    padding-inline-start: 34px;
  }
  .box p {
    margin: 0;
  }
  .words {
    max-inline-size: 90ch;
    white-space: pre-line;
    overflow-wrap: anywhere;
  }
  .words.none {
    color: var(--_text-muted);
  }
  .ways {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  .why {
    align-self: center;
  }
  .more {
    display: grid;
    justify-items: center;
    gap: 8px;
    padding: var(--_space-4);
    border-block-start: 1px solid var(--_line);
  }
  .more .hint {
    margin: 0;
  }
  .lines {
    display: grid;
    gap: 18px;
    padding: 20px 14px;
  }
  .lines .skeleton {
    block-size: 26px;
  }

  /* A narrow table shows its rows as cards. */
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
  @media (prefers-reduced-motion: reduce) {
    .fresh {
      animation: none;
      background-color: var(--_accent-soft);
    }
  }
  @media (forced-colors: active) {
    .tab[aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    .button.strong {
      color: Highlight;
    }
    .fresh {
      outline: 1px dashed Highlight;
      outline-offset: -1px;
    }
    .avatar {
      border: 1px solid currentcolor;
    }
  }
`;
