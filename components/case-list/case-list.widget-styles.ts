import { css } from 'lit';

/** The compact widget. */
export const widgetStyles = css`
  .widget header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    min-block-size: calc(var(--_control) + 24px);
    padding-block: 11px;
    padding-inline: 16px 12px;
    border-block-end: 1px solid var(--_line);
  }
  .widget header .pill {
    border: 1px solid var(--_line);
  }
  .widget ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .widget li {
    border-block-end: 1px solid var(--_line);
  }
  .row {
    display: flex;
    align-items: center;
    gap: 12px;
    inline-size: 100%;
    min-block-size: 56px;
    padding-block: 11px;
    padding-inline: 16px;
    border: 0;
    background: none;
    text-align: start;
    cursor: pointer;
  }
  .row:hover {
    background: var(--_surface-sunken);
  }
  .row:focus-visible {
    outline-offset: -2px;
  }
  .row .lines {
    display: grid;
    gap: 3px;
    flex: 1;
    min-inline-size: 0;
  }
  .row .subject {
    font-weight: 600;
    text-align: -webkit-match-parent;
    text-align: match-parent;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .row .meta {
    gap: 4px 8px;
  }
  .row .facts {
    overflow-wrap: anywhere;
  }
  .row > svg {
    color: var(--_text-muted);
  }
  .row.current {
    background: var(--_accent-soft);
    box-shadow: inset 3px 0 var(--_accent);
  }
  .row.current:dir(rtl) {
    box-shadow: inset -3px 0 var(--_accent);
  }
  .widget footer {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    align-items: center;
    gap: 4px 12px;
    min-block-size: 38px;
    padding: 4px 16px;
    font-size: var(--_size-small);
    color: var(--_text-muted);
  }
  .widget .message {
    padding-block: 28px;
    border-block-end: 1px solid var(--_line);
  }
  .link {
    min-block-size: 24px;
    padding: 2px 0;
    border: 0;
    background: none;
    color: var(--_accent);
    font-size: 1.04em;
    cursor: pointer;
  }
  .link:hover {
    text-decoration: underline;
  }
  .stream {
    display: inline-flex;
    align-items: center;
    gap: 6px;
  }
  .stream::before {
    content: '';
    inline-size: 6px;
    block-size: 6px;
    border-radius: 50%;
    border: 1.5px solid currentcolor;
  }
  .stream.live::before {
    border-color: var(--_positive);
    background: var(--_positive);
  }
`;
