import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
  }

  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: start;
    gap: var(--_space-2);
  }

  .search {
    position: relative;
    flex: 1 1 200px;
    min-inline-size: 0;
    max-inline-size: 320px;
  }
  .search .input {
    padding-inline: 34px 34px;
    text-overflow: ellipsis;
  }
  .search .input::-webkit-search-cancel-button {
    display: none;
  }
  .search .glass {
    position: absolute;
    inset-block-start: 0;
    inset-inline-start: 11px;
    block-size: calc(var(--_control) + 2px);
    display: grid;
    align-items: center;
    pointer-events: none;
  }
  .search > .button {
    position: absolute;
    inset-block-start: 1px;
    inset-inline-end: 1px;
    border: 0;
  }
  .search > .error {
    margin-block-start: 4px;
  }

  .chip {
    display: inline-flex;
    min-inline-size: 0;
    max-inline-size: 100%;
    border: 1px dashed var(--_line-strong);
    border-radius: var(--_radius);
    color: var(--_text-muted);
  }
  .chip > button {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-block-size: calc(var(--_control) - 2px);
    padding: 2px 10px;
    border: 0;
    border-radius: calc(var(--_radius) - 1px);
    background: none;
    cursor: pointer;
    min-inline-size: 0;
  }
  .chip > button:hover {
    background: var(--_surface-sunken);
    color: var(--_text);
  }
  .chip.chosen {
    border: 1px solid var(--_accent);
    background: var(--_accent-soft);
    color: var(--_accent);
  }
  .chip.chosen > .open {
    padding-inline-end: 4px;
  }
  .chip.chosen > button:hover {
    background: color-mix(in srgb, var(--_accent) 12%, transparent);
    color: var(--_accent);
  }
  .chip > .clear {
    flex: none;
    padding-inline: 5px 7px;
  }
  .words {
    max-inline-size: 260px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .panel {
    position: fixed;
    inline-size: max-content;
    min-inline-size: 190px;
    max-inline-size: min(320px, 100vw - 16px);
    max-block-size: min(560px, 100vh - 16px);
    margin: 0;
    padding: var(--_space-3);
    overflow: auto;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-card);
    background: var(--_surface-raised);
    color: var(--_text);
    box-shadow: var(--_shadow);
  }
  .panel fieldset {
    display: grid;
    gap: 2px;
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .panel legend {
    padding: 0;
    margin-block-end: 6px;
    font-weight: 600;
    font-size: var(--_size-small);
    color: var(--_text-muted);
  }
  .panel form {
    display: grid;
    gap: var(--_space-3);
  }
  .panel .field:not(:nth-child(2)) {
    margin-block-start: 6px;
  }
  .panel .combobox {
    inline-size: 270px;
    max-inline-size: 100%;
  }
  .panel .lines {
    display: grid;
    gap: 10px;
    inline-size: 180px;
  }
  .panel .message {
    padding: var(--_space-2);
  }
  .tick {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: var(--_control);
    padding-inline: 6px;
    border-radius: var(--_radius);
    cursor: pointer;
    overflow-wrap: anywhere;
  }
  .tick:hover {
    background: var(--_accent-soft);
  }
  .tick input {
    flex: none;
    inline-size: 16px;
    block-size: 16px;
    margin: 0;
    accent-color: var(--_accent);
  }

  .errors {
    display: grid;
    gap: 4px;
    margin-block-start: var(--_space-2);
  }
  .error {
    overflow-wrap: anywhere;
  }
  .error > svg {
    margin-block-start: 1px;
  }

  @media (forced-colors: active) {
    .chip.chosen {
      border-width: 2px;
    }
  }
`;
