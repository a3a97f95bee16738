import { css } from 'lit';

/** The list of a combobox, below its field or standing in the page. */
export const combobox = css`
  .combobox {
    position: relative;
    min-inline-size: 0;
  }
  .listbox,
  .combobox > .none {
    position: absolute;
    z-index: 2;
    inset-block-start: calc(100% + 4px);
    inset-inline: 0;
    max-block-size: 260px;
    margin: 0;
    padding: 4px;
    overflow-y: auto;
    overscroll-behavior: contain;
    list-style: none;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface-raised);
    box-shadow: var(--_shadow);
  }
  .listbox.standing {
    position: static;
    max-block-size: 232px;
    padding: 0;
    margin-block-start: 6px;
    border: 0;
    box-shadow: none;
  }
  .combobox > .none {
    padding: 10px 12px;
    color: var(--_text-muted);
  }
  .listbox[hidden] {
    display: none;
  }
  .listbox li {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 10px;
    align-items: center;
    min-block-size: var(--_control);
    padding: 6px 10px;
    border-radius: 4px;
    cursor: pointer;
    overflow-wrap: anywhere;
  }
  .listbox li:hover {
    background: var(--_surface-sunken);
  }
  .listbox li[aria-selected='true'] {
    background: var(--_accent-soft);
    color: var(--_accent);
  }
  .listbox li[aria-selected='true'] .hint {
    color: inherit;
  }
  .listbox li:has(.tally) {
    flex-wrap: nowrap;
  }
  .listbox .tally {
    flex: none;
    margin-inline-start: auto;
    font-variant-numeric: tabular-nums;
  }
  .listbox .name {
    min-inline-size: 0;
  }
  .listbox .icon {
    flex: none;
  }

  @media (forced-colors: active) {
    .listbox li[aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
