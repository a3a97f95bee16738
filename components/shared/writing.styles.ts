import { css } from 'lit';

/** What only those who write need, on top of the controls: text areas, marks and files. */
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

  .files {
    display: grid;
    gap: 2px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .file {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 8px;
    color: var(--_text-muted);
  }
  .file .name {
    color: var(--_text);
    overflow-wrap: anywhere;
    min-inline-size: 0;
  }
  progress {
    inline-size: 72px;
    block-size: 4px;
    accent-color: var(--_accent);
  }
`;
