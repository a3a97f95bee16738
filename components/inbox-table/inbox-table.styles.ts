import { css } from 'lit';

/** The bar with the inboxes and filters, what is told above the rows, and what stands below them. */
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
  @media (forced-colors: active) {
    .tab[aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
