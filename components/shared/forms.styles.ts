import { css, type CSSResultGroup } from 'lit';

import { combobox } from './combobox.styles.js';
import { tagInput } from './tag-input.styles.js';

const shared = css`
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
  }
`;

/** Fields in a grid, lists to choose from, tags, dialogs: what the forms share. */
export const forms: CSSResultGroup = [shared, combobox, tagInput];
