import { css } from 'lit';

/** The table, its rows and what opens below one. */
export const rowStyles = css`
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
  @media (prefers-reduced-motion: reduce) {
    .fresh {
      animation: none;
      background-color: var(--_accent-soft);
    }
  }
  @media (forced-colors: active) {
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
