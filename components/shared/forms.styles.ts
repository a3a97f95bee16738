import { css } from 'lit';

/** Fields in a grid, tags, dialogs: what the forms share. */
export const forms = css`
  .fields {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 11em), 1fr));
    gap: var(--_space-4);
  }
  .fields.two {
    grid-template-columns: repeat(auto-fit, minmax(min(100%, max(17em, 40%)), 1fr));
  }
  .wide {
    grid-column: 1 / -1;
  }
  .legend {
    text-align: end;
  }
  select.placeholder {
    color: var(--_text-muted);
  }
  select option {
    color: var(--_text);
    background: var(--_surface-raised);
  }

  .tags {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 6px;
  }
  .tags:focus-within {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .tags:has([aria-invalid='true']) {
    border-color: var(--_critical);
  }
  .tags ul {
    display: contents;
    list-style: none;
  }
  .tag {
    display: inline-flex;
    align-items: center;
    max-inline-size: 100%;
    padding-inline-start: 8px;
    border-radius: 999px;
    background: var(--_accent-soft);
    color: var(--_accent);
    font-size: var(--_size-small);
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .tag button {
    display: grid;
    place-items: center;
    inline-size: 24px;
    block-size: 24px;
    padding: 0;
    border: 0;
    border-radius: 999px;
    background: none;
    cursor: pointer;
  }
  .tag button svg {
    inline-size: 12px;
    block-size: 12px;
  }
  .tags input {
    flex: 1 1 6em;
    min-inline-size: 0;
    min-block-size: 24px;
    padding: 0;
    border: 0;
    background: none;
  }
  .tags input:focus-visible {
    outline: none;
  }

  .button.danger {
    border-color: var(--_critical);
    background: var(--_critical);
    color: var(--_surface);
  }
  .button.danger:hover {
    background: color-mix(in srgb, var(--_critical) 88%, var(--_text));
  }
  .question p {
    margin: 0;
  }
  .question .button:not(.danger) {
    color: var(--_text);
  }
  .banner p {
    margin: 0;
  }
  .banner .button {
    color: var(--_text);
  }
  .banner .button.danger {
    color: var(--_surface);
  }

  dialog {
    color: inherit;
    font: inherit;
    overflow: hidden;
    border: 0;
    padding: 0;
    background: var(--_surface-raised);
    box-shadow: var(--_shadow);
  }
  dialog::backdrop {
    background: rgb(20 26 36 / 48%);
    animation: backdrop-in var(--_motion) ease-out;
  }
  @keyframes backdrop-in {
    from {
      opacity: 0;
    }
  }
  @media (forced-colors: active) {
    dialog {
      border: 1px solid CanvasText;
    }
    .tag {
      border: 1px solid currentcolor;
    }
  }
`;
