import { css } from 'lit';

/** What only those who write need, on top of the controls: text areas and marks. */
export const writing = css`
  .required {
    color: var(--_critical);
  }
  textarea.input {
    min-block-size: 88px;
    padding-block: 8px;
    resize: vertical;
    line-height: 1.5;
  }
  .input:disabled {
    background: var(--_surface-sunken);
    color: var(--_text-muted);
  }
  .button[aria-busy='true'] {
    cursor: progress;
  }
`;
