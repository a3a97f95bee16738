import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    container: settings / inline-size;
  }
  section {
    border: 1px solid var(--_line);
    border-radius: var(--_radius-card);
    background: var(--_surface);
  }
  header {
    padding: var(--_space-4) var(--_space-5) var(--_space-3);
  }
  h2,
  h3 {
    margin: 0;
    font-size: var(--_size-title);
    line-height: 1.3;
  }
  h3 {
    font-size: var(--_size-large);
  }
  .notices {
    display: grid;
    gap: var(--_space-2);
    padding-inline: var(--_space-5);
  }
  .notices:not(:empty) > :last-child {
    margin-block-end: var(--_space-3);
  }
  .lines {
    display: grid;
    gap: var(--_space-4);
    padding: var(--_space-4) var(--_space-5) var(--_space-5);
  }
  .lines .skeleton {
    block-size: 34px;
  }

  .layout {
    display: grid;
    grid-template-columns: 200px minmax(0, 1fr);
    border-block-start: 1px solid var(--_line);
  }
  .tabs {
    display: flex;
    flex-direction: column;
    gap: 2px;
    padding: var(--_space-3);
    border-inline-end: 1px solid var(--_line);
  }
  .tab {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space-2);
    min-block-size: var(--_control);
    padding: 4px 10px;
    border: 0;
    border-radius: var(--_radius);
    background: none;
    color: var(--_text-muted);
    text-align: start;
    cursor: pointer;
    overflow-wrap: anywhere;
  }
  .tab:hover {
    background: var(--_surface-sunken);
    color: var(--_text);
  }
  .tab[aria-selected='true'] {
    background: var(--_accent-soft);
    color: var(--_accent);
    font-weight: 600;
  }
  .mark {
    display: inline-grid;
    flex: none;
    color: var(--_accent);
  }
  .mark.wrong {
    color: var(--_critical);
  }
  .dot {
    inline-size: 8px;
    block-size: 8px;
    border-radius: 50%;
    background: currentcolor;
  }
  .choose-part {
    display: none;
    padding: var(--_space-3) var(--_space-4) 0;
  }
  .panel {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    justify-items: start;
    gap: var(--_space-3);
    min-inline-size: 0;
    padding: var(--_space-4) var(--_space-5) var(--_space-5);
    overflow-wrap: break-word;
  }
  .panel > * {
    max-inline-size: 100%;
  }
  .panel > .banner {
    inline-size: 100%;
  }
  .none {
    margin: 0;
    color: var(--_text-muted);
  }

  ol,
  .changes ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .values {
    inline-size: 100%;
    border-block: 1px solid var(--_line);
  }
  .value {
    display: flex;
    flex-wrap: wrap;
    align-items: start;
    gap: var(--_space-1) var(--_space-3);
    padding-block: 6px;
  }
  .value + .value {
    border-block-start: 1px solid var(--_line);
  }
  .name {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 5px var(--_space-2);
    flex: 1 1 14em;
    min-inline-size: 0;
  }
  .name .input {
    flex: 1 1 9em;
    inline-size: auto;
  }
  .name .error {
    flex-basis: 100%;
  }
  .retired .input {
    color: var(--_text-muted);
    background: var(--_surface-sunken);
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: end;
    gap: 2px;
    margin-inline-start: auto;
  }
  .tools .end {
    min-inline-size: 8.5em;
  }
  .read .value {
    align-items: center;
    overflow-wrap: anywhere;
  }
  .check {
    display: inline-flex;
    align-items: center;
    gap: var(--_space-2);
    min-block-size: var(--_control);
    cursor: pointer;
  }
  .check input,
  .choice input {
    inline-size: 16px;
    block-size: 16px;
    margin: 0;
    flex: none;
    accent-color: var(--_accent);
  }
  .tools .check {
    margin-inline-end: var(--_space-2);
    font-size: var(--_size-small);
  }
  .default {
    inline-size: min(100%, 26em);
    margin-block-start: var(--_space-3);
  }
  .warning {
    display: flex;
    align-items: start;
    gap: 6px;
    color: var(--_caution);
  }
  fieldset {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .checks {
    display: grid;
    gap: var(--_space-1);
  }
  .checks .hint {
    margin-block-end: var(--_space-2);
  }
  .options {
    display: grid;
    gap: var(--_space-5);
    inline-size: min(100%, 30em);
  }
  .short {
    max-inline-size: 18em;
  }
  .short .input {
    inline-size: 6em;
  }
  dl {
    display: grid;
    gap: var(--_space-3);
    margin: 0;
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }

  .changes {
    display: grid;
    gap: var(--_space-3);
    inline-size: 100%;
  }
  .changes > li {
    padding-block-end: var(--_space-3);
    border-block-end: 1px solid var(--_line);
    overflow-wrap: anywhere;
  }
  .changes .hint strong {
    color: var(--_text);
  }

  .merge:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .banner.merge {
    align-items: start;
    color: var(--_text);
  }
  .merge > svg {
    color: var(--_caution);
  }
  .merge fieldset {
    margin-block-start: var(--_space-3);
  }
  .merge legend {
    padding: 0;
  }
  .merge p + p {
    margin-block-start: var(--_space-2);
  }
  .choice {
    display: flex;
    align-items: start;
    gap: var(--_space-2);
    padding-block: 4px;
    cursor: pointer;
    overflow-wrap: anywhere;
  }
  .choice input {
    margin-block-start: 2px;
  }

  footer {
    position: sticky;
    inset-block-end: 0;
    z-index: 1;
    padding: var(--_space-3) var(--_space-5);
    border-block-start: 1px solid var(--_line);
    border-end-start-radius: var(--_radius-card);
    border-end-end-radius: var(--_radius-card);
    background: var(--_surface);
  }
  .widening ul {
    margin: 2px 0 0;
    padding-inline-start: 1.2em;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: end;
    gap: var(--_space-2);
  }
  .actions .grow {
    flex: 1 1 12em;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }

  @container settings (max-width: 620px) {
    .layout {
      grid-template-columns: minmax(0, 1fr);
    }
    .tabs {
      display: none;
    }
    .choose-part {
      display: grid;
    }
    .tools .end {
      min-inline-size: 0;
    }
    header,
    .notices,
    .panel,
    footer {
      padding-inline: var(--_space-4);
    }
  }
  @media (forced-colors: active) {
    .tab[aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    .dot {
      background: Highlight;
    }
    .button.primary {
      border-color: Highlight;
    }
  }
`;
